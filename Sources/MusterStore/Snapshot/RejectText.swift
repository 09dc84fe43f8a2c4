/// The row of a reject as it may be shown: values of fields that are hidden, by the schema or by
/// what they are called, and whatever else may not be shown, masked to their last character; cut
/// to 500 bytes between two characters.
struct RejectText {
    static let longest = 500
    /// How much of a row is looked at; masking never makes a text shorter than a quarter.
    private static let window = 4 * longest

    private let bytes: UnsafeBufferPointer<UInt8>
    private let isHidden: (String) -> Bool
    private let discretion: Discretion
    private var at = 0
    private var masked: [UInt8] = []

    /// - Parameter isHidden: whether a field's value must not be shown, by its name.
    static func masked(_ row: UnsafeBufferPointer<UInt8>, _ discretion: Discretion,
                       isHidden: @escaping (String) -> Bool) -> String {
        var text = RejectText(row, discretion, isHidden)
        text.maskFields()
        return text.finished()
    }

    private init(_ row: UnsafeBufferPointer<UInt8>, _ discretion: Discretion,
                 _ isHidden: @escaping (String) -> Bool) {
        self.discretion = discretion
        bytes = UnsafeBufferPointer(rebasing: row[..<min(row.count, Self.window)])
        self.isHidden = isHidden
        masked.reserveCapacity(bytes.count)
    }

    private static let quote = UInt8(ascii: "\""), backslash = UInt8(ascii: "\\")
    private static let star = UInt8(ascii: "*"), colon = UInt8(ascii: ":")

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (9...13).contains(byte) }

    /// Copies the row, and what follows the name of a sensitive field as stars.
    private mutating func maskFields() {
        while at < bytes.count {
            guard bytes[at] == Self.quote else {
                masked.append(bytes[at])
                at += 1
                continue
            }
            let inside = at + 1
            let end = endOfString(from: inside)
            masked.append(contentsOf: bytes[at..<min(end + 1, bytes.count)])
            at = min(end + 1, bytes.count)
            let key = String(decoding: bytes[inside..<end], as: UTF8.self)
            guard isHidden(key), skipColon() else { continue }
            maskValue()
        }
    }

    /// The offset of the closing quote, or the end of the text.
    private func endOfString(from start: Int) -> Int {
        var end = start
        while end < bytes.count, bytes[end] != Self.quote {
            end += bytes[end] == Self.backslash ? 2 : 1
        }
        return min(end, bytes.count)
    }

    private mutating func skipColon() -> Bool {
        var next = at
        while next < bytes.count, Self.isSpace(bytes[next]) { next += 1 }
        guard next < bytes.count, bytes[next] == Self.colon else { return false }
        next += 1
        while next < bytes.count, Self.isSpace(bytes[next]) { next += 1 }
        masked.append(contentsOf: bytes[at..<next])
        at = next
        return true
    }

    /// A text keeps its quotes; anything else runs to the next comma or bracket.
    private mutating func maskValue() {
        guard at < bytes.count else { return }
        if bytes[at] == Self.quote {
            let end = endOfString(from: at + 1)
            masked.append(Self.quote)
            star(bytes[(at + 1)..<end], isWhole: end < bytes.count)
            at = end
            if at < bytes.count {
                masked.append(Self.quote)
                at += 1
            }
        } else if bytes[at] == UInt8(ascii: "[") || bytes[at] == UInt8(ascii: "{") {
            // Nothing tells where a nested value's parts become harmless: hide the rest.
            star(bytes[at...], isWhole: false)
            at = bytes.count
        } else if bytes[at] != UInt8(ascii: "n") {
            var end = at
            while end < bytes.count, bytes[end] != UInt8(ascii: ","),
                  bytes[end] != UInt8(ascii: "}"), !Self.isSpace(bytes[end]) { end += 1 }
            star(bytes[at..<end], isWhole: end < bytes.count)
            at = end
        }
    }

    /// A star for each character, the last one excepted where the text is whole.
    private mutating func star(_ text: Slice<UnsafeBufferPointer<UInt8>>, isWhole: Bool) {
        let starts = text.indices.filter { text[$0] & 0xC0 != 0x80 }
        guard let last = starts.last else { return }
        let hidden = isWhole && starts.count > 1 ? starts.count - 1 : starts.count
        masked.append(contentsOf: repeatElement(Self.star, count: hidden))
        if hidden < starts.count { masked.append(contentsOf: text[last...]) }
    }

    /// Masks whatever else there is, then cuts.
    private func finished() -> String {
        let text = discretion.masked(String(decoding: masked, as: UTF8.self))
        guard text.utf8.count > Self.longest else { return text }
        let bytes = Array(text.utf8)
        var length = Self.longest
        while length > 0, bytes[length] & 0xC0 == 0x80 { length -= 1 }
        return String(decoding: bytes[..<length], as: UTF8.self)
    }
}
