import CXlsxWriter
import MusterDiagnostics
import MusterStore

/// A table on its way to a sheet.
struct XLSXTable {
    let table: ResultTable
    let columns: [XLSXColumn]
    /// Rows in the order in which they are written, those of `total` apart: they follow.
    let rows: [Int]
    let hasFilter: Bool
    private let totals: [Int]

    init(_ table: ResultTable, _ presentation: Presentation, hasFilter: Bool)
        throws(Diagnostic) {
        guard table.columns.count <= XLSXSheet.columnLimit,
              table.rowCount < XLSXSheet.rowLimit else { throw Self.tooLarge(table) }
        self.table = table
        self.hasFilter = hasFilter
        rows = (0..<table.rowCount).filter { !table.totalRows.contains($0) }
        totals = (0..<table.rowCount).filter { table.totalRows.contains($0) }
        var columns: [XLSXColumn] = []
        for shown in try ShownColumn.all(table, rows: Array(0..<table.rowCount), presentation) {
            columns.append(try XLSXColumn(shown, presentation, hasFilter: hasFilter))
        }
        self.columns = columns
    }

    /// In points.
    var headHeight: Double { Double(columns.map(\.heading.count).max() ?? 1) * 15.5 + 6 }

    /// Writes head and rows from a row on; the row behind them.
    func write(to sheet: Worksheet, _ book: XLSXBook, at first: UInt32,
               _ progress: inout XLSXProgress) throws(Diagnostic) -> UInt32 {
        worksheet_set_row(sheet, first, headHeight, nil)
        let head = book.format(XLSXStyle(.head, align: LXW_ALIGN_CENTER, wraps: true))
        for (index, column) in columns.enumerated() {
            let heading = column.heading.map(cellText).joined(separator: "\n")
            worksheet_write_string(sheet, first, UInt16(index), heading, head)
        }
        var row = first + 1
        for (position, source) in (rows + totals).enumerated() {
            let isTotal = position >= rows.count || table.subtotalRows.contains(source)
            let lines = columns.indices.map { columns[$0].lineCount(source) }.max()
            if let lines, lines > 1 {
                worksheet_set_row(sheet, row, Double(lines) * XLSXPage.rowHeight + 1, nil)
            }
            for (index, column) in columns.enumerated() {
                let cell = table.cells[index][source]
                let (value, number) = column.value(source)
                let format = book.format(column.style(cell, number, isTotal: isTotal))
                let place = UInt16(index)
                switch value {
                case .blank: worksheet_write_blank(sheet, row, place, format)
                case .number(let value): worksheet_write_number(sheet, row, place, value, format)
                case .text(let text):
                    worksheet_write_string(sheet, row, place, cellText(text), format)
                }
            }
            row += 1
            try progress.row()
        }
        if row > first + 1 { keepQuiet(sheet, first + 1, row - 1) }
        return row
    }

    /// Names that are made of digits are meant to be texts: no green corners.
    private func keepQuiet(_ sheet: Worksheet, _ first: UInt32, _ last: UInt32) {
        let ranges = columns.indices.filter { columns[$0].shown.holdsText }.map { column in
            let name = Self.letters(column)
            return "\(name)\(first + 1):\(name)\(last + 1)"
        }
        guard !ranges.isEmpty else { return }
        worksheet_ignore_errors(sheet, UInt8(LXW_IGNORE_NUMBER_STORED_AS_TEXT.rawValue),
                                ranges.joined(separator: " "))
    }

    /// A column as its letters: 0 is A, 26 is AA.
    static func letters(_ column: Int) -> String {
        var rest = column + 1, letters = ""
        while rest > 0 {
            letters = String(UnicodeScalar(UInt8(65 + (rest - 1) % 26))) + letters
            rest = (rest - 1) / 26
        }
        return letters
    }

    static func tooLarge(_ table: ResultTable) -> Diagnostic {
        Diagnostic("xlsx.size", Message(
            zh: "表太大：\(table.rowCount) 行 \(table.columns.count) 列，一张工作表最多"
                + " \(XLSXSheet.rowLimit) 行 \(XLSXSheet.columnLimit) 列",
            en: "the table has \(table.rowCount) rows and \(table.columns.count) columns; a sheet "
                + "holds \(XLSXSheet.rowLimit) rows and \(XLSXSheet.columnLimit) columns"),
            hint: Message(zh: "导出为 csv，或先筛选、汇总",
                          en: "export it as csv, or filter or summarize it first"))
    }
}
