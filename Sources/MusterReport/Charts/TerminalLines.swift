import MusterDiagnostics

/// Lines over the categories, which stand at equal distances.
struct TerminalLines {
    private static let height = 15

    private let chart: TerminalChart
    private let scale: Scale
    private let left: Int
    private let plotWidth: Int

    /// Nil where the window is too narrow for any line.
    init?(_ chart: TerminalChart) {
        self.chart = chart
        scale = chart.panel.scale(intervals: 5)
        left = (scale.labels.map { displayWidth($0) }.max() ?? 0) + 2
        let room = chart.width - left
        guard room >= 8 else { return nil }
        plotWidth = min(room, max(16, chart.panel.categories.count * 14))
        let widest = chart.panel.categories.map { displayWidth($0) }.max() ?? 0
        guard widest <= chart.width else { return nil }
    }

    var lines: [String] {
        let panel = chart.panel
        var canvas = TerminalCanvas(width: chart.width, height: Self.height + 4)
        drawAxis(&canvas)
        if panel.hasTargets { drawTargets(&canvas) }
        for (number, series) in panel.series.enumerated() { drawPath(number, series, &canvas) }
        for (number, series) in panel.series.enumerated() {
            for (index, value) in series.values.enumerated() {
                guard let value else { continue }
                canvas.put(String(chart.point(number)), x(index), row(value), .series(number))
            }
        }
        drawValues(&canvas)
        drawLabels(&canvas)
        var lines = canvas.lines(chart.style)
        if lines.last == "" { lines.removeLast() }
        return lines
    }

    private func x(_ index: Int) -> Int {
        let count = chart.panel.categories.count
        // Half a place of its own on either side, so that no point stands on the axis.
        return left + Int((Double(index) + 0.5) / Double(max(1, count)) * Double(plotWidth))
    }

    private func row(_ value: Double) -> Int {
        1 + Int(((1 - scale.fraction(value)) * Double(Self.height)).rounded())
    }

    private func drawAxis(_ canvas: inout TerminalCanvas) {
        let utf8 = chart.style.isUTF8
        for row in 1...Self.height { canvas.put(utf8 ? "│" : "|", left - 1, row, .faint) }
        let zero = row(0)
        canvas.put(String(repeating: utf8 ? "─" : "-", count: plotWidth), left, zero, .faint)
        for (tick, label) in zip(scale.ticks, scale.labels) {
            let row = row(tick)
            canvas.put(label, left - 2 - displayWidth(label), row, .faint)
            canvas.put(utf8 ? "┤" : "+", left - 1, row, .faint)
        }
        canvas.put(utf8 ? (scale.lower < 0 ? "┼" : "└") : "+", left - 1, zero, .faint)
    }

    /// A level line for one target of all; else each target over its category.
    private func drawTargets(_ canvas: inout TerminalCanvas) {
        let panel = chart.panel
        let slot = plotWidth / max(1, panel.categories.count)
        let half = panel.commonTarget == nil ? min(3, slot / 3) : max(1, slot / 2)
        for (index, target) in panel.targets.enumerated() {
            guard let target else { continue }
            for x in max(left, x(index) - half)...min(left + plotWidth - 1, x(index) + half) {
                canvas.put(String(chart.goal), x, row(target), .strong)
            }
        }
    }

    /// Dots from one known value to the next; a missing one interrupts the line.
    private func drawPath(_ number: Int, _ series: ChartPanel.Series,
                          _ canvas: inout TerminalCanvas) {
        let dot = chart.style.isUTF8 ? "·" : "."
        for index in series.values.indices.dropFirst() {
            guard let before = series.values[index - 1], let after = series.values[index]
            else { continue }
            let x0 = x(index - 1), x1 = x(index)
            let y0 = row(before), y1 = row(after)
            let steps = max(x1 - x0, abs(y1 - y0))
            for step in 0...max(1, steps) where steps > 0 {
                let part = Double(step) / Double(steps)
                let x = x0 + Int((Double(x1 - x0) * part).rounded())
                let y = y0 + Int((Double(y1 - y0) * part).rounded())
                canvas.put(dot, x, y, .series(number))
            }
        }
    }

    /// Values beside their points, where nothing else is.
    private func drawValues(_ canvas: inout TerminalCanvas) {
        for series in chart.panel.series {
            for (index, value) in series.values.enumerated() {
                guard let value else { continue }
                let text = series.texts[index], wide = displayWidth(text)
                let start = max(left, min(x(index) - wide / 2, left + plotWidth - wide))
                for row in [row(value) - 1, row(value) + 1] where row <= Self.height {
                    guard canvas.isFree(start, row, wide) else { continue }
                    canvas.put(text, start, row)
                    break
                }
            }
        }
    }

    /// All labels, broken where they must be; else the last, the first, and between them as
    /// many as find room.
    private func drawLabels(_ canvas: inout TerminalCanvas) {
        let labels = chart.panel.categories, row = Self.height + 2
        let distance = max(1, plotWidth / max(1, labels.count))
        let broken = labels.map { evenlyWrapped($0, to: distance - 1) }
        if broken.allSatisfy({ $0.count <= 2 }),
           labels.flatMap(words).allSatisfy({ displayWidth($0) < distance }) {
            for (index, lines) in broken.enumerated() {
                for (line, text) in lines.enumerated() {
                    canvas.put(text, start(text, index), row + line)
                }
            }
            return
        }
        let widest = labels.map { displayWidth($0) }.max() ?? 0
        let stride = max(1, (widest + 2 + distance - 1) / distance)
        let last = labels.count - 1
        for index in [last] + Array(Swift.stride(from: 0, to: max(0, last), by: stride)) {
            guard labels.indices.contains(index) else { continue }
            let start = start(labels[index], index)
            if canvas.isFree(start, row, displayWidth(labels[index])) {
                canvas.put(labels[index], start, row)
            }
        }
    }

    /// Where a text begins that stands in the middle of its category.
    private func start(_ text: String, _ index: Int) -> Int {
        let wide = displayWidth(text)
        return max(0, min(x(index) - wide / 2, chart.width - wide))
    }
}
