import MusterDiagnostics
import MusterStore

/// An array of objects, one a row and a line, keyed by column names; several tables are an array
/// of such arrays, no table an empty one. Numbers and booleans are JSON's own, none is null,
/// days and months are ISO texts, a year is a number. What is not seen is written by its number
/// (`\u202e`), which is the same text.
package struct JSONFormat: Format {
    package let name = "json"
    package let endings = ["json"]

    package init() {}

    package func contents(of report: Report, _ presentation: Presentation)
        throws(Diagnostic) -> [UInt8] {
        var tables: [String] = []
        for table in report.tables { tables.append(try Self.array(table, presentation)) }
        let text = tables.count == 1 ? tables[0]
            : tables.isEmpty ? "[]" : "[\n" + tables.joined(separator: ",\n") + "\n]"
        return Array((text + "\n").utf8)
    }

    private static func array(_ table: ResultTable, _ presentation: Presentation)
        throws(Diagnostic) -> String {
        guard table.rowCount > 0 else { return "[]" }
        var text = "[\n"
        for (row, object) in jsonObjects(table, presentation.language).enumerated() {
            try presentation.row(row, of: table.rowCount)
            text += (row == 0 ? "  " : ",\n  ") + object
        }
        return text + "\n]"
    }
}

/// The rows of a table as JSON objects, each on one line.
func jsonObjects(_ table: ResultTable, _ language: Language) -> some Sequence<String> {
    let keys = table.columns.map { jsonText($0.name[language]) + ": " }
    return (0..<table.rowCount).lazy.map { row in
        var text = "{"
        for column in keys.indices {
            if column > 0 { text += ", " }
            text += keys[column] + jsonValue(table.cells[column][row], language)
        }
        return text + "}"
    }
}

private func jsonValue(_ cell: Cell, _ language: Language) -> String {
    switch cell {
    case .none: "null"
    case .text(let text), .own(let text): jsonText(text)
    case .term(let term): jsonText(term[language])
    // JSON has no infinity.
    case .number(let value): value.isFinite ? plainText(value) : "null"
    case .bool, .integer, .decimal, .year: plainText(cell, language)
    case .day, .month: jsonText(plainText(cell, language))
    }
}

private func jsonText(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "\"": result += "\\\""
        case "\\": result += "\\\\"
        case "\n": result += "\\n"
        case "\r": result += "\\r"
        case "\t": result += "\\t"
        case _ where scalar.isHidden:
            for unit in String(scalar).utf16 {
                let digits = String(unit, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            }
        default: result.unicodeScalars.append(scalar)
        }
    }
    return result + "\""
}
