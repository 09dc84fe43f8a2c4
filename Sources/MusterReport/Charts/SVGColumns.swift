import MusterDiagnostics

/// The frame that columns and lines share: a measure at the left, places along the foot, what
/// belongs to a height at the right.
struct SVGFrame {
    static let plotHeight = 240.0

    let scale: Scale
    let left: Double
    let right: Double
    let top: Double
    let places: Int

    var bottom: Double { top + Self.plotHeight }
    var slot: Double { (right - left) / Double(max(1, places)) }

    func x(_ place: Int) -> Double { left + (Double(place) + 0.5) * slot }
    func y(_ value: Double) -> Double { bottom - scale.fraction(value) * Self.plotHeight }

    func drawAxis(_ sheet: inout SVGSheet) {
        for (tick, label) in zip(scale.ticks, scale.labels) {
            let y = y(tick)
            sheet.line(left, y, right, y, tick == 0 ? "axis" : "grid")
            sheet.text(label, left - 6, y + 4, .end, "faint")
        }
    }
}

/// Upright columns over their labels.
struct SVGColumns {
    private let chart: SVGChart
    private let labels: [[String]]
    private let left: Double
    private let scale: Scale
    private let sideWidth: Double

    /// Nil where the labels do not find room below their columns.
    init?(_ chart: SVGChart) {
        self.chart = chart
        let panel = chart.panel
        scale = panel.scale(intervals: 5)
        left = (scale.labels.map(SVGSheet.measure).max() ?? 0) + 10
        let side = panel.commonTarget == nil ? 0 : SVGSheet.measure(panel.targetLabel) + 8
        sideWidth = side < chart.width / 4 ? side : 0
        let slot = (chart.width - left - sideWidth) / Double(max(1, panel.entries.count))
        let columns = Int((slot - 6) / (SVGSheet.fontSize * 0.62))
        guard columns >= 2, slot >= Double(panel.series.count) * 6 + 6 else { return nil }
        labels = panel.entries.map { entry in
            switch entry {
            case .category(let index): wrapped(panel.categories[index], to: columns)
            case .more(let count): wrapped(panel.more(count, "…"), to: columns)
            }
        }
        let pieces = panel.drawn.flatMap { words(panel.categories[$0]) }
        guard labels.allSatisfy({ $0.count <= 3 }),
              pieces.allSatisfy({ SVGSheet.measure($0) <= slot - 4 }) else { return nil }
    }

    var sheet: SVGSheet {
        let panel = chart.panel
        var sheet = SVGSheet(width: chart.width)
        let top = chart.drawLegend(&sheet, withTarget: panel.hasTargets && sideWidth == 0) + 16
        let frame = SVGFrame(scale: scale, left: left, right: chart.width - sideWidth, top: top,
                             places: panel.entries.count)
        frame.drawAxis(&sheet)
        for (place, entry) in panel.entries.enumerated() {
            if case .category(let index) = entry { draw(index, place, frame, &sheet) }
            sheet.text(labels[place], frame.x(place), frame.bottom + 17, .middle)
        }
        if sideWidth > 0, let goal = panel.commonTarget {
            let y = frame.y(goal.value)
            sheet.line(frame.left, y, frame.right, y, "goal")
            sheet.text(panel.targetLabel, frame.right + 6, y + 4, .start, "goal-label")
        }
        return sheet
    }

    private func draw(_ index: Int, _ place: Int, _ frame: SVGFrame, _ sheet: inout SVGSheet) {
        let panel = chart.panel
        let count = Double(panel.series.count)
        let thick = min(48, frame.slot * 0.7 / count)
        let start = frame.x(place) - thick * count / 2
        for (number, series) in panel.series.enumerated() {
            guard let value = series.values[index] else { continue }
            let zero = frame.y(0), end = frame.y(value)
            let high = value == 0 ? 0 : max(1, abs(end - zero))
            let x = start + Double(number) * thick
            sheet.rectangle(x, value < 0 ? zero : zero - high, thick - 1, high,
                            "s\(number % SVGSheet.seriesClasses)")
            let baseline = value < 0 ? end + 14 : end - 4
            if sheet.hasRoom(series.texts[index], x + thick / 2, baseline, .middle) {
                sheet.text(series.texts[index], x + thick / 2, baseline, .middle, "value")
            }
        }
        if panel.hasTargets, sideWidth == 0, let target = panel.targets[index] {
            let half = panel.commonTarget == nil ? thick * count / 2 + 5 : frame.slot / 2
            sheet.line(frame.x(place) - half, frame.y(target), frame.x(place) + half,
                       frame.y(target), "goal")
        }
    }
}
