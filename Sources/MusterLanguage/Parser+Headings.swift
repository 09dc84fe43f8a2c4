import MusterDiagnostics

/// Headings of two words, such as `2017 rate`, that were typed without backquotes.
extension Parser {
    /// Said where such a heading seems to end at the current token, behind a verb that makes
    /// values headings; nil elsewhere.
    var headingHint: Message? {
        guard index > 0, token.kind == .word, isBehindHeadings else { return nil }
        let first = tokens[index - 1]
        guard first.isName || first.isLiteralName, first.span.upper < token.span.lower else {
            return nil
        }
        if let verb = vocabulary.verb(token.text) {
            // A verb that lacks what it needs is none here.
            switch self.token(ahead: 1).kind {
            case .symbol(.open), .word, .quoted, .literal, .parameter, .invalid: return nil
            case .newline, .end, .symbol(.pipe), .symbol(.semicolon), .symbol(.close),
                 .symbol(.comma):
                guard verb.slots.contains(where: \.isRequired) else { return nil }
            case .symbol: break
            }
        }
        let name = typed(first.span.union(token.span))
        return Message(zh: "列名里有空格，写在反引号里：`\(name)`",
                       en: "a name with a space stands in backquotes: `\(name)`")
    }

    /// Whether a stage of this statement, before the current one, makes values headings.
    private var isBehindHeadings: Bool {
        var place = index
        while place > 0 {
            place -= 1
            switch tokens[place].kind {
            case .newline, .symbol(.semicolon): return false
            case .symbol(.pipe):
                if let verb = vocabulary.verb(tokens[place + 1].text), verb.makesHeadings {
                    return true
                }
            default: break
            }
        }
        return false
    }
}
