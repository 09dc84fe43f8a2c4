import MusterDiagnostics
import MusterStore

/// A chart drawn with characters: block elements and lines, or plain ASCII.
struct TerminalChart {
    /// Where nobody says how wide the window is.
    static let usualWidth = 80
    /// Wider pictures are harder to read, not easier.
    static let mostWidth = 110

    let panel: ChartPanel
    let style: TerminalStyle
    let width: Int

    init(_ panel: ChartPanel, _ presentation: Presentation) {
        self.panel = panel
        style = TerminalStyle(presentation)
        width = min(Self.mostWidth, max(1, presentation.width ?? presentation.chartWidth
                                               ?? Self.usualWidth))
    }

    /// The lines of all panels, each ended by a line break.
    static func render(_ chart: Chart, _ presentation: Presentation) -> String {
        chart.panels(presentation).map { TerminalChart($0, presentation).render() }
            .joined(separator: "\n")
    }

    private func render() -> String {
        var lines = wrapped(panel.caption, to: width).map { style.bold($0) }
        if !panel.isEmpty {
            guard let drawing else { return laidDown.render() }
            lines += legend + drawing
        }
        lines += panel.remarks.flatMap { wrapped($0, to: width) }.map { style.faint($0) }
        return lines.map { $0 + "\n" }.joined()
    }

    /// Nil where it finds no room upright.
    private var drawing: [String]? {
        switch panel.kind {
        case .bar: TerminalBars(self).lines
        case .column: TerminalColumns(self)?.lines
        case .line: TerminalLines(self)?.lines
        }
    }

    /// The same as bars.
    private var laidDown: TerminalChart { TerminalChart(panel.drawn(as: .bar), style, width) }

    private init(_ panel: ChartPanel, _ style: TerminalStyle, _ width: Int) {
        self.panel = panel
        self.style = style
        self.width = width
    }

    /// What the marks mean, one after the other on as many lines as it takes.
    private var legend: [String] {
        var entries: [(mark: String, label: String, ink: TerminalCanvas.Ink)] = []
        if panel.series.count > 1 {
            entries = panel.series.enumerated().map { number, series in
                let mark = panel.kind == .line ? point(number) : fill(number)
                return (String(mark), series.label, .series(number))
            }
        }
        if panel.hasTargets { entries.append((String(goal), panel.targetLabel, .strong)) }
        var lines: [String] = []
        var line = "", used = 0
        for entry in entries {
            let wide = displayWidth(entry.mark) + 1 + displayWidth(entry.label)
            if used > 0, used + 3 + wide > width {
                lines.append(line)
                (line, used) = ("", 0)
            }
            if used > 0 { line += "   " }
            let parts = wrapped(entry.label, to: max(1, width - displayWidth(entry.mark) - 1))
            line += TerminalCanvas.inked(entry.mark, entry.ink, style) + " " + parts[0]
            used += (used > 0 ? 3 : 0) + wide
            for part in parts.dropFirst() {
                lines.append(line)
                (line, used) = ("  " + part, width)
            }
        }
        return line.isEmpty ? lines : lines + [line]
    }

    // MARK: marks

    /// What the bars of a series are filled with; told apart without colours too.
    func fill(_ series: Int) -> Character {
        let marks: [Character] = style.isUTF8 ? ["█", "▒", "▓", "░", "▤", "▥", "▨", "╳"]
            : ["#", ":", "%", "+", "o", "*", "x", "@"]
        return marks[series]
    }

    /// A point of a line.
    func point(_ series: Int) -> Character {
        let marks: [Character] = style.isUTF8 ? ["●", "○", "■", "□", "▲", "△", "◆", "◇"]
            : ["*", "o", "+", "x", "#", "@", "%", "&"]
        return marks[series]
    }

    /// The target: across bars, and along lines and columns.
    var goal: Character {
        panel.kind == .bar ? (style.isUTF8 ? "┃" : "|") : (style.isUTF8 ? "━" : "=")
    }
}
