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
}
