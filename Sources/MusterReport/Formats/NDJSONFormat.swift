import MusterDiagnostics

/// One JSON object a row and a line, as in json; several tables follow one another, set apart by
/// an empty line.
package struct NDJSONFormat: Format {
    package let name = "ndjson"
    package let endings = ["ndjson", "jsonl"]

    package init() {}

    package func contents(of report: Report, _ presentation: Presentation)
        throws(Diagnostic) -> [UInt8] {
        var bytes: [UInt8] = []
        for (index, table) in report.tables.enumerated() {
            if index > 0 { bytes.append(10) }
            for (row, object) in jsonObjects(table, presentation.language).enumerated() {
                try presentation.row(row, of: table.rowCount)
                bytes += object.utf8
                bytes.append(10)
            }
        }
        return bytes
    }
}
