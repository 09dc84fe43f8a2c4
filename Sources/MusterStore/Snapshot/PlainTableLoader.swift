import CSimdjson
import MusterDiagnostics

/// Loads any array of flat objects, NDJSON, CSV, TSV or a sheet of a workbook as a plain table
/// whose types are inferred: integer, exact decimal, decimal (double), boolean, day, text; a nested
/// value is kept as its JSON text. A column has a type only where all its values, printed back, are
/// what was read (see `WrittenValue`). Null, an empty cell and what says "nothing" are none. Each
/// form but a workbook may be gzipped; CSV and TSV may be UTF-8, UTF-16 or GB18030.
package struct PlainTableLoader: Sendable {
    private let threads: Int
    private let blockSize: Int
    private let cancelled: @Sendable () -> Bool
    private let progress: @Sendable (SnapshotLoader.Progress) -> Void

    /// See `SnapshotLoader.init`.
    package init(threads: Int = SnapshotLoader.processors, blockSize: Int = 1 << 20,
                cancelled: @escaping @Sendable () -> Bool = { false },
                progress: @escaping @Sendable (SnapshotLoader.Progress) -> Void = { _ in }) {
        self.progress = progress
        self.threads = max(1, threads)
        self.blockSize = max(1, blockSize)
        self.cancelled = cancelled
    }

    /// Loads the file as the table `name`. Throws a `Diagnostic`; no row is ever left out.
    /// - Parameters:
    ///   - sheet: which one of a workbook; nil where only one has something in it.
    ///   - wishes: by heading: what columns are to be, whatever their values look like.
    ///   - discretion: what must be hidden, and so stays text.
    package func load(_ path: String, name: String, sheet: String? = nil,
                      wishes: [String: ColumnWish] = [:],
                      discretion: Discretion = Discretion()) throws -> LoadedPlainTable {
        try StandingFiles([path]).read {
            let reading = ColumnReading(
                isUntyped: false,
                wishes: Dictionary(wishes.map { (Heading.folded($0.key), $0.value) }) { $1 },
                discretion: discretion)
            let loaded: LoadedPlainTable
            switch try ForeignFile.told(path) {
            case .zip, .compound: loaded = try loadSheet(path, sheet, name, reading)
            case .other(let refusal): throw refusal
            case .text where sheet != nil: throw noWorkbook(path)
            case .text: loaded = try loadText(path, name, reading)
            }
            try check(wishes, loaded.table, path)
            return loaded
        }
    }

    /// Cells are texts in memory already: what is a value is found as for every other column.
    private func loadSheet(_ path: String, _ sheet: String?, _ name: String,
                           _ reading: ColumnReading) throws -> LoadedPlainTable {
        let file = try SheetFile.read(path, cancelled: cancelled, progress: progress)
        let table = try SheetTable(file, sheet: sheet)
        var reading = reading, findings = ColumnFindings()
        reading.isUntyped = true
        var sheetColumns = SheetColumns(table, isCancelled: cancelled)
        var columns: [(name: String, column: Column)] = [], filled = 0
        for (place, name) in table.columns {
            let (codes, texts) = try sheetColumns.read(place)
            if texts.count > 0 { filled += 1 }
            guard filled <= muster_most_extras() else { throw TableLoad.tooManyFields(path) }
            let extra = ExtraColumn(name: name, codes: codes, texts, reading)
            columns.append((name, texts.count == 0 ? texts.column(codes)
                : extra.column(&findings) { $0 }))
        }
        let loaded = Table(name: name, rowCount: table.rows.count, columns: columns,
                           undeclared: columns.map(\.name), hidden: findings.hidden)
        let mixed = placed(findings.mixed) { table.sheet.number(ofRow: table.rows.lowerBound + $0) }
        return LoadedPlainTable(table: loaded, encoding: .utf8, mixed: mixed,
                                unconverted: findings.unconverted, sheet: table.reading)
    }

    private func noWorkbook(_ path: String) -> Diagnostic {
        Diagnostic("sheet.none", Message(
            zh: "\(path) 不是工作簿，没有工作表", en: "\(path) is no workbook and has no sheets"),
            hint: Message(zh: "请去掉“工作表”", en: "leave out sheet and the name behind it"))
    }

    private func loadText(_ path: String, _ name: String, _ reading: ColumnReading) throws
        -> LoadedPlainTable {
        let (form, encoding) = try form(path)
        var input = try input(path, form)
        input.reading.wishes = reading.wishes
        input.reading.discretion = reading.discretion
        try Memory.check(path, [input])
        var done = 0
        let options = LoadOptions(threads: threads, blockSize: blockSize, isCancelled: cancelled) {
            done += $0
            progress(SnapshotLoader.Progress(done: done, total: input.diskSize))
        }
        do {
            let load = try TableLoad.run(TableSchema(name, fields: []), input, options: options)
            let finished = try load.finish { _ in [:] }
            if let reject = load.rejects.first { throw refusal(of: reject, path) }
            return LoadedPlainTable(
                table: try completed(finished.table, input), encoding: encoding,
                mixed: try placed(finished.findings.mixed, form),
                unconverted: finished.findings.unconverted, sheet: nil)
        } catch let row as MalformedRow {
            throw try row.diagnostic()
        }
    }

    /// The table with the columns of its header that no row has a value in, in their place.
    private func completed(_ table: Table, _ input: TableInput) throws -> Table {
        guard let header = try input.open() as? SeparatedBlocks else { return table }
        let columns = header.columnNames.map {
            ($0, table[$0] ?? .text(.init(repeating: None.code, count: table.rowCount), .empty))
        }
        return Table(name: table.name, rowCount: table.rowCount, columns: columns,
                     undeclared: header.columnNames, hidden: table.hidden)
    }

    private func check(_ wishes: [String: ColumnWish], _ table: Table, _ path: String) throws {
        for heading in wishes.keys.sorted()
        where !table.columnNames.contains(where: { Heading.isSame($0, heading) }) {
            throw Diagnostic("table.column",
                             Message(zh: "\(path) 没有列“\(heading)”",
                                     en: "\(path) has no column \"\(heading)\""),
                             hint: Message(zh: "列：" + table.columnNames.joined(separator: "、"),
                                           en: "its columns: "
                                               + table.columnNames.joined(separator: ", ")))
        }
    }

    /// Records of CSV may be longer than a line: where the odd ones begin.
    private func placed(_ mixed: [MixedColumn], _ form: Form) throws -> [MixedColumn] {
        guard !mixed.isEmpty, case .separated(let dialect) = form else { return mixed }
        let records = Set(mixed.flatMap { $0.lines.map { $0 - 1 } })
        let lines = try SeparatedBlocks(dialect, blockSize: blockSize).lines(of: records)
        return placed(mixed) { lines[$0] ?? $0 + 1 }
    }

    /// - Parameter line: the place in the file of a row, from 0.
    private func placed(_ mixed: [MixedColumn], _ line: (Int) -> Int) -> [MixedColumn] {
        mixed.map { column in
            var column = column
            column.lines = column.lines.map { line($0 - 1) }
            return column
        }
    }

    /// A row that is no object has no columns, and one that gives a field twice no one value.
    private func refusal(of reject: Reject, _ path: String) -> Diagnostic {
        guard reject.reason == RejectReason.repeatedField.term else {
            return Diagnostic("table.no-object",
                              Message(zh: "\(path)：第 \(reject.line) 条记录不是对象 {…}",
                                      en: "\(path): record \(reject.line) is not an object {…}"),
                              hint: Message(zh: "每条记录应形如 {\"列名\": 值}",
                                            en: "a record looks like {\"column\": value}"))
        }
        return Diagnostic("table.repeated-field",
                          Message(zh: "\(path)：第 \(reject.line) 条记录中“\(reject.field)”出现了两次",
                                  en: "\(path): record \(reject.line) gives \"\(reject.field)\" twice"),
                          hint: Message(zh: "请只保留一处", en: "keep one of them"))
    }

    private func input(_ path: String, _ form: Form) throws -> TableInput {
        let source = try ByteSource(path: path)
        let size = source.isCompressed
            ? source.size.multipliedReportingOverflow(by: 12).partialValue : source.size
        let blockSize = blockSize
        func input(_ open: @escaping () throws -> any RowBlocks) -> TableInput {
            let file = path.split(separator: "/").last.map(String.init) ?? path
            return TableInput(path: path, file: file, size: max(0, size),
                              diskSize: source.size, open: open)
        }
        switch form {
        case .separated(let dialect):
            var input = input { try SeparatedBlocks(dialect, blockSize: blockSize) }
            input.reading.isUntyped = true
            return input
        case .lines:
            return input { try LineBlocks(ByteSource(path: path), blockSize: blockSize) }
        case .array(let range):
            return input {
                try ElementBlocks(ByteSource(path: path), range: range, blockSize: blockSize)
            }
        }
    }

    private enum Form {
        case separated(SeparatedDialect)
        case lines
        case array(Range<Int>)
    }

    /// By the file's ending, else by its first character.
    private func form(_ path: String) throws -> (Form, TextEncoding) {
        var name = path.lowercased()
        if name.hasSuffix(".gz") { name.removeLast(3) }
        func separated() throws -> (Form, TextEncoding) {
            let dialect = try SeparatedDialect(path: path)
            return (.separated(dialect), dialect.encoding)
        }
        if [".csv", ".tsv", ".tab"].contains(where: name.hasSuffix) { return try separated() }
        if let range = try DocumentIndex.wholeArray(path: path) { return (.array(range), .utf8) }
        let cursor = ByteCursor(try ByteSource(path: path))
        try cursor.take([0xEF, 0xBB, 0xBF])
        let first = try cursor.skipSpace()
        guard first != nil || !name.hasSuffix(".json") else {
            throw Diagnostic("table.empty", Message(zh: "\(path) 是空文件，不是 JSON",
                                                    en: "\(path) is empty, and no JSON"),
                             hint: Message(zh: "文件可能未传完，请重新导出或传送",
                                           en: "the file may be incomplete: export or copy it "
                                               + "again"))
        }
        let isJSON = [".json", ".ndjson", ".jsonl"].contains { name.hasSuffix($0) }
        return try isJSON || first == UInt8(ascii: "{") ? (.lines, .utf8) : separated()
    }
}
