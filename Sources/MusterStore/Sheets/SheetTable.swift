import MusterDiagnostics
import MusterValues

/// How a sheet was read as a table, for whoever loads it to say.
package struct SheetReading: Sendable, Hashable {
    package let sheet: String
    /// The numbers of the row, or the two, that name the columns.
    package let headingRows: [Int]
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
    private let heading: SheetHeading
    /// Each column's place in the sheet, and its name.
    let columns: [(place: Int, name: String)]
    private let unnamed: [String]
    private let hiddenSheets: [String]

    /// - Parameter wanted: the name of the sheet; nil for the only one with something in it.
    init(_ file: SheetFile, sheet wanted: String?) throws {
        sheet = try Self.chosen(file, wanted)
        hiddenSheets = wanted != nil ? [] : file.sheets.filter { $0.isHidden && $0.rowCount > 0 }
            .map(\.name).filter { [name = sheet.name] in $0 != name }
        guard let heading = SheetHeading(sheet) else {
            throw Diagnostic("sheet.heading", Message(
                zh: "\(file.path)，工作表“\(sheet.name)”：找不到列名所在的行",
                en: "\(file.path), sheet \"\(sheet.name)\": no row names the columns"),
                hint: Message(zh: "表头一行应至少写明一半的列名",
                              en: "one row should name at least half of the columns"))
        }
        self.heading = heading
        (columns, unnamed) = try Self.columns(sheet, heading, file.path)
    }

    var rows: Range<Int> { heading.below }

    private static func chosen(_ file: SheetFile, _ wanted: String?) throws -> Sheet {
        let filled = file.sheets.filter { $0.rowCount > 0 }
        if let wanted {
            let found = try file.sheet(called: wanted)
            guard found.rowCount > 0 else { throw empty(file.path, found.name) }
            return found
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

    private static func columns(_ sheet: Sheet, _ heading: SheetHeading, _ path: String) throws
        -> ([(place: Int, name: String)], unnamed: [String]) {
        let below = sheet.used(in: heading.below)
        var names: Set<String> = [], unnamed: [String] = []
        var columns: [(place: Int, name: String)] = []
        for column in 0..<sheet.columnCount {
            var name = heading.name(column)
            if name.isEmpty {
                guard below[column] else { continue }
                name = "column\(column + 1)"
                unnamed.append(name)
            }
            guard names.insert(Heading.folded(name)).inserted else {
                let number = heading.numbers[0]
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
        let merged = !sheet.hasMerges ? 0 : rows.reduce(0) { sum, row in
            sum + columns.count { sheet.isCoveredByMerge(row: row, column: $0.place) }
        }
        return SheetReading(
            sheet: sheet.name, headingRows: heading.numbers, titleRows: heading.rows.lowerBound,
            hiddenRows: rows.count { sheet.isHidden(row: $0) }, hiddenSheets: hiddenSheets,
            unnamed: unnamed, mergedCells: merged, unvalued: cells(.unvalued),
            errors: cells(.error))
    }

    /// Those of a sort that the rows have of their own.
    private func cells(_ kind: SheetCell.Kind) -> SheetReading.Cells {
        let range = sheet.cells.range(rows), kinds = sheet.cells.kinds[range]
        guard let first = kinds.firstIndex(of: kind.rawValue) else { return .init() }
        let row = rows.partitionPoint { sheet.cells.starts[$0 + 1] > first }
        let column = Sheet.columnName(Int(sheet.cells.columns[first]))
        return .init(count: kinds.count { $0 == kind.rawValue },
                     first: column + String(sheet.number(ofRow: row)))
    }
}
