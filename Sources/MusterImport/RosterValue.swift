import MusterValues

/// A value that a cell gave.
enum RosterValue: Sendable, Hashable {
    case text(String)
    case day(Int32)
    case integer(Int64)
    case hundredths(Int64)
    case bool(Bool)
    /// A number of a column that nobody declared, as it was written.
    case number(String)

    /// As people write it.
    var shown: String {
        switch self {
        case .text(let text), .number(let text): text
        case .day(let day): CivilDay.text(day)
        case .integer(let value): String(value)
        case .hundredths(let value): FixedPoint.text(value, 2)
        case .bool(let value): value ? "是" : "否"
        }
    }
}
