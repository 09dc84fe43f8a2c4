import Glibc
import MusterValues

/// What stands in a cell of a workbook or of separated text.
package enum SheetCell: Equatable, Sendable {
    case blank
    case text(String)
    /// A number, and its digits as a spreadsheet shows them in full: at most fifteen that count,
    /// unless the file has a whole number with more, which stands as it was written.
    case number(Double, written: String)
    /// Days since 1970-01-01, by a format that shows days; and whether there is a time of the day.
    case day(Int32, hasTime: Bool)
    case boolean(Bool)
    /// `#N/A`, `#DIV/0!` …
    case error(String)
    /// A formula whose value the file does not keep.
    case unvalued

    /// As it is kept.
    enum Kind: UInt8 {
        case text, number, digits, day, boolean, error, unvalued
    }
}

/// The digits of a number as a spreadsheet shows them.
enum SheetNumber {
    /// At most fifteen digits that count, so that 0.1 + 0.2 is 0.3; without an exponent up to
    /// eighteen digits before the point and six behind it, else as a double is printed.
    static func written(_ value: Double) -> String {
        if value == value.rounded(), value.magnitude < 1e15 { return String(Int64(value)) }
        let (digits, exponent) = fifteen(value.magnitude)
        guard !digits.isEmpty else { return "0" }
        let sign = value < 0 ? "-" : ""
        let places = digits.utf8.count - 1 - exponent
        if places <= 0, exponent < 18 {
            return sign + digits + String(repeating: "0", count: -places)
        }
        if places > 0, places <= 6 {
            let padded = String(repeating: "0", count: max(0, -exponent)) + digits
            let point = padded.index(padded.endIndex, offsetBy: -places)
            return sign + padded[..<point] + "." + padded[point...]
        }
        // The largest double of all is none once it is rounded.
        let rounded = Double(sign + digits + "e\(exponent - digits.utf8.count + 1)")
        return (rounded.flatMap { $0.isFinite ? $0 : nil } ?? value).description
    }

    /// The first fifteen digits, without zeros at their end, and the power of ten of the first.
    private static func fifteen(_ value: Double) -> (String, Int) {
        guard value > 0, value.isFinite else { return ("", 0) }
        var text = [CChar](repeating: 0, count: 40)
        let length = withVaList([value]) { vsnprintf(&text, text.count, "%.14e", $0) }
        let bytes = text[..<Int(length)].map { UInt8(bitPattern: $0) }
        let power = bytes.firstIndex(of: UInt8(ascii: "e")) ?? bytes.endIndex
        var digits = bytes[..<power].filter { (48...57).contains($0) }
        while digits.last == 48 { digits.removeLast() }
        let exponent = Int(String(decoding: bytes[power...].dropFirst(), as: UTF8.self)) ?? 0
        return (String(decoding: digits, as: UTF8.self), exponent)
    }
}
