import MusterDiagnostics

/// Horizontal bars: labels at the left, or above where they need the room; values at the right
/// edge; the target as a line through all bars or a mark across each.
struct SVGBars {
    private let chart: SVGChart
    private let scale: Scale
    private let left: Double
    private let plotWidth: Double
    private let labelsAbove: Bool
    private let thickness: Double

    init(_ chart: SVGChart) {
        self.chart = chart
        let panel = chart.panel
        let labels = panel.entries.map { entry in
            switch entry {
            case .category(let index): panel.categories[index]
            case .more(let count): panel.more(count, "…")
            }
        }
        let widest = labels.map(SVGSheet.measure).max() ?? 0
        let values = panel.series.flatMap { series in
            panel.drawn.map { SVGSheet.measure(series.texts[$0]) }
        }.max() ?? 0
        let most = chart.width * 0.36
        labelsAbove = widest > most && chart.width < SVGChart.wide
        left = labelsAbove ? 1 : min(widest, most) + 10
        plotWidth = max(40, chart.width - left - values - 8)
        thickness = panel.series.count > 1 ? 14 : 15
        // Every label needs room beside its neighbours.
        let plotWidth = plotWidth
        let scales = [5, 2, 1].map { panel.scale(intervals: $0) }
        let roomy = scales.first { scale in
            let widest = scale.labels.map(SVGSheet.measure).max() ?? 0
            return widest + 8 <= plotWidth / Double(max(1, scale.labels.count - 1))
        }
        scale = roomy ?? scales[2]
    }

    var sheet: SVGSheet {
        let panel = chart.panel
        var sheet = SVGSheet(width: chart.width)
        let isCommon = panel.commonTarget != nil
        var top = chart.drawLegend(&sheet, withTarget: panel.hasTargets && !isCommon)
        if isCommon { top += SVGSheet.lineHeight + 4 }
        var y = top + 4
        for entry in panel.entries {
            switch entry {
            case .more(let count):
                sheet.text(panel.more(count, "…"), labelsAbove ? 1 : left - 10, y + 13,
                           labelsAbove ? .start : .end, "faint")
                y += SVGSheet.lineHeight + 7
            case .category(let index):
                y = row(index, y, &sheet)
            }
        }
        for (tick, label) in zip(scale.ticks, scale.labels) {
            let x = x(tick)
            sheet.grid(x, top, x, y, tick == 0 ? "axis" : "grid")
            let half = SVGSheet.measure(label) / 2
            sheet.text(label, min(max(x, half), chart.width - half), y + 15, .middle, "faint")
        }
        if let goal = panel.commonTarget {
            let x = x(goal.value)
            sheet.target(x, top, x, y)
            let half = SVGSheet.measure(panel.targetLabel) / 2
            sheet.text(panel.targetLabel, min(max(x, half), chart.width - half), top - 5,
                       .middle, "goal-label")
        }
        return sheet
    }

    private func x(_ value: Double) -> Double { left + scale.fraction(value) * plotWidth }

    /// Returns where the next row begins.
    private func row(_ index: Int, _ top: Double, _ sheet: inout SVGSheet) -> Double {
        let panel = chart.panel
        let room = labelsAbove ? chart.width - 2 : left - 10
        let label = SVGSheet.wrapped(panel.categories[index], to: room)
        let labelHeight = Double(label.count) * SVGSheet.lineHeight
        let bars = Double(panel.series.count) * thickness
        let height = labelsAbove ? labelHeight + 2 + bars : max(labelHeight, bars)
        let start = labelsAbove ? top + labelHeight + 2 : top + (height - bars) / 2
        if labelsAbove {
            sheet.text(label, 1, top + 12)
        } else {
            sheet.text(label, left - 8, top + (height - labelHeight) / 2 + 12, .end)
        }
        for (number, series) in panel.series.enumerated() {
            let y = start + Double(number) * thickness
            sheet.text(series.texts[index], chart.width, y + thickness / 2 + 4, .end, "value")
            guard let value = series.values[index] else { continue }
            let zero = x(0), end = x(value)
            // Something is not nothing.
            let length = value == 0 ? 0 : max(1, abs(end - zero))
            sheet.bar(number, value < 0 ? zero - length : zero, y + 1, length, thickness - 2)
        }
        if panel.hasTargets, panel.commonTarget == nil, let target = panel.targets[index] {
            sheet.target(x(target), start - 2, x(target), start + bars + 2, isTick: true)
        }
        return top + height + 7
    }
}
