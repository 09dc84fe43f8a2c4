import CXlsxWriter
import MusterDiagnostics
import MusterStore

/// A table on its way to a sheet: its title, its heads in one row or two, its rows.
struct XLSXTable {
    let paper: PaperTable
    let columns: [XLSXColumn]
    /// Rows in the order in which they are written, those of `total` apart: they follow.
    let rows: [Int]
    let hasFilter: Bool
    var table: ResultTable { paper.table }

    init(_ paper: PaperTable, _ presentation: Presentation, hasFilter: Bool) throws(Diagnostic) {
        let table = paper.table
        guard table.columns.count <= XLSXSheet.columnLimit,
              table.rowCount < XLSXSheet.rowLimit else { throw Self.tooLarge(table) }
        self.paper = paper
        self.hasFilter = hasFilter
        rows = (0..<table.rowCount).filter { !table.totalRows.contains($0) }
        var columns: [XLSXColumn] = []
        for shown in paper.shown {
            columns.append(try XLSXColumn(shown, presentation, hasFilter: hasFilter))
        }
        self.columns = columns
    }

    /// How many rows the heads take.
    var headRows: UInt32 { UInt32(paper.heads.count) }

    /// Of the row that heads the columns, in points.
    private var headHeight: Double {
        Double(columns.map(\.heading.count).max() ?? 1) * 15.5 + 6
    }

    private static let upperHeight = 20.0

    /// Of all heads, in points.
    var headsHeight: Double { headHeight + (headRows > 1 ? Self.upperHeight : 0) }

    /// Writes heads and rows from a row on; the row behind them.
    func write(to sheet: Worksheet, _ book: XLSXBook, at first: UInt32,
               _ progress: inout XLSXProgress) throws(Diagnostic) -> UInt32 {
        writeHeads(to: sheet, book, at: first)
        var row = first + headRows
        for (position, source) in (rows + paper.totals).enumerated() {
            let isTotal = position >= rows.count || table.subtotalRows.contains(source)
            let lines = columns.indices.map { columns[$0].lineCount(source) }.max()
            if let lines, lines > 1 {
                worksheet_set_row(sheet, row, Double(lines) * XLSXPage.rowHeight + 1, nil)
            }
            for (index, column) in columns.enumerated() {
                let cell = table.cells[index][source]
                let (value, number) = column.value(source, isApart: paper.isApart(source, index))
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
        if row > first + headRows {
            keepQuiet(sheet, first + headRows, row - 1)
            mark(sheet, book, first + headRows, row - 1)
        }
        return row
    }

    /// Heads over several columns are one cell; so are those beside them, from top to bottom,
    /// where the book keeps its rows at hand.
    private func writeHeads(to sheet: Worksheet, _ book: XLSXBook, at first: UInt32) {
        let style = book.format(XLSXStyle(.head, align: LXW_ALIGN_CENTER, wraps: true))
        let last = first + headRows - 1
        func heading(_ column: Int) -> String {
            columns[column].heading.map(cellText).joined(separator: "\n")
        }
        if headRows > 1 {
            worksheet_set_row(sheet, first, Self.upperHeight, nil)
            for head in paper.heads[0] {
                let from = UInt16(head.span.lowerBound), to = UInt16(head.span.upperBound - 1)
                if head.isOver, from < to {
                    worksheet_merge_range(sheet, first, from, first, to, cellText(head.text), style)
                } else if head.isOver {
                    worksheet_write_string(sheet, first, from, cellText(head.text), style)
                } else if book.isLarge {
                    worksheet_write_blank(sheet, first, from, style)
                } else {
                    worksheet_merge_range(sheet, first, from, last, from, heading(Int(from)), style)
                }
            }
        }
        worksheet_set_row(sheet, last, headHeight, nil)
        for column in columns.indices {
            let isMerged = headRows > 1 && !book.isLarge && paper.shown[column].head == nil
            if !isMerged {
                worksheet_write_string(sheet, last, UInt16(column), heading(column), style)
            }
        }
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

    /// Lays over the cells what follows from their values, whoever changes them: a target missed
    /// stands out, nothing counted and a name once more stand back.
    private func mark(_ sheet: Worksheet, _ book: XLSXBook, _ first: UInt32, _ last: UInt32) {
        func lay(_ column: Int, _ kind: XLSXStyle.Kind, _ formula: String) {
            guard let format = book.format(XLSXStyle(kind)) else { return }
            formula.withCString { text in
                var condition = lxw_conditional_format()
                condition.type = UInt8(LXW_CONDITIONAL_TYPE_FORMULA.rawValue)
                condition.value_string = UnsafeMutablePointer(mutating: text)
                condition.format = format
                worksheet_conditional_format_range(sheet, first, UInt16(column), last,
                                                   UInt16(column), &condition)
            }
        }
        for column in columns.indices {
            let cell = "$\(Self.letters(column))\(first + 1)"
            if table.columns[column].isVerdict {
                let no = table.cells[column].firstIndex(of: .bool(false))
                let text = no.map { paper.shown[column].text($0) }
                if let text { lay(column, .missed, "=\(cell)=\"\(text)\"") }
            } else if table.columns[column].isNumeric, !table.columns[column].isKey {
                lay(column, .zero, "=AND(ISNUMBER(\(cell)),\(cell)=0)")
            }
        }
        if let column = paper.groupColumn, first > 0 {
            let name = Self.letters(column)
            lay(column, .again, "=$\(name)\(first + 1)=$\(name)\(first)")
        }
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
