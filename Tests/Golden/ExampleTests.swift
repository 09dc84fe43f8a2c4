import Foundation
import MusterDiagnostics
import MusterBinding
import MusterEngine
import MusterPlan
import MusterLanguage
import MusterLeague
import Testing
@testable import MusterShell

/// What the registries say about themselves holds: examples run, help finds every name.
struct ExampleTests {
    static let registry = Registry(domain: League.domain(), statements: Commands.signatures)

    static let words = League.domain().words.examples

    static let examples = (words.verbs.values.flatMap { $0.map(\.text) }
        + words.functions.values + words.commands.values.joined()
        + words.words.filter { $0.key != "let" && $0.key != "param" }.values
        + words.beginnings.map(\.text)).sorted()

    @Test("every verb and function has an example in the League, but what needs a file")
    func verbsHaveExamples() {
        for function in Self.registry.functions where function.use != .declaration {
            #expect(Self.words.functions[function.name.en] != nil
                    || function.name.en == "lookup",
                    "\(function.name.en) has no example")
        }
        for verb in Self.registry.verbs where verb.signature.name.en != "export" {
            #expect(Self.words.verbs[verb.signature.name.en]?.isEmpty == false,
                    "\(verb.signature.name.en) has no example")
        }
    }

    /// What changes something prints nothing.
    static let silent = ["set rows", "expect"]

    /// Behind these stands a file that is written.
    static let writing = ["export \"", "save \""]

    @Test("an example runs and prints something", arguments: examples, Language.allCases)
    func run(_ example: String, _ language: Language) throws {
        _ = GoldenRun.root
        let conversation = try Conversation(["snapshot": "samples/small",
                                             "language": language.rawValue])
        let scratch = ".build/examples/\(UUID().uuidString)/"
        defer { try? FileManager.default.removeItem(atPath: scratch) }
        try FileManager.default.createDirectory(atPath: scratch,
                                                withIntermediateDirectories: true)
        let isFine = conversation.session.runTogether(Self.writing.reduce(example) {
            $0.replacing($1, with: $1 + scratch)
        })
        let printed = conversation.takePrinted()
        let isSilent = Self.silent.contains { example.hasPrefix($0) }
        #expect(isFine && printed.isEmpty == isSilent, "\(printed.map(\.text).joined())")
    }

    @Test("help knows every name", arguments: Language.allCases)
    func thoroughHelp(_ language: Language) throws {
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
