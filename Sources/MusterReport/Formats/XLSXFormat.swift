import CXlsxWriter
import MusterDiagnostics
import MusterStore

/// A workbook for Excel and its kin: a sheet a section, numbers and days as such, native charts,
/// and a last sheet that says where the figures come from. The same report gives the same bytes.
///
/// - Throws: `xlsx.terminal` where the bytes would go to a terminal, `xlsx.size` where a table has
///   more rows or columns than a sheet holds, `xlsx.write` where the system fails.
public struct XLSXFormat: Format {
    public let name = "xlsx"
    public let endings = ["xlsx"]
    public let isBinary = true

    public init() {}

    public func contents(of report: Report, _ presentation: Presentation)
        throws(Diagnostic) -> [UInt8] {
        guard presentation.destination != .terminal else { throw Self.terminal }
        let sections = XLSXSection.all(of: report, presentation.language)
        let book = try XLSXBook(isLarge: report.tables.reduce(0) { sum, table in
            sum + table.rowCount * table.columns.count
        } > Self.largeCells)
        var progress = XLSXProgress(report.tables.reduce(0) { $0 + $1.rowCount }, presentation)
        let charts = XLSXChartData(book, presentation.language)
        for section in sections.shown {
            let sheet = try XLSXSheet(section, in: book, presentation, charts)
            try sheet.write(&progress)
        }
        try charts.write()
        try XLSXNotes(sections.provenance, in: book, presentation.language)?.write()
        book.describe(title: sections.title?[presentation.language] ?? "", day: report.day)
        return try book.finish()
    }

    /// From here on rows go to the disk one by one, not all at once from memory.
    private static let largeCells = 2_000_000

    /// What stands in the way of writing a workbook there.
    public static let terminal = Diagnostic(
        "xlsx.terminal",
        Message(zh: "xlsx 是二进制文件，不能显示在终端上",
                en: "an xlsx workbook is no text: a terminal cannot show it"),
        hint: Message(zh: "写入文件：muster run … --output 文件.xlsx，或 … | 导出 \"文件.xlsx\"",
                      en: "write it to a file: muster run … --output FILE.xlsx, "
                          + "or … | export \"FILE.xlsx\""))
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
    /// Of the sheet, as it was wished for.
    var name: String
    var blocks: [Report.Block] = []

    /// A report's sections in order, and what is said under it as a whole. A title or section
    /// begins a sheet, unless the one before has nothing but headings yet.
    static func all(of report: Report, _ language: Language)
        -> (shown: [XLSXSection], provenance: [Report.Block], title: Message?) {
        let unnamed = Message(zh: "结果", en: "Result")[language]
        var sections: [XLSXSection] = []
        var provenance: [Report.Block] = []
        var title: Message?
        for block in report.blocks {
            switch block {
            case .provenance: provenance.append(block)
            case .heading(let text, let level) where level <= 2:
                if level == 1, title == nil { title = text }
                let isBare = sections.last?.blocks.allSatisfy(\.isHeading) ?? false
                if !isBare { sections.append(XLSXSection(name: "")) }
                sections[sections.count - 1].name = shortName(text[language])
                sections[sections.count - 1].blocks.append(block)
            default:
                if sections.isEmpty { sections.append(XLSXSection(name: unnamed)) }
                sections[sections.count - 1].blocks.append(block)
            }
        }
        if sections.isEmpty { sections.append(XLSXSection(name: unnamed)) }
        return (sections, provenance, title)
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
