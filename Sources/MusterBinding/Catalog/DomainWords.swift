import MusterDiagnostics
import MusterLanguage
import MusterPlan
import MusterStore

/// What engine and shell say in a domain's own words.
package struct DomainWords: Sendable {
    /// Names of the domain that hints may show.
    package let hints: HintNames
    package let examples: DomainExamples
    package let sensitive: SensitiveText
    /// What people call the domain's names.
    package let synonyms: [Synonym]
    /// What people ask in whole sentences.
    package let questions: Questions
    /// Chinese words that its headings are made of, which are never broken over two lines.
    package let phrases: Set<String>
    /// How much a snapshot holds, said behind its day when it is loaded; empty says nothing.
    package let holdings: @Sendable (Snapshot) -> Message
    /// What else stands under a report on a snapshot; empty says nothing.
    package let remark: @Sendable (Snapshot) -> Message

    package init(hints: HintNames = HintNames(), examples: DomainExamples = DomainExamples(),
                 sensitive: SensitiveText = .none, synonyms: [Synonym] = [],
                 questions: Questions = .none, phrases: Set<String> = [],
                 holdings: @escaping @Sendable (Snapshot) -> Message = { _ in Message("") },
                 remark: @escaping @Sendable (Snapshot) -> Message = { _ in Message("") }) {
        self.hints = hints
        self.examples = examples
        self.sensitive = sensitive
        self.synonyms = synonyms
        self.questions = questions
        self.phrases = phrases
        self.holdings = holdings
        self.remark = remark
    }
}

extension DomainWords {
    /// What a word may mean that is no name; without regard to case.
    package func synonyms(of word: String) -> [Synonym] {
        let lower = word.lowercased()
        return synonyms.filter { $0.words.contains(lower) }
    }
}

/// Words that people use for names of the domain: 支部 for the level 团支部.
package struct Synonym: Sendable {
    package let words: [String]
    /// The names, in either language, of fields, levels, codes or sources that it may mean.
    package let meanings: [String]
    /// Means just that, and may be put in its place; else it is only named in the message.
    package let isSame: Bool
    /// Means the contrary of the condition named.
    package let isDenied: Bool

    package init(_ words: String..., means meanings: String..., same isSame: Bool = true,
                 denied isDenied: Bool = false) {
        self.words = words
        self.meanings = meanings
        self.isSame = isSame
        self.isDenied = isDenied
    }
}

/// Statements that can be run on the domain's samples, by the English names of what they show.
package struct DomainExamples: Sendable {
    package let verbs: [String: [Example]]
    package let functions: [String: String]
    package let commands: [String: [String]]
    /// Of the language's own words: `as of`, `every`.
    package let words: [String: String]
    /// What to begin with.
    package let beginnings: [Example]

    package init(verbs: [String: [Example]] = [:], functions: [String: String] = [:],
                 commands: [String: [String]] = [:], words: [String: String] = [:],
                 beginnings: [Example] = []) {
        self.verbs = verbs
        self.functions = functions
        self.commands = commands
        self.words = words
        self.beginnings = beginnings
    }
}

/// A sort of text that is kept nowhere: not in the history, not in a log, not under a report.
package struct SensitiveText: Sendable {
    package let name: Message
    package let isIn: @Sendable (String) -> Bool
    /// The text with every such piece masked, and whatever could be one.
    package let masked: @Sendable (String) -> String
    /// The same of a value in a table, which may be a code that only looks alike.
    package let maskedInValues: @Sendable (String) -> String
    /// What a heading says of a column from outside that holds such texts, or others that are
    /// nobody's business: words of it, in any case; Latin ones as whole words.
    package let headings: [String]

    package init(_ name: Message, isIn: @escaping @Sendable (String) -> Bool,
                 masked: @escaping @Sendable (String) -> String,
                 maskedInValues: (@Sendable (String) -> String)? = nil,
                 headings: [String] = []) {
        self.name = name
        self.isIn = isIn
        self.masked = masked
        self.maskedInValues = maskedInValues ?? masked
        self.headings = headings
    }

    package static let none = SensitiveText(
        Message(zh: "敏感内容", en: "a sensitive text"), isIn: { _ in false }, masked: { $0 })

    /// Whether a heading says so. One that asks whether there is something (是否…) does not.
    package func isHeading(_ heading: String) -> Bool {
        let folded = Heading.folded(heading).lowercased()
        guard !["是否", "有无", "has ", "is "].contains(where: folded.hasPrefix) else { return false }
        let words = " " + folded.map { $0.isASCII && !$0.isLetter ? " " : String($0) }.joined()
            + " "
        return headings.contains { headingWord in
            headingWord.utf8.allSatisfy { $0 < 0x80 } ? words.contains(" \(headingWord) ")
                : folded.contains(headingWord)
        }
    }
}

/// A setting by which the domain itself changes.
package struct DomainSetting: Sendable {
    package let name: Term
    package let gloss: Message
    package let value: String
    /// The domain with another value; nil for a text that is not one.
    package let change: @Sendable (String) -> Domain?

    package init(_ name: Term, gloss: Message, value: String,
                 change: @escaping @Sendable (String) -> Domain?) {
        self.name = name
        self.gloss = gloss
        self.value = value
        self.change = change
    }
}

/// What the domain's rules found in a snapshot, for `validate`.
package struct FindingsDefinition: Sendable {
    /// The entity whose rows they are.
    package let entity: String
    package let counts: @Sendable (any SnapshotTables) -> [FindingCount]

    package init(entity: String,
                 counts: @escaping @Sendable (any SnapshotTables) -> [FindingCount]) {
        self.entity = entity
        self.counts = counts
    }
}

/// How much one rule found.
package struct FindingCount: Sendable {
    package let rule: Term
    package let severity: Term
    package let meaning: Message
    package let count: Int
    /// The key of the first row concerned.
    package let example: String

    package init(rule: Term, severity: Term, meaning: Message, count: Int, example: String) {
        self.rule = rule
        self.severity = severity
        self.meaning = meaning
        self.count = count
        self.example = example
    }
}
