import MusterDiagnostics
import MusterStore

/// One page without outside references, for the screen, a telephone and A4 paper. The same
/// report gives the same bytes.
package struct HTMLFormat: Format {
    package let name = "html"
    package let endings = ["html", "htm"]

    package init() {}

    package func contents(of report: Report, _ presentation: Presentation)
        throws(Diagnostic) -> [UInt8] {
        // A page is as wide and as long as it needs to be, and always UTF-8.
        var page = HTMLPage(presentation)
        try page.add(report)
        return Array(page.text(titled: Self.title(report, presentation.language)).utf8)
    }

    private static func title(_ report: Report, _ language: Language) -> String {
        for case .heading(let text, _) in report.blocks { return text[language] }
        return Message(zh: "查询结果", en: "Result")[language]
    }
}

/// The body of a page in the making: what the blocks of a report have become.
struct HTMLPage {
    private let presentation: Presentation
    private var language: Language { presentation.language }
    private var parts: [PaperSection] = []
    private var papers: [PaperTable] = []
    private var tables = 0
    private var figures = 0

    /// A page is as wide and as long as it needs to be: of the presentation it has the language,
    /// and who follows the writing.
    init(_ presentation: Presentation) {
        self.presentation = presentation.onPaper
    }

    mutating func add(_ report: Report) throws(Diagnostic) {
        papers = try PaperTable.all(report, presentation)
        let signature = signature(report), signs = report.signaturePlace
        var isTitled = false
        for (place, block) in report.blocks.enumerated() {
            switch block {
            case .heading(_, let level): parts.append(PaperSection(level: min(6, max(1, level))))
            // Where its figures come from is said of the whole report.
            case .provenance: parts.append(PaperSection(level: 6))
            default: if parts.isEmpty { parts.append(PaperSection(level: 0)) }
            }
            let body = try element(block, signature: place + 1 == signs ? signature : "")
            parts[parts.count - 1].body += body
            if !isTitled, case .heading = block {
                isTitled = true
                parts[parts.count - 1].body += frame(report) + contents(report)
            }
        }
    }

    /// Below the title: who reports, and the number of the form.
    private func frame(_ report: Report) -> String {
        let lines = report.frameLines(language)
        guard !lines.isEmpty else { return "" }
        let spans = lines.map { "<span>\(markup($0))</span>" }
        return "<p class=\"frame\">\(spans.joined())</p>\n"
    }

    private func contents(_ report: Report) -> String {
        guard papers.count > PaperTable.mostWithoutList else { return "" }
        let items = papers.enumerated().map { index, paper in
            "<li><a href=\"#\(HTMLTable.anchor(index + 1))\">\(paper.label)"
                + "\(PaperLabel.separator(language))\(markup(paper.title))</a></li>\n"
        }
        return "<nav class=\"contents\"><h2>\(PaperLabel.tables[language])</h2>\n<ul>\n"
            + "\(items.joined())</ul></nav>\n"
    }

    /// The places to sign.
    private func signature(_ report: Report) -> String {
        guard !report.signatures.isEmpty else { return "" }
        let colon = language == .zh ? "：" : ":"
        return "<div class=\"signatures\">\n" + report.signatures.map { label in
            "<p><span>\(line(label))\(colon)</span>\(place(for: label))</p>\n"
        }.joined() + "</div>\n"
    }

    private func place(for signature: Message) -> String {
        let text = ReportFrame.place(for: signature, language)
        guard text.contains(where: { $0 != "_" }) else { return "<span class=\"place\"></span>" }
        return "<span class=\"day\">" + text.replacing("_", with: "\u{2002}") + "</span>"
    }

    /// - Parameter signature: who signs below it; a table takes them up itself.
    private mutating func element(_ block: Report.Block, signature: String)
        throws(Diagnostic) -> String {
        switch block {
        case .heading(let text, _):
            let level = parts[parts.count - 1].level
            return "<h\(level)>\(phrases(text))</h\(level)>\n" + signature
        case .text(let text):
            return paragraphs(text).map { "<p>\($0)</p>\n" }.joined() + signature
        case .table: return try table(signature: signature)
        case .chart(let chart): return element(chart) + signature
        case .notes(let notes): return "<ul class=\"notes\">\n" + items(notes) + "</ul>\n"
        case .provenance(let lines): return foot(lines)
        }
    }

    private mutating func table(signature: String) throws(Diagnostic) -> String {
        let pieces = try HTMLTable.parts(papers[tables], presentation)
        tables += 1
        let isAcross = pieces.contains { $0.sheet.isAcross }
        parts[parts.count - 1].isAcross = isAcross || parts[parts.count - 1].isAcross == true
        var text = ""
        for piece in pieces { text += try piece.element(number: tables, signature: signature) }
        return text
    }

    private mutating func element(_ chart: Chart) -> String {
        var body = ""
        for panel in chart.panels(Presentation(language)) {
            figures += 1
            body += "<figure>\n"
            if !panel.isEmpty {
                body += SVGChart(panel, width: SVGChart.wide)
                    .element(id: "f\(figures)w", style: "on-page")
                body += SVGChart(panel, width: SVGChart.narrow)
                    .element(id: "f\(figures)n", style: "on-telephone")
            }
            body += "<figcaption><b>\(PaperLabel.figure(figures, language))</b>"
                + "\(PaperLabel.separator(language))\(markup(panel.title))"
            for remark in panel.remarks { body += "<small>\(markup(remark))</small>" }
            body += "</figcaption>\n</figure>\n"
        }
        return body
    }

    private func foot(_ lines: [Message]) -> String {
        guard !lines.isEmpty else { return "" }
        let heading = PaperLabel.provenance[language]
        return "<footer class=\"provenance\" aria-labelledby=\"provenance\">\n"
            + "<h2 id=\"provenance\">\(heading)</h2>\n<ul>\n\(items(lines))</ul>\n</footer>\n"
    }

    private func items(_ lines: [Message]) -> String {
        lines.flatMap(paragraphs).map { "<li>\($0)</li>\n" }.joined()
    }

    private func paragraphs(_ text: Message) -> [String] {
        text[language].split(separator: "\n").map { markup(visible(String($0))) }
    }

    private func phrases(_ text: Message) -> String {
        let pieces = PaperLabel.phrases(line(text))
        return pieces.count == 1 ? pieces[0] : pieces.map { "<span>\($0)</span>" }.joined()
    }

    private func line(_ text: Message) -> String { paragraphs(text).joined(separator: " ") }

    /// The parts one behind the other, those that lie across wrapped together.
    private static func joined(_ parts: [PaperSection]) -> String {
        let ways = PaperSection.ways(parts)
        var text = ""
        for (index, part) in parts.enumerated() {
            let begins = ways[index] && (index == 0 || !ways[index - 1])
            let ends = ways[index] && (index + 1 == parts.count || !ways[index + 1])
            if begins { text += "<div class=\"across\">\n" }
            text += part.body
            if ends { text += "</div>\n" }
        }
        return text
    }

    /// The whole document.
    func text(titled title: String) -> String {
        // No script runs and nothing is fetched, whatever a text may hold.
        let policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
        return """
            <!DOCTYPE html>
            <html lang="\(language == .zh ? "zh-CN" : "en")">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="\(policy)">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>\(markup(visible(title)))</title>
            <link rel="icon" href="data:,">
            <style>
            \(HTMLStyle.text(language))</style>
            </head>
            <body>
            <main>
            \(Self.joined(parts))</main>
            </body>
            </html>

            """
    }
}
