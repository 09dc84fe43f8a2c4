import MusterDiagnostics

extension SheetFile {
    /// Every cell a text, whatever it says; records of different lengths are as they are.
    static func separated(_ path: String, _ watch: SheetWatch) throws -> SheetFile {
        let dialect = try SeparatedDialect(path: path)
        let records = try SeparatedRecords(dialect)
        let size = try ByteSource(path: path).size
        var cells = SheetCells(), blankLines = 0, count = 0
        while true {
            let line = records.line
            guard let record = try records.next() else { break }
            count += 1
            if count % 1024 == 0, !watch.goOn(records.consumed, size) {
                throw BlockFlow.cancelled
            }
            guard record.contains(where: { !$0.isEmpty }) else {
                blankLines += 1
                if blankLines > Limits.blankLines { throw Limits.tooManyBlankLines(path) }
                continue
            }
            try append(record, line: line, to: &cells, path)
        }
        let separator = String(decoding: dialect.separator, as: UTF8.self)
        let sheet = Sheet(name: name(path), isHidden: false, cells: cells)
        return SheetFile(path: path, form: .separated(dialect.encoding, separator: separator),
                         sheets: sheet.map { [$0] } ?? [])
    }

    private static func append(_ record: [[UInt8]], line: Int, to cells: inout SheetCells,
                               _ path: String) throws {
        let fault = { (status: SheetFault.Status, column: Int?) in
            SheetFault(path, status, row: line, column: column).diagnostic
        }
        guard let number = UInt32(exactly: line) else { throw fault(.cells, nil) }
        cells.numbers.append(number)
        cells.hidden.append(0)
        for (column, cell) in record.enumerated() where !cell.isEmpty {
            guard column < Limits.columns else { throw fault(.columns, column) }
            guard cells.columns.count < Limits.sheetCells else { throw fault(.cells, column) }
            guard cell.count <= Limits.cellBytes else { throw fault(.longText, column) }
            guard cells.texts.bytes.count + cell.count <= Limits.sheetTextBytes else {
                throw fault(.texts, column)
            }
            cells.columns.append(UInt16(column))
            cells.kinds.append(SheetCell.Kind.text.rawValue)
            cells.payloads.append(UInt64(cells.texts.offsets.count - 1))
            cells.texts.bytes.append(contentsOf: cell)
            cells.texts.offsets.append(UInt32(cells.texts.bytes.count))
        }
        cells.starts.append(UInt64(cells.columns.count))
    }

    private static func name(_ path: String) -> String {
        var name = path.split(separator: "/").last.map(String.init) ?? path
        if name.lowercased().hasSuffix(".gz") { name.removeLast(3) }
        guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return name }
        return String(name[..<dot])
    }
}
