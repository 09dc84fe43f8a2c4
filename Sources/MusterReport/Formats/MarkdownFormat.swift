import MusterDiagnostics
import MusterStore

/// Markdown with tables as GitHub reads them; total rows are bold, since a table has no rule of
/// its own there. Every row is written.
package struct MarkdownFormat: Format {
    package let name = "md"
    package let endings = ["md", "markdown"]

    package init() {}

    package func contents(of report: Report, _ presentation: Presentation)
        throws(Diagnostic) -> [UInt8] {
        var parts: [String] = []
        let papers = try PaperTable.all(report, presentation)
        let isReport = report.blocks.contains(where: \.isHeading)
        var next = 0
        for block in report.framed(presentation.language, width: nil) {
            if case .table = block {
                let paper = papers[next]
                next += 1
                parts.append((isReport ? Self.title(paper, presentation.language) : "")
                    + (try Self.render(paper.table, presentation)))
                if isReport, !paper.remarks.isEmpty {
                    parts.append(paper.remarks.map { Self.escaped($0) + "\n" }
                        .joined(separator: "\n"))
                }
            } else {
                parts.append(try Self.render(block, presentation))
            }
        }
        return Array(parts.joined(separator: "\n").utf8)
    }

    private static func title(_ paper: PaperTable, _ language: Language) -> String {
        let unit = paper.unit.map { language == .zh ? "（\($0)）" : " (\($0))" } ?? ""
        return "**\(paper.label)\(PaperLabel.separator(language))\(escaped(paper.title))**"
            + "\(escaped(unit))\n\n"
    }

    private static func render(_ block: Report.Block, _ presentation: Presentation)
        throws(Diagnostic) -> String {
        let language = presentation.language
        switch block {
        case .heading(let text, let level):
            let mark = String(repeating: "#", count: min(6, max(1, level)))
            return mark + " " + paragraphs(text[language]).joined(separator: " ") + "\n"
        case .text(let text):
            return paragraphs(text[language]).map { $0 + "\n" }.joined(separator: "\n")
        case .table(let table): return try render(table, presentation)
        case .chart(let chart):
            // Drawn with characters, since Markdown has no pictures of its own.
            let drawing = TerminalChart.render(chart, Presentation(language, width: 76))
            let longest = drawing.split { $0 != "`" }.map(\.count).max() ?? 0
            let fence = String(repeating: "`", count: max(3, longest + 1))
            return fence + "text\n" + drawing + fence + "\n"
        case .notes(let notes):
            return notes.flatMap { paragraphs($0[language]) }.map { "- " + $0 + "\n" }.joined()
        case .provenance(let lines): return try render(.notes(lines), presentation)
        }
    }

    private static func render(_ table: ResultTable, _ presentation: Presentation)
        throws(Diagnostic) -> String {
        let totals = (0..<table.rowCount).filter { table.totalRows.contains($0) }
        let rows = (0..<table.rowCount).filter { !table.totalRows.contains($0) }
        let columns = try ShownColumn.all(table, rows: rows + totals, presentation)
        if table.rowCount == 0 {
            return Message(zh: "（没有符合条件的行）", en: "(no rows)")[presentation.language] + "\n"
        }
        func line(_ texts: [String]) -> String { "| " + texts.joined(separator: " | ") + " |\n" }
        func values(_ row: Int) -> [String] {
            columns.map { escaped($0.text(row)) }
        }
        func bold(_ row: Int) -> String {
            line(values(row).map { $0.isEmpty ? "" : "**\($0)**" })
        }
        var text = line(columns.map { escaped($0.heading) })
            + line(columns.map { $0.alignsRight ? "---:" : "---" })
        for (number, row) in rows.enumerated() {
            try presentation.row(number, of: rows.count)
            text += table.subtotalRows.contains(row) ? bold(row) : line(values(row))
        }
        return text + totals.map(bold).joined()
    }

    private static func paragraphs(_ text: String) -> [String] {
        text.split(separator: "\n").map { escaped(visible(String($0))) }
    }

    /// Marks that would mean something in the middle of a line; a minus or number at the start of
    /// a paragraph is left to its writer.
    private static func escaped(_ text: String) -> String {
        guard text.utf8.contains(where: { "\\`*_|<>[]~&#".utf8.contains($0) }) else { return text }
        func isOfWord(_ character: Character) -> Bool { character.isLetter || character.isNumber }
        var result = "", before: Character = " "
        let characters = Array(text)
        for (index, character) in characters.enumerated() {
            let after = index + 1 < characters.count ? characters[index + 1] : " "
            // An underscore within a word is only an underscore.
            let isInWord = isOfWord(before) && isOfWord(after)
            let isMark = "\\`*|<>[]~&".contains(character) || (character == "#" && index == 0)
                || (character == "_" && !isInWord)
            if isMark { result.append("\\") }
            result.append(character)
            before = character
        }
        return result
    }
}
