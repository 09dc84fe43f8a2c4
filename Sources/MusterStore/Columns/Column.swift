/// One column of values, all of one physical type; none is a value (see `None`).
public enum Column: Sendable {
    /// Codes into a dictionary; `None.code` is none.
    case text([Int32], TextDictionary)
    /// Days since 1970-01-01 (proleptic Gregorian); `None.day` is none.
    case day([Int32])
    case integer([Int64])
    /// Hundredths as integers (2.5 hours is 250), 32 bits; `None.short` is none.
    case hundredths([Int32])
    /// Exact decimals with so many places (1 to 6) as integers; `None.integer` is none.
    case decimal([Int64], places: Int)
    case double([Double])
    /// 0 false, 1 true, `None.bool` none.
    case bool([UInt8])
    /// Row numbers of another table; `None.row` is none.
    case reference([Int32], table: String)

    public var count: Int {
        switch self {
        case .text(let codes, _): codes.count
        case .day(let values): values.count
        case .integer(let values): values.count
        case .hundredths(let values): values.count
        case .decimal(let values, _): values.count
        case .double(let values): values.count
        case .bool(let values): values.count
        case .reference(let values, _): values.count
        }
    }
}
