import MusterDiagnostics
import MusterBinding
import MusterEngine
import MusterPlan
import MusterLanguage

/// The registry's words with the names that a session has besides: tables and their columns,
/// definitions, fields of the data's own. Chinese without spaces is read with these too.
struct SessionVocabulary: Vocabulary {
    private let registry: Registry
    private let names: Set<String>
    private let sources: Set<String>
    private let byPrefix: [Character: [String]]

    /// - Parameter definitions: false for a script, which has its own.
    init(_ environment: Environment, definitions: Bool = true) {
        registry = environment.registry
        var names = Set(environment.tables.keys)
        if definitions { names.formUnion(environment.definitions.keys) }
        sources = names
        for made in environment.relations {
            names.formUnion([made.relation.up, made.relation.down].compactMap { $0 })
        }
        for table in environment.tables.values {
            // A single character is as likely a part of another word.
            names.formUnion(table.columns.flatMap(\.path).map(\.zh).filter { $0.count > 1 })
        }
        for table in environment.data?.tables.values.map(\.undeclared) ?? [] {
            names.formUnion(table.filter { $0.count > 1 })
        }
        // Words in Latin letters stand apart anyway.
        names = names.filter { $0.holdsChinese }
        self.names = names
        byPrefix = Dictionary(grouping: names.sorted { ($0.count, $0) > ($1.count, $1) }) {
            $0.first ?? " "
        }
    }

    func verb(_ name: String) -> Signature? { registry.verb(name) }
    func statement(_ name: String) -> Signature? {
        if let own = registry.statement(name) { return own }
        return sources.contains(name) ? nil
            : Commands.inLesson(calledElsewhere: name)?.signature
    }
    func verb(calledElsewhere word: String) -> Signature? {
        registry.verb(calledElsewhere: word)
    }
    func verbs(kinTo word: String) -> [Signature] { registry.verbs(kinTo: word) }
    func statement(calledElsewhere word: String) -> Signature? {
        Commands.calledElsewhere(word)?.signature
    }
    var verbNames: [Term] { registry.verbNames }
    var statementNames: [Term] { registry.statementNames }
    func isSource(_ name: String) -> Bool { sources.contains(name) || registry.isSource(name) }
    var hints: HintNames { registry.hints }
    func isKnown(_ name: String) -> Bool { names.contains(name) || registry.isKnown(name) }

    func knownPrefixes(of text: Substring) -> [String] {
        let known = registry.knownPrefixes(of: text)
        guard let first = text.first, let own = byPrefix[first] else { return known }
        return (known + own.filter { text.hasPrefix($0) })
            .sorted { $0.utf8.count > $1.utf8.count }
    }
}
