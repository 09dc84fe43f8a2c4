/// What all values of a column are, where that is known without looking at rows.
package enum PlainKind: Sendable, Hashable {
    case truth, day, whole, double, text
    case decimal(places: Int)

    var isExact: Bool {
        switch self {
        case .whole, .decimal: true
        default: false
        }
    }

    var isNumber: Bool {
        switch self {
        case .whole, .decimal, .double: true
        default: false
        }
    }

    /// Whether values of both may be looked up in one another.
    func meets(_ other: PlainKind) -> Bool { self == other || isNumber && other.isNumber }
}

/// One reading of a cell's text. A number is one only where printing it gives that very text.
enum PlainReading {
    case nothing, word
    case truth(Bool, pair: Int)
    case day(Int)
    /// A whole number; `pointed` where it was written `14.0`.
    case whole(Int, pointed: Bool)
    case decimal(Int, places: Int)
    case double(Double)

    private static let pairs = [("true", "false"), ("TRUE", "FALSE"), ("是", "否"), ("Y", "N"),
                                ("√", "×")]

    /// What stands in a cell of csv.
    init(_ text: String) {
        self = PlainReading.quoted(text)
        guard case .word = self else { return }
        for (number, pair) in PlainReading.pairs.enumerated() {
            if PlainReading.isSame(text, pair.0) { self = .truth(true, pair: number) }
            if PlainReading.isSame(text, pair.1) { self = .truth(false, pair: number) }
        }
        if case .word = self, let number = PlainReading.number(text) { self = number }
    }

    /// A text of JSON, which writes its numbers and booleans bare.
    static func quoted(_ text: String) -> PlainReading {
        if text.allSatisfy({ $0 == " " }) { return .nothing }
        if ["-", "—", "/", "无", "NA", "NULL"].contains(where: { isSame(text, $0) }) {
            return .nothing
        }
        return day(text).map { .day($0) } ?? .word
    }

    /// Texts are equal where their code points are.
    static func isSame(_ a: String, _ b: String) -> Bool { a.utf8.elementsEqual(b.utf8) }

    // MARK: numbers

    static func number(_ text: String) -> PlainReading? {
        if let whole = Int(text), isSame(String(whole), text) {
            return text.filter(\.isNumber).count < 19 ? .whole(whole, pointed: false) : nil
        }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        if parts.count == 2, (1...6).contains(parts[1].count),
           let value = Int(parts[0] + parts[1]) {
            if parts[1] == "0", isSame("\(value / 10).0", text) {
                return .whole(value / 10, pointed: true)
            }
            if parts[1].last != "0", isSame(printed(value, places: parts[1].count), text) {
                return .decimal(value, places: parts[1].count)
            }
        }
        guard let double = Double(text), double.isFinite, isSame("\(double)", text) else {
            return nil
        }
        return .double(double)
    }

    /// A whole number of the last place as a decimal with all its places.
    static func printed(_ value: Int, places: Int) -> String {
        let digits = String(value.magnitude)
        let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
        let point = places == 0 ? "" : "." + padded.suffix(places)
        return (value < 0 ? "-" : "") + padded.dropLast(places) + point
    }

    /// With one place at least and no zeros behind that.
    static func shortest(_ value: Int, places: Int) -> String {
        var text = Substring(printed(value, places: places))
        while text.hasSuffix("0"), !text.hasSuffix(".0") { text = text.dropLast() }
        return String(text)
    }

    // MARK: days

    private static func day(_ text: String) -> Int? {
        for midnight in [" 0:00", " 0:00:00", " 00:00", " 00:00:00", "T00:00:00"]
        where text.hasSuffix(midnight) {
            return bareDay(String(text.dropLast(midnight.count)))
        }
        return bareDay(text)
    }

    private static func bareDay(_ text: String) -> Int? {
        if text.hasSuffix("日") {
            let marks = text.filter { "年月日".contains($0) }
            guard marks == "年月日" else { return nil }
            return day(text.split(whereSeparator: { "年月日".contains($0) }))
        }
        for mark: Character in ["-", "/", "."] where text.contains(mark) {
            return day(text.split(separator: mark, omittingEmptySubsequences: false))
        }
        return nil
    }

    private static func day(_ parts: [Substring]) -> Int? {
        guard parts.count == 3, parts[0].utf8.count == 4,
              parts[1...].allSatisfy({ (1...2).contains($0.utf8.count) }),
              parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } })
        else { return nil }
        let numbers = parts.compactMap { Int($0) }
        guard numbers.count == 3 else { return nil }
        return DayCount.read(numbers.map(String.init).joined(separator: "-"))
    }

    /// `20150603` under a heading that speaks of days.
    static func packed(_ value: Int) -> Int? {
        guard (19_000_000...29_999_999).contains(value) else { return nil }
        return DayCount.read("\(value / 10_000)-\(value / 100 % 100)-\(value % 100)")
    }
}
