import MusterDiagnostics

/// A comment kept for the formatter: `# …` with its place.
public struct Comment: Sendable, Hashable {
    public let text: String
    public let span: Span
    /// True where nothing but space stands before it on its line.
    public let isOwnLine: Bool

    public init(_ text: String, _ span: Span, isOwnLine: Bool) {
        self.text = text
        self.span = span
        self.isOwnLine = isOwnLine
    }
}

/// What parsing a text gives: as many statements as could be read, and every fault found.
public struct ParsedScript: Sendable {
    public let source: SourceText
    public let statements: [Statement]
    public let comments: [Comment]
    public let diagnostics: [Diagnostic]
    /// What was read, and as what: for the formatter.
    let tokens: [Token]
    let moves: [Move]

    public init(source: SourceText, statements: [Statement], comments: [Comment],
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
    public func isSound(_ statement: Statement) -> Bool {
        !diagnostics.contains { fault in
            guard fault.severity == .error, let span = fault.span else { return false }
            return span.lower >= statement.span.lower && span.lower <= statement.span.upper
        }
    }
}
