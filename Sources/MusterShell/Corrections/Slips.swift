import Foundation
import MusterBinding
import MusterDiagnostics
import Synchronization

/// What people write by habit, and how it is written here: tried only on a text that failed,
/// and offered only where the outcome has no fault. Each says the same as what it stands for.
/// Verbs and commands declare theirs; what joins conditions and numbers stands in `SlipWords`.
struct Slips {
    /// One of them, in the order in which they are tried.
    private struct Rule {
        let regex: NSRegularExpression
        let template: String
        /// The verb in whose stages alone it is tried, with all it is called.
        let names: [String]
    }
    private let rules: [Rule]
    /// How many of them, the first, concern the text as a whole.
    private let outer: Int

    init(_ session: Session) {
        let registry = session.environment.registry
        let sources = session.environment.domain.sources.flatMap { [$0.name.en, $0.name.zh] }
            + session.environment.tables.keys + session.environment.definitions.keys
        let source = sources.sorted { ($0.count, $0) > ($1.count, $1) }
            .map(NSRegularExpression.escapedPattern).joined(separator: "|")
        func rule(_ slip: Slip, of names: [String] = []) -> Rule? {
            Self.regex(slip.pattern, source)
                .map { Rule(regex: $0, template: slip.template, names: names) }
        }
        var rules = SlipWords.calls(registry).map { rule($0) }
        outer = rules.count
        for verb in registry.verbs {
            let names = [verb.signature.name.en, verb.signature.name.zh] + verb.synonyms
            rules += verb.slips.map { rule($0, of: $0.place == .withinStage ? names : []) }
        }
        rules += SlipWords.runs(registry).map { rule($0) }
        for command in Commands.all {
            rules += command.slips.map { rule($0) }
            let name = command.signature.name.en
            let words = (command.synonyms + [name]).joined(separator: "|")
            rules.append(rule(Slip(#"^\s*(?:\#(words))(?:\s*\(\s*\))?(?=\s|;|$)"#, name)))
        }
        rules += SlipWords.conditions.map { rule($0) }
        self.rules = rules.compactMap { $0 }
    }

    /// Patterns that name no source, compiled once: what verbs, commands and words declare.
    private static let compiled = Mutex<[String: NSRegularExpression]>([:])

    /// A declared pattern with its words filled in; `source` is any of the sources there are.
    private static func regex(_ declared: String, _ source: String) -> NSRegularExpression? {
        if let known = compiled.withLock({ $0[declared] }) { return known }
        let pattern = declared.replacing("<source>", with: source)
            .replacing("<group>", with: #"(?:group\s*by|group_by|groupby)"#)
            .replacing("<end>", with: #"\s*(?=\||$)"#)
        let regex = try? NSRegularExpression(pattern: pattern, options: .caseInsensitive)
        if let regex, !declared.contains("<source>") {
            compiled.withLock { $0[declared] = regex }
        }
        return regex
    }

    /// Those that change the text when all are applied: SQL as a whole is number -1.
    func matching(_ masked: MaskedText) -> [Int] {
        var text = masked.text, found: [Int] = []
        if let query = SQLReading(text)?.query { (text, found) = (query, [-1]) }
        for (number, rule) in rules.enumerated() {
            let next = applied(rule, to: text)
            if next != text { found.append(number) }
            text = next
        }
        return SlipWords.like(text, masked) == text ? found : found + [rules.count]
    }

    /// Whether the text may do without it though it matches.
    func isOptional(_ number: Int) -> Bool { number >= outer }

    /// The text with these slips put right.
    func rewritten(_ masked: MaskedText, _ numbers: [Int]) -> String {
        var text = masked.text
        if numbers.contains(-1) { text = SQLReading(text)?.query ?? text }
        for number in numbers where rules.indices.contains(number) {
            text = applied(rules[number], to: text)
        }
        if numbers.contains(rules.count) { text = SlipWords.like(text, masked) }
        return masked.unmasked(text)
    }

    private func applied(_ rule: Rule, to text: String) -> String {
        guard !rule.names.isEmpty else { return replaced(rule, in: text) }
        return text.split(separator: "|", omittingEmptySubsequences: false).map { stage in
            let body = stage.drop { $0 == " " }
            guard let name = rule.names.filter({ body.lowercased().hasPrefix($0) })
                .max(by: { $0.count < $1.count }) else { return String(stage) }
            let lead = stage.dropLast(body.count) + body.prefix(name.count)
            return lead + replaced(rule, in: String(body.dropFirst(name.count)))
        }.joined(separator: "|")
    }

    private func replaced(_ rule: Rule, in text: String) -> String {
        rule.regex.stringByReplacingMatches(
            in: text, range: NSRange(text.startIndex..., in: text), withTemplate: rule.template)
    }
}
