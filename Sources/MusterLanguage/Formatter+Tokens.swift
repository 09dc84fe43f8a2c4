import MusterDiagnostics

extension Formatter {
    /// Whether a space stands between two tokens of a line.
    func isSpaced(_ left: Token, _ right: Token) -> Bool {
        if left.role == .tight || right.role == .tight { return false }
        if left.role == .sign || left.role == .dot || right.role == .dot { return false }
        if left.is(.open) || left.is(.range) || right.is(.range) { return false }
        switch right.kind {
        case .symbol(.close), .symbol(.comma), .symbol(.colon), .symbol(.semicolon): return false
        case .symbol(.open): return left.role != .function
        default: return true
        }
    }

    /// What is printed for a token.
    func text(_ token: Token) -> String {
        if token.role == .raw { return slice(token.span.lower, token.span.upper) }
        if token.role == .dot { return "." }
        if let term = token.term { return word(token, term) }
        switch token.kind {
        case .word: return name(token.text, token.span)
        case .quoted: return "`" + (renamed[token.span] ?? token.text) + "`"
        case .parameter(let name): return "{" + (renamed[name.span] ?? name.text) + "}"
        case .literal(let literal): return text(literal, token.span)
        case .symbol(let symbol): return symbol.rawValue
        case .invalid, .newline, .end: return slice(token.span.lower, token.span.upper)
        }
    }

    /// A word of the language, in the language asked for, else the one it was typed in.
    private func word(_ token: Token, _ term: Term) -> String {
        if let language { return term[language] }
        let isChinese = bytes[token.span.lower] >= 0xE3 && bytes[token.span.lower] < 0xEF
        return isChinese ? term.zh : term.en
    }

    private func name(_ text: String, _ span: Span) -> String {
        guard let new = renamed[span] else { return text }
        // One word in Chinese may be a path in English: `registered.date`.
        let steps = new.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        return steps.allSatisfy(Formatter.isBare) ? new : "`\(new)`"
    }

    /// Can a name stand without backquotes?
    static func isBare(_ name: String) -> Bool {
        let lexer = Lexer(Array(name.utf8))
        // `累计new` would be read as two words, Chinese without a space between.
        let isMixed = name.utf8.contains { $0 < 0x80 } && name.utf8.contains { $0 >= 0x80 }
        return !name.isEmpty && !isMixed && lexer.word(at: 0).end == name.utf8.count
            && Keyword(spelled: name)?.isReserved != true && Phrase.byChinese[name] == nil
    }

    private func text(_ literal: Literal, _ span: Span) -> String {
        switch literal {
        case .text(let template): return renamed[span] ?? quoted(template)
        case .day, .month:
            let typed = slice(span.lower, span.upper)
            if typed.contains("年"), language != .en { return asciiForms(typed) }
            return iso(typed)
        case .integer, .decimal, .year: return asciiForms(slice(span.lower, span.upper))
        case .bool(let value):
            let term = value ? Keyword.true.term : Keyword.false.term
            return term[language ?? .en]
        case .none: return Keyword.none.term[language ?? .en]
        }
    }

    /// `2015-01-05` for `2015-1-5`, `2015/1/5`, `2015年1月5日`.
    private func iso(_ typed: String) -> String {
        asciiForms(typed).split { !("0"..."9").contains($0) }.map { part in
            part.count < 2 ? "0" + part : String(part)
        }.joined(separator: "-")
    }

    /// In straight double quotes, with as few escapes as will do.
    private func quoted(_ template: Template) -> String {
        var text = ""
        for part in template.parts {
            switch part {
            case .hole(let name): text += "{" + (renamed[name.span] ?? name.text) + "}"
            case .text(let plain): text += escaped(plain)
            }
        }
        return "\"" + text + "\""
    }

    private func escaped(_ plain: String) -> String {
        let scalars = Array(plain.unicodeScalars)
        var text = String.UnicodeScalarView()
        for (index, scalar) in scalars.enumerated() {
            let next = index + 1 < scalars.count ? scalars[index + 1] : "\""
            let isEscaped = switch scalar {
            case "\"": true
            case "\\": Lexer.escapable.contains(next)
            case "{": Formatter.opensHole(scalars[(index + 1)...])
            default: false
            }
            if isEscaped { text.append("\\") }
            text.append(scalar)
        }
        return String(text)
    }

    /// Would a brace before these be read as a parameter? A hole may follow at once, too.
    private static func opensHole(_ rest: ArraySlice<Unicode.Scalar>) -> Bool {
        guard let first = rest.first, Lexer.startsWord(Lexer.twin(first)) else { return false }
        let word = rest.prefix { Lexer.continuesWord(Lexer.twin($0)) }
        let behind = rest.dropFirst(word.count).first
        return behind == "}"
    }
}

/// Digits and signs as ASCII, however an input method types them.
package func asciiForms(_ typed: String) -> String {
    var text = String.UnicodeScalarView()
    for scalar in typed.unicodeScalars {
        text.append(scalar == "\u{3002}" ? "." : Lexer.twin(scalar))
    }
    return String(text)
}
