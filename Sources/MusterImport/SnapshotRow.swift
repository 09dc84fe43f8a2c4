import MusterStore
import MusterValues

/// One row as a line of JSON, written a value at a time.
struct SnapshotRow {
    private(set) var bytes: [UInt8] = [0x7B]

    mutating func add(_ key: String, _ value: RosterValue) {
        switch value {
        case .text(let text): string(key, text)
        case .day(let day): string(key, CivilDay.text(day))
        case .integer(let value): literal(key, String(value))
        case .hundredths(let value): literal(key, Self.decimal(value))
        case .bool(let value): literal(key, value ? "true" : "false")
        case .number(let written):
            // What JSON cannot carry as a number stays the text that it was.
            if Self.isJSON(written) { literal(key, written) } else { string(key, written) }
        }
    }

    mutating func string(_ key: String, _ text: String) {
        begin(key)
        quote(text)
    }

    mutating func literal(_ key: String, _ text: String) {
        begin(key)
        bytes += text.utf8
    }

    /// The line, with its end.
    func line() -> [UInt8] { bytes + [0x7D, 0x0A] }

    private mutating func begin(_ key: String) {
        if bytes.count > 1 { bytes.append(0x2C) }
        quote(key)
        bytes.append(0x3A)
    }

    private mutating func quote(_ text: String) { JSONText.quote(text.utf8, into: &bytes) }

    private static func decimal(_ hundredths: Int64) -> String {
        let text = FixedPoint.text(hundredths, 2)
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }

    /// A number of at most 15 digits as JSON writes one: longer ones are codes.
    static func isJSON(_ text: String) -> Bool {
        let bare = text.hasPrefix("-") ? text.dropFirst() : text[...]
        let parts = bare.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), bare.utf8.count <= 16,
              parts.allSatisfy({ part in
                  !part.isEmpty && part.utf8.allSatisfy { (48...57).contains($0) }
              }) else { return false }
        return parts[0] == "0" || parts[0].first != "0"
    }
}
