import MusterDiagnostics

/// Upright columns over their labels.
struct TerminalColumns {
    private static let height = 15
    private static let mostLabelLines = 3
    private static let widestSlot = 16

    private let chart: TerminalChart
    private let scale: Scale
    private let left: Int
    /// Columns of the window for each category.
    private let slot: Int
    /// One an entry.
    private let labels: [[String]]

    /// Nil where the labels do not find room below their columns.
    init?(_ chart: TerminalChart) {
        self.chart = chart
        let panel = chart.panel
        scale = panel.scale(intervals: 5)
        left = (scale.labels.map { displayWidth($0) }.max() ?? 0) + 2
        let entries = max(1, panel.entries.count)
        slot = min(Self.widestSlot, (chart.width - left) / entries)
        guard slot >= panel.series.count + 2 else { return nil }
        let room = slot - 1
        labels = panel.entries.map { entry in
            switch entry {
            case .category(let index): evenlyWrapped(panel.categories[index], to: room)
            case .more(let count): wrapped(panel.more(count, chart.style.cut), to: room)
            }
        }
        let pieces = panel.drawn.flatMap { words(panel.categories[$0]) }
        guard pieces.allSatisfy({ displayWidth($0) <= room }),
              labels.allSatisfy({ $0.count <= Self.mostLabelLines }) else { return nil }
    }

    var lines: [String] {
        let below = labels.map(\.count).max() ?? 0
        // A line above for the values over full columns, one below for the rule.
        var canvas = TerminalCanvas(width: chart.width, height: Self.height + 2 + below)
        drawAxis(&canvas)
        for (place, entry) in chart.panel.entries.enumerated() {
            if case .category(let index) = entry { drawColumns(index, place, &canvas) }
        }
        for (place, lines) in labels.enumerated() {
            for (line, text) in lines.enumerated() {
                let x = left + place * slot + (slot - displayWidth(text)) / 2
                canvas.put(text, x, Self.height + 2 + line)
            }
        }
        return canvas.lines(chart.style)
    }

    private func row(_ fraction: Double) -> Int {
        1 + Int(((1 - fraction) * Double(Self.height)).rounded(.down))
    }

    private func drawAxis(_ canvas: inout TerminalCanvas) {
        let utf8 = chart.style.isUTF8
        for row in 1...Self.height { canvas.put(utf8 ? "│" : "|", left - 1, row, .faint) }
        for (tick, label) in zip(scale.ticks, scale.labels) {
            let row = min(Self.height + 1, row(scale.fraction(tick)))
            canvas.put(label, left - 2 - displayWidth(label), row, .faint)
            canvas.put(utf8 ? "┤" : "+", left - 1, row, .faint)
        }
        let zero = min(Self.height + 1, row(scale.zero))
        let length = slot * chart.panel.entries.count
        canvas.put(utf8 ? (zero > Self.height ? "└" : "┼") : "+", left - 1, zero, .faint)
        canvas.put(String(repeating: utf8 ? "─" : "-", count: length), left, zero, .faint)
    }

    private func drawColumns(_ index: Int, _ place: Int, _ canvas: inout TerminalCanvas) {
        let panel = chart.panel, count = panel.series.count
        let thick = max(1, min(6, (slot - 1) * 3 / 4 / count))
        let start = left + place * slot + (slot - thick * count) / 2
        var top = 0
        for (number, series) in panel.series.enumerated() {
            guard let value = series.values[index] else { continue }
            top = draw(value, number, start + number * thick, thick, &canvas)
        }
        if panel.hasTargets, let target = panel.targets[index] {
            let isCommon = panel.commonTarget != nil
            let from = isCommon ? left + place * slot : start - 1
            let length = isCommon ? slot : thick * count + 2
            let row = min(Self.height, row(scale.fraction(target)))
            canvas.put(String(repeating: chart.goal, count: length), from, row, .strong)
        }
        guard count == 1, let only = panel.series.first, only.values[index] != nil else { return }
        let text = only.texts[index], wide = displayWidth(text)
        guard wide < slot else { return }
        let x = left + place * slot + (slot - wide) / 2
        // Over the target's line rather than in it.
        if let free = [top - 1, top - 2].first(where: { canvas.isFree(x, $0, wide) }) {
            canvas.put(text, x, free)
        }
    }

    /// The row of its top.
    private func draw(_ value: Double, _ number: Int, _ x: Int, _ thick: Int,
                      _ canvas: inout TerminalCanvas) -> Int {
        let height = Double(Self.height)
        let zero = (scale.zero * height).rounded()
        let end = scale.fraction(value) * height
        let mark = String(chart.fill(number))
        let low = Int(min(zero, end.rounded())), high = Int(max(zero, end).rounded(.down))
        for level in low..<max(low, high) {
            canvas.put(String(repeating: mark, count: thick), x, Self.height - level,
                       .series(number))
        }
        let rest = Int((end - Double(max(low, high))) * 8)
        guard value > 0 else { return Self.height - max(low, high) + 1 }
        var top = Self.height - high + 1
        if mark == "█", rest > 0 || high == low {
            let part = ["▁", "▂", "▃", "▄", "▅", "▆", "▇"][max(0, min(6, rest - 1))]
            canvas.put(String(repeating: part, count: thick), x, Self.height - high,
                       .series(number))
            top -= 1
        }
        return top
    }
}
