import CXlsxWriter
import MusterDiagnostics

/// The last sheet: where the figures come from and what they count.
struct XLSXNotes {
    private let book: XLSXBook
    private let language: Language
    private let lines: [Message]

    private static let width = 96.0

    /// Nil where there is nothing to say.
    init?(_ blocks: [Report.Block], in book: XLSXBook, _ language: Language) {
        var lines: [Message] = []
        for case .provenance(let said) in blocks { lines += said }
        guard !lines.isEmpty else { return nil }
        self.book = book
        self.language = language
        self.lines = lines
    }

    func write() throws(Diagnostic) {
        let title = Message(zh: "说明", en: "Notes")[language]
        let (sheet, _) = try book.sheet(title)
        worksheet_set_column(sheet, 0, 0, Self.width, nil)
        worksheet_write_string(sheet, 0, 0, title, book.format(XLSXStyle(.title)))
        worksheet_set_row(sheet, 0, 24, nil)
        var row: UInt32 = 1
        let style = book.format(XLSXStyle(.text, align: LXW_ALIGN_VERTICAL_TOP, wraps: true))
        let places = XLSXColumn.places(in: Self.width)
        for line in lines {
            for text in line[language].split(separator: "\n").map(String.init) {
                let height = 16 * Double(wrapped(text, to: places).count) + 3
                worksheet_set_row(sheet, row, height, nil)
                worksheet_write_string(sheet, row, 0, cellText(text), style)
                row += 1
            }
        }
        worksheet_gridlines(sheet, UInt8(LXW_HIDE_ALL_GRIDLINES.rawValue))
        worksheet_fit_to_pages(sheet, 1, 0)
        XLSXPage.number(sheet, language)
    }
}
