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

    /// Whether it is a column of texts in which there is none.
    public var isBlank: Bool {
        if case .text(_, let texts) = self { texts.count == 0 } else { false }
    }

    /// Whether any row has a value.
    public var hasValues: Bool { (0..<count).contains { hasValue(at: $0) } }

    public func hasValue(at row: Int) -> Bool {
        switch self {
        case .text(let codes, _): codes[row] != None.code
        case .day(let values): values[row] != None.day
        case .integer(let values), .decimal(let values, _): values[row] != None.integer
        case .hundredths(let values): values[row] != None.short
        case .double(let values): !values[row].isNaN
        case .bool(let values): values[row] != None.bool
        case .reference(let rows, _): rows[row] != None.row
        }
    }

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
