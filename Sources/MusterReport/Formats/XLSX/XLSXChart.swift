import CXlsxWriter
import MusterDiagnostics
import MusterStore

/// The cells that a chart is drawn from.
struct XLSXRanges {
    let sheet: String
    let firstRow: UInt32
    let lastRow: UInt32
    let category: UInt16
    let values: [UInt16]
    let target: UInt16?
}

/// A native chart: bars, columns or lines, with the target as a line.
struct XLSXChart {
    let chart: Chart
    /// Of each category, as it is read.
    let labels: [String]
    let seriesNames: [String]
    let categoryName: String
    private let language: Language

    /// Blue, orange, green, purple, grey: told apart by everybody, and in print by lightness.
    private static let colours: [lxw_color_t] = [0x2F6DB5, 0xE69F00, 0x009E73, 0x7B4EA3, 0x7F7F7F]
    private static let targetColour: lxw_color_t = 0xC00000

    init(_ chart: Chart, _ presentation: Presentation) {
        self.chart = chart
        language = presentation.language
        func shown(_ column: ResultColumn) -> ShownColumn {
            ShownColumn(column, chart.categories, rows: Array(chart.categories.indices),
                        presentation)
        }
        let category = shown(chart.category)
        categoryName = category.heading
        labels = chart.categories.map { category.text($0) }
        seriesNames = chart.series.map { shown($0.column).heading }
    }

    var isWorthDrawing: Bool { chart.series.contains { $0.values.contains { $0 != nil } } }

    var hasTargets: Bool { chart.targets.contains { $0 != nil } }

    /// Charts are drawn of shares of one, and of points as the hundredfold that their cells hold.
    static func drawn(_ value: Double?, _ column: ResultColumn) -> Double? {
        guard let value, value.isFinite else { return nil }
        return column.display == .points ? value * 100 : value
    }

    var caption: String { seriesNames.joined(separator: language == .zh ? "、" : ", ") }

    var targetName: String { Message(zh: "目标", en: "target")[language] }

    private var axis: ChartScale {
        let values = chart.series.flatMap { series in
            series.values.compactMap { Self.drawn($0, series.column) }
        }
        return ChartScale(values + chart.targets.compactMap(\.self))
    }

    // MARK: size

    /// In points.
    func size(_ page: XLSXPage) -> (width: Double, height: Double) {
        let width = min(840, max(560, page.pixelWidth)) * 0.75
        let count = Double(labels.count)
        let height = switch chart.kind {
        case .bar: count * Double(chart.series.count) * 14 + count * 4 + 90
        case .column, .line: 250 + (isCrowded(width) ? min(130, longestLabel * 3.3) : 0)
        }
        return (width, min(height, page.pageHeight - page.repeated - 2 * XLSXPage.rowHeight))
    }

    private var longestLabel: Double { Double(labels.map { displayWidth($0) }.max() ?? 0) }

    /// Whether the labels under the columns would touch.
    private func isCrowded(_ width: Double) -> Bool {
        (longestLabel * 5 + 6) * Double(labels.count) > width - 60
    }

    // MARK: drawing

    func insert(into sheet: Worksheet, at row: UInt32, _ size: (width: Double, height: Double),
                _ book: XLSXBook, _ ranges: XLSXRanges) throws(Diagnostic) {
        let type = switch chart.kind {
        case .bar: LXW_CHART_BAR
        case .column: LXW_CHART_COLUMN
        case .line: LXW_CHART_LINE
        }
        let drawing = try book.chart(type)
        for (index, name) in seriesNames.enumerated() {
            let series = add(to: drawing, ranges, column: ranges.values[index], name)
            colour(series, Self.colours[index % Self.colours.count])
        }
        if let target = ranges.target { addTarget(to: drawing, ranges, target) }
        var font = lxw_chart_font()
        font.size = 11
        font.bold = 1
        chart_title_set_name(drawing, cellText(caption))
        chart_title_set_name_font(drawing, &font)
        setAxes(drawing, size.width)
        chart_set_series_gap(drawing, 50)
        if seriesNames.count == 1, !hasTargets {
            chart_legend_set_position(drawing, UInt8(LXW_CHART_LEGEND_NONE.rawValue))
        } else {
            chart_legend_set_position(drawing, UInt8(LXW_CHART_LEGEND_BOTTOM.rawValue))
        }
        cellText(caption).withCString { text in
            var options = lxw_chart_options()
            options.x_scale = size.width / 0.75 / 480
            options.y_scale = size.height / 0.75 / 288
            options.object_position = UInt8(LXW_OBJECT_MOVE_DONT_SIZE.rawValue)
            options.description = UnsafeMutablePointer(mutating: text)
            worksheet_insert_chart_opt(sheet, row, 0, drawing, &options)
        }
    }

    private typealias Drawing = UnsafeMutablePointer<lxw_chart>
    private typealias Series = UnsafeMutablePointer<lxw_chart_series>

    private func add(to drawing: Drawing, _ ranges: XLSXRanges, column: UInt16, _ name: String)
        -> Series? {
        let series = chart_add_series(drawing, nil, nil)
        chart_series_set_categories(series, ranges.sheet, ranges.firstRow, ranges.category,
                                    ranges.lastRow, ranges.category)
        chart_series_set_values(series, ranges.sheet, ranges.firstRow, column, ranges.lastRow,
                                column)
        chart_series_set_name(series, cellText(name))
        return series
    }

    private func colour(_ series: Series?, _ colour: lxw_color_t) {
        if chart.kind == .line {
            var line = lxw_chart_line()
            line.color = colour
            line.width = 2.25
            chart_series_set_line(series, &line)
            chart_series_set_marker_type(series, UInt8(LXW_CHART_MARKER_CIRCLE.rawValue))
            chart_series_set_marker_size(series, 6)
            var fill = lxw_chart_fill()
            fill.color = colour
            chart_series_set_marker_fill(series, &fill)
        } else {
            var fill = lxw_chart_fill()
            fill.color = colour
            chart_series_set_fill(series, &fill)
        }
    }

    private func addTarget(to drawing: Drawing, _ ranges: XLSXRanges, _ column: UInt16) {
        let series = add(to: drawing, ranges, column: column, targetName)
        var line = lxw_chart_line()
        line.color = Self.targetColour
        line.width = 2.25
        guard chart.kind == .bar else {
            line.dash_type = UInt8(LXW_CHART_LINE_DASH_DASH.rawValue)
            chart_series_set_line(series, &line)
            if chart.kind == .column { _ = muster_chart_line_over_columns(drawing) }
            return
        }
        var noFill = lxw_chart_fill(), noLine = lxw_chart_line()
        noFill.none = 1
        noLine.none = 1
        chart_series_set_fill(series, &noFill)
        chart_series_set_line(series, &noLine)
        var hidden: [Int16] = [Int16(seriesNames.count), -1]
        chart_legend_delete_series(drawing, &hidden)
        let scale = axis
        _ = muster_chart_marks_over_bars(drawing, scale.minimum, scale.maximum,
                                         (scale.maximum - scale.minimum) * 0.005, targetName,
                                         Self.targetColour)
    }

    private func setAxes(_ drawing: Drawing, _ width: Double) {
        // The axes are named by where they lie: a bar chart's categories stand along y.
        guard let x = drawing.pointee.x_axis, let y = drawing.pointee.y_axis else { return }
        let (category, value) = chart.kind == .bar ? (y, x) : (x, y)
        let scale = axis
        chart_axis_set_min(value, scale.minimum)
        chart_axis_set_max(value, scale.maximum)
        chart_axis_set_major_unit(value, scale.step)
        chart_axis_set_num_format(value, numberFormat(scale))
        var grid = lxw_chart_line()
        grid.color = 0xD9D9D9
        grid.width = 0.75
        chart_axis_major_gridlines_set_visible(value, 1)
        chart_axis_major_gridlines_set_line(value, &grid)
        chart_axis_major_gridlines_set_visible(category, 0)
        var font = lxw_chart_font()
        font.size = 9
        chart_axis_set_num_font(value, &font)
        if chart.kind != .bar, isCrowded(width) { font.rotation = -45 }
        chart_axis_set_num_font(category, &font)
        // Negative values must not run through the labels.
        if scale.minimum < 0 {
            chart_axis_set_label_position(category, UInt8(LXW_CHART_AXIS_LABEL_POSITION_LOW.rawValue))
        }
        if chart.kind == .bar {
            // The first row of the table on top, the scale at the foot all the same.
            chart_axis_set_reverse(category)
            chart_axis_set_crossing_max(category)
        }
    }

    private func numberFormat(_ scale: ChartScale) -> String {
        let decimals = scale.decimals
        func digits(_ whole: String, _ count: Int) -> String {
            count <= 0 ? whole : whole + "." + String(repeating: "0", count: count)
        }
        return switch chart.series.first?.column.display ?? .plain {
        case .percent: digits("0", decimals - 2) + "%"
        case .points: digits("+0", decimals) + ";" + digits("-0", decimals) + ";0"
        case .plain, .count, .hours, .day: digits("#,##0", decimals)
        }
    }
}

/// An axis from and to round numbers, that holds zero and all values.
struct ChartScale {
    let minimum: Double
    let maximum: Double
    let step: Double
    /// Digits behind the point that its steps take.
    let decimals: Int

    init(_ values: [Double]) {
        let low = min(0, values.min() ?? 0), high = max(0, values.max() ?? 0)
        var power = 0.1, decimals = 1
        let wanted = max((high - low) / 5, 1e-6)
        while power * 10 <= wanted, power < 1e15 { power *= 10; decimals -= 1 }
        while power > wanted { power /= 10; decimals += 1 }
        let factor = [1.0, 2, 5, 10].first { $0 * power >= wanted * 0.999_999 } ?? 10
        var step = factor * power
        if factor == 10 { decimals -= 1 }
        // People and pieces do not come in halves.
        if step < 1, !values.isEmpty, values.allSatisfy({ $0 == $0.rounded() }), high > 1 {
            (step, decimals) = (1, 0)
        }
        self.step = step
        self.decimals = max(0, decimals)
        minimum = (low / step - 1e-9).rounded(.down) * step
        maximum = max((high / step - 1e-9).rounded(.up) * step, minimum + step)
    }
}
