import MusterValues

/// What a text of a file is the value of. A number is one only where it is written as it would be
/// printed: `007`, `1E2`, `1.10`, `+5` and whole numbers of nineteen and more digits are texts.
enum WrittenValue: Equatable {
    /// Nothing, `-`, `—`, `/`, `无`, `NA`, `NULL`.
    case blank
    /// With the pair of words that it is one of: those of a column must be of one pair.
    case bool(Bool, pair: Int)
    case whole(Int64)
    /// A whole number written with a point: `14.0`.
    case pointed(Int64)
    /// One to six places behind the point, the last no zero: 2.5 is 25 and 1.
    case decimal(Int64, places: Int)
    /// Whatever else a double prints as it is written.
    case number(Double)
    case day(Int32)
    case text

    private static let blanks: Set<String> = ["-", "—", "——", "－", "/", "／", "无", "NA", "N/A",
                                              "NULL", "null"]
    private static let pairs: [(yes: String, no: String)] = [
        ("true", "false"), ("TRUE", "FALSE"), ("True", "False"), ("是", "否"), ("Y", "N"),
        ("y", "n"), ("√", "×"), ("✓", "✗"),
    ]
    private static let words: [String: WrittenValue] = {
        var words: [String: WrittenValue] = [:]
        for blank in blanks { words[blank] = .blank }
        for (number, pair) in pairs.enumerated() {
            words[pair.yes] = .bool(true, pair: number)
            words[pair.no] = .bool(false, pair: number)
        }
        return words
    }()

    init(_ text: String) {
        let bytes = Array(text.utf8)
        if bytes.isEmpty || text.allSatisfy(\.isWhitespace) { self = .blank; return }
        if bytes.count <= 6, let known = Self.words[text] { self = known; return }
        self = Self.number(bytes, text) ?? Self.day(bytes).map { .day($0) } ?? .text
    }

    /// A number of JSON, by the same rule.
    init(number text: String) { self = Self.number(Array(text.utf8), text) ?? .text }

    /// A text of JSON, which has numbers and booleans of its own.
    init(quoted text: String) {
        switch WrittenValue(text) {
        case .blank: self = .blank
        case .day(let day): self = .day(day)
        default: self = .text
        }
    }

    var isNumber: Bool {
        switch self {
        case .whole, .pointed, .decimal, .number: true
        case .blank, .bool, .day, .text: false
        }
    }

    /// `20150603` as a day.
    var packedDay: Int32? {
        guard case .whole(let value) = self, (10_000_101...99_991_231).contains(value) else {
            return nil
        }
        let number = Int(value)
        return CivilDay.number(number / 10_000, number / 100 % 100, number % 100)
    }

    // MARK: Reading

    private static func number(_ bytes: [UInt8], _ text: String) -> WrittenValue? {
        let isNegative = bytes[0] == UInt8(ascii: "-")
        let digits = bytes.dropFirst(isNegative ? 1 : 0)
        guard let first = digits.first, isDigit(first) else { return nil }
        let whole = digits.prefix(while: isDigit)
        if first == 48, whole.count > 1 { return nil }
        let rest = digits.dropFirst(whole.count)
        let sign: Int64 = isNegative ? -1 : 1
        if rest.isEmpty {
            guard whole.count <= 18, !isNegative || first != 48 else { return nil }
            return .whole(sign * value(of: whole))
        }
        let places = rest.dropFirst()
        guard rest.first == UInt8(ascii: "."), let last = places.last,
              places.allSatisfy(isDigit) else { return printed(text) }
        if places.count == 1, last == 48 {
            guard whole.count <= 15, !isNegative || first != 48 else { return nil }
            return .pointed(sign * value(of: whole))
        }
        guard last != 48 else { return nil }
        guard places.count <= 6, whole.count + places.count <= 18 else { return printed(text) }
        return .decimal(sign * value(of: whole + places), places: places.count)
    }

    /// A double that is printed just so.
    private static func printed(_ text: String) -> WrittenValue? {
        guard let value = Double(text), value.isFinite, value != 0, value.description == text else {
            return nil
        }
        return .number(value)
    }

    private static func value(of digits: some Sequence<UInt8>) -> Int64 {
        digits.reduce(0) { $0 * 10 + Int64($1 - 48) }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

    /// `2015-6-3`, `2015/6/3`, `2015.6.3`, `2015年6月3日`, and a midnight behind it.
    private static func day(_ bytes: [UInt8]) -> Int32? {
        guard let (day, rest) = leadingDay(bytes) else { return nil }
        if rest.isEmpty { return day }
        guard let parts = clock(rest), parts[0].count <= 2, parts[1].count == 2 else { return nil }
        let isMidnight = parts.allSatisfy { part in
            part.first == 48 && part.allSatisfy { $0 == 48 || $0 == UInt8(ascii: ".") }
        }
        return isMidnight ? day : nil
    }

    /// The hours, minutes and perhaps seconds behind a day; nil where there is no time.
    static func clock(_ text: ArraySlice<UInt8>) -> [ArraySlice<UInt8>]? {
        guard text.first == 32 || text.first == UInt8(ascii: "T") else { return nil }
        let parts = text.dropFirst().drop { $0 == 32 }
            .split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        let isTime = (2...3).contains(parts.count) && parts.allSatisfy { part in
            !part.isEmpty && part.allSatisfy { isDigit($0) || $0 == UInt8(ascii: ".") }
        }
        return isTime ? parts : nil
    }

    /// A day, and what stands behind it.
    static func leadingDay(_ bytes: [UInt8]) -> (Int32, ArraySlice<UInt8>)? {
        guard bytes.count >= 8 else { return nil }
        let marks: [[[UInt8]]] = [
            [[45], [45], []], [[47], [47], []], [[46], [46], []],
            ["年", "月", "日"].map { Array($0.utf8) },
        ]
        for mark in marks {
            var rest = bytes[...], parts: [Int] = []
            for (end, longest) in zip(mark, [4, 2, 2]) {
                let digits = rest.prefix(while: isDigit)
                guard (1...longest).contains(digits.count), longest == 2 || digits.count == 4,
                      rest.dropFirst(digits.count).starts(with: end) else { break }
                parts.append(Int(value(of: digits)))
                rest = rest.dropFirst(digits.count + end.count)
            }
            if parts.count == 3, parts[0] >= 1000 {
                return CivilDay.number(parts[0], parts[1], parts[2]).map { ($0, rest) }
            }
        }
        return nil
    }
}
