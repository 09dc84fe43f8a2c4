import CXlsxWriter
import MusterDiagnostics
import MusterStore

/// Where a table came to stand on a sheet.
struct XLSXPlacement {
    let sheet: String
    let table: ResultTable
    /// Rows in the order in which they stand there, those of `total` apart.
    let rows: [Int]
    let firstRow: UInt32
}

/// One section, laid out from the top: headings and texts across, tables below each other, each
/// chart under the table that it was made of.
final class XLSXSheet {
    private let blocks: [Report.Block]
    private let tables: [XLSXTable]
    private let book: XLSXBook
    private let presentation: Presentation
    private let charts: XLSXChartData
    private let sheet: Worksheet
    private let name: String
    private var page: XLSXPage
    private var row: UInt32 = 0
    private var placements: [XLSXPlacement] = []
    private var language: Language { presentation.language }

    /// The last row and column that a sheet can have, from 1.
    static let rowLimit = 1_048_576, columnLimit = 16_384

    init(_ section: XLSXSection, in book: XLSXBook, _ presentation: Presentation,
         _ charts: XLSXChartData) throws(Diagnostic) {
        self.book = book
        self.presentation = presentation
        self.charts = charts
        blocks = section.blocks
        var found: [ResultTable] = []
        for case .table(let table) in blocks { found.append(table) }
        (sheet, name) = try book.sheet(section.name)
        var tables: [XLSXTable] = []
        for table in found {
            tables.append(try XLSXTable(table, presentation,
                                        hasFilter: found.count == 1 && table.rowCount > 5))
        }
        self.tables = tables
        var widths: [Double] = []
        for (index, column) in tables.flatMap({ Array($0.columns.enumerated()) }) {
            if index == widths.count { widths.append(0) }
            widths[index] = max(widths[index], column.width)
        }
        page = XLSXPage(widths: widths)
    }

    func write(_ progress: inout XLSXProgress) throws(Diagnostic) {
        for (index, width) in page.widths.enumerated() {
            worksheet_set_column(sheet, UInt16(index), UInt16(index), width, nil)
        }
        var next = 0
        for block in blocks {
            switch block {
            case .heading(let text, let level): heading(text[language], level)
            case .text(let text): paragraphs([text], .text)
            case .notes(let notes): paragraphs(notes, .note)
            case .provenance: break
            case .table:
                try write(tables[next], &progress)
                next += 1
            case .chart(let chart): try draw(chart)
            }
        }
        page.apply(to: sheet, language)
    }

    // MARK: words

    private func heading(_ text: String, _ level: Int) {
        if row > 0, level > 2 { skip() }
        across(text, XLSXStyle(level <= 2 ? .title : .heading, wraps: true),
               lineHeight: level <= 2 ? 22 : 18, scale: level <= 2 ? 1.45 : 1.2)
    }

    private func paragraphs(_ texts: [Message], _ kind: XLSXStyle.Kind) {
        for text in texts {
            for paragraph in text[language].split(separator: "\n") {
                across(String(paragraph),
                       XLSXStyle(kind, align: LXW_ALIGN_VERTICAL_TOP, wraps: true),
                       lineHeight: 16, scale: 1)
            }
        }
    }

    /// A text over the width of the page, as many lines high as it takes.
    private func across(_ text: String, _ style: XLSXStyle, lineHeight: Double, scale: Double) {
        let places = XLSXColumn.places(in: page.textWidth) * 10 / Int(scale * 10)
        let height = lineHeight * Double(wrapped(text, to: places).count) + 2
        worksheet_set_row(sheet, row, height, nil)
        let last = page.textColumns - 1
        if last > 0 {
            worksheet_merge_range(sheet, row, 0, row, UInt16(last), cellText(text),
                                  book.format(style))
        } else {
            worksheet_write_string(sheet, row, 0, cellText(text), book.format(style))
        }
        page.add(height)
        row += 1
    }

    private func skip() {
        row += 1
        page.add(XLSXPage.rowHeight)
    }

    // MARK: tables

    private func write(_ table: XLSXTable, _ progress: inout XLSXProgress) throws(Diagnostic) {
        if row > 0 { skip() }
        guard Int(row) + 1 + table.table.rowCount <= Self.rowLimit else {
            throw XLSXTable.tooLarge(table.table)
        }
        let head = row
        row = try table.write(to: sheet, book, at: row, &progress)
        placements.append(XLSXPlacement(sheet: name, table: table.table, rows: table.rows,
                                        firstRow: head + 1))
        if tables.count == 1 { finishOnly(table, head: head) }
        page.add(table.headHeight + Double(row - head - 1) * XLSXPage.rowHeight)
        if table.table.rowCount == 0 {
            paragraphs([Message(zh: "（没有符合条件的行）", en: "(no rows)")], .note)
        }
    }

    /// What a sheet can have once only: heads that stay in sight and on every page, and a filter.
    private func finishOnly(_ table: XLSXTable, head: UInt32) {
        let lastColumn = UInt16(max(0, table.columns.count - 1))
        if table.hasFilter, !table.rows.isEmpty {
            worksheet_autofilter(sheet, head, 0, head + UInt32(table.rows.count), lastColumn)
        }
        // A head under long texts would leave no room for what it heads.
        guard page.height < 260 else { return }
        let keys = table.columns.prefix { $0.shown.column.isKey }.count
        let isWide = page.tableWidth > 120 && keys < table.columns.count && keys <= 2
        worksheet_freeze_panes(sheet, head + 1, isWide ? UInt16(keys) : 0)
        if !table.rows.isEmpty { worksheet_repeat_rows(sheet, head, head) }
        page.repeated = table.headHeight
    }

    // MARK: charts

    private func draw(_ chart: Chart) throws(Diagnostic) {
        let picture = XLSXChart(chart, presentation)
        guard picture.isWorthDrawing else { return }
        skip()
        let size = picture.size(page)
        if page.breaks(before: size.height) { page.breakRows.append(row) }
        try picture.insert(into: sheet, at: row, size, book,
                           try charts.ranges(of: picture, placements))
        let rows = UInt32((size.height / XLSXPage.rowHeight).rounded(.up)) + 1
        row += rows
        page.add(Double(rows) * XLSXPage.rowHeight)
    }
}
