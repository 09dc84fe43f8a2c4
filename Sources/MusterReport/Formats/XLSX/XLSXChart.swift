import MusterValues
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

/// A panel of a chart drawn by the spreadsheet itself: bars, columns or lines, with the target
/// as a line; around bars that lie, where targets differ, as frames up to them.
struct XLSXChart {
    let panel: ChartPanel

    private static let colours = ChartPalette.light.series.map(colour)
    private static let targetColour = colour(ChartPalette.light.target)

    /// Bars are hatched from the second series on, to be told apart in grey.
    private static let hatches = [
        LXW_CHART_PATTERN_NONE, LXW_CHART_PATTERN_WIDE_UPWARD_DIAGONAL,
        LXW_CHART_PATTERN_LIGHT_HORIZONTAL, LXW_CHART_PATTERN_WIDE_DOWNWARD_DIAGONAL,
        LXW_CHART_PATTERN_LIGHT_VERTICAL, LXW_CHART_PATTERN_LARGE_GRID,
        LXW_CHART_PATTERN_TRELLIS, LXW_CHART_PATTERN_LARGE_CHECK,
    ]
    private static let markers = [
        LXW_CHART_MARKER_CIRCLE, LXW_CHART_MARKER_SQUARE, LXW_CHART_MARKER_TRIANGLE,
        LXW_CHART_MARKER_DIAMOND,
    ]
    private static let dashes = [
        LXW_CHART_LINE_DASH_SOLID, LXW_CHART_LINE_DASH_DASH, LXW_CHART_LINE_DASH_ROUND_DOT,
        LXW_CHART_LINE_DASH_DASH_DOT, LXW_CHART_LINE_DASH_SQUARE_DOT,
        LXW_CHART_LINE_DASH_LONG_DASH, LXW_CHART_LINE_DASH_LONG_DASH_DOT,
        LXW_CHART_LINE_DASH_LONG_DASH_DOT_DOT,
    ]

    /// Of `#rrggbb`.
    private static func colour(_ text: String) -> lxw_color_t {
        lxw_color_t(text.dropFirst(), radix: 16) ?? 0
    }

    // MARK: size

    /// In points.
    func size(_ page: XLSXPage) -> (width: Double, height: Double) {
        let width = min(840, max(560, page.pixelWidth)) * 0.75
        let count = Double(panel.entries.count)
        let height = switch panel.kind {
        case .bar: count * (Double(panel.series.count) * 13 + 6) + 90
        case .column, .line: 250 + (isCrowded(width) ? min(130, longestLabel * 3.3) : 0)
        }
        return (width, min(height, page.pageHeight - page.repeated - 2 * XLSXPage.rowHeight))
    }

    private var longestLabel: Double {
        Double(panel.drawn.map { displayWidth(panel.categories[$0]) }.max() ?? 0)
    }

    /// Whether the labels under the columns would touch.
    private func isCrowded(_ width: Double) -> Bool {
        (longestLabel * 5 + 6) * Double(panel.drawn.count) > width - 60
    }

    // MARK: drawing

    func insert(into sheet: Worksheet, at row: UInt32, _ size: (width: Double, height: Double),
                _ book: XLSXBook, _ ranges: XLSXRanges) throws(Diagnostic) {
        let type = switch panel.kind {
        case .bar: LXW_CHART_BAR
        case .column: LXW_CHART_COLUMN
        case .line: LXW_CHART_LINE
        }
        let drawing = try book.chart(type)
        for (index, one) in panel.series.enumerated() {
            let series = add(to: drawing, ranges, column: ranges.values[index], one.label)
            style(series, index)
            label(series)
        }
        if let target = ranges.target { addTarget(to: drawing, ranges, target) }
        var font = lxw_chart_font()
        font.size = 11
        font.bold = 1
        chart_title_set_name(drawing, workbookText(panel.title))
        chart_title_set_name_font(drawing, &font)
        setAxes(drawing, size.width)
        // The cells may be on a sheet that is not shown.
        chart_show_hidden_data(drawing)
        chart_set_series_gap(drawing, 50)
        let isAlone = panel.series.count == 1 && !panel.hasTargets
        chart_legend_set_position(drawing, UInt8((isAlone ? LXW_CHART_LEGEND_NONE
                                                  : LXW_CHART_LEGEND_BOTTOM).rawValue))
        let words = workbookText(panel.summary)
        words.withCString { text in
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
        chart_series_set_name(series, seriesName(name))
        return series
    }

    /// A name that begins like a formula would be read as a reference to a cell.
    private func seriesName(_ name: String) -> String {
        let text = workbookText(name)
        return text.hasPrefix("=") ? " " + text : text
    }

    private func style(_ series: Series?, _ number: Int) {
        let colour = Self.colours[number]
        var fill = lxw_chart_fill()
        fill.color = colour
        var line = lxw_chart_line()
        line.color = colour
        guard panel.kind == .line else {
            if number == 0 {
                chart_series_set_fill(series, &fill)
            } else {
                var pattern = lxw_chart_pattern()
                pattern.fg_color = colour
                pattern.bg_color = 0xFFFFFF
                pattern.type = UInt8(Self.hatches[number].rawValue)
                chart_series_set_pattern(series, &pattern)
                chart_series_set_line(series, &line)
            }
            return
        }
        line.width = 2.25
        line.dash_type = UInt8(Self.dashes[number].rawValue)
        chart_series_set_line(series, &line)
        chart_series_set_marker_type(series, UInt8(Self.markers[number % 4].rawValue))
        chart_series_set_marker_size(series, 7)
        if number >= 4 { fill.color = 0xFFFFFF }
        chart_series_set_marker_fill(series, &fill)
        line.dash_type = UInt8(LXW_CHART_LINE_DASH_SOLID.rawValue)
        chart_series_set_marker_line(series, &line)
    }

    /// The values beside their marks, on the colour of the paper so that no line runs through
    /// them, as many as can be read: at the foot of bars and left of points where they could
    /// stand on a target.
    private func label(_ series: Series?) {
        guard panel.drawn.count * panel.series.count <= ChartChoice.mostBars else { return }
        chart_series_set_labels(series)
        let position = switch panel.kind {
        case .line:
            panel.hasTargets ? LXW_CHART_LABEL_POSITION_LEFT : LXW_CHART_LABEL_POSITION_ABOVE
        case .bar, .column:
            panel.hasTargets ? LXW_CHART_LABEL_POSITION_INSIDE_BASE
                : LXW_CHART_LABEL_POSITION_OUTSIDE_END
        }
        chart_series_set_labels_position(series, UInt8(position.rawValue))
        var font = lxw_chart_font()
        font.size = 9
        chart_series_set_labels_font(series, &font)
        var fill = lxw_chart_fill()
        fill.color = 0xFFFFFF
        chart_series_set_labels_fill(series, &fill)
    }

    private func addTarget(to drawing: Drawing, _ ranges: XLSXRanges, _ column: UInt16) {
        let series = add(to: drawing, ranges, column: column, panel.targetLabel)
        var line = lxw_chart_line()
        line.color = Self.targetColour
        line.width = 2.25
        line.dash_type = UInt8(LXW_CHART_LINE_DASH_DASH.rawValue)
        switch panel.kind {
        case .bar: addTargetOfBars(to: drawing, series, line)
        case .column, .line:
            if panel.commonTarget == nil { mark(series) } else {
                chart_series_set_line(series, &line)
                chart_series_set_marker_type(series, UInt8(LXW_CHART_MARKER_NONE.rawValue))
            }
            if panel.kind == .column { _ = muster_chart_line_over_columns(drawing) }
        }
    }

    /// A point to each target, with a rim of paper, and no line that joins them. (A dash is a
    /// block in LibreOffice.)
    private func mark(_ series: Series?) {
        var line = lxw_chart_line()
        line.none = 1
        chart_series_set_line(series, &line)
        chart_series_set_marker_type(series, UInt8(LXW_CHART_MARKER_DIAMOND.rawValue))
        chart_series_set_marker_size(series, 9)
        var fill = lxw_chart_fill()
        fill.color = Self.targetColour
        chart_series_set_marker_fill(series, &fill)
        var rim = lxw_chart_line()
        rim.color = 0xFFFFFF
        rim.width = 0.75
        chart_series_set_marker_line(series, &rim)
    }

    private func addTargetOfBars(to drawing: Drawing, _ series: Series?, _ line: lxw_chart_line) {
        var line = line
        if panel.commonTarget != nil, panel.drawn.count > 1 {
            // A straight trend through targets that are all one is a line across all bars.
            var trend = line
            line.none = 1
            chart_series_set_line(series, &line)
            chart_series_set_trendline(
                series, UInt8(LXW_CHART_TRENDLINE_TYPE_LINEAR.rawValue), 0)
            chart_series_set_trendline_forecast(series, 0.5, 0.5)
            chart_series_set_trendline_line(series, &trend)
            chart_series_set_trendline_name(series, seriesName(panel.targetLabel))
            // The legend names the line, not the bars that it runs through, which do not show.
            chart_series_set_name(series, " ")
        } else {
            line.width = 1.25
            line.dash_type = UInt8(LXW_CHART_LINE_DASH_SOLID.rawValue)
            chart_series_set_line(series, &line)
        }
        var noFill = lxw_chart_fill()
        noFill.none = 1
        chart_series_set_fill(series, &noFill)
        if panel.series.count == 1 { chart_set_series_overlap(drawing, 100) }
    }

    private func setAxes(_ drawing: Drawing, _ width: Double) {
        // The axes are named by where they lie: a bar chart's categories stand along y.
        guard let x = drawing.pointee.x_axis, let y = drawing.pointee.y_axis else { return }
        let (category, value) = panel.kind == .bar ? (y, x) : (x, y)
        setScale(value)
        var grid = lxw_chart_line()
        grid.color = 0xD9D9D9
        grid.width = 0.75
        chart_axis_major_gridlines_set_visible(value, 1)
        chart_axis_major_gridlines_set_line(value, &grid)
        chart_axis_major_gridlines_set_visible(category, 0)
        var font = lxw_chart_font()
        font.size = 9
        chart_axis_set_num_font(value, &font)
        if panel.kind != .bar, isCrowded(width) { font.rotation = -45 }
        chart_axis_set_num_font(category, &font)
        // Bars to the negative side must not run through the labels.
        chart_axis_set_label_position(category,
                                      UInt8(LXW_CHART_AXIS_LABEL_POSITION_LOW.rawValue))
        if panel.kind == .bar {
            // The first row of the table on top, the scale at the foot all the same.
            chart_axis_set_reverse(category)
            chart_axis_set_crossing_max(category)
            if panel.entries.count <= 40 { chart_axis_set_interval_unit(category, 1) }
        }
    }

    private func setScale(_ axis: UnsafeMutablePointer<lxw_chart_axis>) {
        let scale = panel.scale(intervals: 5)
        // Points are a hundredfold in the cells.
        let factor = panel.display == .points ? 100.0 : 1
        chart_axis_set_min(axis, scale.lower * factor)
        chart_axis_set_max(axis, scale.upper * factor)
        if scale.ticks.count > 1 {
            chart_axis_set_major_unit(axis, (scale.ticks[1] - scale.ticks[0]) * factor)
        }
        let digits = scale.labels[0].drop { $0 != "." }.filter(\.isNumber).count
        let decimals = digits == 0 ? "" : "." + String(repeating: "0", count: digits)
        let format = switch panel.display {
        case .percent: "0\(decimals)%"
        case .points: "+0\(decimals);-0\(decimals);0"
        case .plain, .count, .hours, .day: "#,##0\(decimals)"
        }
        chart_axis_set_num_format(axis, format)
    }
}
