import MusterDiagnostics

/// Horizontal bars: the label, the bar with the mark of its target, the value.
struct TerminalBars {
    private static let leastPlot = 4

    private let chart: TerminalChart
    private let scale: Scale
    private let labelWidth: Int
    private let valueWidth: Int
    private let plotWidth: Int
    /// No room for labels at the side.
    private let labelsAbove: Bool

    init(_ chart: TerminalChart) {
        self.chart = chart
        let panel = chart.panel
        let widest = panel.drawn.map { displayWidth(panel.categories[$0]) }.max() ?? 0
        valueWidth = panel.series.flatMap { series in
            panel.drawn.map { displayWidth(series.texts[$0]) }
        }.max() ?? 0
        let side = min(widest, chart.width * 2 / 5)
        labelsAbove = chart.width - side - valueWidth - 3 < 12 || (side < widest && side < 12)
        labelWidth = labelsAbove ? 0 : side
        let indent = labelsAbove ? 0 : side + 2
        plotWidth = max(Self.leastPlot, chart.width - indent - valueWidth - 1)
        scale = panel.scale(intervals: max(1, min(5, plotWidth / 8)))
    }

    var lines: [String] {
        let isListed = chart.width - valueWidth - 1 < Self.leastPlot
        return isListed ? chart.panel.entries.flatMap(listed)
            : chart.panel.entries.flatMap(lines) + axis
    }

    /// In a window that is too narrow for bars: the label and the values.
    private func listed(_ entry: ChartPanel.Entry) -> [String] {
        let text = switch entry {
        case .more(let count): chart.panel.more(count, chart.style.cut)
        case .category(let index):
            ([chart.panel.categories[index]] + chart.panel.series.map { $0.texts[index] })
                .joined(separator: " ")
        }
        return wrapped(text, to: chart.width)
    }

    private var left: Int { labelsAbove ? 0 : labelWidth + 2 }

    private func lines(_ entry: ChartPanel.Entry) -> [String] {
        let panel = chart.panel, style = chart.style
        switch entry {
        case .more(let count):
            return wrapped(panel.more(count, style.cut), to: chart.width).map { style.faint($0) }
        case .category(let index):
            let label = evenlyWrapped(panel.categories[index],
                                      to: labelsAbove ? chart.width : max(1, labelWidth))
            let above = labelsAbove ? label.count : 0
            let height = labelsAbove ? above + panel.series.count
                : max(label.count, panel.series.count)
            var canvas = TerminalCanvas(width: chart.width, height: height)
            for (line, text) in label.enumerated() { canvas.put(text, 0, line) }
            for number in panel.series.indices { draw(number, index, above + number, &canvas) }
            drawTarget(index, above, &canvas)
            return canvas.lines(style)
        }
    }

    private func draw(_ number: Int, _ index: Int, _ row: Int, _ canvas: inout TerminalCanvas) {
        let series = chart.panel.series[number]
        let text = series.texts[index]
        canvas.put(text, chart.width - displayWidth(text), row)
        guard let value = series.values[index] else { return }
        let zero = scale.zero * Double(plotWidth)
        let end = scale.fraction(value) * Double(plotWidth)
        let from = Int(min(zero, end).rounded()), to = Int(max(zero, end).rounded(.down))
        let mark = String(chart.fill(number))
        if to > from {
            canvas.put(String(repeating: mark, count: to - from), left + from, row,
                       .series(number))
        }
        // The eighths of a cell at the end of a solid bar.
        let rest = Int((end - Double(max(from, to))) * 8)
        if value > 0, mark == "█", (1...7).contains(rest) {
            canvas.put(String(["▏", "▎", "▍", "▌", "▋", "▊", "▉"][rest - 1]),
                       left + max(from, to), row, .series(number))
        } else if value != 0, to <= from {
            // Something is not nothing.
            canvas.put(chart.style.isUTF8 ? "▏" : ".", left + min(plotWidth - 1, from), row,
                       .series(number))
        }
    }

    private func drawTarget(_ index: Int, _ above: Int, _ canvas: inout TerminalCanvas) {
        guard chart.panel.hasTargets, let target = chart.panel.targets[index] else { return }
        let x = left + min(plotWidth - 1, Int(scale.fraction(target) * Double(plotWidth)))
        for row in above..<above + chart.panel.series.count {
            canvas.put(String(chart.goal), x, row, .strong)
        }
    }

    /// A rule with the round numbers below it, as many as find room.
    private var axis: [String] {
        let utf8 = chart.style.isUTF8
        var canvas = TerminalCanvas(width: chart.width, height: 2)
        canvas.put(String(repeating: utf8 ? "─" : "-", count: plotWidth), left, 0, .faint)
        let order = [0, scale.ticks.count - 1] + scale.ticks.indices.dropFirst().dropLast()
        for index in order {
            let place = left + min(plotWidth - 1, Int(scale.fraction(scale.ticks[index])
                                                      * Double(plotWidth)))
            let label = scale.labels[index]
            let wide = displayWidth(label)
            let start = max(left, min(place - wide / 2, chart.width - wide))
            guard canvas.isFree(start, 1, wide) else { continue }
            canvas.put(label, start, 1, .faint)
            canvas.put(utf8 ? "┴" : "+", place, 0, .faint)
        }
        return canvas.lines(chart.style)
    }
}
