import MusterDiagnostics
import MusterBinding
import MusterPlan

/// A rule of the books: what is odd or impossible though it loads. Each is declared once, in
/// the file of its subject beside this one, and listed in `Rules.all`.
struct Rule: Sendable {
    enum Severity: CaseIterable {
        /// Cannot be true, or leads to a wrong figure.
        case error
        /// Can be true, but somebody has to look at it.
        case warning
        /// True as far as anybody knows, and said so that nobody is surprised.
        case note

        var term: Term {
            switch self {
            case .error: Term("error", "错误")
            case .warning: Term("warning", "警告")
            case .note: Term("note", "提示")
            }
        }
    }

    enum Search: Sendable {
        /// A condition in the language on the rows of the table, read at the snapshot's day.
        case condition(String)
        /// What the language cannot say: the rows, ascending, found in the tables as they are.
        case tables(@Sendable (any Derivation) throws -> [Hit])
    }

    /// A row that breaks the rule, with what the search knows of it beyond the row's fields.
    struct Hit: Sendable {
        let row: Int32
        var details: [Detail] = []
    }

    /// One value of a finding's text: `birth 1999-01-01`.
    struct Detail: Sendable {
        /// A field's English name, or one of `Findings.detailNames`.
        let name: String
        let value: String
    }

    /// A value that the finding's text shows: a field, or an expression under a field's name.
    struct Fact: Sendable, ExpressibleByStringLiteral {
        let name: String
        let expression: String

        init(_ name: String, _ expression: String) {
            self.name = name
            self.expression = expression
        }

        init(stringLiteral field: String) { self.init(field, field) }
    }

    /// The code that names the rule for ever, and its Chinese name.
    let name: Term
    let severity: Severity
    /// What is wrong, in a sentence.
    let meaning: Message
    /// What a row of it is tells whose finding it is: a person's, a unit's or a team's.
    let table: String
    let search: Search
    /// Shown where they are not none; an ID number by its last character.
    let facts: [Fact]

    init(_ name: Term, _ severity: Severity, _ meaning: Message, table: String = People.table,
         _ search: Search, facts: [Fact] = []) {
        self.name = name
        self.severity = severity
        self.meaning = meaning
        self.table = table
        self.search = search
        self.facts = facts
    }
}

/// Every rule, in the order in which findings are listed.
enum Rules {
    static let all = MembershipRules.all + RegistrationRules.all + IdNumberRules.all
        + ServiceRules.all + ServiceSeriesRules.all + UnitRules.all
}
