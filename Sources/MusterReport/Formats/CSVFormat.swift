import MusterDiagnostics
import MusterStore

/// RFC 4180 with `\n` line ends: a header of column names, then plain values. Several tables are
/// set apart by an empty line; so that none can be mistaken for one, a lone empty value is `""`.
///
/// A file is made for spreadsheets: it begins with a byte-order mark, by which they know UTF-8,
/// and a text that they would take for a formula (it begins with `= + - @`, their full-width
/// forms, a tab or a line break) gets an apostrophe before it. Numbers stay as they are, and so
/// does everything that goes to another program.
package struct CSVFormat: Format {
    package let name = "csv"
    package let endings = ["csv"]

    package init() {}

    package func contents(of report: Report, _ presentation: Presentation)
        throws(Diagnostic) -> [UInt8] {
        guard presentation.destination == .file else {
            return try delimited(report.tables, by: UInt8(ascii: ","), presentation,
                             Self.quoted)
        }
        return [0xEF, 0xBB, 0xBF] + (try delimited(
            report.tables, by: UInt8(ascii: ","), presentation, Self.quoted,
            guarding: Self.harmless))
    }

    /// The text as no spreadsheet computes it.
    private static func harmless(_ text: String) -> String {
        switch text.unicodeScalars.first {
        case "=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠": "'" + text
        default: text
        }
    }

    private static func quoted(_ text: String) -> String {
        let needsQuotes = text.utf8.contains {
            $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") || $0 == 10 || $0 == 13
        }
        guard needsQuotes else { return text }
        return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false)
            .joined(separator: "\"\"") + "\""
    }
}

/// Tables as lines of fields, `encode` making a text safe to stand between two delimiters, and
/// `guarding` what is a text, not a number, safe for what opens the file.
func delimited(_ tables: [ResultTable], by delimiter: UInt8, _ presentation: Presentation,
               _ encode: (String) -> String,
               guarding: (String) -> String = { $0 }) throws(Diagnostic) -> [UInt8] {
    let language = presentation.language
    var bytes: [UInt8] = []
    for (index, table) in tables.enumerated() {
        if index > 0 { bytes.append(10) }
        func add(_ text: String, _ column: Int) {
            if column > 0 { bytes.append(delimiter) }
            if text.isEmpty, table.columns.count == 1 { bytes += "\"\"".utf8; return }
            bytes += encode(text).utf8
        }
        for (number, column) in table.columns.enumerated() {
            add(guarding(column.name[language]), number)
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

extension Cell {
    fileprivate var isText: Bool {
        switch self {
        case .text, .term: true
        case .none, .bool, .integer, .decimal, .number, .day, .month, .year: false
        }
    }
}
