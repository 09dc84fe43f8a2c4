import Foundation
import MusterDiagnostics
import MusterBinding
import MusterEngine
import MusterPlan
import MusterLanguage
import MusterLeague
import Testing
@testable import MusterShell

/// Every text a user can see is there in both languages.
@Suite("Both languages")
struct LanguageTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    private func isChinese(_ text: String) -> Bool {
        text.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }
    }

    private func check(_ text: Message, _ place: String) {
        #expect(isChinese(text.zh), "\(place) has no Chinese: \(text.zh)")
        #expect(text.en.contains { $0.isASCII && $0.isLetter }, "\(place) has no English: \(text.en)")
    }

    @Test("What is declared has a name and a meaning in both")
    func declarations() {
        let domain = League.domain()
        let registry = Registry(domain: domain, statements: Commands.signatures)
        for verb in registry.verbs {
            check(verb.summary, verb.signature.name.en)
            check(Message(zh: verb.signature.name.zh, en: verb.signature.name.en), "a verb's name")
        }
        for example in League.domain().words.examples.verbs.values.joined() {
            check(example.meaning, example.text)
        }
        for function in registry.functions {
            check(function.summary, function.name.en)
            check(Message(zh: function.name.zh, en: function.name.en), "a function's name")
        }
        for command in Commands.all {
            check(command.summary, command.signature.name.en)
            check(Message(zh: command.signature.name.zh, en: command.signature.name.en), "a command")
        }
        for source in domain.sources { check(source.gloss, source.name.en) }
        for entity in domain.entities {
            for field in entity.fields {
                check(field.gloss, "\(entity.name).\(field.name.en)")
                check(Message(zh: field.name.zh, en: field.name.en), "a field of \(entity.name)")
            }
        }
        for word in HelpWords.all { check(word.meaning, word.term.en) }
        for choice in SetCommand.choices(League.domain()) { check(choice.gloss, choice.name.en) }
    }

    @Test("No message is written down in one language alone")
    func messages() throws {
        let sources = Self.root.appending(path: "Sources")
        let files = FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil)
        var looked = 0
        while let file = files?.nextObject() as? URL {
            guard file.pathExtension == "swift" else { continue }
            let text = try String(contentsOf: file, encoding: .utf8)
            looked += 1
            // A literal alone, and a language left empty.
            for match in text.matches(of: /Message\(\s*"((?:[^"\\]|\\[^(])*)"\s*\)/) {
                #expect(!match.output.1.contains { $0.isLetter }, "\(file.lastPathComponent): \(match.output.0)")
            }
            for match in text.matches(of: /Message\(zh: "((?:[^"\\]|\\.)*)",\s*en: "((?:[^"\\]|\\.)*)"\)/) {
                #expect(match.output.1.isEmpty == match.output.2.isEmpty,
                        "\(file.lastPathComponent): \(match.output.0)")
            }
        }
        #expect(looked > 150)
    }

    /// Chinese texts call things by their Chinese names; files' fields and the command line's
    /// options have no others.
    @Test("No Chinese text names a verb, command or word in English")
    func chineseNames() throws {
        let registry = Registry(domain: League.domain(), statements: Commands.signatures)
        let terms = registry.verbNames + registry.statementNames + Words.all
            + registry.functions.map { $0.name } + League.domain().sources.map(\.name)
        let english = Set(terms.map(\.en)).subtracting(["of", "as", "year", "month", "day", "text"])
        let exempt = ["Manifest.swift", "SnapshotFolder.swift", "Muster.swift"]
        let sources = Self.root.appending(path: "Sources")
        let files = FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil)
        while let file = files?.nextObject() as? URL {
            guard file.pathExtension == "swift", !exempt.contains(file.lastPathComponent) else {
                continue
            }
            let text = try String(contentsOf: file, encoding: .utf8)
            for match in text.matches(of: /zh: ((?:\s*\+?\s*"(?:[^"\\]|\\.)*")+)/) {
                var shown = String(match.output.1)
                for pattern in [#"\\\([^()]*(\([^()]*\)[^()]*)*\)"#, #"--[a-z-]+"#,
                                #"\\\(.*$"#, #"muster( [a-z]+)?"#, #"scripts/[a-z-]+"#] {
                    shown = shown.replacingOccurrences(of: pattern, with: " ",
                                                       options: .regularExpression)
                }
                let words = shown.matches(of: /[A-Za-z_]{2,}/).map { String($0.output) }
                #expect(!words.contains { english.contains($0) },
                        "\(file.lastPathComponent): \(match.output.1)")
            }
        }
    }
}
