import MusterValues
import MusterDiagnostics
import MusterStore

/// Reads the cells of two results so that what means the same compares as equal: whole numbers,
/// hundredths and decimals, a code by either of its names.
struct CellReading {
    /// The codes, labels and totals by both of their names; those of the first result go first,
    /// so that a label written in one language only is that label.
    private let terms: [String: Term]

    init(_ tables: ResultTable...) {
        var terms: [String: Term] = [:]
        for table in tables {
            for case .term(let term) in table.cells.joined() {
                for name in [term.en, term.zh] where terms[name] == nil { terms[name] = term }
            }
        }
        self.terms = terms
    }

    func rows(_ table: ResultTable, totals: Bool = true) -> [ReadRow] {
        (0..<table.rowCount).filter { totals || table.isOrdinary($0) }.map { row in
            ReadRow(values: table.cells.map { ReadValue($0[row], terms) })
        }
    }
}

/// One row of values to be compared.
struct ReadRow: Comparable {
    let values: [ReadValue]

    func isEqual(_ other: ReadRow) -> Bool {
        values.count == other.values.count
            && zip(values, other.values).allSatisfy { $0.isEqual($1) }
    }

    func prefix(_ count: Int) -> ReadRow { ReadRow(values: Array(values.prefix(count))) }

    /// The same rows, each as often, in any order.
    static func isSame(_ a: [ReadRow], _ b: [ReadRow]) -> Bool {
        a.count == b.count && isPart(a[...], of: b[...])
    }

    /// Each of these is one of those, and as often.
    static func isPart(_ some: ArraySlice<ReadRow>, of all: ArraySlice<ReadRow>) -> Bool {
        guard some.count <= all.count else { return false }
        var rest = all.sorted()[...]
        return some.sorted().allSatisfy { row in
            guard let place = rest.firstIndex(where: { $0.isEqual(row) }) else { return false }
            rest = rest[(place + 1)...]
            return true
        }
    }

    static func < (a: ReadRow, b: ReadRow) -> Bool {
        for (x, y) in zip(a.values, b.values) where !x.isEqual(y) { return x < y }
        return a.values.count < b.values.count
    }
}

/// A value without the form that it is shown in.
enum ReadValue: Hashable {
    case none
    case number(Double)
    case text(String)
    case term(Term)

    init(_ cell: Cell, _ terms: [String: Term]) {
        self = switch cell {
        case .none: .none
        case .text(let text), .own(let text): terms[text].map { .term($0) } ?? .text(text)
        case .term(let term): .term(terms[term.zh] ?? terms[term.en] ?? term)
        case .bool(let value): .term(value ? Term("yes", "是") : Term("no", "否"))
        case .integer(let value): .number(Double(value))
        case .decimal(let value, let places): .number(FixedPoint.double(value, places))
        case .number(let value): .number(value)
        case .day(let day): .text(CivilDay.text(day))
        case .month(let month): .text(Self.month(month))
        case .year(let year): .number(Double(year))
        }
    }

    func isEqual(_ other: ReadValue) -> Bool {
        guard case .number(let a) = self, case .number(let b) = other else { return self == other }
        return a == b || abs(a - b) <= 1e-9 * max(abs(a), abs(b))
    }

    static func < (a: ReadValue, b: ReadValue) -> Bool {
        if case .number(let x) = a, case .number(let y) = b { return x < y }
        return a.kind == b.kind ? a.shown(.zh) < b.shown(.zh) : a.kind < b.kind
    }

    private var kind: Int {
        switch self {
        case .none: 0
        case .number: 1
        case .text, .term: 2
        }
    }

    func shown(_ language: Language) -> String {
        switch self {
        case .none: Message(zh: "（空）", en: "(none)")[language]
        case .text(let text): text
        case .term(let term): term[language]
        case .number(let value):
            if let whole = Int64(exactly: value) { "\(whole)" } else {
                "\((value * 10_000).rounded() / 10_000)"
            }
        }
    }

    private static func month(_ month: Int32) -> String {
        let number = month % 12 + 1
        return "\(month / 12)-\(number < 10 ? "0" : "")\(number)"
    }
}
