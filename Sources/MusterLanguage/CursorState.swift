import MusterDiagnostics

/// What may stand at the end of an unfinished text, as the parser found it when it got there.
package struct Expectation: Sendable {
    package enum Kind: Sendable {
        /// A statement's beginning: a command, a table, a value.
        case statement
        /// A table that a query begins with.
        case source
        case verb
        /// A value: a name, a literal, a call.
        case operand
        /// What stands behind an operand: an operator, `as of`.
        case operators(after: Expression)
        /// The next step of a path, behind the dot.
        case step([Name])
        /// A fixed word of the language or of a signature.
        case keyword(Term)
        /// A slot that takes something else than a value.
        case slot(SlotKind)
        /// Text taken as it stands, as far as it is typed.
        case raw(SlotKind, String)
        case settingName
        case settingValue(Name)
        case parameterType
        case overUnit
        case period
    }

    /// What stands around the place, the innermost last.
    package enum Frame: Sendable {
        /// The stages before the one that is being read.
        case pipeline(Pipeline)
        /// A slot, and what the slots before it were filled with.
        case slot(Signature, Slot, [String: SlotValue])
        /// The right-hand side of a comparison, `in`, `between` or `under`.
        case beside(Expression, isUnder: Bool)
        /// The right-hand side of another operator.
        case operation
        /// The arguments of a call; behind `where` the rows whose names hold there.
        case call(path: [Name], Name, rows: Expression?)
    }

    package let kind: Kind
    package let frames: [Frame]
    /// Where raw text begins, as a UTF-8 offset.
    let start: Int?
}

/// The end of a text up to the cursor: the word being typed, and what is due in its place.
package struct CursorState: Sendable {
    /// UTF-8 offset of the word that is being typed.
    package let start: Int
    package let prefix: String
    /// The mark that opened the string or name which is being typed.
    package let quote: Character?
    package let expectations: [Expectation]

    static let nothing = CursorState(start: 0, prefix: "", quote: nil, expectations: [])
}

/// What is due at the end of `text`, which is all that stands before the cursor.
package func cursorState(_ text: String, vocabulary: any Vocabulary) -> CursorState {
    let whole = Parser.completing(text, vocabulary)
    if let raw = whole.expectations.last(where: { $0.start != nil }), let start = raw.start,
       case .raw(_, let typed) = raw.kind {
        return CursorState(start: start, prefix: typed, quote: nil, expectations: [raw])
    }
    let end = text.utf8.count
    if let comment = whole.comments.last, comment.span.upper >= end { return .nothing }
    var start = end, prefix = "", quote: Character?
    if let open = whole.openQuote {
        let typed = String(decoding: whole.bytes[open...], as: UTF8.self)
        quote = typed.first
        (start, prefix) = (open, String(typed.dropFirst()))
    } else if let last = whole.tokens.last(where: { $0.kind != .end }), last.span.upper == end {
        switch last.kind {
        case .word: (start, prefix) = (last.span.lower, last.text)
        case .literal, .quoted, .parameter: return .nothing
        default: break
        }
    }
    guard start < end else {
        return CursorState(start: end, prefix: "", quote: nil, expectations: whole.expectations)
    }
    let before = String(decoding: whole.bytes[..<start], as: UTF8.self)
    return CursorState(start: start, prefix: prefix, quote: quote,
                       expectations: Parser.completing(before, vocabulary).expectations)
}

extension Parser {
    /// Reads a text and notes what is due at its end.
    static func completing(_ text: String, _ vocabulary: any Vocabulary) -> Parser {
        var parser = Parser(SourceText(text: text), vocabulary: vocabulary)
        parser.isCompleting = true
        _ = parser.script()
        return parser
    }

    /// Where the string or quoted name begins that is not closed.
    var openQuote: Int? {
        lexical.last { ["text.unclosed", "name.unclosed"].contains($0.code) }?.span?.lower
    }

    /// Notes what may stand here, where the text ends.
    mutating func note(_ kind: @autoclosure () -> Expectation.Kind) {
        guard isCompleting, token.kind == .end else { return }
        expectations.append(Expectation(kind: kind(), frames: frames, start: nil))
    }

    /// Notes that text taken as it stands reaches the end.
    mutating func note(raw kind: SlotKind, _ region: Span, keepingSpace: Bool = false) {
        guard isCompleting, token.kind == .end,
              region.upper == bytes.count || keepingSpace else { return }
        let typed = slice(Span(region.lower, bytes.count))
        guard !typed.contains("\n") else { return }
        expectations.append(Expectation(kind: .raw(kind, typed), frames: frames,
                                        start: region.lower))
    }

    mutating func within<Result>(_ frame: @autoclosure () -> Expectation.Frame,
                                 _ body: (inout Parser) throws -> Result) rethrows -> Result {
        guard isCompleting else { return try body(&self) }
        frames.append(frame())
        defer { frames.removeLast() }
        return try body(&self)
    }
}

extension BinaryOperator {
    var isComparison: Bool {
        switch self {
        case .or, .and, .add, .subtract, .multiply, .divide, .modulo: false
        default: true
        }
    }
}
