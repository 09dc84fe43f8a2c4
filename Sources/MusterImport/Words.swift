import MusterDiagnostics

/// Texts of sheets as they are compared: what is only spelt otherwise is the same.
enum Words {
    /// A heading: width, case and all white space aside, without marks and remarks of duty
    /// (`*`, `（必填）`) and without a colon behind it.
    static func heading(_ text: String) -> String {
        var word = folded(text)
        for remark in ["(必填)", "(必填项)", "(选填)", "[必填]", "(required)", "【必填】"] {
            word = word.replacing(remark, with: "")
        }
        word.removeAll { "*＊".contains($0) }
        while let last = word.last, ":：".contains(last) { word.removeLast() }
        return word
    }

    /// The heading without what stands in brackets behind it: `注册日期（年月日）`.
    static func withoutRemark(_ heading: String) -> String? {
        guard heading.last == ")", let open = heading.lastIndex(of: "("),
              open != heading.startIndex else { return nil }
        return String(heading[..<open])
    }

    /// A value: width, case and all blanks aside.
    static func folded(_ text: String) -> String { Heading.folded(text).lowercased().withoutBlanks }

    /// A name: blanks at its ends are not part of it, nor those within one of two Chinese
    /// characters.
    static func name(_ text: String) -> String {
        let name = text.trimmed
        guard name.unicodeScalars.contains(where: \.isBlank) else { return name }
        let letters = name.withoutBlanks
        let isChinese = letters.unicodeScalars.allSatisfy { $0.isChinese }
        return letters.count == 2 && isChinese ? letters : name
    }

    /// A name of the tree as compared: all spaces and width aside.
    static func place(_ text: String) -> String { folded(text) }
}
