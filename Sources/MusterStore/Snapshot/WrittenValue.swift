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
    private static let words: [UInt64: WrittenValue] = {
        var words: [UInt64: WrittenValue] = [:]
        func add(_ word: String, _ value: WrittenValue) { words[packed(word.utf8)] = value }
        for blank in blanks { add(blank, .blank) }
        for (number, pair) in pairs.enumerated() {
            add(pair.yes, .bool(true, pair: number))
            add(pair.no, .bool(false, pair: number))
        }
        return words
    }()
    /// Up to seven bytes, none of them 0, in one number.
    private static func packed(_ bytes: some Sequence<UInt8>) -> UInt64 {
        bytes.reduce(0) { $0 << 8 | UInt64($1) }
    }

    init(_ text: String) {
        var text = text
        self = text.withUTF8 { WrittenValue($0) }
    }

    /// A text in UTF-8.
    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let first = bytes.first else { self = .blank; return }
        if !Self.isDigit(first) {
            if bytes.count <= 6, let known = Self.words[Self.packed(bytes)] { self = known; return }
            if Self.mayBeBlank(first), String(decoding: bytes, as: UTF8.self).isBlank {
                self = .blank
                return
            }
        }
        self = Self.number(bytes) ?? Self.day(bytes).map { .day($0) } ?? .text
    }

    /// A number of JSON, by the same rule.
    init(number text: String) {
        var text = text
        self = text.withUTF8 { WrittenValue(number: $0) }
    }

    init(number bytes: UnsafeBufferPointer<UInt8>) { self = Self.number(bytes) ?? .text }

    /// A text of JSON, which has numbers and booleans of its own.
    init(quoted bytes: UnsafeBufferPointer<UInt8>) {
        switch WrittenValue(bytes) {
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

    /// By the first byte: blanks are controls, spaces and what begins with one of these.
    private static func mayBeBlank(_ byte: UInt8) -> Bool {
        byte <= 0x20 || byte >= 0x7F && !(0xE4...0xE9).contains(byte)
    }

    private static func number(_ bytes: UnsafeBufferPointer<UInt8>) -> WrittenValue? {
        let isNegative = bytes.first == UInt8(ascii: "-")
        let start = isNegative ? 1 : 0
        guard start < bytes.count, isDigit(bytes[start]) else { return nil }
        var point = start
        while point < bytes.count, isDigit(bytes[point]) { point += 1 }
        let whole = point - start, isZero = bytes[start] == 48
        if isZero, whole > 1 { return nil }
        let sign: Int64 = isNegative ? -1 : 1
        if point == bytes.count {
            guard whole <= 18, !isNegative || !isZero else { return nil }
            return .whole(sign * value(of: bytes[start...]))
        }
        let places = bytes.count - point - 1, last = bytes[bytes.count - 1]
        guard bytes[point] == UInt8(ascii: "."), places > 0,
              bytes[(point + 1)...].allSatisfy(isDigit) else { return printed(bytes) }
        if places == 1, last == 48 {
            guard whole <= 15, !isNegative || !isZero else { return nil }
            return .pointed(sign * value(of: bytes[start..<point]))
        }
        guard last != 48 else { return nil }
        let digits = whole + places
        guard places > 6 || digits > 18 else {
            let number = value(of: bytes[start..<point]) * power(places)
            return .decimal(sign * (number + value(of: bytes[(point + 1)...])), places: places)
        }
        guard digits <= 15 || (isZero && digits <= 16), places <= 18,
              !isZero || places < 4 || bytes[(point + 1)...].prefix(3).contains(where: { $0 != 48 })
        else { return printed(bytes) }
        return .number(Double(sign) * quotient(bytes, start, point, places))
    }

    /// At most fifteen digits that count, and three zeros before them, are printed as they are
    /// written: the double that is nearest to them is nearest to no other such number, and, of
    /// integers below 2⁵³ and powers of ten up to 10²², the quotient is that double.
    private static func quotient(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ point: Int,
                                 _ places: Int) -> Double {
        let digits = value(of: bytes[start..<point]) * power(places)
            + value(of: bytes[(point + 1)...])
        return Double(digits) / Double(power(places))
    }

    private static func power(_ places: Int) -> Int64 {
        (0..<places).reduce(1) { power, _ in power * 10 }
    }

    /// A double that is printed just so: digits, a point, an exponent.
    private static func printed(_ bytes: UnsafeBufferPointer<UInt8>) -> WrittenValue? {
        guard bytes.allSatisfy({ isDigit($0) || [0x2B, 0x2D, 0x2E, 0x65].contains($0) }) else {
            return nil
        }
        let text = String(decoding: bytes, as: UTF8.self)
        guard let value = Double(text), value.isFinite, value != 0, value.description == text else {
            return nil
        }
        return .number(value)
    }

    private static func value(of digits: some Sequence<UInt8>) -> Int64 {
        digits.reduce(0) { $0 * 10 + Int64($1 - 48) }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte &- 48 < 10 }

    /// `2015-6-3`, `2015/6/3`, `2015.6.3`, `2015年6月3日`, and a midnight behind it.
    private static func day(_ bytes: UnsafeBufferPointer<UInt8>) -> Int32? {
        guard let (day, end) = leadingDay(bytes) else { return nil }
        if end == bytes.count { return day }
        guard let parts = clock(bytes[end...]), parts[0].count <= 2, parts[1].count == 2 else {
            return nil
        }
        let isMidnight = parts.allSatisfy { part in
            part.first == 48 && part.allSatisfy { $0 == 48 || $0 == UInt8(ascii: ".") }
        }
        return isMidnight ? day : nil
    }

    /// The hours, minutes and perhaps seconds behind a day; nil where there is no time.
    static func clock(_ text: Slice<UnsafeBufferPointer<UInt8>>)
        -> [Slice<UnsafeBufferPointer<UInt8>>]? {
        guard text.first == 32 || text.first == UInt8(ascii: "T") else { return nil }
        let parts = text.dropFirst().drop { $0 == 32 }
            .split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        let isTime = (2...3).contains(parts.count) && parts.allSatisfy { part in
            !part.isEmpty && part.allSatisfy { isDigit($0) || $0 == UInt8(ascii: ".") }
        }
        return isTime ? parts : nil
    }

    /// What stands behind year, month and day, as a day is written.
    private static let marks: [[[UInt8]]] = [
        [[45], [45], []], [[47], [47], []], [[46], [46], []],
        ["年", "月", "日"].map { Array($0.utf8) },
    ]

    /// A day, and where it ends.
    static func leadingDay(_ bytes: UnsafeBufferPointer<UInt8>) -> (Int32, end: Int)? {
        guard bytes.count >= 8, bytes[..<4].allSatisfy(isDigit),
              let mark = marks.first(where: { $0[0][0] == bytes[4] }) else { return nil }
        var at = 0, parts: [Int] = []
        for (end, longest) in zip(mark, [4, 2, 2]) {
            var number = 0
            let first = at
            while at < bytes.count, at < first + longest, isDigit(bytes[at]) {
                number = number * 10 + Int(bytes[at] - 48)
                at += 1
            }
            guard at > first, bytes[at...].starts(with: end) else { return nil }
            parts.append(number)
            at += end.count
        }
        guard parts[0] >= 1000, let day = CivilDay.number(parts[0], parts[1], parts[2]) else {
            return nil
        }
        return (day, at)
    }
}
