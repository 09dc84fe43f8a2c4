import MusterDiagnostics

/// As csv, between tabs: a tab in a value is `\t`, a line break `\n` or `\r`, a backslash `\\`.
/// Quotes stand only around a value that begins with one, and are doubled in it. What a spreadsheet
/// would compute and what a terminal would obey are dealt with as in csv.
package struct TSVFormat: Format {
    package let name = "tsv"
    package let endings = ["tsv", "tab"]

    package init() {}

    package func contents(of report: Report, _ presentation: Presentation)
        throws(Diagnostic) -> [UInt8] {
        try delimited(report.tables, by: 9, presentation) { text in
            presentation.destination == .terminal ? visible(Self.escaped(text))
                : Self.escaped(text)
        }
    }

    private static func escaped(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 == 9 || $0 == 10 || $0 == 13 || $0 == 92 })
                || text.utf8.first == UInt8(ascii: "\"") else { return text }
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\t": result += "\\t"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\\": result += "\\\\"
            default: result.unicodeScalars.append(scalar)
            }
        }
        guard text.utf8.first == UInt8(ascii: "\"") else { return result }
        return "\"" + result.replacing(mark: "\"", with: "\"\"") + "\""
    }
}
