import Foundation
import MusterLeague
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
        preferences: Preferences(language: .en), domain: League.domain(),
        output: SessionOutput(results: { _ in }, messages: { _ in }))

    private func parsed(_ text: String) -> ParsedScript {
        parse(SourceText(text: text), vocabulary: session.vocabulary)
    }

    private func formatted(_ text: String, _ language: Language) -> String {
        let source = SourceText(text: text)
        let script = parse(source, vocabulary: session.vocabulary)
        let meanings = ScriptChecker(session).read(source).meanings
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
        let comments = parsed(program.text).comments.map(\.text)
        #expect(parsed(chinese).comments.map(\.text) == comments)
        #expect(parsed(back).comments.map(\.text) == comments)
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

    /// The answers of a program on the small sample, as csv, without the headings: an unnamed
    /// column is headed by its own text.
    private func answers(_ text: String, _ name: String) throws -> [[String]] {
        let printed = Printed()
        var preferences = Preferences(language: .en)
        preferences.format = "csv"
        preferences.writesFiles = false
        let desk = Session(preferences: preferences, domain: League.domain(), output: SessionOutput(
            results: { printed.text += String(decoding: $0, as: UTF8.self) },
            messages: { _ in }))
        try desk.load(Self.root.appending(path: "samples/small").path)
        printed.isFine = desk.runTogether(text, named: name)
        guard printed.isFine else { return [["failed"]] }
        return printed.text.components(separatedBy: "\n\n").map { table in
            let lines = table.split(whereSeparator: \.isNewline).map(String.init)
            return ["\(lines.first?.count { $0 == "," } ?? 0)"] + lines.dropFirst()
        }
    }

    private final class Printed {
        var text = ""
        var isFine = true
    }

    private func checkAnswers(_ program: Program) throws {
        let chinese = formatted(program.text, .zh)
        let own = try answers(program.text, program.name)
        #expect(try answers(chinese, program.name) == own, "\(program.name):\n\(chinese)")
        #expect(try answers(formatted(chinese, .en), program.name) == own, "\(program.name)")
    }

    @Test("Scripts answer the same", arguments: scripts)
    func thoroughAnswers(_ program: Program) throws {
        let own = try answers(program.text, program.name)
        #expect(own != [["failed"]], "\(program.name) does not run")
        try checkAnswers(program)
    }

    @Test("Examples of the documents answer the same", arguments: examples)
    func thoroughAnswersOfExamples(_ program: Program) throws {
        guard parsed(program.text).diagnostics.isEmpty else { return }
        try checkAnswers(program)
    }

    @Test("The verbs' and functions' examples answer the same")
    func answersOfVerbs() throws {
        let examples = session.environment.domain.words.examples
        let texts = examples.verbs.values.flatMap { $0.map(\.text) } + examples.functions.values
        for text in texts { try checkAnswers(Program(name: text, text: text)) }
    }

    @Test("There are some")
    func some() { #expect(Self.scripts.count > 10 && Self.examples.count > 30) }
}
