/// A `numeric` as the server sends it: digits to the base 10,000.
struct PostgresNumeric {
    private let digits: [UInt16]
    /// The power of 10,000 of the first digit.
    private let weight: Int
    private let isNegative: Bool
    private let isNumber: Bool

    /// Nil where the bytes are none.
    init?(_ bytes: UnsafeBufferPointer<UInt8>) {
        func word(_ place: Int) -> UInt16 {
            UInt16(bytes[place * 2]) << 8 | UInt16(bytes[place * 2 + 1])
        }
        guard bytes.count >= 8, bytes.count == 8 + 2 * Int(word(0)) else { return nil }
        weight = Int(Int16(bitPattern: word(1)))
        isNegative = word(2) == 0x4000
        // 0xC000 is NaN, 0xD000 and 0xF000 are the infinities.
        isNumber = word(2) <= 0x4000
        digits = (0..<Int(word(0))).map { word(4 + $0) }
    }

    var isWhole: Bool {
        isNumber && digits.enumerated().allSatisfy { $0 <= weight || $1 == 0 }
    }

    /// The number, where it is a whole one that fits.
    var whole: Int64? {
        guard isWhole else { return nil }
        var value: Int64 = 0
        for place in 0..<max(0, weight + 1) {
            let digit = place < digits.count ? Int64(digits[place]) : 0
            let (scaled, isOver) = value.multipliedReportingOverflow(by: 10_000)
            let (sum, isOverToo) = scaled.subtractingReportingOverflow(digit)
            guard !isOver, !isOverToo else { return nil }
            value = sum
        }
        // Counted downwards, where there is one number more.
        if isNegative { return value }
        return value == .min ? nil : -value
    }

    /// The double nearest to it; not a number where it is none.
    var double: Double {
        guard isNumber else { return .nan }
        let text = digits.reduce(into: isNegative ? "-0" : "0") { text, digit in
            text += String(repeating: "0", count: 4 - String(digit).count) + String(digit)
        }
        return Double(text + "e\(4 * (weight - digits.count + 1))") ?? .nan
    }
}
