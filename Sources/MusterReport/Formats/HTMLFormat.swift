import MusterDiagnostics
import MusterStore

/// One page without outside references, for the screen, a telephone and A4 paper. The same
/// report gives the same bytes.
public struct HTMLFormat: Format {
    public let name = "html"
    public let endings = ["html", "htm"]

    public init() {}

    public func contents(of report: Report, _ presentation: Presentation) -> [UInt8] {
        // A page is as wide and as long as it needs to be, and always UTF-8.
        var page = HTMLPage(presentation.language)
        page.add(report)
        return Array(page.text(titled: Self.title(report, presentation.language)).utf8)
    }

    private static func title(_ report: Report, _ language: Language) -> String {
        for case .heading(let text, _) in report.blocks { return text[language] }
        return Message(zh: "查询结果", en: "Result")[language]
    }
}

/// The body of a page in the making: what the blocks of a report have become.
struct HTMLPage {
    let language: Language
    private var body = ""
    private var tables = 0
    private var figures = 0
    /// The widest table decides how the paper lies.
    private var sheet = HTMLTable.Sheet.upright

    init(_ language: Language) { self.language = language }

    mutating func add(_ report: Report) {
        for block in report.blocks { add(block) }
    }

    private mutating func add(_ block: Report.Block) {
        switch block {
        case .heading(let text, let level):
            let level = min(6, max(1, level))
            body += "<h\(level)>\(line(text))</h\(level)>\n"
        case .text(let text): body += paragraphs(text).map { "<p>\($0)</p>\n" }.joined()
        case .table(let table): add(table)
        case .chart(let chart): add(chart)
        case .notes(let notes):
            body += "<ul class=\"notes\">\n" + items(notes) + "</ul>\n"
        case .provenance(let lines, let signatures): add(lines, signatures)
        }
    }

    private mutating func add(_ table: ResultTable) {
        tables += 1
        for part in HTMLTable.parts(table, language) {
            sheet = max(sheet, part.sheet)
            body += part.element(number: tables)
        }
    }

    private mutating func add(_ chart: Chart) {
        for panel in chart.panels(Presentation(language)) {
            figures += 1
            let label = Message(zh: "图 \(figures)", en: "Figure \(figures)")[language]
            let separator = language == .zh ? "　" : ". "
            body += "<figure>\n"
            if !panel.isEmpty {
                body += SVGChart(panel, width: SVGChart.wide)
                    .element(id: "f\(figures)w", style: "on-page")
                body += SVGChart(panel, width: SVGChart.narrow)
                    .element(id: "f\(figures)n", style: "on-telephone")
            }
            body += "<figcaption><b>\(label)</b>\(separator)\(markup(panel.caption))"
            for remark in panel.remarks { body += "<small>\(markup(remark))</small>" }
            body += "</figcaption>\n</figure>\n"
        }
    }

    private mutating func add(_ lines: [Message], _ signatures: [Message]) {
        let heading = Message(zh: "数据来源与口径", en: "Sources and definitions")[language]
        body += "<footer>\n"
        if !lines.isEmpty {
            body += "<section class=\"provenance\" aria-labelledby=\"provenance\">\n"
                + "<h2 id=\"provenance\">\(heading)</h2>\n<ul>\n\(items(lines))</ul>\n</section>\n"
        }
        if !signatures.isEmpty {
            let colon = language == .zh ? "：" : ":"
            body += "<div class=\"signatures\">\n" + signatures.map { label in
                "<p><span>\(line(label))\(colon)</span><span class=\"place\"></span></p>\n"
            }.joined() + "</div>\n"
        }
        body += "</footer>\n"
    }

    private func items(_ lines: [Message]) -> String {
        lines.flatMap(paragraphs).map { "<li>\($0)</li>\n" }.joined()
    }

    private func paragraphs(_ text: Message) -> [String] {
        text[language].split(separator: "\n").map { markup(visible(String($0))) }
    }

    private func line(_ text: Message) -> String { paragraphs(text).joined(separator: " ") }

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
            \(HTMLStyle.text(sheet, language))</style>
            </head>
            <body>
            <main>
            \(body)</main>
            </body>
            </html>

            """
    }
}
