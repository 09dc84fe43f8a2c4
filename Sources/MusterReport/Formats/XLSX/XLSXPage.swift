import CXlsxWriter
import MusterDiagnostics

/// The page that a sheet is printed on, A4: its scale, so that all columns fit, and where a new
/// page begins, so that no chart is cut in two.
struct XLSXPage {
    /// Of the columns, in characters of the sheet's font.
    let widths: [Double]
    /// Of the head that every page repeats, in points.
    var repeated = 0.0
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
    /// Inches of A4.
    private static let short = 8.27, long = 11.69

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

    private func scale(_ paperWidth: Double) -> Double {
        // Other programs' columns are a little wider.
        (paperWidth - 2 * Self.margin) * 96 * 0.95 / pixelWidth
    }

    private var isLandscape: Bool { scale(Self.short) < 0.75 }

    /// Smaller print than this nobody reads: the columns go on to another page.
    private var printScale: Double {
        min(1, max(0.45, scale(isLandscape ? Self.long : Self.short)))
    }

    /// Of a printed page, in points of the sheet.
    var pageHeight: Double {
        ((isLandscape ? Self.short : Self.long) - 2 * Self.footMargin) * 72 / printScale * 0.97
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

    func apply(to sheet: Worksheet, _ language: Language) {
        if isLandscape { worksheet_set_landscape(sheet) }
        worksheet_set_print_scale(sheet, UInt16((printScale * 100).rounded(.down)))
        worksheet_set_margins(sheet, Self.margin, Self.margin, Self.footMargin, Self.footMargin)
        worksheet_center_horizontally(sheet)
        worksheet_set_footer(sheet, Message(zh: "&C第 &P 页，共 &N 页",
                                            en: "&Cpage &P of &N")[language])
        if !breakRows.isEmpty {
            var rows = breakRows + [0]
            worksheet_set_h_pagebreaks(sheet, &rows)
        }
    }
}
