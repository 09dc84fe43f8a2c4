import CXlsxWriter
import MusterDiagnostics
import MusterStore

/// A workbook for Excel and its kin: a sheet a section, numbers and days as such, native charts,
/// and a last sheet that says where the figures come from. The same report gives the same bytes.
///
/// - Throws: `xlsx.terminal` where the bytes would go to a terminal, `xlsx.size` where a table has
///   more rows or columns than a sheet holds, `xlsx.write` where the system fails.
package struct XLSXFormat: Format {
    package let name = "xlsx"
    package let endings = ["xlsx"]
    package let isBinary = true

    /// From this many cells on rows go to the disk one by one, not all at once from memory: the
    /// library writes those at once, and does not stop for Ctrl-C meanwhile.
    private let largeCells: Int

    package init() { self.init(largeCells: 300_000) }

    init(largeCells: Int) { self.largeCells = largeCells }

    package func contents(of report: Report, _ presentation: Presentation)
        throws(Diagnostic) -> [UInt8] {
        guard presentation.destination != .terminal else { throw notForTerminals }
        let language = presentation.language
        let cells = report.tables.reduce(0) { $0 + $1.rowCount * $1.columns.count }
        let sections = XLSXSection.all(of: report, language)
        let papers = try PaperTable.all(report, presentation, isSheet: true)
        let book = try XLSXBook(isLarge: cells > largeCells, language)
        let total = report.tables.reduce(0) { $0 + $1.rowCount }
        var progress = XLSXProgress(total, presentation)
        let charts = XLSXChartData(book, language)
        let contents = try XLSXContents(papers, in: book, language)
        var next = 0
        for (place, section) in sections.shown.enumerated() {
            let own = Array(papers[next..<next + section.tableCount])
            next += own.count
            let sheet = try XLSXSheet(section, own, of: sections.title, in: book, presentation,
                                      charts)
            try sheet.write(&progress, frame: place == 0 ? report.frameLines(language) : [],
                            signatures: section.isLastWithFigures ? report.signatures : [])
            contents?.add(sheet.places)
        }
        contents?.write()
        try charts.write()
        let notes = XLSXNotes(sections.provenance, in: book, language)
        try notes?.write()
        book.describe(title: sections.title?[language] ?? "", day: report.day)
        return try book.finish { () throws(Diagnostic) in try presentation.advance(total, total) }
    }
}

/// Counts rows for whoever follows the writing.
struct XLSXProgress {
    private let total: Int
    private let presentation: Presentation
    private var done = 0

    init(_ total: Int, _ presentation: Presentation) {
        self.total = total
        self.presentation = presentation
    }

    mutating func row() throws(Diagnostic) {
        done += 1
        if done % 1024 == 0 { try presentation.advance(done, total) }
    }
}

