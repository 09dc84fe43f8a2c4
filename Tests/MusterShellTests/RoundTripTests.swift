import Foundation
import MusterDiagnostics
import MusterLanguage
import Testing
@testable import MusterShell

/// `fmt --to zh` and back is the same program, over every script and every example of the
/// documents: no fault comes in, no comment is lost, and the English is what it was.
@Suite("There and back")
struct RoundTripTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    struct Program: Sendable, CustomTestStringConvertible {
        let name: String
        let text: String
        var testDescription: String { name }
    }

    static let scripts: [Program] = files("scripts", "muster").map { file in
        Program(name: file.lastPathComponent,
                text: (try? String(contentsOf: file, encoding: .utf8)) ?? "")
    }

    static let examples: [Program] = (files("docs", "md") + [root.appending(path: "README.md")])
        .flatMap { file -> [Program] in
            let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
            return text.matches(of: /(?ms)^```muster[^\n]*\n(.*?)^```/).enumerated().map {
                Program(name: "\(file.lastPathComponent) \($0.offset + 1)",
                        text: String($0.element.output.1))
            }
        }

    private static func files(_ folder: String, _ ending: String) -> [URL] {
        let all = FileManager.default.enumerator(at: root.appending(path: folder),
                                                 includingPropertiesForKeys: nil)
        return (all?.compactMap { $0 as? URL } ?? []).filter { $0.pathExtension == ending }
            .sorted { $0.path < $1.path }
    }

    private let session = Session(
        preferences: Preferences(language: .en),
        output: SessionOutput(results: { _ in }, messages: { _ in }))

    private func parsed(_ text: String) -> ParsedScript {
        parse(SourceText(text: text), vocabulary: session.vocabulary)
    }

    private func formatted(_ text: String, _ language: Language) -> String {
        let source = SourceText(text: text)
        let script = parse(source, vocabulary: session.vocabulary)
        let meanings = ScriptChecker(session).meanings(script, source)
        return format(script, vocabulary: session.vocabulary, language: language,
                      renamed: meanings.mapValues { $0[language] })
    }

    private func check(_ program: Program) {
        guard parsed(program.text).diagnostics.isEmpty else { return }
        let english = formatted(program.text, .en)
        let chinese = formatted(english, .zh)
        let back = formatted(chinese, .en)
        #expect(parsed(chinese).diagnostics.isEmpty, "\(program.name) in Chinese:\n\(chinese)")
        // A name that needs backquotes in one language may do without them in the other.
        #expect(back.replacing("`", with: "") == english.replacing("`", with: ""),
                "\(program.name):\n\(chinese)")
        #expect(parsed(chinese).comments.count == parsed(program.text).comments.count)
        // What was sound is sound in the other language.
        if ScriptChecker(session).faults(SourceText(text: english)).isEmpty {
            let faults = ScriptChecker(session).faults(SourceText(text: chinese))
            #expect(faults.isEmpty, "\(program.name): \(faults.map(\.message.en))\n\(chinese)")
        }
    }

    @Test("Scripts", arguments: scripts)
    func script(_ program: Program) {
        #expect(parsed(program.text).diagnostics.isEmpty)
        check(program)
    }

    @Test("Examples of the documents", arguments: examples)
    func example(_ program: Program) { check(program) }

    @Test("There are some")
    func some() { #expect(Self.scripts.count > 10 && Self.examples.count > 30) }
}
