import MusterDiagnostics
import MusterLanguage
import MusterLeague
import Testing
@testable import MusterBinding
@testable import MusterShell

/// What offers are made of.
@Suite("Slips")
struct SlipTests {
    @Test("What is quoted is out of the way and comes back as it was", arguments: [
        "members | where name = \"a | filter b\" # filter c", "x = 'it' | y", "\"\" | \"a\" | ''",
        "团员 | 筛选 姓名 = “大于 18” 且 【大于】 = `并且`", "\"a\\\"b\" filter", "export \"out.csv\"",
        "\"open | filter", "#", "\"", "`a``b`", "\u{A500} \"\u{A501}\"",
    ])
    func masked(text: String) {
        let masked = MaskedText(text)
        #expect(masked.unmasked(masked.text) == text)
        for word in ["filter b", "filter c", "大于 18", "并且"] {
            #expect(!masked.text.contains(word))
        }
    }

    @Test("The ending of a file's name stays to be seen")
    func ending() {
        #expect(MaskedText("x \"a b.csv\"").text == "x \"\u{A500}.csv\"")
        #expect(MaskedText("x \".csv\"").text == "x \".csv\"")
        #expect(MaskedText("x \"csv\"").text == "x \"\u{A500}\"")
    }

    @Test("like stands for what it means, or stays", arguments: [
        (" like '王%'", " starts with \"王\""), (" like '%王'", " ends with \"王\""),
        (" like '%王%'", " contains \"王\""), (" like '王'", " = \"王\""), (" like '王_'", nil),
        (" like '%'", nil), (" like '%%'", nil), (" like '王%明'", nil),
        (" not like '%王%'", " not contains \"王\""), (" not like '王%'", nil),
    ] as [(String, String?)])
    func like(typed: String, meant: String?) {
        let masked = MaskedText(typed)
        let found = masked.unmasked(SlipWords.like(masked.text, masked))
        #expect(found == meant ?? typed)
    }

    @Test("Synonyms are no names themselves, mean one thing a registry, and are in small letters")
    func synonyms() {
        let registry = Registry(domain: League.domain(), statements: Commands.signatures)
        let lists = [registry.verbs.map { $0.synonyms }, registry.functions.map { $0.synonyms },
                     Commands.all.map { $0.synonyms }]
        for list in lists {
            let words = list.flatMap { $0 }
            #expect(Set(words).count == words.count)
            #expect(words.allSatisfy { $0 == $0.lowercased() })
        }
        for word in registry.verbs.flatMap({ $0.synonyms }) {
            #expect(registry.verb(named: word) == nil, "\(word) is a verb")
            #expect(registry.verbs.allSatisfy { !$0.kin.contains(word) }, "\(word) is both")
        }
        for word in registry.functions.flatMap({ $0.synonyms }) {
            #expect(registry.function(named: word) == nil, "\(word) is a function")
        }
        for word in Commands.all.flatMap({ $0.synonyms }) {
            #expect(Commands.signatures.allSatisfy { !$0.name.matches(word) }, "\(word)")
        }
    }

    @Test("What people call the League's names are words for names that there are")
    func domainSynonyms() {
        let domain = League.domain()
        let fields = domain.entities.flatMap { entity in
            entity.fields.map(\.name) + entity.levels
                + entity.fields.flatMap { $0.type.codes?.values ?? [] }
        }
        let known = fields + domain.sources.map(\.name)
        for synonym in domain.words.synonyms {
            for meaning in synonym.meanings {
                #expect(known.contains { $0.matches(meaning) }, "\(meaning) is no name")
            }
            #expect(!synonym.isSame || synonym.meanings.count == 1)
            #expect(synonym.words.allSatisfy { $0 == $0.lowercased() })
        }
    }

    @Test("A declared slip leaves what is right as it is")
    func rightTexts() throws {
        let session = try SessionFixture("small", language: .en).session
        let slips = Slips(session)
        let registry = session.environment.registry
        let examples = registry.verbs.flatMap {
            session.environment.domain.words.examples.verbs[$0.signature.name.en] ?? []
        }
        for example in examples {
            let masked = MaskedText(example.text)
            let changed = slips.rewritten(masked, slips.matching(masked))
            // What is changed in a right text must still be the same query.
            #expect(session.translated(changed, to: .zh) == session.translated(example.text, to: .zh),
                    "\(example.text) became \(changed)")
        }
    }
}
