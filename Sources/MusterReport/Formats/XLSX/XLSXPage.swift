import CXlsxWriter
import MusterDiagnostics

/// The page of A4 that a sheet is printed on: its scale, so that all columns fit, and where a
/// new page begins, so that no chart is cut in two.
struct XLSXPage {
    /// Of the columns, in characters of the sheet's font.
    let widths: [Double]
    /// Of the head that every page repeats, in points.
    var repeated = 0.0
    /// Columns from the left that every page repeats, where they do not fit one.
    var keyColumns = 0
    var breakRows: [UInt32] = []
    /// What the texts across go over, and how wide that is.
    let textColumns: Int
    let textWidth: Double
    /// What has been laid out so far, in points.
    private(set) var height = 0.0
    private var sinceBreak = 0.0

    static let rowHeight = 15.0
    /// Of a column that nothing was said about.
    private static let usualWidth = 8.43
    private static let leastTextWidth = 76.0, widestText = 124.0
    private static let margin = 0.5, footMargin = 0.75

    init(widths: [Double]) {
        self.widths = widths
        var columns = 0, width = 0.0
        while width < Self.leastTextWidth
                || (columns < widths.count && width + widths[columns] <= Self.widestText) {
            width += columns < widths.count ? widths[columns] : Self.usualWidth
            columns += 1
        }
        (textColumns, textWidth) = (columns, width)
    }

    var tableWidth: Double { widths.reduce(0, +) }

    /// Of all that stands on the sheet, in pixels at 96 to the inch.
    var pixelWidth: Double {
        var columns = widths
        while columns.count < textColumns { columns.append(Self.usualWidth) }
        return columns.reduce(0) { $0 + ($1 * 7 + 5).rounded(.down) }
    }

    /// A sheet of paper, lying or standing, by its number in the file format.
    private struct Paper {
        let number: UInt8
        let isLandscape: Bool
        /// In inches.
        let width: Double
        let height: Double
    }

    /// A4 standing and lying: the first with the scale below which the other is taken.
    private static let papers: [(Paper, least: Double)] = [
        (Paper(number: 9, isLandscape: false, width: 8.27, height: 11.69), 0.7),
        (Paper(number: 9, isLandscape: true, width: 11.69, height: 8.27), leastScale),
    ]

    /// Smaller print than this nobody reads: the columns go on to another page.
    private static let leastScale = 0.5

    private func scale(_ paper: Paper) -> Double {
        // Other programs' columns are a little wider.
        (paper.width - 2 * Self.margin) * 96 * 0.95 / pixelWidth
    }

    private var paper: Paper {
        (Self.papers.first { scale($0.0) >= $0.least } ?? Self.papers[1]).0
    }

    private var printScale: Double { min(1, max(Self.leastScale, scale(paper))) }

    /// Of a printed page, in points of the sheet.
    var pageHeight: Double {
        (paper.height - 2 * Self.footMargin) * 72 / printScale * 0.97
    }

    mutating func add(_ points: Double) {
        height += points
        sinceBreak += points
        while sinceBreak > pageHeight { sinceBreak -= pageHeight - repeated }
    }

    /// Whether something so high has to begin on a new page; then it does.
    mutating func breaks(before points: Double) -> Bool {
        guard sinceBreak > 0, sinceBreak + points > pageHeight else { return false }
        sinceBreak = repeated
        return true
    }

    /// The number of each page at its foot.
    static func number(_ sheet: Worksheet, _ language: Language) {
        worksheet_set_footer(sheet, Message(zh: "&C第 &P 页，共 &N 页",
                                            en: "&Cpage &P of &N")[language])
    }

    /// - Parameter header: stands small above every page.
    func apply(to sheet: Worksheet, header: String?, _ language: Language) {
        if let header {
            // An ampersand begins a code there; 255 characters are the most.
            let text = workbookText(header).prefix(80)
                .split(separator: "&", omittingEmptySubsequences: false).joined(separator: "&&")
            worksheet_set_header(sheet, "&C&9 " + text)
        }
        worksheet_set_paper(sheet, paper.number)
        if paper.isLandscape { worksheet_set_landscape(sheet) }
        if printScale > Self.leastScale {
            worksheet_fit_to_pages(sheet, 1, 0)
        } else {
            worksheet_set_print_scale(sheet, UInt16((printScale * 100).rounded(.down)))
            if keyColumns > 0 { worksheet_repeat_columns(sheet, 0, UInt16(keyColumns - 1)) }
        }
        worksheet_set_margins(sheet, Self.margin, Self.margin, Self.footMargin, Self.footMargin)
        worksheet_center_horizontally(sheet)
        Self.number(sheet, language)
        if !breakRows.isEmpty {
            var rows = breakRows + [0]
            worksheet_set_h_pagebreaks(sheet, &rows)
        }
    }
}
