/// A text whose quoted parts and comments are out of the way: each is one word of letters that
/// nobody types, within its quotation marks. What rewrites the rest cannot touch them.
struct MaskedText {
    let text: String
    private let parts: [String]

    private static let closers: [Character: Set<Character>] = [
        "\"": ["\""], "'": ["'"], "“": ["“", "”"], "”": ["“", "”"], "`": ["`"], "【": ["】"],
    ]
    /// Letters of the Vai script, one a part.
    private static let first: UInt32 = 0xA500
    private static let most = 200

    init(_ typed: String) {
        var text = "", parts: [String] = []
        var rest = Substring(typed)
        while let character = rest.popFirst() {
            // Such a letter that was typed all the same is a part of its own.
            if MaskedText.isMark(character) {
                text.append(MaskedText.mark(parts.count))
                parts.append(String(character))
                continue
            }
            text.append(character)
            guard let ends = MaskedText.closers[character] ?? (character == "#" ? ["\n"] : nil),
                  parts.count < MaskedText.most else { continue }
            let part = MaskedText.part(rest, ends)
            // The ending of a file's name says what it is.
            let ending = part.firstMatch(of: /\.[A-Za-z]{1,6}$/)?.output ?? ""
            if part.count > ending.count {
                text.append(MaskedText.mark(parts.count))
                parts.append(String(part.dropLast(ending.count)))
            }
            text += ending
            rest = rest.dropFirst(part.count)
            if let closer = rest.popFirst() { text.append(closer) }
        }
        self.text = text
        self.parts = parts
    }

    /// Up to the first of these marks that no backslash stands before.
    private static func part(_ rest: Substring, _ ends: Set<Character>) -> Substring {
        var isEscaped = false
        return rest.prefix { character in
            if isEscaped { isEscaped = false; return true }
            isEscaped = character == "\\"
            return !ends.contains(character)
        }
    }

    private static func isMark(_ character: Character) -> Bool {
        character.unicodeScalars.contains { $0.value >= first && $0.value < first + 0x400 }
    }

    private static func mark(_ index: Int) -> Character {
        Character(Unicode.Scalar(first + UInt32(index)) ?? " ")
    }

    /// A rewritten text with the parts as they were typed.
    func unmasked(_ rewritten: String) -> String {
        rewritten.reduce(into: "") { result, character in
            if let part = part(behind: character) { result += part } else {
                result.append(character)
            }
        }
    }

    /// What stands for that letter.
    func part(behind mark: Character) -> String? {
        guard let scalar = mark.unicodeScalars.first?.value, scalar >= MaskedText.first,
              Int(scalar - MaskedText.first) < parts.count else { return nil }
        return parts[Int(scalar - MaskedText.first)]
    }
}
