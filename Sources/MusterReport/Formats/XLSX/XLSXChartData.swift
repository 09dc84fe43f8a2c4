import MusterValues
import CXlsxWriter
import MusterDiagnostics
import MusterStore

/// Where charts find their cells: in the table above them, or, where that has other rows than
/// are drawn, another order, or categories that are no texts, on a hidden sheet of their own
/// behind the sections.
final class XLSXChartData {
    private let book: XLSXBook
    private let language: Language
    private var name: String?
    private var panels: [ChartPanel] = []
    private var row: UInt32 = 0

    init(_ book: XLSXBook, _ language: Language) {
        self.book = book
        self.language = language
    }

    func ranges(of panel: ChartPanel, _ placements: [XLSXPlacement]) -> XLSXRanges {
        for placement in placements.reversed() {
            if let found = placement.ranges(of: panel) { return found }
        }
        let name = self.name ?? book.names.take(Message(zh: "图表数据", en: "Chart data")[language])
        self.name = name
        let first = row + 1
        let last = row + UInt32(panel.entries.count)
        row = last + 2
        panels.append(panel)
        let count = UInt16(panel.series.count)
        return XLSXRanges(sheet: name, firstRow: first, lastRow: last, category: 0,
                          values: Array(1..<count + 1),
                          target: panel.hasTargets ? count + 1 : nil)
    }

    /// The sheet itself, where a chart needs it.
    func write() throws(Diagnostic) {
        guard let name else { return }
        let sheet = try book.sheet(taken: name)
        worksheet_hide(sheet)
        worksheet_set_column(sheet, 0, 0, 32, nil)
        worksheet_set_column(sheet, 1, 8, 16, nil)
        worksheet_fit_to_pages(sheet, 1, 0)
        worksheet_set_header(sheet, "&C&9 " + workbookText(name))
        XLSXPage.number(sheet, language)
        var row: UInt32 = 0
        for panel in panels {
            write(panel, to: sheet, at: row)
            row += UInt32(panel.entries.count) + 2
        }
    }

    /// Row by row, as a book that keeps its rows on disk wants them.
    private func write(_ panel: ChartPanel, to sheet: Worksheet, at first: UInt32) {
        let head = book.format(XLSXStyle(.head, align: LXW_ALIGN_CENTER, wraps: true))
        let names = [panel.categoryLabel] + panel.series.map(\.label)
            + (panel.hasTargets ? [panel.targetLabel] : [])
        for (column, name) in names.enumerated() {
            worksheet_write_string(sheet, first, UInt16(column), cellText(name), head)
        }
        let plain = book.format(XLSXStyle(.cell))
        for (place, entry) in panel.entries.enumerated() {
            let row = first + 1 + UInt32(place)
            switch entry {
            case .more(let count):
                worksheet_write_string(sheet, row, 0, cellText(panel.more(count, "…")), plain)
                for column in 1..<names.count {
                    worksheet_write_blank(sheet, row, UInt16(column), plain)
                }
            case .category(let index):
                worksheet_write_string(sheet, row, 0, cellText(panel.categories[index]), plain)
                let target = panel.hasTargets ? panel.targets[index] : nil
                let measure = ShownColumn.Measure.against([target.map(Cell.number) ?? .none])
                for (number, series) in panel.series.enumerated() {
                    write(series.values[index], panel.display, measure, to: sheet, row,
                          UInt16(number + 1))
                }
                if panel.hasTargets {
                    write(target, panel.display, .target, to: sheet, row,
                          UInt16(names.count - 1))
                }
            }
        }
    }

    private func write(_ value: Double?, _ display: Display, _ measure: ShownColumn.Measure,
                       to sheet: Worksheet, _ row: UInt32, _ column: UInt16) {
        let number = value.map { Self.format($0, display, measure) } ?? ""
        let format = book.format(XLSXStyle(.cell, number: number))
        guard let value else { worksheet_write_blank(sheet, row, column, format); return }
        worksheet_write_number(sheet, row, column, value * (display == .points ? 100 : 1), format)
    }

    private static func format(_ value: Double, _ display: Display,
                               _ measure: ShownColumn.Measure) -> String {
        let column = ResultColumn(name: Term(""), display: display, isNumeric: true)
        let shown = ShownColumn(column, [.number(value)], measure, rows: [0], Presentation(.en))
        return switch display {
        case .percent, .points: shown.percentage(0)?.numberFormat ?? ""
        case .hours: amountFormat(1)
        case .count: amountFormat(0)
        case .plain, .day: ""
        }
    }
}

/// Where a table came to stand on a sheet.
struct XLSXPlacement {
    let sheet: String
    let table: XLSXTable
    let firstRow: UInt32

    /// The cells of the table, where they are all that is drawn, in the same order.
    func ranges(of panel: ChartPanel) -> XLSXRanges? {
        guard !table.rows.isEmpty, table.rows.count == panel.drawn.count,
              panel.drawn.count == panel.categories.count,
              let category = column({ column, cells in
                  cells.allSatisfy(Self.isText)
                      && table.rows.map(column.shown.text) == panel.categories
              }) else { return nil }
        let values = panel.series.compactMap { series in
            column { column, cells in
                column.shown.heading == series.label && cells.map(\.number) == series.values
            }
        }
        guard values.count == panel.series.count else { return nil }
        let target = !panel.hasTargets ? nil : column { column, cells in
            column.shown.column.display == panel.display && cells.map(\.number) == panel.targets
        }
        guard !panel.hasTargets || target != nil else { return nil }
        return XLSXRanges(sheet: sheet, firstRow: firstRow,
                          lastRow: firstRow + UInt32(table.rows.count) - 1, category: category,
                          values: values, target: target)
    }

    private func column(_ matches: (XLSXColumn, [Cell]) -> Bool) -> UInt16? {
        table.columns.indices.first { index in
            matches(table.columns[index], table.rows.map { table.table.cells[index][$0] })
        }.map { UInt16($0) }
    }

    private static func isText(_ cell: Cell) -> Bool {
        switch cell {
        case .text, .own, .term, .none, .month: true
        case .bool, .integer, .decimal, .number, .day, .year: false
        }
    }
}
