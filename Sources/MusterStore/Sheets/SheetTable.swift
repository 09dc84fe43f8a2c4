import MusterDiagnostics

/// How a sheet was read as a table, for whoever loads it to say.
package struct SheetReading: Sendable, Hashable {
    package let sheet: String
    /// The number of the row that names the columns.
    package let headingRow: Int
    /// Rows above it that have something in them: a title.
    package let titleRows: Int
    /// Rows below it that are hidden in the file; they are read.
    package let hiddenRows: Int
    /// Hidden sheets with something in them, which are not read.
    package let hiddenSheets: [String]
    /// Names given to columns that have values and no heading.
    package let unnamed: [String]
    /// Cells that have the value of the merged area in which they lie.
    package let mergedCells: Int
    /// Formulas whose value the file does not keep.
    package let unvalued: Cells
    /// Cells that show an error.
    package let errors: Cells

    /// Cells of a sort, by their count and the name of the first.
    package struct Cells: Sendable, Hashable {
        package var count = 0
        /// `C5`; nothing where there is none.
        package var first = ""
    }
}

/// A sheet of a workbook as a table: the row that names its columns, and those below it.
struct SheetTable {
    let sheet: Sheet
    let heading: Int
    /// Each column's place in the sheet, and its name.
    let columns: [(place: Int, name: String)]
    private let unnamed: [String]
    private let hiddenSheets: [String]

    /// - Parameter wanted: the name of the sheet; nil for the only one with something in it.
    init(_ file: SheetFile, sheet wanted: String?) throws {
        sheet = try Self.chosen(file, wanted)
        hiddenSheets = wanted != nil ? [] : file.sheets.filter { $0.isHidden && $0.rowCount > 0 }
            .map(\.name).filter { [name = sheet.name] in $0 != name }
        guard let heading = Self.heading(sheet) else {
            throw Diagnostic("sheet.heading", Message(
                zh: "\(file.path)，工作表“\(sheet.name)”：找不到列名所在的行",
                en: "\(file.path), sheet \"\(sheet.name)\": no row names the columns"),
                hint: Message(zh: "表头一行应至少写明一半的列名",
                              en: "one row should name at least half of the columns"))
        }
        self.heading = heading
        (columns, unnamed) = try Self.columns(sheet, heading, file.path)
    }

    var rows: Range<Int> { heading + 1..<sheet.rowCount }

    private static func chosen(_ file: SheetFile, _ wanted: String?) throws -> Sheet {
        let filled = file.sheets.filter { $0.rowCount > 0 }
        if let wanted {
            if let found = file.sheets.first(where: { Heading.isSame($0.name, wanted) }) {
                guard found.rowCount > 0 else { throw empty(file.path, found.name) }
                return found
            }
            throw Diagnostic("sheet.unknown", Message(
                zh: "\(file.path) 没有工作表“\(wanted)”",
                en: "\(file.path) has no sheet \"\(wanted)\""),
                hint: Message(zh: "工作表：" + file.sheets.map(\.name).joined(separator: "、"),
                              en: "its sheets: "
                                  + file.sheets.map(\.name).joined(separator: ", ")))
        }
        let shown = filled.filter { !$0.isHidden }
        let candidates = shown.isEmpty ? filled : shown
        guard let first = candidates.first else { throw empty(file.path, nil) }
        guard candidates.count == 1 else {
            let names = candidates.map(\.name)
            throw Diagnostic("sheet.several", Message(
                zh: "\(file.path) 有 \(names.count) 个工作表：" + names.joined(separator: "、"),
                en: "\(file.path) has \(names.count) sheets: " + names.joined(separator: ", ")),
                hint: Message(zh: "指明一个：装载 \"\(file.path)\" 工作表 \"\(first.name)\" 为 表名",
                              en: "name one: load \"\(file.path)\" sheet \"\(first.name)\" as NAME"))
        }
        return first
    }

    private static func empty(_ path: String, _ sheet: String?) -> Diagnostic {
        let named = sheet.map { Message(zh: "工作表“\($0)”", en: "sheet \"\($0)\" of ") }
        return Diagnostic("table.empty", Message(
            zh: path + (named.map { " 的\($0.zh)" } ?? "") + "是空的",
            en: (named?.en ?? "") + path + " is empty"),
            hint: Message(zh: "请核对文件；图表工作表不含数据",
                          en: "is it the right file? a sheet that is a chart has no cells"))
    }

    /// The first row in which at least half of the columns that are used have a text, and more
    /// than one does: the row of a title has one, merged over all of them.
    private static func heading(_ sheet: Sheet) -> Int? {
        var used = Set<Int>()
        for row in 0..<sheet.rowCount { used.formUnion(sheet.columns(ofRow: row)) }
        return (0..<sheet.rowCount).first { row in
            let named = sheet.columns(ofRow: row).count { column in
                guard !sheet.isCoveredByMerge(row: row, column: column),
                      case .text(let text) = sheet[row, column] else { return false }
                return !Heading.trimmed(text).isEmpty
            }
            return named * 2 >= used.count && named > min(1, used.count - 1)
        }
    }

    private static func columns(_ sheet: Sheet, _ heading: Int, _ path: String) throws
        -> ([(place: Int, name: String)], unnamed: [String]) {
        var below = [Bool](repeating: false, count: sheet.columnCount)
        for row in heading + 1..<max(heading + 1, sheet.rowCount) {
            for column in sheet.columns(ofRow: row) { below[column] = true }
        }
        var names: Set<String> = [], unnamed: [String] = []
        var columns: [(place: Int, name: String)] = []
        for column in 0..<sheet.columnCount {
            var name = sheet.isCoveredByMerge(row: heading, column: column) ? ""
                : Heading.name(sheet.written(row: heading, column: column))
            if name.isEmpty {
                guard below[column] else { continue }
                name = "column\(column + 1)"
                unnamed.append(name)
            }
            guard names.insert(Heading.folded(name)).inserted else {
                let number = sheet.number(ofRow: heading)
                throw Diagnostic("table.repeated-field", Message(
                    zh: "\(path)，工作表“\(sheet.name)”，第 \(number) 行：表头中“\(name)”出现了两次",
                    en: "\(path), sheet \"\(sheet.name)\", row \(number): the heading has "
                        + "\"\(name)\" twice"),
                    hint: Message(zh: "请改为不同的列名", en: "give the columns different names"))
            }
            columns.append((column, name))
        }
        return (columns, unnamed)
    }

    /// What is to be told about it.
    var reading: SheetReading {
        var merged = 0, hidden = 0
        var unvalued = SheetReading.Cells(), errors = SheetReading.Cells()
        func count(_ counter: inout SheetReading.Cells, _ row: Int, _ column: Int) {
            if counter.count == 0 {
                counter.first = Sheet.columnName(column) + String(sheet.number(ofRow: row))
            }
            counter.count += 1
        }
        for row in rows {
            if sheet.isHidden(row: row) { hidden += 1 }
            for (column, kind) in sheet.kinds(ofRow: row) {
                switch kind {
                case .unvalued: count(&unvalued, row, column)
                case .error: count(&errors, row, column)
                default: break
                }
            }
            guard sheet.hasMerges else { continue }
            merged += columns.count { sheet.isCoveredByMerge(row: row, column: $0.place) }
        }
        return SheetReading(
            sheet: sheet.name, headingRow: sheet.number(ofRow: heading), titleRows: heading,
            hiddenRows: hidden, hiddenSheets: hiddenSheets, unnamed: unnamed, mergedCells: merged,
            unvalued: unvalued, errors: errors)
    }
}
