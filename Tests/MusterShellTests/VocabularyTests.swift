import MusterDiagnostics
import MusterBinding
import MusterEngine
import MusterPlan
import MusterLanguage
import MusterLeague
import Testing
@testable import MusterShell

/// One vocabulary in two languages: every name has both, and within a namespace each name, in
/// either language, means one thing.
@Suite("Vocabulary")
struct VocabularyTests {
    private let domain = League.domain()
    private let registry = Registry(domain: League.domain(), statements: Commands.signatures)

    /// Namespaces with the names in them.
    private var namespaces: [(name: String, terms: [Term])] {
        var spaces = [
            ("verbs", registry.verbs.map { $0.signature.name }),
            ("functions", registry.functions.map { $0.name }),
            ("sources", domain.sources.map(\.name)),
            ("statements", registry.statements.map(\.name)),
            ("script parameters' types", ParameterKind.all(domain).map(\.name)),
            ("settings", SetCommand.choices(League.domain()).map(\.name)),
        ]
        for entity in domain.entities {
            spaces.append(("fields of \(entity.name)",
                           entity.fields.map(\.name) + entity.levels
                               + entity.relations.map(\.name)))
            for field in entity.fields {
                guard let codes = field.type.codes else { continue }
                spaces.append(("codes of \(entity.name).\(field.name.en)", codes.values))
            }
        }
        return spaces
    }

    @Test("Within a namespace no name has two meanings, in either language")
    func collisions() {
        for (space, terms) in namespaces {
            var owners: [String: Term] = [:]
            for term in terms {
                for name in Set([term.en, term.zh]) {
                    #expect(owners[name] == nil,
                            "\(space): \(name) is both \(owners[name]?.en ?? "") and \(term.en)")
                    owners[name] = term
                }
            }
        }
    }

    @Test("Every name has a Chinese and an English form, but for closed Chinese lists")
    func bothLanguages() {
        for (space, terms) in namespaces {
            for term in terms where term.en != term.zh {
                #expect(hasHan(term.zh), "\(space): \(term.en) has no Chinese name")
                #expect(!hasHan(term.en), "\(space): \(term.zh) has no English name")
            }
            let same = terms.filter { $0.en == $0.zh }
            #expect(same.allSatisfy { hasHan($0.en) }, "\(space): \(same.map(\.en))")
        }
        for term in ColumnNames.all {
            #expect(hasHan(term.zh) && !hasHan(term.en))
        }
    }

    @Test("A name can be typed as it stands, but for the day that a target is due `by`")
    func typeable() {
        let spaces = namespaces.filter { space in
            ["sources", "script"].contains { space.name.hasPrefix($0) }
                || space.name.hasPrefix("fields")
        }
        for (space, terms) in spaces {
            for name in terms.flatMap({ [$0.en, $0.zh] }) where name != "by" {
                let script = parse(SourceText(text: "x = \(name)"), vocabulary: registry)
                #expect(script.diagnostics.isEmpty, "\(space): \(name)")
            }
        }
    }

    @Test("What explains itself does so in both languages")
    func texts() {
        var texts: [(String, Message)] = []
        for verb in registry.verbs {
            texts.append((verb.signature.name.en, verb.summary))
            texts += (League.domain().words.examples.verbs[verb.signature.name.en] ?? []).map {
                (verb.signature.name.en, $0.meaning)
            }
        }
        texts += registry.functions.map { ($0.name.en, $0.summary) }
        texts += domain.sources.map { ($0.name.en, $0.gloss) }
        texts += domain.entities.flatMap { entity in
            entity.fields.map { ("\(entity.name).\($0.name.en)", $0.gloss) }
        }
        texts += Commands.all.map { ($0.signature.name.en, $0.summary) }
        texts += SetCommand.choices(League.domain()).map { ($0.name.en, $0.gloss) }
        for (name, text) in texts {
            #expect(!text.en.isEmpty && !text.zh.isEmpty, "\(name)")
            #expect(hasHan(text.zh), "\(name): \(text.zh)")
            // English glosses may name Chinese values, such as 男.
            #expect(text.en.unicodeScalars.contains { $0.isASCII && $0.properties.isAlphabetic },
                    "\(name): \(text.en)")
        }
    }

    private func hasHan(_ text: String) -> Bool {
        text.unicodeScalars.contains { (0x3400...0x9FFF).contains($0.value) }
    }
}
