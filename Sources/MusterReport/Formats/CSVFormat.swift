import MusterDiagnostics
import MusterStore

/// RFC 4180 with `\n` line ends: a header of column names, then plain values. Several tables are
/// set apart by an empty line; so that none can be mistaken for one, a lone empty value is `""`.
///
/// An exported file begins with a byte-order mark, by which spreadsheets know UTF-8. There and
/// where standard output is a file no text is one that they would compute (`guarded`). Numbers
/// stay as they are, and so does everything that goes to another program. To a terminal, what is
/// not seen is spelt out.
package struct CSVFormat: Format {
    package let name = "csv"
    package let endings = ["csv"]

    package init() {}

    package func contents(of report: Report, _ presentation: Presentation)
        throws(Diagnostic) -> [UInt8] {
        let destination = presentation.destination
        let mark: [UInt8] = destination == .file ? [0xEF, 0xBB, 0xBF] : []
        return mark + (try delimited(report.tables, by: UInt8(ascii: ","), presentation) { text in
            destination == .terminal ? Self.quoted(visibleLines(text))
                : Self.quoted(text, isKept: destination.isKept)
        })
    }

    /// Where a person may open the file, what splits cells in other countries' spreadsheets is
    /// quoted too: none of its parts is a cell.
    private static func quoted(_ text: String, isKept: Bool = false) -> String {
        let needsQuotes = text.utf8.contains {
            $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") || $0 == 10 || $0 == 13
                || isKept && ($0 == UInt8(ascii: ";") || $0 == 9)
        }
        guard needsQuotes else { return text }
        return "\"" + text.replacing(mark: "\"", with: "\"\"") + "\""
    }
}

/// The text as no spreadsheet computes it: one that begins as a formula does (`= + - @`, their
/// full-width forms, a tab or a line break), apostrophes before that or none, gets an apostrophe
/// before it. So whoever takes one away from every such text has what was.
func guarded(_ text: String) -> String {
    switch text.unicodeScalars.first(where: { $0 != "'" }) {
    case "=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠": "'" + text
    default: text
    }
}

/// Tables as lines of fields, `encode` making a text safe to stand between two delimiters. What
/// is a text, not a number, is guarded where a spreadsheet may open it.
func delimited(_ tables: [ResultTable], by delimiter: UInt8, _ presentation: Presentation,
               _ encode: (String) -> String) throws(Diagnostic) -> [UInt8] {
    let language = presentation.language
    let isKept = presentation.destination.isKept
    func guarding(_ text: String) -> String { isKept ? guarded(text) : text }
    var bytes: [UInt8] = []
    for (index, table) in tables.enumerated() {
        if index > 0 { bytes.append(10) }
        func add(_ text: String, _ column: Int) {
            if column > 0 { bytes.append(delimiter) }
            if text.isEmpty, table.columns.count == 1 { bytes += "\"\"".utf8; return }
            bytes += encode(text).utf8
        }
        for (number, name) in table.plainHeadings(language).enumerated() {
            add(guarding(name), number)
        }
        bytes.append(10)
        for row in 0..<table.rowCount {
            try presentation.row(row, of: table.rowCount)
            for column in table.columns.indices {
                let cell = table.cells[column][row]
                let text = plainText(cell, language)
                add(cell.isText ? guarding(text) : text, column)
            }
            bytes.append(10)
        }
    }
    return bytes
}

extension ResultTable {
    /// What heads the columns where programs read: their names. In Chinese a name that has nothing
    /// Chinese, an alias such as `n0`, gives way to the label that people read, as long as no other
    /// column is called so.
    func plainHeadings(_ language: Language) -> [String] {
        let names = columns.map { $0.name[language] }
        guard language == .zh else { return names }
        let wished = zip(columns, names).map { column, name in
            name.utf8.allSatisfy { $0 < 0x80 } ? column.label?.zh ?? name : name
        }
        return wished.indices.map { place in
            let isAlone = wished.count { $0 == wished[place] } == 1
                && !names.indices.contains { $0 != place && names[$0] == wished[place] }
            return isAlone ? wished[place] : names[place]
        }
    }
}

extension Cell {
    fileprivate var isText: Bool {
        switch self {
        case .text, .own, .term: true
        case .none, .bool, .integer, .decimal, .number, .day, .month, .year: false
        }
    }
}
