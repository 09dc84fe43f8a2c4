import MusterValues
import CXlsxWriter
import MusterDiagnostics
import MusterStore

/// What a cell of a sheet holds.
enum XLSXValue {
    case blank
    case number(Double)
    case text(String)
}

/// A column of a table on its way to a sheet: its heading, its values as numbers and texts with
/// their number formats, and how wide it wants to be.
struct XLSXColumn {
    let shown: ShownColumn
    /// In characters of the sheet's font, as `worksheet_set_column` takes it.
    let width: Double
    /// The heading, broken where the column is narrower.
    let heading: [String]
    /// Texts longer than the column is wide go on several lines.
    let wraps: Bool
    private let language: Language

    static let widestText = 44
    private static let widestHeading = 14

    /// - Parameter hasFilter: leaves room in the heading for the filter's button.
    init(_ shown: ShownColumn, _ presentation: Presentation, hasFilter: Bool)
        throws(Diagnostic) {
        self.shown = shown
        language = presentation.language
        var longest = 0, hasLines = false
        for row in shown.cells.indices {
            try presentation.row(row, of: shown.cells.count)
            longest = max(longest, Self.room(shown, row))
            hasLines = hasLines || Self.hasLines(shown.cells[row])
        }
        wraps = shown.holdsText && (longest > Self.widestText || hasLines)
        let values = min(longest, Self.widestText)
        let text = shown.head?.own ?? shown.heading
        let pieces = presentation.breaks.pieces(text, within: Self.widestHeading)
        let piece = pieces.map { min(displayWidth($0), Self.widestHeading) }.max() ?? 0
        let whole = displayWidth(text)
        let wanted = whole <= Self.widestHeading ? whole : max(piece, (whole + 1) / 2)
        let inner = max(4, values, min(wanted, Self.widestText))
        heading = lines(of: pieces, inner)
        // Bold takes more room, and the filter's button some of its own.
        let more = (wanted >= values ? 1.5 : 0) + (hasFilter && wanted + 2 >= values ? 2 : 0)
        width = Self.width(of: inner) + more
    }

    /// The width of a column for so many half-width places: Chinese characters take a little more
    /// than two digits, and a cell has margins.
    static func width(of places: Int) -> Double {
        min(255, (Double(places) * 1.09 * 4).rounded(.up) / 4 + 1.5)
    }

    /// How many half-width places of text a column of that width holds.
    static func places(in width: Double) -> Int { max(1, Int((width - 1.5) / 1.09)) }

    private static func room(_ shown: ShownColumn, _ row: Int) -> Int {
        let text = shown.text(row)
        switch shown.cells[row] {
        case .integer, .decimal, .number:
            // As much as separators and more decimals can add.
            return switch display(shown.column, shown.cells[row]) {
            case .hours: text.utf8.count + 3 + text.utf8.count / 3
            case .count: text.utf8.count + text.utf8.count / 3
            case .percent, .points:
                text.utf8.count + (shown.percentage(row).map {
                    $0.placesForPlainRounding - $0.places
                } ?? 0)
            case .plain, .day: text.utf8.count
            }
        default: return displayWidth(text)
        }
    }

    /// How many lines a cell takes.
    func lineCount(_ row: Int) -> Int {
        guard wraps else { return 1 }
        let counts = textLines(row).map { max(1, wrapped($0, to: Self.widestText).count) }
        return min(20, counts.reduce(0, +))
    }

    /// A row's text, line by line as the cell has it.
    private func textLines(_ row: Int) -> [String] {
        guard case .text(let text) = shown.cells[row] else { return [shown.text(row)] }
        return visibleLines(text).split(separator: "\n", omittingEmptySubsequences: false)
            .map(String.init)
    }

    private static func hasLines(_ cell: Cell) -> Bool {
        if case .text(let text) = cell { text.contains(where: \.isNewline) } else { false }
    }

    /// Decimals of two places that nothing was said about are hours.
    private static func display(_ column: ResultColumn, _ cell: Cell) -> Display {
        if case .decimal(_, 2) = cell, column.display == .plain { return .hours }
        return column.display
    }

    /// What stands in a row's cell, and its number format.
    ///
    /// - Parameter isApart: a total that is no sum of the rows, which its cell says.
    func value(_ row: Int, isApart: Bool = false) -> (XLSXValue, format: String) {
        let (value, format) = value(row)
        guard isApart, case .number = value, !format.isEmpty else { return (value, format) }
        let marked = format.split(separator: ";").map { $0 + "\"*\"" }
        return (value, marked.joined(separator: ";"))
    }

    private func value(_ row: Int) -> (XLSXValue, format: String) {
        let cell = shown.cells[row]
        switch cell {
        case .none: return shown.showsNone ? (.text(shown.text(row)), "") : (.blank, "")
        case .text(let text): return (.text(text), "")
        case .own, .term, .bool, .month: return (.text(shown.text(row)), "")
        case .integer(let value): return number(row, Double(value))
        case .decimal(let value, let places):
            return number(row, FixedPoint.double(value, places))
        case .number(let value): return value.isNaN ? (.blank, "") : number(row, value)
        case .day(let day):
            // The first two months of 1900 are counted differently by different programs.
            let serial = Int(day) + 25_569
            guard (61...2_958_465).contains(serial) else { return (.text(shown.text(row)), "") }
            return (.number(Double(serial)), "yyyy-mm-dd")
        case .year(let year):
            var format = "0"
            if let (running, day) = shown.column.running, running == cell {
                format += "\"" + ShownColumn.until(day, language) + "\""
            }
            return (.number(Double(year)), format)
        }
    }

    /// A spreadsheet keeps fifteen digits: a number that has more is written as a text, which
    /// shows them all. A percentage that would be rounded to what it is not shows more decimals.
    private func number(_ row: Int, _ value: Double) -> (XLSXValue, format: String) {
        let cell = shown.cells[row]
        guard value.magnitude < 1e15, let digits = ShownColumn.digits(cell) else {
            if case .number = cell, value.isFinite { return (.number(value), "") }
            return (.text(plainText(cell, language)), "")
        }
        if let percentage = shown.percentage(row) {
            guard shown.column.display == .points else {
                return (.number(value), percentage.numberFormat)
            }
            return (.number(Double(digits.shifted(2).plain) ?? value * 100),
                    percentage.numberFormat)
        }
        let places = shown.decimals(of: digits)
        let format = switch Self.display(shown.column, cell) {
        case .hours, .count: amountFormat(places)
        case .plain, .percent, .points, .day: numberFormat("0", places)
        }
        return (.number(value), format)
    }

    /// Numbers stand to the right by themselves; short words of no order in the middle.
    func style(_ cell: Cell, _ format: String, isTotal: Bool) -> XLSXStyle {
        let align = switch cell {
        case .bool, .day: LXW_ALIGN_CENTER
        case .month, .year: LXW_ALIGN_LEFT
        case .text, .own, .term: LXW_ALIGN_LEFT
        case .none, .integer, .decimal, .number: LXW_ALIGN_NONE
        }
        return XLSXStyle(isTotal ? .total : .cell, number: format, align: align,
                         wraps: wraps && shown.holdsText)
    }
}

extension Percentage {
    /// The number format of a cell: of a share a percentage, of points their hundredfold. As many
    /// decimals as keep a spreadsheet's own rounding from saying what is not so.
    var numberFormat: String {
        let number = MusterReport.numberFormat("0", placesForPlainRounding)
        guard isDifference else { return number + "%" }
        return "+\(number);-\(number);\(MusterReport.numberFormat("0", places))"
    }
}

/// Grouped from five digits on, as in every format.
func amountFormat(_ places: Int) -> String {
    let plain = numberFormat("0", places), grouped = numberFormat("#,##0", places)
    return "[>=10000]\(grouped);[<=-10000]-\(grouped);\(plain)"
}

private func numberFormat(_ whole: String, _ places: Int) -> String {
    places == 0 ? whole : whole + "." + String(repeating: "0", count: places)
}

extension DecimalDigits {
    /// Written out in full.
    var plain: String { text(decimals) }
}
