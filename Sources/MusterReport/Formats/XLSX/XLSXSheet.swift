import CXlsxWriter
import MusterDiagnostics
import MusterStore

/// One section, laid out from the top: headings and texts across, tables below each other, each
/// chart under the table that it was made of.
final class XLSXSheet {
    private let tables: [XLSXTable]
    private let book: XLSXBook
    private let presentation: Presentation
    private let charts: XLSXChartData
    private let section: XLSXSection
    private let title: Message?
    private let name: String
    private var sheet: Worksheet
    private var page: XLSXPage
    private var row: UInt32 = 0
    private var placements: [XLSXPlacement] = []
    private var language: Language { presentation.language }

    /// The last row and column that a sheet can have, from 1.
    static let rowLimit = 1_048_576, columnLimit = 16_384

    /// - Parameter title: the report's.
    init(_ section: XLSXSection, of title: Message?, in book: XLSXBook,
         _ presentation: Presentation, _ charts: XLSXChartData) throws(Diagnostic) {
        self.section = section
        self.title = title
        self.book = book
        self.presentation = presentation
        self.charts = charts
        var found: [ResultTable] = []
        for case .table(let table) in section.blocks { found.append(table) }
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
        for block in section.blocks {
            switch block {
            case .heading(let text, _): heading(text[language])
            case .text(let text): paragraphs([text], .text)
            case .notes(let notes): paragraphs(notes, .note)
            case .provenance: break
            case .table:
                try write(tables[next], &progress)
                next += 1
            case .chart(let chart): try draw(chart)
            }
        }
        finishPage()
    }

    private func finishPage() {
        var header: String?
        if let title = title?[language], case .heading(let first, _)? = section.blocks.first,
           first[language] != title { header = title }
        page.apply(to: sheet, header: header, language)
    }

    // MARK: words

    private func heading(_ text: String) {
        across(text, XLSXStyle(row == 0 ? .title : .heading, wraps: true))
    }

    private func paragraphs(_ texts: [Message], _ kind: XLSXStyle.Kind) {
        for text in texts {
            for paragraph in text[language].split(separator: "\n") {
                across(String(paragraph), XLSXStyle(kind, wraps: true))
            }
        }
    }

    /// A text over the width of the page, as many lines high as it takes.
    private func across(_ text: String, _ style: XLSXStyle) {
        let places = Int(Double(XLSXColumn.places(in: page.textWidth)) * 11 / style.fontSize)
        let height = style.fontSize * 1.45 * Double(wrapped(text, to: places).count) + 3
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
        placements.append(XLSXPlacement(sheet: name, table: table, firstRow: head + 1))
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
        page.keyColumns = keys <= 2 ? keys : 0
    }

    // MARK: charts

    private func draw(_ chart: Chart) throws(Diagnostic) {
        for panel in chart.panels(presentation) {
            skip()
            if !panel.isEmpty { try draw(XLSXChart(panel: panel)) }
            for remark in panel.remarks { across(remark, XLSXStyle(.note, wraps: true)) }
        }
    }

    private func draw(_ picture: XLSXChart) throws(Diagnostic) {
        let size = picture.size(page)
        if page.breaks(before: size.height) {
            if page.repeated == 0 {
                page.breakRows.append(row)
            } else {
                try turnPage()
                return try draw(picture)
            }
        }
        try picture.insert(into: sheet, at: row, size, book,
                           charts.ranges(of: picture.panel, placements))
        let rows = UInt32((size.height / XLSXPage.rowHeight).rounded(.up)) + 1
        row += rows
        page.add(Double(rows) * XLSXPage.rowHeight)
    }

    /// Goes on with a sheet for pictures: under a long table nobody would see them, and its
    /// heads would be repeated above them.
    private func turnPage() throws(Diagnostic) {
        finishPage()
        (sheet, _) = try book.sheet(section.name, ending: Message(zh: " 图", en: " chart")[language])
        page = XLSXPage(widths: [])
        row = 0
        if case .heading(let text, _)? = section.blocks.last(where: \.isHeading) {
            heading(text[language])
            skip()
        }
    }
}
