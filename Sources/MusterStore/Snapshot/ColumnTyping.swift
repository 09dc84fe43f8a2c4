import MusterDiagnostics

/// What nearly all values of a column are, which stayed text because of the others.
package struct MixedColumn: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        case number, day, bool
    }
    package let name: String
    package let kind: Kind
    /// Rows that have a value, and those among them whose value is something else.
    package let rows: Int
    package let odd: Int
    /// The first of the odd values, at most three, with the places of their rows in the file.
    package var examples: [(line: Int, text: String)] {
        zip(lines, texts).map { (line: $0, text: $1) }
    }
    package var lines: [Int]
    package let texts: [String]
}

/// Finds the type that the values of a column have in common.
struct ColumnTyping {
    /// The distinct values, those that no row has any more left out.
    let values: [WrittenValue]
    /// By distinct value: how many rows have it.
    let rows: [Int]
    /// Whether the heading says that these are days, so that eight digits are one.
    let isHeadedDay: Bool

    /// The types that a column can be found to have; none of them: text.
    enum Found: Equatable {
        case bool, day, whole
        case decimal(places: Int)
        case double
    }

    init(_ values: [WrittenValue], rows: [Int], heading: String) {
        self.values = values
        self.rows = rows
        let heading = heading.lowercased()
        isHeadedDay = ["日期", "时间", "年月", "date"].contains { heading.contains($0) }
    }

    private var present: [WrittenValue] {
        zip(values, rows).compactMap { $1 > 0 && $0 != .blank ? $0 : nil }
    }

    func day(_ value: WrittenValue) -> Int32? {
        if case .day(let day) = value { return day }
        return isHeadedDay ? value.packedDay : nil
    }

    /// What all values are that are not blank; nil where they differ, or there is none.
    var found: Found? {
        let present = present
        guard let first = present.first else { return nil }
        if case .bool(_, let pair) = first {
            let isSame = present.allSatisfy { if case .bool(_, pair) = $0 { true } else { false } }
            return isSame ? .bool : nil
        }
        if present.allSatisfy({ day($0) != nil }) { return .day }
        return present.allSatisfy(\.isNumber) ? number(present) : nil
    }

    /// A column writes its whole numbers with a point, or without.
    private func number(_ present: [WrittenValue]) -> Found? {
        var places = 0, hasWhole = false, hasPointed = false, hasDouble = false
        for value in present {
            switch value {
            case .whole: hasWhole = true
            case .pointed: hasPointed = true
            case .decimal(_, let own): places = max(places, own)
            default: hasDouble = true
            }
        }
        if hasWhole && hasPointed { return nil }
        if places == 0, !hasDouble { return hasPointed ? .decimal(places: 1) : .whole }
        if !hasDouble, present.allSatisfy({ Self.scaled($0, places) != nil }) {
            return .decimal(places: places)
        }
        return present.allSatisfy { Self.double($0) != nil } ? .double : nil
    }

    /// The value times 10^places; nil where it does not fit.
    static func scaled(_ value: WrittenValue, _ places: Int) -> Int64? {
        let (digits, own): (Int64, Int)
        switch value {
        case .whole(let whole), .pointed(let whole): (digits, own) = (whole, 0)
        case .decimal(let number, let its): (digits, own) = (number, its)
        default: return nil
        }
        guard own <= places else { return nil }
        var result = digits
        for _ in own..<places {
            let (next, overflow) = result.multipliedReportingOverflow(by: 10)
            if overflow { return nil }
            result = next
        }
        return result == None.integer ? nil : result
    }

    /// The double that is printed as the value is written.
    static func double(_ value: WrittenValue) -> Double? {
        switch value {
        case .number(let double): return double
        case .whole(let whole), .pointed(let whole):
            return whole.magnitude < 1 << 53 ? Double(whole) : nil
        case .decimal(let digits, let places):
            // Below 2⁵³ the quotient is the nearest double, whose shortest digits are these.
            guard digits.magnitude < 1 << 53 else { return nil }
            return Double(digits) / (0..<places).reduce(1.0) { power, _ in power * 10 }
        case .blank, .bool, .day, .text: return nil
        }
    }

    /// From so many rows on, 19 of 20 of which agree, is the rest told as odd.
    private static let fewest = 20

    /// What all but a few of a text column's rows are.
    func nearly() -> (kind: MixedColumn.Kind, rows: Int, odd: [Int])? {
        func is_(_ kind: MixedColumn.Kind, _ value: WrittenValue) -> Bool {
            switch (kind, value) {
            case (.day, _): day(value) != nil
            case (.bool, .bool): true
            case (.number, _): value.isNumber
            default: false
            }
        }
        let all = values.indices.filter { rows[$0] > 0 && values[$0] != .blank }
        let count = all.reduce(0) { $0 + rows[$1] }
        guard count >= Self.fewest else { return nil }
        for kind in [MixedColumn.Kind.day, .number, .bool] {
            let odd = all.filter { !is_(kind, values[$0]) }
            let others = odd.reduce(0) { $0 + rows[$1] }
            if others > 0, others * 20 <= count { return (kind, count, odd) }
        }
        return nil
    }
}
