/// A file to be loaded as a plain table: its headings, and its cells as they are written.
package struct PlainFile: Sendable {
    package enum Format: String, Sendable, CaseIterable { case csv, tsv, ndjson, json }

    package enum Cell: Sendable, Hashable {
        /// As it stands: in JSON a number or a boolean.
        case bare(String)
        /// A text: in JSON, and where csv needs it, in quotes.
        case text(String)
        /// An empty cell, null, or a field left out.
        case missing
    }

    /// What it is loaded as.
    package let name: String
    package let format: Format
    package let headings: [String]
    package var rows: [[Cell]]

    package init(name: String, format: Format, headings: [String], rows: [[Cell]]) {
        self.name = name
        self.format = format
        self.headings = headings
        self.rows = rows
    }

    package var fileName: String { "\(name).\(format.rawValue)" }

    package var content: String {
        switch format {
        case .csv, .tsv:
            let lines = [headings.map { .text($0) }] + rows
            return lines.map(separated).joined()
        case .ndjson: return rows.map { object($0) + "\n" }.joined()
        case .json: return "[" + rows.map(object).joined(separator: ",\n") + "]\n"
        }
    }

    private func separated(_ cells: [Cell]) -> String {
        let fields = cells.map { cell in
            switch cell {
            case .bare(let text), .text(let text): field(text)
            case .missing: ""
            }
        }
        return fields.joined(separator: format == .tsv ? "\t" : ",") + "\n"
    }

    private func field(_ text: String) -> String {
        let special: Set<Character> = format == .tsv ? ["\"", "\t", "\n"] : ["\"", ",", "\n"]
        guard text.contains(where: special.contains) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }

    private func object(_ cells: [Cell]) -> String {
        let fields = zip(headings, cells).map { heading, cell in
            let value = switch cell {
            case .bare(let token): token
            case .text(let text): quoted(text)
            case .missing: "null"
            }
            return quoted(heading) + ": " + value
        }
        return "{" + fields.joined(separator: ", ") + "}"
    }

    private func quoted(_ text: String) -> String {
        "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
            .replacing("\n", with: "\\n") + "\""
    }
}
