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
    init(_ column: ResultColumn, _ cells: [Cell], _ presentation: Presentation,
         hasFilter: Bool) {
        let shown = ShownColumn(column, cells, rows: Array(cells.indices), presentation)
        self.shown = shown
        language = presentation.language
        var longest = 0
        for cell in cells { longest = max(longest, Self.room(shown, cell)) }
        wraps = shown.holdsText && longest > Self.widestText
        let values = min(longest, Self.widestText)
        let pieces = headingPieces(shown.heading)
        let piece = pieces.map { min(displayWidth($0), Self.widestHeading) }.max() ?? 0
        let whole = displayWidth(shown.heading)
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

    private static func room(_ shown: ShownColumn, _ cell: Cell) -> Int {
        let text = shown.text(cell)
        switch cell {
        case .integer, .hundredths, .number:
            // As much as separators and two decimals can add.
            return switch display(shown.column, cell) {
            case .hours: text.utf8.count + 3 + text.utf8.count / 3
            case .count: text.utf8.count + text.utf8.count / 3
            case .plain, .percent, .points, .day: text.utf8.count
            }
        default: return displayWidth(text)
        }
    }

    /// How many lines a cell takes.
    func lineCount(_ cell: Cell) -> Int {
        guard wraps else { return 1 }
        return min(20, wrapped(shown.text(cell), to: Self.widestText).count)
    }

    /// Hundredths that nothing was said about are hours.
    private static func display(_ column: ResultColumn, _ cell: Cell) -> Display {
        if case .hundredths = cell, column.display == .plain { return .hours }
        return column.display
    }

    /// What stands in a cell, and its number format.
    func value(_ cell: Cell) -> (XLSXValue, format: String) {
        switch cell {
        case .none: return shown.column.isKey ? (.text(shown.text(cell)), "") : (.blank, "")
        case .text, .term, .bool, .month: return (.text(shown.text(cell)), "")
        case .integer(let value): return number(cell, Double(value))
        case .hundredths(let value): return number(cell, Double(value) / 100)
        case .number(let value): return value.isNaN ? (.blank, "") : number(cell, value)
        case .day(let day):
            // The first two months of 1900 are counted differently by different programs.
            let serial = Int(day) + 25_569
            guard (61...2_958_465).contains(serial) else { return (.text(shown.text(cell)), "") }
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
    /// shows them all.
    private func number(_ cell: Cell, _ value: Double) -> (XLSXValue, format: String) {
        guard value.magnitude < 1e15, let digits = ShownColumn.digits(cell) else {
            if case .number = cell, value.isFinite { return (.number(value), "") }
            return (.text(plainText(cell, language)), "")
        }
        let places = shown.decimals(of: digits)
        func decimals(_ whole: String, _ places: Int) -> String {
            places == 0 ? whole : whole + "." + String(repeating: "0", count: places)
        }
        switch Self.display(shown.column, cell) {
        case .percent: return (.number(value), "0.0%")
        case .points:
            let points = Double(digits.shifted(2).plain) ?? value * 100
            return (.number(points), "+0.0;-0.0;0.0")
        case .hours: return (.number(value), "#,##0.00")
        case .count: return (.number(value), decimals("#,##0", places))
        case .plain, .day: return (.number(value), decimals("0", places))
        }
    }

    /// Numbers stand to the right by themselves; short words of no order in the middle.
    func style(_ cell: Cell, _ format: String, isTotal: Bool) -> XLSXStyle {
        let align = switch cell {
        case .bool, .day: LXW_ALIGN_CENTER
        case .month, .year: LXW_ALIGN_LEFT
        case .text, .term: LXW_ALIGN_LEFT
        case .none, .integer, .hundredths, .number: LXW_ALIGN_NONE
        }
        return XLSXStyle(isTotal ? .total : .cell, number: format, align: align,
                         wraps: wraps && shown.holdsText)
    }
}

extension DecimalDigits {
    /// Written out in full.
    var plain: String { text(decimals) }
}

/// A text as a cell can hold it: without controls, which its XML cannot carry, and cut to the
/// 32,767 UTF-16 units of a cell, with a mark.
func cellText(_ text: String) -> String {
    var shown = visible(text)
    if shown.unicodeScalars.contains(where: { $0.value == 0xFFFE || $0.value == 0xFFFF }) {
        shown = shown.unicodeScalars.reduce(into: "") { result, scalar in
            result.unicodeScalars.append(scalar.value >= 0xFFFE && scalar.value <= 0xFFFF
                                         ? "\u{FFFD}" : scalar)
        }
    }
    guard shown.utf16.count > 32_767 else { return shown }
    var kept = "", units = 0
    for scalar in shown.unicodeScalars {
        units += scalar.value > 0xFFFF ? 2 : 1
        guard units < 32_767 else { break }
        kept.unicodeScalars.append(scalar)
    }
    return kept + "…"
}
