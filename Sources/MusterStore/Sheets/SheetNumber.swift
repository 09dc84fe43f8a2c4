import CSheets

/// The digits of a number as a spreadsheet shows them.
enum SheetNumber {
    /// At most fifteen digits that count, so that 0.1 + 0.2 is 0.3; without an exponent up to
    /// eighteen digits before the point and three zeros behind it, else as a double is printed.
    static func written(_ value: Double) -> String {
        var bytes: [UInt8] = []
        append(value, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The same, behind other texts.
    static func append(_ value: Double, to bytes: inout [UInt8]) {
        guard value != 0, value.isFinite else { return bytes.append(zero) }
        var digits: Int64 = 0, places: CInt = 0
        muster_fifteen_digits(value.magnitude, &digits, &places)
        let count = length(digits)
        let power = count - Int(places)
        if places <= 0 ? power <= 18 : places <= 6 || power > -4 {
            if value < 0 { bytes.append(UInt8(ascii: "-")) }
            return append(digits, count, places: Int(places), to: &bytes)
        }
        // The largest double of all is none once it is rounded.
        let rounded = Double("\(digits)e\(-places)")
        let shown = rounded.flatMap { $0.isFinite ? $0 : nil } ?? value.magnitude
        bytes.append(contentsOf: (value < 0 ? -shown : shown).description.utf8)
    }

    private static let zero = UInt8(ascii: "0")

    private static func length(_ digits: Int64) -> Int {
        var count = 1, power: Int64 = 10
        while digits >= power {
            count += 1
            power *= 10
        }
        return count
    }

    private static func append(_ digits: Int64, _ count: Int, places: Int,
                               to bytes: inout [UInt8]) {
        let padded = max(count, places + 1)
        let start = bytes.count
        bytes.append(contentsOf: repeatElement(zero, count: padded + (places > 0 ? 1 : -places)))
        var rest = digits, place = start + padded - (places > 0 ? 0 : 1)
        for number in 0..<padded {
            if places > 0, number == places {
                bytes[place] = UInt8(ascii: ".")
                place -= 1
            }
            bytes[place] = zero + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
            place -= 1
        }
    }
}
