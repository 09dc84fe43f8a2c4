import MusterValues
import MusterStore

/// One row as a JSON object, written a value at a time. Values that are none are left out.
struct RowText: ~Copyable {
    private(set) var bytes: [UInt8] = []

    mutating func begin() {
        bytes.removeAll(keepingCapacity: true)
        bytes.append(0x7B)
    }

    mutating func end() { bytes.append(0x7D) }

    /// The generator's own texts, in which nothing needs an escape.
    mutating func text(_ key: StaticString, _ value: String) {
        begin(key)
        bytes.append(0x22)
        bytes += value.utf8
        bytes.append(0x22)
    }

    mutating func text(_ key: StaticString, _ value: String?) {
        if let value { text(key, value) }
    }

    mutating func day(_ key: StaticString, _ value: Int32?) {
        guard let value else { return }
        begin(key)
        bytes.append(0x22)
        digits(of: value, separator: true)
        bytes.append(0x22)
    }

    mutating func bool(_ key: StaticString, _ value: Bool) {
        begin(key)
        literal(value ? "true" : "false")
    }

    mutating func integer(_ key: StaticString, _ value: Int) {
        begin(key)
        number(value, width: 1)
    }

    /// `325` is written as 3.25, `350` as 3.5, `300` as 3.
    mutating func hundredths(_ key: StaticString, _ value: Int) {
        begin(key)
        number(value / 100, width: 1)
        let rest = value % 100
        guard rest != 0 else { return }
        bytes.append(0x2E)
        if rest % 10 == 0 { number(rest / 10, width: 1) } else { number(rest, width: 2) }
    }

    /// `M00012345`.
    mutating func person(_ key: StaticString, _ number: Int) {
        begin(key)
        literal("\"M")
        self.number(number, width: 8)
        bytes.append(0x22)
    }

    mutating func idNumber(_ key: StaticString, _ value: IdNumber?) {
        guard let value else { return }
        begin(key)
        bytes.append(0x22)
        number(value.area, width: 6)
        digits(of: value.birth, separator: false)
        number(value.sequence, width: 3)
        bytes.append(value.check)
        bytes.append(0x22)
    }

    private mutating func begin(_ key: StaticString) {
        if bytes.count > 1 { bytes.append(0x2C) }
        bytes.append(0x22)
        literal(key)
        literal("\":")
    }

    private mutating func literal(_ text: StaticString) {
        bytes += UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
    }

    private mutating func digits(of day: Int32, separator: Bool) {
        let (year, month, dayOfMonth) = CivilDay.parts(day)
        number(year, width: 4)
        if separator { bytes.append(0x2D) }
        number(month, width: 2)
        if separator { bytes.append(0x2D) }
        number(dayOfMonth, width: 2)
    }

    private mutating func number(_ value: Int, width: Int) {
        var power = 1
        var count = 1
        while count < width || value / power >= 10 {
            power *= 10
            count += 1
        }
        while power > 0 {
            bytes.append(UInt8(truncatingIfNeeded: 0x30 + value / power % 10))
            power /= 10
        }
    }
}
