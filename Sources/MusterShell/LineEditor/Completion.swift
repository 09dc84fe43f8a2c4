import MusterDiagnostics
/// One way to complete what was typed.
package struct Completion: Sendable, Hashable {
    /// What is put in place of the typed part.
    package let text: String
    /// Added behind it where it is the only candidate: a space, `(`, or nothing.
    package let suffix: String
    /// What is said beside it in the list: the other language's name, the kind of thing it is.
    package let gloss: String

    package init(_ text: String, suffix: String = " ", gloss: String = "") {
        self.text = text
        self.suffix = suffix
        self.gloss = gloss
    }
}

/// What may stand at the cursor.
package struct Completions: Sendable, Hashable {
    /// Where the part to be replaced begins, as a UTF-8 offset into the line; it ends at the
    /// cursor.
    package let start: Int
    /// In the order in which they are to be shown.
    package let candidates: [Completion]

    package init(start: Int, _ candidates: [Completion]) {
        self.start = start
        self.candidates = candidates
    }

    package static let none = Completions(start: 0, [])

    /// What replaces `line` up to `cursor`, in readline's order: the part that all candidates
    /// share, then each of them; or only one text where there is only one. Empty where there is
    /// nothing to complete, or where the offsets do not lie between characters of the line.
    func replacements(line: String, cursor: Int) -> [String] {
        let utf8 = line.utf8, scalars = line.unicodeScalars
        guard (0...utf8.count).contains(cursor), (0...cursor).contains(start),
              let end = utf8.index(utf8.startIndex, offsetBy: cursor).samePosition(in: scalars),
              let begin = utf8.index(utf8.startIndex, offsetBy: start).samePosition(in: scalars),
              let first = candidates.first else { return [] }
        let before = String(line[..<begin]), typed = String(line[begin..<end])
        if candidates.allSatisfy({ $0.text == first.text }) {
            // In the middle of a line it may stand there already.
            let isThere = line[end...].hasPrefix(first.suffix)
            return [before + first.text + (isThere ? "" : first.suffix)]
        }
        let shared = candidates.dropFirst().reduce(first.text) { commonPrefix($0, $1.text) }
        // Candidates may be found by their other name: what was typed is not taken away then.
        // Pinyin gives way to the characters that all begin with.
        let isPinyin = Pinyin.mayBe(typed)
            && shared.holdsChinese
        let kept = isPinyin || shared.unicodeScalars.starts(with: typed.unicodeScalars)
            ? shared : typed
        return [before + kept] + candidates.map { before + $0.text }
    }
}

/// Never ends within a character.
func commonPrefix(_ a: String, _ b: String) -> String {
    var shared = ""
    for (left, right) in zip(a, b) {
        guard left.unicodeScalars.elementsEqual(right.unicodeScalars) else { break }
        shared.append(left)
    }
    return shared
}
