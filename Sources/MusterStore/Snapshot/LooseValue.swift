import MusterDiagnostics
import MusterValues

/// Values as people write them, where somebody asked for the type: wider than what a file's
/// column must be for it to have a type of its own.
package enum LooseValue {
    /// Any form of a day, with any time behind it, or eight digits; nil where it is none.
    package static func day(_ text: String) -> Int32? {
        var text = Heading.folded(text)
        return text.withUTF8 { bytes in
            if let (day, end) = WrittenValue.leadingDay(bytes) {
                return end == bytes.count || WrittenValue.clock(bytes[end...]) != nil ? day : nil
            }
            return bytes.count == 8 ? WrittenValue(bytes).packedDay : nil
        }
    }

    /// A number however many zeros it has, with thousands separators, a sign, a percent sign, an
    /// exponent, or in full width; nil where it is none.
    package static func number(_ text: String) -> Double? {
        guard let written = written(text) else { return nil }
        switch written {
        case .whole(let whole): return Double(whole)
        case .number(let double): return double
        default: return ColumnTyping.double(written) ?? Double(ungrouped(text))
        }
    }

    static func written(_ text: String) -> WrittenValue? {
        var text = ungrouped(text)
        var places = 0
        if text.hasSuffix("%") { (text, places) = (String(text.dropLast()), 2) }
        guard let double = Double(text), double.isFinite,
              text.utf8.allSatisfy({ (48...57).contains($0) || [43, 45, 46, 69, 101].contains($0) })
        else { return nil }
        if text.hasPrefix("+") { text.removeFirst() }
        let shape = WrittenValue(number: plain(text))
        switch (places, shape) {
        case (0, .text): return .number(double)
        case (0, .pointed(let whole)): return .whole(whole)
        case (0, _): return shape
        case (_, .whole(let whole)), (_, .pointed(let whole)):
            return WrittenValue(number: plain(FixedPoint.text(whole, 2)))
        case (_, .decimal(let digits, let own)):
            return WrittenValue(number: plain(FixedPoint.text(digits, own + 2)))
        default: return .number(double / 100)
        }
    }

    /// Without thousands separators where they group by three: `1,234,567.5`.
    private static func ungrouped(_ text: String) -> String {
        let text = Heading.folded(text)
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        guard parts.count > 1 else { return text }
        let lead = parts[0].drop { $0 == "-" || $0 == "+" }
        let tail = parts[parts.count - 1].prefix { $0.isNumber }
        let middle = parts.dropFirst().dropLast() + [tail]
        guard (1...3).contains(lead.utf8.count), middle.allSatisfy({ $0.utf8.count == 3 }) else {
            return text
        }
        return parts.joined()
    }

    /// Without zeros that say nothing: `007` is 7, `1.10` is 1.1, `-0` is 0.
    private static func plain(_ text: String) -> String {
        let isNegative = text.hasPrefix("-")
        var digits = Substring(text).drop { $0 == "-" }
        guard digits.utf8.allSatisfy({ (48...57).contains($0) || $0 == 46 }) else { return text }
        digits = digits.drop { $0 == "0" }
        if digits.contains(".") {
            while digits.last == "0" { digits.removeLast() }
            if digits.last == "." { digits.removeLast() }
        }
        if digits.isEmpty { return "0" }
        return (isNegative ? "-" : "") + (digits.first == "." ? "0" : "") + digits
    }

    /// Whether a text says that there is nothing.
    package static func isBlank(_ text: String) -> Bool { WrittenValue(text) == .blank }

    private static let yes: Set<String> = ["true", "是", "y", "yes", "√", "✓", "1", "有"]
    private static let no: Set<String> = ["false", "否", "n", "no", "×", "✗", "0", "无"]

    /// Yes or no by any of the usual words.
    package static func bool(_ text: String) -> Bool? {
        let word = Heading.folded(text).lowercased()
        return yes.contains(word) ? true : no.contains(word) ? false : nil
    }
}
