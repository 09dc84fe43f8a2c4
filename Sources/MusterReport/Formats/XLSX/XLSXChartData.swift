import CXlsxWriter
import MusterDiagnostics
import MusterStore

/// Where charts find their cells: in the table above them, or, where that has more rows than are
/// drawn or categories that are no texts, on a sheet of their own behind the sections.
final class XLSXChartData {
    private let book: XLSXBook
    private let language: Language
    private var name: String?
    private var pictures: [XLSXChart] = []
    private var row: UInt32 = 0

    init(_ book: XLSXBook, _ language: Language) {
        self.book = book
        self.language = language
    }

    func ranges(of picture: XLSXChart, _ placements: [XLSXPlacement]) throws(Diagnostic)
        -> XLSXRanges {
        for placement in placements.reversed() {
            if let found = ranges(of: picture, in: placement) { return found }
        }
        let name = self.name ?? book.names.take(Message(zh: "图表数据", en: "Chart data")[language])
        self.name = name
        let first = row + 1
        let last = row + UInt32(picture.labels.count)
        row = last + 2
        pictures.append(picture)
        let count = UInt16(picture.chart.series.count)
        return XLSXRanges(sheet: name, firstRow: first, lastRow: last, category: 0,
                          values: Array(1..<count + 1),
                          target: picture.hasTargets ? count + 1 : nil)
    }

    /// The cells of the table, where they are what is drawn, in the same order.
    private func ranges(of picture: XLSXChart, in placement: XLSXPlacement) -> XLSXRanges? {
        let table = placement.table, chart = picture.chart
        guard placement.rows.count == chart.categories.count, !placement.rows.isEmpty else {
            return nil
        }
        func cells(_ column: Int) -> [Cell] { placement.rows.map { table.cells[column][$0] } }
        func column(_ matches: (Int) -> Bool) -> UInt16? {
            table.columns.indices.first(where: matches).map { UInt16($0) }
        }
        let areTexts = chart.categories.allSatisfy { cell in
            switch cell {
            case .text, .term, .none, .month: true
            default: false
            }
        }
        guard areTexts, let category = column({
            table.columns[$0] == chart.category && cells($0) == chart.categories
        }) else { return nil }
        let values = chart.series.compactMap { series in
            column { table.columns[$0] == series.column && cells($0).map(\.number) == series.values }
        }
        guard values.count == chart.series.count else { return nil }
        let target = !picture.hasTargets ? nil : column {
            table.columns[$0].display == .percent && !values.contains(UInt16($0))
                && cells($0).map(\.number) == chart.targets
        }
        guard !picture.hasTargets || target != nil else { return nil }
        let first = placement.firstRow
        return XLSXRanges(sheet: placement.sheet, firstRow: first,
                          lastRow: first + UInt32(placement.rows.count) - 1, category: category,
                          values: values, target: target)
    }

    /// The sheet itself, where a chart needs it.
    func write() throws(Diagnostic) {
        guard let name else { return }
        let sheet = try book.sheet(taken: name)
        worksheet_set_column(sheet, 0, 0, 32, nil)
        worksheet_set_column(sheet, 1, 8, 14, nil)
        worksheet_fit_to_pages(sheet, 1, 0)
        var row: UInt32 = 0
        for picture in pictures {
            write(picture, to: sheet, at: row)
            row += UInt32(picture.labels.count) + 2
        }
    }

    private func write(_ picture: XLSXChart, to sheet: Worksheet, at first: UInt32) {
        let chart = picture.chart
        let head = book.format(XLSXStyle(.head, align: LXW_ALIGN_CENTER, wraps: true))
        let text = book.format(XLSXStyle(.cell))
        worksheet_write_string(sheet, first, 0, cellText(picture.categoryName), head)
        for (row, label) in picture.labels.enumerated() {
            worksheet_write_string(sheet, first + 1 + UInt32(row), 0, cellText(label), text)
        }
        func add(_ column: Int, _ name: String, _ values: [Double?], _ format: String) {
            let place = UInt16(column)
            worksheet_write_string(sheet, first, place, cellText(name), head)
            let style = book.format(XLSXStyle(.cell, number: format))
            for (row, value) in values.enumerated() {
                let row = first + 1 + UInt32(row)
                if let value {
                    worksheet_write_number(sheet, row, place, value, style)
                } else {
                    worksheet_write_blank(sheet, row, place, style)
                }
            }
        }
        for (index, series) in chart.series.enumerated() {
            add(index + 1, picture.seriesNames[index],
                series.values.map { XLSXChart.drawn($0, series.column) },
                Self.format(series.column))
        }
        if picture.hasTargets {
            add(chart.series.count + 1, picture.targetName, chart.targets, "0.0%")
        }
    }

    private static func format(_ column: ResultColumn) -> String {
        switch column.display {
        case .percent: "0.0%"
        case .points: "+0.0;-0.0;0.0"
        case .hours: "#,##0.00"
        case .count: "#,##0"
        case .plain, .day: ""
        }
    }
}
