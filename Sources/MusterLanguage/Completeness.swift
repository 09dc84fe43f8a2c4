import MusterDiagnostics

/// What a text still waits for at its end.
package enum OpenEnd: Sendable {
    /// The other quote of a text, the other half of a bracket, a verb behind `|`.
    case text, bracket, pipe
}

/// What is open at the end of a text; nil where it is one or more whole statements. A faulty text
/// is whole: reading on would not mend it.
package func openEnd(of text: String, vocabulary: any Vocabulary) -> OpenEnd? {
    let script = parse(SourceText(text: text), vocabulary: vocabulary)
    if script.diagnostics.contains(where: { $0.code == "text.unclosed" }) { return .text }
    if script.diagnostics.contains(where: { $0.code == "bracket.unclosed" }) { return .bracket }
    let last = script.tokens.last { $0.kind != .end && $0.kind != .newline }
    guard let last, last.is(.pipe), last.role != .raw else { return nil }
    return .pipe
}

/// Whether a text is one or more whole statements.
package func isComplete(_ text: String, vocabulary: any Vocabulary) -> Bool {
    openEnd(of: text, vocabulary: vocabulary) == nil
}

/// An expression alone, as the value of a parameter given on a command line. Faults are thrown
/// together, as `Diagnostics`.
package func parseExpression(_ source: SourceText,
                            vocabulary: any Vocabulary) throws -> Expression {
    var parser = Parser(source, vocabulary: vocabulary)
    return try parser.wholeExpression()
}

extension Parser {
    mutating func wholeExpression() throws -> Expression {
        do {
            let value = try expression()
            while token.kind == .newline { advance() }
            if token.kind != .end {
                throw fail("syntax.trailing",
                           Message(zh: "此处不应有 \(typed(token))",
                                   en: "\(typed(token)) does not belong here"))
            }
            if lexical.isEmpty { return value }
        } catch {}
        throw Diagnostics(lexical.map { $0.located(in: source) } + diagnostics)
    }
}
