import CSimdjson
import MusterDiagnostics

/// A table as it will be queried, and what is to be told about its rows.
struct FinishedTable {
    let table: Table
    /// Rows with a decimal that was rounded to hundredths, ascending.
    let roundedRows: [Int32]
    let findings: ColumnFindings
}

extension TableLoad {
    /// Takes rejected rows out, ties the table's rows to each other, and makes its columns.
    /// - Parameter rawRows: finds the bytes of rows by their position in the file.
    func finish(rawRows: ([Int]) throws -> [Int: [UInt8]]) throws -> FinishedTable {
        var deadCount = 0
        let deadRows = muster_table_dead(handle, &deadCount)
        let dead = UnsafeBufferPointer(start: deadRows, count: deadCount)
        for index in schema.fields.indices {
            try checkCancelled()
            guard var column = take(index) else { continue }
            column.remove(at: dead)
            put(column, at: index)
        }
        let rowCount = lineCount - deadCount
        var rounded = roundedRows(dead: dead)
        addAliases()
        let renumbering = try tieRows(rowCount: rowCount, dead: dead, rawRows)
        if let renumbering {
            rounded = rounded.map { renumbering[$0] }.filter { $0 >= 0 }
        }
        var columns: [(name: String, column: Column)] = []
        for (index, field) in schema.fields.enumerated() {
            try checkCancelled()
            guard let column = take(index) else { continue }
            columns.append((field.name, finished(column, field, index,
                                                 recode: renumbering != nil)))
        }
        var findings = ColumnFindings()
        let extras = try extraColumns(dead: dead, renumbering, &findings)
        columns.append(contentsOf: extras)
        sortRejects()
        let table = Table(name: schema.name,
                          rowCount: rowCount - (renumbering?.dead.count ?? 0),
                          columns: columns, undeclared: extras.map(\.name),
                          hidden: findings.hidden)
        return FinishedTable(table: table, roundedRows: rounded, findings: findings)
    }

    private func roundedRows(dead: UnsafeBufferPointer<Int32>) -> [Int32] {
        var count = 0
        let rounded = muster_table_rounded(handle, &count)
        var passed = 0
        return UnsafeBufferPointer(start: rounded, count: count).map { position in
            while passed < dead.count, dead[passed] < position { passed += 1 }
            return position - Int32(passed)
        }
    }

    // MARK: Rows of the same table

    private func codes(of name: String?) -> (index: Int, codes: [Int32])? {
        guard let index = schema.fields.firstIndex(where: { $0.name == name }),
              case .short(let codes)? = take(index) else { return nil }
        put(.short(codes), at: index)
        return (index, codes)
    }

    private func addAliases() {
        guard schema.aliases != nil, let (index, codes) = codes(of: schema.aliases) else { return }
        let texts = muster_table_texts(handle, Int32(index))
        for (row, code) in codes.enumerated() where code >= 0 {
            let range = Int(texts.offsets[Int(code)])..<Int(texts.offsets[Int(code) + 1])
            let text = UnsafeBufferPointer(start: texts.bytes, count: range.upperBound)[range]
            var parts = text.split(separator: 0x20)
            if parts.count != 1 { parts.append(text) }
            for part in parts where !part.isEmpty {
                let whole = UnsafeBufferPointer(rebasing: part)
                muster_table_add_alias(handle, whole.baseAddress, whole.count, Int32(row))
            }
        }
    }

    /// Resolves references to this same table and turns away the rows that have none, or that
    /// are their own ancestors. Nil where nothing was turned away.
    private func tieRows(rowCount: Int, dead: UnsafeBufferPointer<Int32>,
                         _ rawRows: ([Int]) throws -> [Int: [UInt8]]) throws -> RowRenumbering? {
        let fields = schema.fields.indices.filter {
            if case .reference(schema.name) = schema.fields[$0].type { true } else { false }
        }
        guard !fields.isEmpty, let key = keyIndex else { return nil }
        let links = fields.map { index in
            RowLinks.Link(field: schema.fields[index].name,
                          targets: resolved(index, key: key, rowCount: rowCount))
        }
        let parent = links.firstIndex { $0.field == schema.parent }
        try checkCancelled()
        var rows = RowLinks(links, parent: parent, rowCount: rowCount)
        let faults = rows.findFaults()
        try checkCancelled()
        var renumbering: RowRenumbering?
        if !faults.isEmpty {
            try checkRejects(more: faults.count)
            try note(faults, dead: dead, rawRows)
            renumbering = renumber(faults.map(\.row), rowCount: rowCount)
        }
        for (index, link) in zip(fields, links) {
            var targets = link.targets
            if let renumbering {
                renumbering.dead.withUnsafeBufferPointer { targets.remove(at: $0) }
                targets = targets.map { renumbering[$0] }
            }
            put(.short(targets), at: index)
            muster_table_drop_texts(handle, Int32(index))
        }
        if let parent { inherit(along: fields[parent]) }
        return renumbering
    }

    private func resolved(_ index: Int, key: Int32, rowCount: Int) -> [Int32] {
        guard case .short(let codes)? = take(index) else {
            return Array(repeating: -1, count: rowCount)
        }
        let texts = muster_table_texts(handle, Int32(index))
        let rows = (0..<texts.count).map { code -> Int32 in
            let start = Int(texts.offsets[code])
            let row = muster_table_find(handle, key, texts.bytes + start,
                                        Int(texts.offsets[code + 1]) - start)
            return row < 0 ? -2 : row
        }
        return codes.map { $0 < 0 ? -1 : rows[Int($0)] }
    }

    private func note(_ faults: [RowLinks.Fault], dead: UnsafeBufferPointer<Int32>,
                      _ rawRows: ([Int]) throws -> [Int: [UInt8]]) throws {
        var passed = 0
        let positions = faults.map { fault -> Int in
            while passed < dead.count, Int(dead[passed]) <= Int(fault.row) + passed { passed += 1 }
            return Int(fault.row) + passed
        }
        let raw = try rawRows(positions)
        for (fault, position) in zip(faults, positions) {
            (raw[position] ?? []).withUnsafeBufferPointer {
                add(fault.reason, field: fault.field, row: position, $0)
            }
        }
    }

    private func renumber(_ rows: [Int32], rowCount: Int) -> RowRenumbering {
        let renumbering = RowRenumbering(rowCount: rowCount, dead: rows)
        muster_table_set_rows(handle, renumbering.rows, renumbering.rows.count)
        for index in schema.fields.indices {
            guard var column = take(index) else { continue }
            renumbering.dead.withUnsafeBufferPointer { column.remove(at: $0) }
            put(column, at: index)
        }
        return renumbering
    }

    private func inherit(along parent: Int) {
        guard case .short(let parents)? = take(parent) else { return }
        put(.short(parents), at: parent)
        for (index, field) in schema.fields.enumerated() {
            guard schema.inherited.contains(field.name) else { continue }
            guard case .short(var values)? = take(index) else { continue }
            let none = field.type == .day ? None.day : None.code
            RowLinks.inherit(&values, none: none, parents: parents)
            put(.short(values), at: index)
        }
    }

    // MARK: Columns

    private func finished(_ column: LoadedColumn, _ field: FieldSchema, _ index: Int,
                          recode: Bool) -> Column {
        switch (column, field.type) {
        case (.short(let days), .day): return .day(days)
        case (.short(let values), .hundredths): return .hundredths(values)
        case (.short(let rows), .reference(let table)) where isResolved(field):
            return .reference(rows, table: table)
        case (.short(var codes), _):
            let dictionary = dictionary(index, &codes, recode: recode)
            if field.name != schema.key { muster_table_drop_texts(handle, Int32(index)) }
            return .text(codes, dictionary)
        case (.long(let values), _): return .integer(values)
        case (.byte(let values), _): return .bool(values)
        }
    }

    private func dictionary(_ index: Int, _ codes: inout [Int32], recode: Bool) -> TextDictionary {
        let texts = muster_table_texts(handle, Int32(index))
        let size = Int(texts.offsets[texts.count])
        let bytes = UnsafeBufferPointer(start: texts.bytes, count: size)
        let offsets = UnsafeBufferPointer(start: texts.offsets, count: texts.count + 1)
        guard recode else {
            return TextDictionary(bytes: Array(bytes), offsets: Array(offsets))
        }
        // Rows went after their texts had been numbered: number again what is left.
        var kept: [UInt8] = [], ends: [UInt32] = [0]
        var numbers = [Int32](repeating: -1, count: texts.count)
        for row in codes.indices where codes[row] >= 0 {
            let code = Int(codes[row])
            if numbers[code] < 0 {
                numbers[code] = Int32(ends.count - 1)
                kept.append(contentsOf: bytes[Int(offsets[code])..<Int(offsets[code + 1])])
                ends.append(UInt32(kept.count))
            }
            codes[row] = numbers[code]
        }
        return TextDictionary(bytes: kept, offsets: ends)
    }

    private func extraColumns(dead: UnsafeBufferPointer<Int32>, _ renumbering: RowRenumbering?,
                              _ findings: inout ColumnFindings) throws
        -> [(name: String, column: Column)] {
        var taken = Set(schema.fields.map(\.name))
        return try (0..<muster_table_extra_count(handle)).map { index in
            try checkCancelled()
            var extra = ExtraColumn(muster_table_extra(handle, index), positions: lineCount,
                                    input.reading)
            muster_table_drop_extra(handle, index)
            extra.codes.remove(at: dead)
            renumbering?.dead.withUnsafeBufferPointer { extra.codes.remove(at: $0) }
            let column = extra.column(&findings) { row in
                dead.reduce(row) { Int($1) <= $0 ? $0 + 1 : $0 }
            }
            // Spaces around a name and line breaks in it are none of it, but where another
            // column is called so.
            let name = Heading.name(extra.name)
            let isFree = !name.isEmpty && taken.insert(name).inserted
            if !isFree { taken.insert(extra.name) }
            return (isFree ? name : extra.name, column)
        }
    }
}
