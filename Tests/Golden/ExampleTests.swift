import MusterDiagnostics
import MusterEngine
import MusterLanguage
import MusterLeague
import Testing
@testable import MusterShell

/// What the registries say about themselves holds: examples run, help finds every name.
struct ExampleTests {
    static let registry = Registry(domain: League.domain(), statements: Commands.signatures)

    static let examples = registry.verbs.flatMap { $0.examples.map(\.text) }

    @Test("every verb has an example, but the one that writes a file")
    func verbsHaveExamples() {
        for verb in Self.registry.verbs where verb.signature.name.en != "export" {
            #expect(!verb.examples.isEmpty, "\(verb.signature.name.en) has no example")
        }
    }

    @Test("an example runs and prints something", arguments: examples, Language.allCases)
    func run(_ example: String, _ language: Language) throws {
        _ = GoldenRun.root
        let conversation = try Conversation(["snapshot": "samples/small",
                                             "language": language.rawValue])
        let isFine = conversation.session.runTogether(example)
        let printed = conversation.takePrinted()
        #expect(isFine && !printed.isEmpty, "\(printed.map(\.text).joined())")
    }

    @Test("help knows every name", arguments: Language.allCases)
    func help(_ language: Language) throws {
        let conversation = try Conversation(["language": language.rawValue])
        for topic in Help.topics(conversation.session.environment) {
            for name in Set([topic.en, topic.zh]) {
                let isFine = conversation.session.run("help \(name)")
                let printed = conversation.takePrinted()
                #expect(isFine && printed.contains { !$0.isMessage }, "help \(name)")
            }
        }
    }
}
