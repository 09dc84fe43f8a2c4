import MusterDiagnostics
import MusterLanguage
import MusterPlan

/// A runnable example with what it shows.
package struct Example: Sendable {
    package let text: String
    package let meaning: Message

    package init(_ text: String, _ meaning: Message) {
        self.text = text
        self.meaning = meaning
    }
}

/// A verb: what it is called and how written, what it is good for, and what it means in terms
/// of the kernel. Help, completion, the reference and the parser know it from here only.
package protocol Verb: Sendable {
    static var signature: Signature { get }
    static var summary: Message { get }
    /// What other tools and people call just this, and write just so behind it.
    static var synonyms: [String] { get }
    /// What they call something that this verb is for, but write otherwise: its usage is shown.
    static var kin: [String] { get }
    /// What else people look for who are helped by this.
    static var topics: [String] { get }
    /// What they write otherwise, and certainly mean this by.
    static var slips: [Slip] { get }
    /// What it does with rows and columns, for whoever judges a query without knowing its name.
    static var traits: VerbTraits { get }
    /// Whether the columns behind it are those before it, so that binding can go on behind a
    /// fault in it.
    static var keepsColumns: Bool { get }
    /// What only its own plans compute in memory.
    static var kernels: [FunctionKernel] { get }
    /// The same in SQL.
    static var sql: [FunctionSQL] { get }
    static func bind(_ stage: Stage, _ input: Plan, _ binder: Binder) throws -> Plan
}

extension Verb {
    package static var synonyms: [String] { [] }
    package static var kin: [String] { [] }
    package static var topics: [String] { [] }
    package static var slips: [Slip] { [] }
    package static var traits: VerbTraits { [] }
    package static var keepsColumns: Bool { false }
    package static var kernels: [FunctionKernel] { [] }
    package static var sql: [FunctionSQL] { [] }
}

/// What a verb does with rows and columns.
package struct VerbTraits: OptionSet, Sendable {
    package let rawValue: Int

    package init(rawValue: Int) { self.rawValue = rawValue }

    /// Keeps the rows that meet a condition.
    package static let filters = VerbTraits(rawValue: 1)
    /// Keeps the first rows.
    package static let cuts = VerbTraits(rawValue: 2)
    /// Puts rows in order.
    package static let orders = VerbTraits(rawValue: 4)
    /// Makes rows of its own, in an order of its own.
    package static let regroups = VerbTraits(rawValue: 8)
    /// Counts those that meet its condition, of all.
    package static let countsPart = VerbTraits(rawValue: 16)
    /// Says which columns there are and no more.
    package static let chooses = VerbTraits(rawValue: 32)
    /// Adds columns to the rows, or spreads them out.
    package static let addsColumns = VerbTraits(rawValue: 64)
    /// Adds rows over those there are.
    package static let totals = VerbTraits(rawValue: 128)
    /// Keeps the result as a table, whose columns can be named from then on.
    package static let keeps = VerbTraits(rawValue: 256)
}
