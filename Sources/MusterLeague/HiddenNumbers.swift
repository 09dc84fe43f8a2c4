import MusterBinding
import MusterDiagnostics
import MusterValues

/// ID numbers wherever they stand in a text, in the shapes in which people and programs write
/// them: 18 characters or the 15 of before 1999, in half or full width, in groups with spaces,
/// hyphens or dots between, as a spreadsheet's rounded power of ten, or as JSON's escapes.
/// (GB 11643: area 6, birth 8, or 6 in the old ones, sequence 3, check 1.)
struct HiddenNumbers {
    /// What may be one: where its characters stand, and its digits in half width.
    fileprivate struct Found {
        var digits: [UInt8] = []
        /// Places among the scalars, by digit; an escape's place is its last.
        var places: [Int] = []
        var isGrouped = false
        /// A power of ten, `1.29e17`.
        var power: Int?

        mutating func add(_ digit: UInt8, _ place: Int) {
            digits.append(digit)
            places.append(place)
        }

        static func + (a: Found, b: Found) -> Found {
            Found(digits: a.digits + b.digits, places: a.places + b.places, isGrouped: true)
        }
    }

    private let scalars: [Unicode.Scalar]
    private var at = 0

    private init(_ text: String) { scalars = Array(text.unicodeScalars) }

    /// Whether the text holds one, by its shape alone.
    @Sendable static func isIn(_ text: String) -> Bool {
        mayHold(text) && all(in: text).contains { $0.isShaped }
    }

    /// The text with every one masked that has the shape of one. For texts that are no data:
    /// messages, logs, rows turned away.
    @Sendable static func maskedByShape(_ text: String) -> String {
        mayHold(text) ? masked(text) { $0.isShaped } : text
    }

    /// The text with every one masked whose digits can be a person's. For values of a table,
    /// where a code of so many digits may be anything else.
    @Sendable static func maskedByBirth(_ text: String) -> String {
        mayHold(text) ? masked(text) { $0.hasBirth } : text
    }

    /// Whether the text is one and nothing else.
    @Sendable static func isOne(_ text: String) -> Bool {
        guard mayHold(text) else { return false }
        let text = text.withoutBlanks
        let found = all(in: text)
        return found.count == 1 && found[0].hasBirth
            && text.unicodeScalars.allSatisfy { digit($0) != nil || isX($0) || isBetween($0) }
    }

    /// A glance: fewer than 15 digits are none, but for a power of ten.
    private static func mayHold(_ text: String) -> Bool {
        var digits = 0, hasPower = false
        for byte in text.utf8 {
            if byte &- 0x30 < 10 || byte == 0xEF { digits += 1 }
            if byte | 0x20 == 0x65 { hasPower = digits > 0 }
        }
        return digits >= 15 || (hasPower && digits >= 3)
    }

    private static func masked(_ text: String, _ hides: (Found) -> Bool) -> String {
        let found = all(in: text).filter(hides)
        guard !found.isEmpty else { return text }
        var scalars = Array(text.unicodeScalars)
        for number in found {
            let hidden = number.power == nil ? number.places.dropLast() : number.places[...]
            for place in hidden { scalars[place] = "*" }
        }
        var result = String.UnicodeScalarView()
        result.append(contentsOf: scalars)
        return String(result)
    }

    private static func all(in text: String) -> [Found] {
        var reader = HiddenNumbers(text)
        var found: [Found] = []
        while reader.at < reader.scalars.count { found += joined(reader.groups()) }
        return found
    }

    /// Groups that stand together, where some of them have the digits of one number.
    private static func joined(_ groups: [Found]) -> [Found] {
        var result: [Found] = []
        var first = 0
        while first < groups.count {
            var whole = groups[first], best: (Found, last: Int)?
            for last in (first + 1)..<max(first + 1, min(groups.count, first + 18)) {
                whole = whole + groups[last]
                if whole.digits.count > 18 { break }
                if [15, 18].contains(whole.digits.count) { best = (whole, last) }
            }
            result.append(best?.0 ?? groups[first])
            first = (best?.last ?? first) + 1
        }
        return result
    }

    // MARK: reading

    /// The groups of digits that begin here, with little between them; none, and one character
    /// further, where there is no digit.
    private mutating func groups() -> [Found] {
        guard digit(at: at) != nil else {
            at += 1
            return []
        }
        var groups = [Found()], count = 0
        while at < scalars.count {
            if let (value, last) = digit(at: at) {
                groups[groups.count - 1].add(value, last)
                count += 1
                at = last + 1
            } else if count >= 14, Self.isX(scalars[at]) {
                groups[groups.count - 1].add(UInt8(ascii: "X") - 0x30, at)
                at += 1
                break
            } else if groups.count == 2, (1...3).contains(groups[0].digits.count),
                      scalars[at] == "e" || scalars[at] == "E", let power = power() {
                var whole = groups.dropFirst().reduce(groups[0], +)
                whole.power = power
                return [whole]
            } else if Self.isBetween(scalars[at]), at + 1 < scalars.count,
                      digit(at: at + 1) != nil || (count >= 14 && Self.isX(scalars[at + 1])) {
                groups.append(Found())
                at += 1
            } else {
                break
            }
        }
        return groups
    }

    /// A digit in half or full width, or as JSON's escape, and where it ends.
    private func digit(at place: Int) -> (value: UInt8, last: Int)? {
        guard place < scalars.count else { return nil }
        if let value = Self.digit(scalars[place]) { return (value, place) }
        guard scalars[place] == "\\", place + 5 < scalars.count, scalars[place + 1] == "u" else {
            return nil
        }
        var code: UInt32 = 0
        for scalar in scalars[(place + 2)...(place + 5)] {
            guard let value = Character(scalar).hexDigitValue else { return nil }
            code = code * 16 + UInt32(value)
        }
        return Unicode.Scalar(code).flatMap(Self.digit).map { ($0, place + 5) }
    }

    /// The exponent that stands here. Spreadsheets write one behind digits with a point between
    /// them, and nothing behind it: `123E14AC` is part of some other name.
    private mutating func power() -> Int? {
        var next = at + 1
        if next < scalars.count, scalars[next] == "+" { next += 1 }
        var value = 0, end = next
        while end < scalars.count, end < next + 3, let digit = Self.digit(scalars[end]) {
            value = value * 10 + Int(digit)
            end += 1
        }
        let isPartOfName = end < scalars.count && scalars[end].isASCII
            && scalars[end].properties.isAlphabetic
        guard end > next, !isPartOfName else { return nil }
        at = end
        return value
    }

    private static func digit(_ scalar: Unicode.Scalar) -> UInt8? {
        switch scalar.value {
        case 0x30...0x39: UInt8(scalar.value - 0x30)
        case 0xFF10...0xFF19: UInt8(scalar.value - 0xFF10)
        default: nil
        }
    }

    private static func isX(_ scalar: Unicode.Scalar) -> Bool {
        [0x58, 0x78, 0xFF38, 0xFF58].contains(scalar.value)
    }

    /// What people put between groups of digits, or do not know to be there.
    private static func isBetween(_ scalar: Unicode.Scalar) -> Bool {
        [" ", "\u{A0}", "\u{3000}", "-", "\u{2010}", "\u{2011}", "\u{2013}", "\u{2014}", "\u{FF0D}",
         ".", "\u{B7}", "_"].contains(scalar) || (scalar.value > 0x9F && scalar.isHidden)
    }
}

extension HiddenNumbers.Found {
    /// 15 or 18 characters, or several such standing together. (19 digits are the program's own
    /// greatest number.)
    fileprivate var isShaped: Bool {
        if let power { return (14...18).contains(power) }
        if isGrouped { return digits.count == 15 || digits.count == 18 }
        return digits.count == 15 || digits.count == 18 || digits.count > 19
    }

    /// Shaped so, with a day of birth where one stands.
    fileprivate var hasBirth: Bool {
        guard power == nil, digits.count == 15 || digits.count == 18 else { return false }
        func number(_ range: Range<Int>) -> Int { digits[range].reduce(0) { $0 * 10 + Int($1) } }
        let isOld = digits.count == 15
        let year = isOld ? 1900 + number(6..<8) : number(6..<10)
        let month = isOld ? number(8..<10) : number(10..<12)
        let day = isOld ? number(10..<12) : number(12..<14)
        return (11...82).contains(number(0..<2)) && year >= 1880 && year < 2100
            && CivilDay.number(year, month, day) != nil
    }
}
