import MusterDiagnostics
import MusterStore

/// RFC 4180 with `\n` line ends: a header of column names, then plain values. Several tables are
/// set apart by an empty line; so that none can be mistaken for one, a lone empty value is `""`.
public struct CSVFormat: Format {
    public let name = "csv"
    public let endings = ["csv"]

    public init() {}

    public func contents(of report: Report, _ presentation: Presentation) -> [UInt8] {
        delimited(report.tables, by: UInt8(ascii: ","), presentation.language, Self.quoted)
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

/// Tables as lines of fields, `encode` making a text safe to stand between two delimiters.
func delimited(_ tables: [ResultTable], by delimiter: UInt8, _ language: Language,
               _ encode: (String) -> String) -> [UInt8] {
    var bytes: [UInt8] = []
    for (index, table) in tables.enumerated() {
        if index > 0 { bytes.append(10) }
        func add(_ text: String, _ column: Int) {
            if column > 0 { bytes.append(delimiter) }
            if text.isEmpty, table.columns.count == 1 { bytes += "\"\"".utf8; return }
            bytes += encode(text).utf8
        }
        for (number, column) in table.columns.enumerated() { add(column.name[language], number) }
        bytes.append(10)
        for row in 0..<table.rowCount {
            for column in table.columns.indices {
                add(plainText(table.cells[column][row], language), column)
            }
            bytes.append(10)
        }
    }
    return bytes
}
