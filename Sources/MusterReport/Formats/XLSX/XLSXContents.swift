import CXlsxWriter
import MusterDiagnostics

/// The first sheet of a book with many tables: each by its title, and the way to it.
final class XLSXContents {
    private let book: XLSXBook
    private let language: Language
    private let papers: [PaperTable]
    private let sheet: Worksheet
    private var places: [(sheet: String, row: UInt32)] = []

    /// Nil where there are few tables.
    init?(_ papers: [PaperTable], in book: XLSXBook, _ language: Language) throws(Diagnostic) {
        guard papers.count > PaperTable.mostWithoutList else { return nil }
        self.papers = papers
        self.book = book
        self.language = language
        sheet = try book.sheet(PaperLabel.tables[language]).0
    }

    /// Tables stand there, in order.
    func add(_ places: [(sheet: String, row: UInt32)]) { self.places += places }

    func write() {
        worksheet_set_column(sheet, 0, 0, 12, nil)
        worksheet_set_column(sheet, 1, 1, 76, nil)
        worksheet_set_row(sheet, 0, 26, nil)
        worksheet_write_string(sheet, 0, 0, PaperLabel.tables[language],
                               book.format(XLSXStyle(.heading)))
        for (index, (paper, place)) in zip(papers, places).enumerated() {
            let row = UInt32(index) + 1
            let name = place.sheet.split(separator: "'", omittingEmptySubsequences: false)
                .joined(separator: "''")
            worksheet_write_string(sheet, row, 0, paper.label, book.format(XLSXStyle(.text)))
            worksheet_write_url_opt(sheet, row, 1, "internal:'\(name)'!A\(place.row + 1)",
                                    book.format(XLSXStyle(.text)), cellText(paper.title), nil)
        }
        worksheet_gridlines(sheet, UInt8(LXW_HIDE_ALL_GRIDLINES.rawValue))
        worksheet_fit_to_pages(sheet, 1, 0)
        XLSXPage.number(sheet, language)
    }
}
