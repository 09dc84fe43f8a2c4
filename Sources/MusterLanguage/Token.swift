import MusterDiagnostics

enum Symbol: String, Sendable, Hashable {
    case comma = ",", semicolon = ";", colon = ":", open = "(", close = ")", pipe = "|"
    case equal = "=", notEqual = "!=", less = "<", lessOrEqual = "<=", greater = ">"
    case greaterOrEqual = ">=", plus = "+", minus = "-", star = "*", slash = "/", percent = "%"
    case range = "..", dot = "."
}

/// One word, literal or mark of a text, and what the parser found it to be.
struct Token: Sendable {
    enum Kind: Sendable, Hashable {
        /// A bare word; a keyword in either language where `keyword` says so.
        case word
        /// A name in backquotes or 【】.
        case quoted
        case literal(Literal)
        /// `{name}` outside a string; `text` is the name.
        case parameter(Name)
        case symbol(Symbol)
        /// A line's end that ends a statement.
        case newline
        /// Something that was already reported.
        case invalid
        case end
    }

    /// How the formatter sets it.
    enum Role: Sendable {
        case plain
        /// A minus before its operand; a verb's `-key`.
        case sign
        /// A name before the bracket of its arguments.
        case function
        /// Text taken as it stands: a file path, a topic of help.
        case raw
        /// The `=` of a setting, joined to both sides.
        case tight
        /// Carried by an earlier token (the `of` of `as of`), or of no meaning (a measure word).
        case absorbed
        /// `的`, the dot of a path.
        case dot
    }

    var kind: Kind
    /// A word's text (full-width letters as ASCII), else empty.
    var text = ""
    var span: Span
    var keyword: Keyword?
    /// How many brackets that are closed somewhere stand open around it.
    var nesting = 0
    /// A bracket that has no partner.
    var isUnmatched = false
    /// The word of the language that it was read as.
    var term: Term?
    var role = Role.plain

    init(_ kind: Kind, _ text: String = "", _ span: Span, keyword: Keyword? = nil) {
        self.kind = kind
        self.text = text
        self.span = span
        self.keyword = keyword
    }

    func `is`(_ symbol: Symbol) -> Bool { kind == .symbol(symbol) }

    /// A bare or quoted word that may be a name here.
    var isName: Bool {
        switch kind {
        case .quoted: true
        case .word: keyword.map { !$0.isReserved } ?? true
        default: false
        }
    }

    /// A literal that a column's heading may look like: a number, a day, a period; not a text.
    var isLiteralName: Bool {
        switch kind {
        case .literal(.text): false
        case .literal: true
        default: false
        }
    }

    var name: Name { Name(text, span, isQuoted: kind == .quoted) }
}
