import MusterDiagnostics

/// A comment kept for the formatter: `# …` with its place.
package struct Comment: Sendable, Hashable {
    package let text: String
    package let span: Span
    /// True where nothing but space stands before it on its line.
    package let isOwnLine: Bool

    package init(_ text: String, _ span: Span, isOwnLine: Bool) {
        self.text = text
        self.span = span
        self.isOwnLine = isOwnLine
    }
}

/// What parsing a text gives: as many statements as could be read, and every fault found.
package struct ParsedScript: Sendable {
    package let source: SourceText
    package let statements: [Statement]
    package let comments: [Comment]
    package let diagnostics: [Diagnostic]
    /// What was read, and as what: for the formatter.
    let tokens: [Token]
    let moves: [Move]

    package init(source: SourceText, statements: [Statement], comments: [Comment],
                diagnostics: [Diagnostic]) {
        self.init(source: source, statements: statements, comments: comments,
                  diagnostics: diagnostics, tokens: [], moves: [])
    }

    init(source: SourceText, statements: [Statement], comments: [Comment],
         diagnostics: [Diagnostic], tokens: [Token], moves: [Move]) {
        self.tokens = tokens
        self.moves = moves
        self.source = source
        self.statements = statements
        self.comments = comments
        self.diagnostics = diagnostics
    }
}

extension ParsedScript {
    /// Whether a statement was read without an error.
    package func isSound(_ statement: Statement) -> Bool {
        !diagnostics.contains { fault in
            guard fault.severity == .error, let span = fault.span else { return false }
            return span.lower >= statement.span.lower && span.lower <= statement.span.upper
        }
    }
}
