import MusterDiagnostics

/// One value of one row.
package enum Value: Sendable {
    case none
    case truth(Bool)
    case integer(Int)
    /// Exact hundredths: 1.25 hours is 125.
    case hundredths(Int)
    /// An exact decimal of more than two places, up to six.
    case decimal(Int, places: Int)
    case number(Double)
    case text(String)
    /// A label of `each` with its place among the labels written.
    case label(Int, String)
    case day(Int)
    /// Months counted from year 0.
    case month(Int)
    case year(Int)
    case unit(Int)
    case person(Int)
    /// What a key shows in a total row.
    case total

    static func text(optional value: String?) -> Value { value.map { .text($0) } ?? .none }
    static func integer(optional value: Int?) -> Value { value.map { .integer($0) } ?? .none }
    static func day(optional value: Int?) -> Value { value.map { .day($0) } ?? .none }

    /// A target of so many millionths.
    static func target(_ millionths: Int) -> Value { .decimal(millionths, places: 6) }

    var isNone: Bool { if case .none = self { true } else { false } }
    var isTrue: Bool { if case .truth(true) = self { true } else { false } }

    /// The number as a double.
    var double: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .hundredths, .decimal: exact.map { Double($0.value) / Value.power($0.places) }
        case .number(let value): value
        default: nil
        }
    }

    /// A number without any error, as a whole number of its last place.
    var exact: (value: Int, places: Int)? {
        switch self {
        case .integer(let value): (value, 0)
        case .hundredths(let value): (value, 2)
        case .decimal(let value, let places): (value, places)
        default: nil
        }
    }

    static func power(_ places: Int) -> Double { [1, 10, 100, 1e3, 1e4, 1e5, 1e6][places] }

    /// A whole number of the last place as a value.
    static func exact(_ value: Int, places: Int) -> Value {
        places == 0 ? .integer(value) : places == 2 ? .hundredths(value)
            : .decimal(value, places: places)
    }

    /// First and last day of a day, month or year.
    var span: (first: Int, last: Int)? {
        switch self {
        case .day(let day): (day, day)
        case .month(let month): DayCount.span(month: month)
        case .year(let year): DayCount.span(year: year)
        default: nil
        }
    }
}

extension Value: Hashable {
    package static func == (a: Value, b: Value) -> Bool { order(a, b) == 0 }

    package func hash(into hasher: inout Hasher) {
        switch self {
        case .none, .total: break
        case .truth(let value): hasher.combine(value)
        case .integer, .hundredths, .decimal, .number: hasher.combine(double)
        case .text(let text), .label(_, let text):
            for byte in text.utf8 { hasher.combine(byte) }
        case .day(let value), .month(let value), .year(let value), .unit(let value),
             .person(let value): hasher.combine(value)
        }
    }

    /// The order of keys: none last, and totals behind that. -1, 0 or 1.
    static func order(_ a: Value, _ b: Value) -> Int {
        func compare<T: Comparable>(_ a: T, _ b: T) -> Int { a < b ? -1 : a == b ? 0 : 1 }
        switch (a, b) {
        case (.truth(let a), .truth(let b)): return compare(a ? 1 : 0, b ? 1 : 0)
        case (.label(let a, _), .label(let b, _)): return compare(a, b)
        case (.text(let a), .text(let b)), (.label(_, let a), .text(let b)),
             (.text(let a), .label(_, let b)):
            if a.utf8.elementsEqual(b.utf8) { return 0 }
            return a.utf8.lexicographicallyPrecedes(b.utf8) ? -1 : 1
        case (.day(let a), .day(let b)), (.month(let a), .month(let b)),
             (.year(let a), .year(let b)), (.unit(let a), .unit(let b)),
             (.person(let a), .person(let b)): return compare(a, b)
        default:
            if let a = a.exact, let b = b.exact {
                return compare(Int128(a.value) * Int128(power(6 - a.places)),
                               Int128(b.value) * Int128(power(6 - b.places)))
            }
            if let a = a.double, let b = b.double { return compare(a, b) }
            return compare(a.rank, b.rank)
        }
    }

    /// Values of different kinds only meet where one of them is none or total.
    private var rank: Int {
        switch self {
        case .total: 2
        case .none: 1
        default: 0
        }
    }
}

extension Value {
    /// As csv shows it in English; units and persons have a name only in a book.
    var plain: String {
        switch self {
        case .none, .unit, .person: ""
        case .truth(let value): value ? "true" : "false"
        case .integer(let value): String(value)
        case .hundredths(let value): PlainReading.shortest(value, places: 2)
        case .decimal(let value, let places): PlainReading.shortest(value, places: places)
        case .number(let value): "\(value)"
        case .text(let text), .label(_, let text): text
        case .day(let day): DayCount.text(day)
        case .month(let month): DayCount.monthText(month)
        case .year(let year): String(year)
        case .total: "total"
        }
    }
}
