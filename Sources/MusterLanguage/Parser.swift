import MusterDiagnostics
import MusterValues

/// Reads a text as statements. Never fails: what could not be read is in `diagnostics`, and
/// reading goes on at the next stage or statement. A statement within whose span an error lies
/// (see `ParsedScript.isSound`) is kept with what could be read of it.
package func parse(_ source: SourceText, vocabulary: any Vocabulary) -> ParsedScript {
    let bytes = source.text.utf8.count
    if bytes > Limits.textBytes {
        return ParsedScript(source: source, statements: [], comments: [],
                            diagnostics: [Limits.textTooLong(bytes)], tokens: [], moves: [])
    }
    var parser = Parser(source, vocabulary: vocabulary)
    return parser.script()
}

/// Tokens that the formatter puts elsewhere: before the token `target`.
struct Move: Sendable {
    let tokens: Range<Int>
    var target: Int
}

/// Recursive descent over the tokens, generic over the signatures of the vocabulary.
struct Parser {
    /// What ends the reading of a stage or statement; it has been reported already.
    struct Failure: Error {}

    let source: SourceText
    let vocabulary: any Vocabulary
    let bytes: [UInt8]
    let cuts: Set<Int>
    var tokens: [Token]
    var comments: [Comment]
    var lexical: [Diagnostic]
    var index = 0
    var diagnostics: [Diagnostic] = []
    /// What an unreadable statement at least defines.
    var unfinished: StatementKind?
    /// Keys that stand before their verb, by their first token: where they belong.
    var moves: [Move] = []
    /// Text that was taken as it stands: what the lexer thought of it does not count.
    var rawRegions: [Span] = []
    /// How often the rest of the text was read anew (each time costs all of it).
    var rereadings = 0
    static let mostRereadings = 100
    /// Open brackets, conditionals and other things that were entered and not left yet.
    var depth = 0
    /// Height of the tree made last, and of the highest one since the enclosing was entered.
    var height = 0
    var peak = 0
    /// For completion: what may stand at the text's end, and what stands around the cursor.
    var isCompleting = false
    var expectations: [Expectation] = []
    var frames: [Expectation.Frame] = []

    init(_ source: SourceText, vocabulary: any Vocabulary) {
        self.source = source
        self.vocabulary = vocabulary
        bytes = Array(source.text.utf8)
        var lexer = Lexer(bytes)
        lexer.run()
        let splitter = Splitter(vocabulary: vocabulary, tokens: lexer.tokens, bytes: bytes)
        cuts = splitter.cuts
        if !cuts.isEmpty {
            lexer = Lexer(bytes, cuts: cuts)
            lexer.run()
        }
        tokens = lexer.tokens
        comments = lexer.comments
        lexical = lexer.diagnostics + splitter.diagnostics
    }

    // MARK: the cursor

    var token: Token { tokens[index] }

    /// The token that many places on; the last one is `.end` for ever.
    func token(ahead count: Int) -> Token { tokens[min(index + count, tokens.count - 1)] }

    @discardableResult
    mutating func advance() -> Token {
        let current = tokens[index]
        if index < tokens.count - 1 { index += 1 }
        return current
    }

    /// Where the last token taken ended.
    var lastEnd: Int { index > 0 ? tokens[index - 1].span.upper : 0 }

    func span(from lower: Int) -> Span { Span(lower, max(lower, lastEnd)) }

    mutating func accept(_ symbol: Symbol) -> Bool {
        guard token.is(symbol) else { return false }
        advance()
        return true
    }

    func isAt(_ keyword: Keyword, ahead: Int = 0) -> Bool {
        let token = token(ahead: ahead)
        return token.kind == .word && token.keyword == keyword
    }

    mutating func accept(_ keyword: Keyword) -> Bool {
        guard isAt(keyword) else { return false }
        mark(keyword.term)
        advance()
        return true
    }

    /// Whether the next words are those of the phrase, in either language.
    func isAt(_ phrase: Phrase) -> Bool {
        phrase.words.indices.allSatisfy { place in
            let token = token(ahead: place), word = phrase.words[place]
            guard token.kind == .word else { return false }
            return token.keyword.map { $0.rawValue == word } ?? (token.text == word)
        }
    }

    mutating func accept(_ phrase: Phrase) -> Bool {
        guard isAt(phrase) else { return false }
        mark(phrase.term)
        advance()
        for _ in phrase.words.dropFirst() {
            tokens[index].role = .absorbed
            advance()
        }
        return true
    }

    /// Notes what the current token was read as.
    mutating func mark(_ term: Term) { tokens[index].term = term }

    /// The end of a statement: its line's, a `;`, the text's.
    var isAtStatementEnd: Bool {
        switch token.kind {
        case .newline, .end, .symbol(.semicolon): true
        default: false
        }
    }

    /// The end of a stage: a `|`, the end of the brackets around, the end of the statement.
    var isAtStageEnd: Bool { isAtStatementEnd || token.is(.pipe) || token.is(.close) }

    /// Skips to the end of the stage that began at that nesting.
    mutating func recover(nesting: Int) {
        while token.kind != .end, token.nesting >= nesting {
            if token.nesting == nesting, isAtStatementEnd || token.is(.pipe) { return }
            advance()
        }
    }

    /// Enters something that may hold itself again.
    mutating func nested<Result>(_ body: (inout Parser) throws -> Result) throws -> Result {
        guard depth < Limits.nesting else {
            throw fail("syntax.deep", Message(zh: "嵌套过深", en: "this is nested too deeply"),
                       hint: Parser.splitHint)
        }
        depth += 1
        let outer = peak
        peak = 0
        defer { depth -= 1 }
        let result = try body(&self)
        try grow(to: peak + 1)
        peak = max(outer, height)
        return result
    }

    /// Notes the height of the tree just made.
    mutating func grow(to newHeight: Int) throws {
        height = newHeight
        peak = max(peak, newHeight)
        if newHeight > Limits.height {
            throw fail("syntax.deep", Message(zh: "表达式过长", en: "this expression is too long"),
                       hint: Parser.splitHint)
        }
    }

    static let splitHint = Message(zh: "请用“令”分步书写，多个取值请写“属于 (…)”",
                                   en: "give parts of it names with let; for many values, "
                                       + "use in (…)")

    // MARK: the script

    mutating func script() -> ParsedScript {
        var statements: [Statement] = []
        while token.kind != .end {
            if isAtStatementEnd {
                advance()
                continue
            }
            if let statement = statement() { statements.append(statement) }
            recoverStatement()
        }
        if index == 0 || [.newline, .symbol(.semicolon)].contains(tokens[index - 1].kind) {
            note(.statement)
        }
        return ParsedScript(source: source, statements: statements, comments: keptComments,
                            diagnostics: allDiagnostics, tokens: tokens, moves: moves)
    }

    /// Skips to the end of the statement.
    mutating func recoverStatement() {
        while !(isAtStatementEnd && token.nesting == 0), token.kind != .end { advance() }
    }

    /// Regions are taken in order, so the last one that begins before a place decides.
    private func isRaw(_ place: Int) -> Bool {
        let next = rawRegions.partitionPoint { $0.lower > place }
        return next > 0 && place < rawRegions[next - 1].upper
    }

    private var keptComments: [Comment] { comments.filter { !isRaw($0.span.lower) } }

    private var allDiagnostics: [Diagnostic] {
        let read = lexical.filter { !isRaw($0.span?.lower ?? -1) }.map { $0.located(in: source) }
        return (read + diagnostics).enumerated().sorted { a, b in
            let left = a.element.span?.lower ?? 0, right = b.element.span?.lower ?? 0
            return (left, a.offset) < (right, b.offset)
        }.map(\.element)
    }
}
