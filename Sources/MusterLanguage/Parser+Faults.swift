import MusterDiagnostics

extension Parser {
    /// Reports a fault, unless something at its place was reported by the lexer, and gives what
    /// to throw.
    mutating func fail(_ code: String, _ message: Message, at span: Span? = nil,
                       hint: Message? = nil, fixes: [Fix] = [],
                       about signature: Signature? = nil) -> Failure {
        if span == nil, isReported { return Failure() }
        var fault = Diagnostic(code, message, at: span ?? place, hint: hint, fixes: fixes,
                               source: source)
        fault.topic = signature?.name
        diagnostics.append(fault)
        return Failure()
    }

    /// The lexer has said already what is wrong with the current token, or that a bracket is
    /// open where the text ends.
    private var isReported: Bool {
        if isAtStatementEnd { return tokens[..<index].contains { $0.isUnmatched } }
        return token.kind == .invalid || lexical.contains { $0.span == token.span }
    }

    /// Where something is missing: the current token, or behind the last one at a line's end.
    var place: Span {
        switch token.kind {
        case .newline, .end: Span(lastEnd, lastEnd)
        default: token.span
        }
    }

    /// A token as it was typed, for a message: cut where it is long.
    func typed(_ token: Token) -> String { typed(token.span) }

    func typed(_ span: Span) -> String {
        let text = slice(span)
        return text.count <= 40 ? text : text.prefix(39) + "…"
    }

    func slice(_ span: Span) -> String {
        let upper = min(span.upper, bytes.count)
        return String(decoding: bytes[min(span.lower, upper)..<upper], as: UTF8.self)
    }

    /// What people write who come from other languages, and the verb that they want.
    private static let foreignVerbs: [String: String] = [
        "filter": "where", "having": "where", "group": "count", "order": "sort", "limit": "take",
        "head": "take", "top": "take", "project": "select", "aggregate": "summarize",
        "mutate": "derive", "extend": "derive", "unique": "distinct", "save": "export",
        "过滤": "where", "分组": "count", "限制": "take", "统计": "summarize", "保存": "export",
    ]

    /// The nearest verb, or the one that is called so elsewhere.
    func verbSuggestion(_ typed: String) -> Message? {
        if ["join", "merge", "连接", "关联"].contains(typed.lowercased()) {
            let names = vocabulary.hints
            return Message(zh: "不必连接：上级用路径，如 \(names.path.zh)；下级用 计数(\(names.relation.zh))；"
                               + "普通表用 查表(…)",
                           en: "nothing is joined: paths lead up (\(names.path.en)), "
                               + "count(\(names.relation.en)) down, "
                               + "lookup(…) into a plain table")
        }
        if let name = Parser.foreignVerbs[typed.lowercased()], let verb = vocabulary.verb(name) {
            return Message(zh: "写作：\(verb.usage(.zh))", en: "write \(verb.usage(.en))")
        }
        return suggestion(for: typed, among: vocabulary.verbNames)
    }

    /// The way out for a word that other languages have where it stands.
    var foreignHint: Message? {
        guard token.kind == .word else { return nil }
        switch token.text.lowercased() {
        case "desc", "descending", "降序":
            return Message(zh: "降序在列前加 -：排序 -比率", en: "descending is a - before it: sort -rate")
        case "asc", "ascending", "升序":
            return Message(zh: "升序不必写", en: "ascending is the rule and not written")
        case "like":
            return Message(zh: "用“包含”、“开头为”或“匹配”", en: "use contains, starts with or matches")
        default: return nil
        }
    }
}
