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
    /// Where its tables begin, in order.
    private(set) var places: [(sheet: String, row: UInt32)] = []
    private var language: Language { presentation.language }

    /// The last row and column that a sheet can have, from 1.
    static let rowLimit = 1_048_576, columnLimit = 16_384

    /// - Parameter title: the report's.
    init(_ section: XLSXSection, _ papers: [PaperTable], of title: Message?, in book: XLSXBook,
         _ presentation: Presentation, _ charts: XLSXChartData) throws(Diagnostic) {
        self.section = section
        self.title = title
        self.book = book
        self.presentation = presentation
        self.charts = charts
        (sheet, name) = try book.sheet(section.name)
        var tables: [XLSXTable] = []
        for paper in papers {
            let hasFilter = papers.count == 1 && paper.table.rowCount > 5
                && paper.table.subtotalRows.isEmpty
            tables.append(try XLSXTable(paper, presentation, hasFilter: hasFilter))
        }
        self.tables = tables
        var widths: [Double] = []
        for (index, column) in tables.flatMap({ Array($0.columns.enumerated()) }) {
            if index == widths.count { widths.append(0) }
            widths[index] = max(widths[index], column.width)
        }
        page = XLSXPage(widths: widths)
    }

    /// - Parameters:
    ///   - frame: stands below the title.
    ///   - signatures: who signs, below the last figures.
    func write(_ progress: inout XLSXProgress, frame: [String], signatures: [Message])
        throws(Diagnostic) {
        for (index, width) in page.widths.enumerated() {
            worksheet_set_column(sheet, UInt16(index), UInt16(index), width, nil)
        }
        var next = 0
        if !frame.isEmpty, section.blocks.first?.isHeading != true { put(frame) }
        let end = section.blocks.lastIndex { block in
            switch block {
            case .heading, .text, .table: true
            case .notes, .chart, .provenance: false
            }
        }
        for (place, block) in section.blocks.enumerated() {
            switch block {
            case .heading(let text, _):
                if row > 0 { skip() }
                heading(text[language])
                if place == 0, !frame.isEmpty { put(frame) }
            case .text(let text): paragraphs([text], .text)
            case .notes(let notes): paragraphs(notes, .note)
            case .provenance: break
            case .table:
                try write(tables[next], &progress)
                next += 1
            case .chart(let chart): try draw(chart)
            }
            // Pictures and small print may go on to other pages; who signs stays with the figures.
            if place == end { sign(signatures) }
        }
        if end == nil { sign(signatures) }
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
        across(text, row > 0 ? XLSXStyle(.heading, wraps: true)
            : XLSXStyle(.title, align: LXW_ALIGN_CENTER, wraps: true))
    }

    private func put(_ frame: [String]) {
        across(frame.joined(separator: "　　　"), XLSXStyle(.text, wraps: true))
    }

    /// The places to sign, below a row that is left free.
    private func sign(_ signatures: [Message]) {
        guard !signatures.isEmpty else { return }
        skip()
        let places = Int(Double(XLSXColumn.places(in: page.textWidth)))
        for line in signingLines(signatures, language, width: places) {
            across(line, XLSXStyle(.sign))
        }
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
        let columns = style.kind == .title ? max(page.textColumns, page.widths.count)
            : page.textColumns
        let last = columns - 1
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
        guard Int(row) + 4 + table.table.rowCount <= Self.rowLimit else {
            throw XLSXTable.tooLarge(table.table)
        }
        let title = row
        places.append((name, row))
        // A statement's own result is data: it begins with its heads.
        if section.blocks.contains(where: \.isHeading) { caption(table) }
        let head = row
        row = try table.write(to: sheet, book, at: row, &progress)
        let first = head + table.headRows
        placements.append(XLSXPlacement(sheet: name, table: table, firstRow: first))
        if tables.count == 1 { finishOnly(table, title: title, first: first) }
        page.add(table.headsHeight + Double(row - first) * XLSXPage.rowHeight)
        if table.table.rowCount == 0 {
            across(PaperTable.nothing(language), XLSXStyle(.text, align: LXW_ALIGN_CENTER))
        }
        for remark in table.paper.remarks { across(remark, XLSXStyle(.note, wraps: true)) }
    }

    /// Above a table what it is called, at its right end what its figures count.
    private func caption(_ table: XLSXTable) {
        let style = XLSXStyle(.caption)
        let last = UInt16(max(0, table.columns.count - 1))
        let text = cellText(table.paper.label + PaperLabel.separator(language)
                            + table.paper.title)
        let unit = table.paper.unit
        let width = page.widths.prefix(table.columns.count).reduce(0, +)
        let needed = displayWidth(text) + displayWidth(unit ?? "") + 4
        let fits = last > 1 && needed * 12 / 11 <= XLSXColumn.places(in: width)
        if fits {
            worksheet_write_string(sheet, row, 0, text, book.format(style))
        } else {
            across(text, XLSXStyle(.caption, wraps: true))
            guard unit != nil else { return }
        }
        if let unit {
            worksheet_write_string(sheet, row, last, cellText(unit),
                                   book.format(XLSXStyle(.note, align: LXW_ALIGN_RIGHT)))
        }
        worksheet_set_row(sheet, row, 20, nil)
        page.add(20)
        row += 1
    }

    /// What a sheet can have once only: heads that stay in sight and on every page, and a filter.
    private func finishOnly(_ table: XLSXTable, title: UInt32, first: UInt32) {
        let lastColumn = UInt16(max(0, table.columns.count - 1))
        if table.hasFilter, !table.rows.isEmpty {
            worksheet_autofilter(sheet, first - 1, 0, first - 1 + UInt32(table.rows.count),
                                 lastColumn)
        }
        if !table.rows.isEmpty { worksheet_repeat_rows(sheet, title, first - 1) }
        page.repeated = table.headsHeight + 20
        let keys = table.columns.prefix { $0.shown.column.isKey }.count
        page.keyColumns = keys <= 2 ? keys : 0
        // A head under long texts would leave no room for what it heads.
        guard page.height < 330 else { return }
        let isWide = page.tableWidth > 120 && keys < table.columns.count && keys <= 2
        worksheet_freeze_panes(sheet, first, isWide ? UInt16(keys) : 0)
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
