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
        let sections = XLSXSection.all(of: report, presentation.language)
        let book = try XLSXBook(isLarge: report.tables.reduce(0) { sum, table in
            sum + table.rowCount * table.columns.count
        } > largeCells)
        let total = report.tables.reduce(0) { $0 + $1.rowCount }
        var progress = XLSXProgress(total, presentation)
        let charts = XLSXChartData(book, presentation.language)
        for section in sections.shown {
            let sheet = try XLSXSheet(section, of: sections.title, in: book, presentation, charts)
            try sheet.write(&progress)
        }
        try charts.write()
        try XLSXNotes(sections.provenance, report.signatures, in: book, presentation.language)?.write()
        book.describe(title: sections.title?[presentation.language] ?? "", day: report.day)
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

/// What stands on one sheet.
struct XLSXSection {
    /// Of the sheet, as it is wished for.
    var name: String
    var blocks: [Report.Block] = []

    /// More words than these above a table push it out of sight: they get a sheet.
    private static let mostTexts = 2

    /// A report's sections in order, and what is said under it as a whole. A heading begins a
    /// sheet where the one before has a table or a chart, or a title many words.
    static func all(of report: Report, _ language: Language)
        -> (shown: [XLSXSection], provenance: [Report.Block], title: Message?) {
        var sections: [XLSXSection] = []
        var provenance: [Report.Block] = []
        var title: Message?
        for block in report.blocks {
            if case .provenance = block {
                provenance.append(block)
                continue
            }
            if case .heading(let text, let level) = block {
                if level == 1, title == nil { title = text }
                let name = shortName(text[language])
                if sections.last.map({ $0.isFull(before: level) }) ?? true {
                    sections.append(XLSXSection(name: name))
                } else if level <= 2 {
                    sections[sections.count - 1].name = name
                }
            }
            if sections.isEmpty {
                sections.append(XLSXSection(name: Message(zh: "结果", en: "Result")[language]))
            }
            sections[sections.count - 1].blocks.append(block)
        }
        if sections.isEmpty {
            sections.append(XLSXSection(name: Message(zh: "结果", en: "Result")[language]))
        }
        return (sections, provenance, title)
    }

    private func isFull(before level: Int) -> Bool {
        var texts = 0
        for block in blocks {
            switch block {
            case .table, .chart: return true
            case .text, .notes: texts += 1
            case .heading, .provenance: break
            }
        }
        return level <= 2 && texts > Self.mostTexts
    }

    /// A heading without what it says in brackets or behind a comma: tabs are narrow.
    private static func shortName(_ heading: String) -> String {
        let name = heading.prefix { !"（(，,：:".contains($0) }
        return name.isEmpty ? heading : String(name)
    }
}

extension Report.Block {
    var isHeading: Bool {
        if case .heading = self { true } else { false }
    }
}
