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
        // Long enough for dashes to be told apart.
        let mark = panel.kind == .line ? 30.0 : 16
        var x = 0.0, y = SVGSheet.lineHeight
        for (number, label) in entries.enumerated() {
            let room = SVGSheet.measure(label) + mark + 6
            if x > 0, x + room > width {
                x = 0
                y += SVGSheet.lineHeight + 3
            }
            let lines = SVGSheet.wrapped(label, to: width - mark - 6)
            if number >= count, panel.commonTarget == nil {
                if panel.kind == .bar {
                    sheet.target(x + 8, y - 11, x + 8, y + 3, isTick: true)
                } else {
                    let middle = x + mark / 2
                    sheet.target(middle - 8, y - 4, middle + 8, y - 4, isTick: true)
                }
            } else if number >= count {
                sheet.target(x, y - 4, x + mark, y - 4)
            } else if panel.kind == .line {
                sheet.path([(x, y - 4), (x + mark, y - 4)], number)
                sheet.point(number, x + mark / 2, y - 4)
            } else {
                sheet.bar(number, x + 2, y - 10, 14, 13)
            }
            sheet.text(lines, x + mark + 5, y)
            y += Double(lines.count - 1) * SVGSheet.lineHeight
            x += room + 16
        }
        return y + 10
    }
}
