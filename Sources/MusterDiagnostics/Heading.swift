/// What heads a column of a file: the name that the file gave it, the only one that it has.
package enum Heading {
    /// As the column is called: without spaces at the ends; a line break within is a space, and
    /// nothing between Chinese characters.
    package static func name(_ text: String) -> String {
        let lines = text.split { $0.isNewline }.map { line in
            trimmed(line)
        }.filter { !$0.isEmpty }
        guard var name = lines.first else { return "" }
        for line in lines.dropFirst() {
            let joins = name.unicodeScalars.last?.isChinese == true && line.beginsChinese
            name += joins ? line : " " + line
        }
        return name
    }

    /// As two are compared: full-width forms of ASCII are their half-width twins, too.
    package static func folded(_ text: String) -> String {
        var folded = String.UnicodeScalarView()
        for scalar in name(text).unicodeScalars {
            switch scalar.value {
            case 0xFF01...0xFF5E: folded.append(Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar)
            case 0x3000: folded.append(" ")
            default: folded.append(scalar)
            }
        }
        return String(folded)
    }

    /// Whether both mean the same column, however wide they are written.
    package static func isSame(_ a: String, _ b: String) -> Bool {
        a == b || folded(a) == folded(b)
    }

    /// Without white space at the ends, Chinese spaces and byte-order marks included.
    package static func trimmed(_ text: some StringProtocol) -> String {
        func isSpace(_ character: Character) -> Bool {
            character.isWhitespace || character == "\u{FEFF}"
        }
        let front = text.drop(while: isSpace)
        guard let last = front.lastIndex(where: { !isSpace($0) }) else { return "" }
        return String(front[...last])
    }
}
