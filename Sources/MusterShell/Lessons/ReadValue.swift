import MusterCalendar
import MusterDiagnostics
import MusterStore

/// Reads the cells of two results so that what means the same compares as equal: whole numbers,
/// hundredths and decimals, a code by either of its names.
struct CellReading {
    /// English names to Chinese ones, of the codes and totals in either result.
    private let names: [String: String]

    init(_ tables: ResultTable...) {
        var names: [String: String] = [:]
        for table in tables {
            for case .term(let term) in table.cells.joined() { names[term.en] = term.zh }
        }
        self.names = names
    }

    func rows(_ table: ResultTable, totals: Bool = true) -> [ReadRow] {
        (0..<table.rowCount).filter { totals || !table.totalRows.contains($0) }.map { row in
            ReadRow(values: table.cells.map { ReadValue($0[row], names) })
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

    init(_ cell: Cell, _ names: [String: String]) {
        self = switch cell {
        case .none: .none
        case .text(let text): .text(names[text] ?? text)
        case .term(let term): .text(term.zh)
        case .bool(let value): .text(value ? "是" : "否")
        case .integer(let value): .number(Double(value))
        case .hundredths(let value): .number(Double(value) / 100)
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
        switch (a, b) {
        case (.none, _): b != .none
        case (.number(let x), .number(let y)): x < y
        case (.number, .text): true
        case (.text(let x), .text(let y)): x < y
        default: false
        }
    }

    var shown: String {
        switch self {
        case .none: "–"
        case .text(let text): text
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
