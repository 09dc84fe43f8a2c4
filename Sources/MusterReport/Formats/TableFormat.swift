import MusterDiagnostics
import MusterStore

/// For the terminal: aligned columns between plain rules, cut to the window, never in silence.
package struct TableFormat: Format {
    package let name = "table"
    package let endings = ["txt"]

    package init() {}

    package func contents(of report: Report, _ presentation: Presentation)
        throws(Diagnostic) -> [UInt8] {
        var parts: [String] = []
        for block in report.framed(presentation.language, width: presentation.width) {
            parts.append(try Self.render(block, presentation))
        }
        return Array(parts.joined(separator: "\n").utf8)
    }

    /// One table as lines, each ended by a line break.
    package static func render(_ table: ResultTable, _ presentation: Presentation)
        throws(Diagnostic) -> String {
        var layout = try TableLayout(table, presentation)
        return try layout.render()
    }

    static func render(_ block: Report.Block, _ presentation: Presentation)
        throws(Diagnostic) -> String {
        let language = presentation.language
        let style = TerminalStyle(presentation)
        switch block {
        case .heading(let text, let level):
            let lines = wrapped(text[language], to: presentation.width)
            let rule = style.rule(level == 1 ? "═" : "─", lines.map { displayWidth($0) }.max() ?? 0)
            return lines.map { style.bold($0) + "\n" }.joined() + style.faint(rule) + "\n"
        case .text(let text):
            return wrapped(text[language], to: presentation.width).map { $0 + "\n" }.joined()
        case .table(let table):
            let title = table.title.map { wrapped($0[language], to: presentation.width) } ?? []
            return title.map { style.bold($0) + "\n" }.joined() + (try render(table, presentation))
        case .chart(let chart): return TerminalChart.render(chart, presentation)
        case .notes(let notes):
            return notes.flatMap { wrapped($0[language], to: presentation.width) }
                .map { style.faint($0) + "\n" }.joined()
        case .provenance(let lines): return try render(.notes(lines), presentation)
        }
    }
}

/// Rules, marks and colours as the terminal can show them.
struct TerminalStyle {
    let colour: Bool
    let isUTF8: Bool

    init(_ presentation: Presentation) {
        colour = presentation.colour
        isUTF8 = presentation.isUTF8
    }

    var cut: String { isUTF8 ? "…" : "..." }

    func rule(_ character: Character, _ width: Int) -> String {
        String(repeating: isUTF8 ? character : character == "═" ? "=" : "-", count: max(0, width))
    }

    func bold(_ text: String) -> String { colour ? "\u{1b}[1m\(text)\u{1b}[0m" : text }
    func faint(_ text: String) -> String { colour ? "\u{1b}[2m\(text)\u{1b}[0m" : text }
}
