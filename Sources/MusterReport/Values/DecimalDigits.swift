/// A number as decimal digits: 0.d₁d₂d₃… × 10^point, with its sign. Doubles enter by their
/// shortest round-trip digits, so that 209/400 is exactly 0.5225 and rounds as on paper.
struct DecimalDigits {
    fileprivate(set) var isNegative: Bool
    /// 0…9, without leading or trailing zeros; empty for zero.
    private(set) var digits: [UInt8]
    /// How many of the digits stand before the decimal point; may be negative or exceed them.
    private(set) var point: Int

    init(_ value: Int64) { self.init(integer: value, scale: 0) }

    /// So many units of the last of its places.
    init(_ value: Int64, places: Int) { self.init(integer: value, scale: places) }

    private init(integer: Int64, scale: Int) {
        let digits = String(integer.magnitude).utf8.map { $0 - 48 }
        self.init(isNegative: integer < 0, digits: digits, point: digits.count - scale)
    }

    /// Nil for infinities and not-a-number.
    init?(_ value: Double) {
        guard value.isFinite else { return nil }
        var digits: [UInt8] = []
        var point: Int?
        var exponent = 0, exponentSign = 1, inExponent = false
        for byte in value.description.utf8 {
            switch byte {
            case UInt8(ascii: "."): point = digits.count
            case UInt8(ascii: "e"): inExponent = true
            case UInt8(ascii: "-") where inExponent: exponentSign = -1
            case 48...57 where inExponent: exponent = exponent * 10 + Int(byte - 48)
            case 48...57: digits.append(byte - 48)
            default: break
            }
        }
        self.init(isNegative: value < 0, digits: digits,
                  point: (point ?? digits.count) + exponentSign * exponent)
    }

    private init(isNegative: Bool, digits: [UInt8], point: Int) {
        let zeros = digits.prefix { $0 == 0 }.count
        self.digits = Array(digits.dropFirst(zeros))
        self.point = point - zeros
        self.isNegative = isNegative
        while self.digits.last == 0 { self.digits.removeLast() }
        if self.digits.isEmpty { (self.point, self.isNegative) = (0, false) }
    }

    var isZero: Bool { digits.isEmpty }

    /// Digits behind the decimal point that it takes to write the number in full.
    var decimals: Int { max(0, digits.count - point) }

    /// The number × 10^places.
    func shifted(_ places: Int) -> DecimalDigits {
        isZero ? self : DecimalDigits(isNegative: isNegative, digits: digits, point: point + places)
    }

    /// One unit of the last of so many digits behind the point more or less than the number
    /// rounded to them; the number itself where that is beyond 64 bits.
    func rounded(_ places: Int, plus units: Int64) -> DecimalDigits {
        guard let whole = Int64(shifted(places).text(0)), whole.magnitude < 1 << 62 else {
            return self
        }
        return DecimalDigits(whole + units).shifted(-places)
    }

    /// Rounded to so many digits behind the point, half away from zero.
    func rounded(_ places: Int) -> DecimalDigits {
        let kept = point + places
        guard kept < digits.count else { return self }
        guard kept >= 0 else { return DecimalDigits(0) }
        var result = Array(digits.prefix(kept))
        var point = point
        if digits[kept] >= 5 {
            var index = kept - 1
            while index >= 0, result[index] == 9 { result[index] = 0; index -= 1 }
            if index >= 0 {
                result[index] += 1
            } else {
                result.insert(1, at: 0)
                point += 1
            }
        }
        return DecimalDigits(isNegative: isNegative, digits: result, point: point)
    }

}

extension DecimalDigits: Comparable {
    static func < (a: DecimalDigits, b: DecimalDigits) -> Bool {
        if a.isNegative != b.isNegative { return a.isNegative }
        let isSmaller = a.isZero || b.isZero ? a.isZero && !b.isZero
            : a.point != b.point ? a.point < b.point
            : a.digits.lexicographicallyPrecedes(b.digits)
        return a.isNegative ? a != b && !isSmaller : isSmaller
    }
}

extension DecimalDigits {
    /// Written out, rounded to and padded with zeros to so many digits behind the point.
    func text(_ places: Int, withPlus: Bool = false) -> String {
        let value = rounded(places)
        var text = value.isNegative ? "-" : withPlus && !value.isZero ? "+" : ""
        func digit(_ index: Int) -> Character {
            guard value.digits.indices.contains(index) else { return "0" }
            return Character(Unicode.Scalar(48 + value.digits[index]))
        }
        if value.point <= 0 { text.append("0") }
        for index in 0..<max(0, value.point) { text.append(digit(index)) }
        if places > 0 { text.append(".") }
        for index in 0..<max(0, places) { text.append(digit(value.point + index)) }
        return text
    }
}
