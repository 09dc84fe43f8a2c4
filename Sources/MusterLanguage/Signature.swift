import MusterDiagnostics

/// What may stand in one place behind a verb or a statement's first word.
package indirect enum SlotKind: Sendable {
    /// An expression that is a condition; or any expression.
    case condition, expression
    /// `a, x = e`; with `named`, each must have a name.
    case bindings(named: Bool)
    case keys, sortKeys, columns
    /// A single path.
    case column
    /// Rows as a query begins with: a name, or a query in brackets.
    case source
    /// A whole number (a measure word 名 个 行 条 位 behind it is skipped, 第 before it).
    case number
    /// One of these words.
    case word([Term])
    /// A new name.
    case name
    case text
    case path
    /// Several, with commas between.
    case paths
    case settings
    /// `column as type, …`: the type one of these words.
    case typings([Term])
    /// A table and its keys: `t.k`, `t.(a, b)`.
    case keyed
    /// One or two new names.
    case names
    case statement
    case rest
    /// The first alternative whose beginning fits.
    case choice([[Slot]])
}

/// One slot of a signature.
package struct Slot: Sendable {
    package let label: String
    /// A keyword that introduces the slot: `by`, `show`, `else`, `as`.
    package let keyword: Term?
    package let kind: SlotKind
    package let isRequired: Bool
    /// What stands for it in a usage line, where its kind says too little.
    let shown: Message?

    package init(_ label: String, keyword: Term? = nil, _ kind: SlotKind, required: Bool = true,
                shown: Message? = nil) {
        self.label = label
        self.keyword = keyword
        self.kind = kind
        self.isRequired = required
        self.shown = shown
    }
}

/// How a verb, or a statement, is written: all that the parser knows of it.
package struct Signature: Sendable {
    package let name: Term
    package let slots: [Slot]
    /// Whether it makes values names of columns: what it says of names typed behind it.
    let makesHeadings: Bool

    package init(_ name: Term, _ slots: [Slot], makesHeadings: Bool = false) {
        self.name = name
        self.slots = slots
        self.makesHeadings = makesHeadings
    }
}

/// The words that the language does not know by itself. The registries of verbs, functions,
/// tables, fields and codes fill it.
package protocol Vocabulary: Sendable {
    /// The verb of that name in either language.
    func verb(_ name: String) -> Signature?
    /// The statement that begins with that word in either language (`load`, `expect`, …).
    /// `let` and `param` are the language's own.
    func statement(_ name: String) -> Signature?
    /// The verb that other tools call so, written as there. For what a fault says only, as are
    /// the next two.
    func verb(calledElsewhere word: String) -> Signature?
    /// The verbs that serve for what a word of other tools means, written otherwise.
    func verbs(kinTo word: String) -> [Signature]
    /// The statement that other programs call so.
    func statement(calledElsewhere word: String) -> Signature?
    /// All verbs' and statements' names, for suggestions.
    var verbNames: [Term] { get }
    var statementNames: [Term] { get }
    /// Is this run of characters a known name in any namespace? (Chinese without spaces.)
    func isKnown(_ name: String) -> Bool
    /// Every known name that `text` begins with, longest first.
    func knownPrefixes(of text: Substring) -> [String]
    /// Whether a query may begin with that name: for what a fault's hint says, never for how a
    /// text is read.
    func isSource(_ name: String) -> Bool
    /// Names for the examples in hints.
    var hints: HintNames { get }
}

extension Vocabulary {
    package func isSource(_ name: String) -> Bool { false }
    package func verb(calledElsewhere word: String) -> Signature? { nil }
    package func verbs(kinTo word: String) -> [Signature] { [] }
    package func statement(calledElsewhere word: String) -> Signature? { nil }
    package var hints: HintNames { HintNames() }
}
