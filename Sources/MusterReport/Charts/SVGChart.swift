import MusterDiagnostics
import MusterStore

/// A panel of a chart drawn in SVG for a page of some width.
struct SVGChart {
    /// For a screen or sheet of paper, and for a telephone.
    static let wide = 720.0
    static let narrow = 340.0

    let panel: ChartPanel
    let width: Double

    init(_ panel: ChartPanel, width: Double) {
        self.panel = panel
        self.width = width
    }

    func element(id: String, style: String) -> String {
        sheet.element(id: id, style: style, title: panel.title, description: panel.summary)
    }

    var sheet: SVGSheet {
        switch panel.kind {
        case .bar: SVGBars(self).sheet
        case .line: SVGLines(self).sheet
        // What finds no room upright is drawn as bars.
        case .column: SVGColumns(self)?.sheet ?? SVGChart(panel.drawn(as: .bar), width: width).sheet
        }
    }

    /// What the colours mean, on as many lines as it takes, and the target where asked for.
    /// Returns where the drawing goes on.
    func drawLegend(_ sheet: inout SVGSheet, withTarget: Bool) -> Double {
        var entries = panel.series.count > 1 ? panel.series.map(\.label) : []
        let count = entries.count
        if withTarget { entries.append(panel.targetLabel) }
        guard !entries.isEmpty else { return 4 }
        var x = 0.0, y = SVGSheet.lineHeight
        for (number, label) in entries.enumerated() {
            let room = SVGSheet.measure(label) + 22
            if x > 0, x + room > width {
                x = 0
                y += SVGSheet.lineHeight + 3
            }
            let lines = SVGSheet.wrapped(label, to: width - 22)
            if number >= count {
                sheet.line(x, y - 4, x + 16, y - 4, "goal")
            } else if panel.kind == .line {
                let style = "s\(number % SVGSheet.seriesClasses)"
                sheet.path([(x, y - 4), (x + 16, y - 4)], "\(style) path")
                sheet.point(number, x + 8, y - 4)
            } else {
                sheet.rectangle(x + 2, y - 10, 12, 12, "s\(number % SVGSheet.seriesClasses)")
            }
            sheet.text(lines, x + 21, y)
            y += Double(lines.count - 1) * SVGSheet.lineHeight
            x += room + 16
        }
        return y + 10
    }
}

/// What stands to the right of a plot, pushed apart so that nothing overlaps.
struct SideLabels {
    private var labels: [(y: Double, text: String, style: String)] = []

    var width: Double { labels.map { SVGSheet.measure($0.text) }.max() ?? 0 }

    mutating func add(_ text: String, at y: Double, _ style: String) {
        labels.append((y, text, style))
    }

    /// Between the two heights, in the order of their places.
    func draw(_ sheet: inout SVGSheet, _ x: Double, from top: Double, to bottom: Double) {
        let ordered = labels.enumerated().sorted { one, other in
            (one.element.y, one.offset) < (other.element.y, other.offset)
        }.map(\.element)
        var places = ordered.map(\.y)
        for index in places.indices {
            let least = index == 0 ? top : places[index - 1] + SVGSheet.lineHeight
            places[index] = max(places[index], least)
        }
        for index in places.indices.reversed() {
            let most = index == places.count - 1 ? bottom
                : places[index + 1] - SVGSheet.lineHeight
            places[index] = min(places[index], most)
        }
        for (label, y) in zip(ordered, places) {
            sheet.text(label.text, x, y + 4, .start, label.style)
        }
    }
}
