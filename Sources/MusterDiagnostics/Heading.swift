/// What heads a column of a file: the name that the file gave it, the only one that it has.
package enum Heading {
    /// As the column is called: without blanks at the ends; a line break within is a space, and
    /// nothing between Chinese characters.
    package static func name(_ text: String) -> String {
        let lines = text.split { $0.isNewline }.map(\.trimmed).filter { !$0.isEmpty }
        return lines.dropFirst().reduce(lines.first ?? "", joined)
    }

    /// Two parts of a name, one below the other: nothing between Chinese characters, else a space.
    package static func joined(_ upper: String, _ lower: String) -> String {
        if upper.isEmpty || lower.isEmpty { return upper + lower }
        let isChinese = upper.unicodeScalars.last?.isChinese == true && lower.beginsChinese
        return upper + (isChinese ? "" : " ") + lower
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
}
