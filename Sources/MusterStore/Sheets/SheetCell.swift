/// What stands in a cell of a workbook or of separated text.
package enum SheetCell: Equatable, Sendable {
    case blank
    case text(String)
    /// A number, and its digits as a spreadsheet shows them in full: at most fifteen that count,
    /// unless the file has a whole number with more, which stands as it was written.
    case number(Double, written: String)
    /// Days since 1970-01-01, by a format that shows days; and whether there is a time of the day.
    case day(Int32, hasTime: Bool)
    case boolean(Bool)
    /// `#N/A`, `#DIV/0!` …
    case error(String)
    /// A formula whose value the file does not keep.
    case unvalued

    /// As it is kept.
    enum Kind: UInt8 {
        case text, number, digits, day, boolean, error, unvalued
    }
}
