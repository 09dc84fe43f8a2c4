import MusterDiagnostics
import MusterStore

/// A document for Word and its kin, on A4 with the margins of official documents (GB/T 9704):
/// headings that the navigation pane knows, tables whose heads come again on every page, charts as
/// pictures, numbered pages. The same report gives the same bytes.
///
/// - Throws: `docx.terminal` where the bytes would go to a terminal, `docx.size` where a table has
///   more rows than a document bears, `docx.write` where memory is out.
package struct DOCXFormat: Format {
    package let name = "docx"
    package let endings = ["docx"]
    package let isBinary = true

    /// Word takes minutes to lay out tables of more.
    static let rowLimit = 20_000

    package init() {}

    package func contents(of report: Report, _ presentation: Presentation)
        throws(Diagnostic) -> [UInt8] {
        guard presentation.destination != .terminal else { throw notForTerminals }
        for table in report.tables where table.rowCount > Self.rowLimit {
            throw Self.size(table)
        }
        var document = DOCXDocument(presentation)
        try document.add(report)
        return try DOCXPackage(document, report, presentation.language)
            .bytes(presentation)
    }

    private static func size(_ table: ResultTable) -> Diagnostic {
        Diagnostic("docx.size", Message(
            zh: "表太大：\(table.rowCount) 行，文档里的一张表最多 \(rowLimit) 行",
            en: "the table has \(table.rowCount) rows; one in a document holds \(rowLimit)"),
            hint: Message(zh: "导出为 xlsx 或 csv，或先筛选、汇总",
                          en: "export it as xlsx or csv, or filter or summarize it first"))
    }
}
