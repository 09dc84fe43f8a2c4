/// A text that is equal to another where their code points are, one by one: the one rule for
/// texts as values, in comparisons, groups, look-ups and plans alike. (Swift's own `==` also takes
/// texts for equal that are only written alike: é as one code point or as two.)
public struct ExactText: Sendable, Hashable, Codable {
    public let text: String

    public init(_ text: String) { self.text = text }

    public static func == (a: ExactText, b: ExactText) -> Bool { a.text.isExactly(b.text) }

    public func hash(into hasher: inout Hasher) {
        var text = text
        text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
        hasher.combine(0xFF as UInt8)
    }
}

extension String {
    /// The same code points.
    public func isExactly(_ other: String) -> Bool { utf8.elementsEqual(other.utf8) }

    /// Whether those of another stand in it, one behind the other.
    public func holdsExactly(_ part: String) -> Bool {
        let all = Array(utf8), wanted = Array(part.utf8)
        guard let first = wanted.first else { return true }
        guard all.count >= wanted.count else { return false }
        return (0...(all.count - wanted.count)).contains { start in
            all[start] == first && all[start..<(start + wanted.count)].elementsEqual(wanted)
        }
    }
}
