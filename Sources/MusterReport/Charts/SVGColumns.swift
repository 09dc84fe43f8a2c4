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
            sheet.grid(left, y, right, y, tick == 0 ? "axis" : "grid")
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
        let room = slot - 6
        guard room >= 2 * SVGSheet.fontSize, slot >= Double(panel.series.count) * 6 + 6
        else { return nil }
        labels = panel.entries.map { entry in
            switch entry {
            case .category(let index): SVGSheet.wrapped(panel.categories[index], to: room)
            case .more(let count): SVGSheet.wrapped(panel.more(count, "…"), to: room)
            }
        }
        let pieces = panel.drawn.flatMap { words(panel.categories[$0]) }
        guard labels.allSatisfy({ $0.count <= 3 }),
              pieces.allSatisfy({ SVGSheet.measure($0) <= room }) else { return nil }
    }

    var sheet: SVGSheet {
        let panel = chart.panel
        var sheet = SVGSheet(width: chart.width)
        let top = chart.drawLegend(&sheet, withTarget: panel.hasTargets && sideWidth == 0) + 16
        let frame = SVGFrame(scale: scale, left: left, right: chart.width - sideWidth, top: top,
                             places: panel.entries.count)
        frame.drawAxis(&sheet)
        // Values of columns that hang down stand below them.
        let foot = frame.bottom + (scale.lower < 0 ? 32 : 17)
        for (place, entry) in panel.entries.enumerated() {
            if case .category(let index) = entry { draw(index, place, frame, &sheet) }
            sheet.text(labels[place], frame.x(place), foot, .middle)
        }
        if sideWidth > 0, let goal = panel.commonTarget {
            sheet.text(panel.targetLabel, frame.right + 6, frame.y(goal.value) + 4, .start,
                       "goal-label")
        }
        return sheet
    }

    private var widestValue: Double {
        chart.panel.series.flatMap { series in
            chart.panel.drawn.map { SVGSheet.measure(series.texts[$0]) }
        }.max() ?? 0
    }

    /// The values stand over all columns or none.
    private func draw(_ index: Int, _ place: Int, _ frame: SVGFrame, _ sheet: inout SVGSheet) {
        let panel = chart.panel
        let count = Double(panel.series.count)
        let thick = min(48, frame.slot * 0.7 / count)
        let start = frame.x(place) - thick * count / 2
        let goal = panel.hasTargets ? panel.targets[index].map(frame.y) : nil
        let baselines = panel.series.enumerated().map { number, series -> Double? in
            guard let value = series.values[index] else { return nil }
            let zero = frame.y(0), end = frame.y(value)
            let high = value == 0 ? 0 : max(1, abs(end - zero))
            sheet.bar(number, start + Double(number) * thick, value < 0 ? zero : zero - high,
                      thick - 1, high)
            // Beyond the target's line where that would run through the value.
            guard value < 0 else {
                return goal.flatMap { $0 > end - 20 && $0 < end + 3 ? $0 - 6 : nil } ?? end - 4
            }
            return goal.flatMap { $0 > end - 3 && $0 < end + 20 ? $0 + 17 : nil } ?? end + 14
        }
        if let goal {
            let isCommon = panel.commonTarget != nil
            let half = isCommon ? frame.slot / 2 : thick * count / 2 + 5
            sheet.target(frame.x(place) - half, goal, frame.x(place) + half, goal,
                         isTick: !isCommon)
        }
        guard widestValue <= (count == 1 ? frame.slot : thick) - 2 else { return }
        for (number, baseline) in baselines.enumerated() {
            guard let baseline else { continue }
            sheet.text(panel.series[number].texts[index],
                       start + (Double(number) + 0.5) * thick, baseline, .middle, "value")
        }
    }
}
