import Foundation
import MusterDiagnostics
import MusterBinding
import MusterEngine
import MusterPlan
import MusterLanguage
import MusterLeague
import Testing
@testable import MusterShell

/// A statement of the golden cases and its translation are the same program: laid out anew and
/// translated, it gives the same result, and laying it out once more changes nothing.
struct ThoroughTranslationTests {
    @Test("formatted and translated, a statement means the same", arguments: GoldenTests.all)
    func translated(_ one: GoldenTests.Case) throws {
        let file = GoldenFile(try String(contentsOfFile: one.path, encoding: .utf8))
        _ = GoldenRun.root
        let blocks = file.blocks.filter { block in
            !block.text.contains("$SCRATCH") && !block.expected.contains { line in
                ["! error: ", "! 错误："].contains { line.hasPrefix($0) }
            }
        }
        var loaded: [String: Desk] = [:]
        for target: Language? in [.zh, .en, nil] {
            for desk in loaded.values { desk.clear() }
            for block in blocks {
                let snapshot = block.settings(file.settings)["snapshot"] ?? ""
                let desk = try loaded[snapshot] ?? Desk(snapshot)
                loaded[snapshot] = desk
                // Of a shell's file each statement may need those before it.
                if file.settings["shell"] != "yes" { desk.clear() }
                let (own, other) = (desk.own, desk.other)
                let text = formatted(block.text, to: target, other.session)
                #expect(formatted(text, to: target, other.session) == text,
                        "laid out twice: \(block.text)")
                let original = result(of: block.text, own), again = result(of: text, other)
                // What is explained says how it was written.
                if block.text.hasPrefix("explain") || block.text.hasPrefix("解释") { continue }
                #expect(withoutHeadings(again) == withoutHeadings(original),
                        "\(block.text)\nbecame\n\(text)")
            }
        }
    }

    /// Where a statement and its translation are carried out, side by side.
    private final class Desk {
        let own: Conversation
        let other: Conversation
        private let clean: Books

        init(_ snapshot: String) throws {
            own = try Conversation(["snapshot": snapshot, "format": "json"])
            other = try Conversation(["snapshot": snapshot, "format": "json"])
            clean = own.session.books
        }

        /// As after loading.
        func clear() {
            for session in [own.session, other.session] {
                session.exchange(clean)
                session.prefer { $0.format = "json" }
            }
        }
    }

    private func result(of text: String, _ conversation: Conversation) -> String {
        _ = conversation.session.runTogether(text)
        // A message shows the statement as it was typed.
        return conversation.takePrinted().filter { !$0.isMessage }.map(\.text).joined()
    }

    private func formatted(_ text: String, to target: Language?, _ session: Session) -> String {
        let source = SourceText(name: nil, text: text)
        let script = parse(source, vocabulary: session.vocabulary)
        guard script.diagnostics.isEmpty else { return "does not parse: \(text)" }
        let meanings = ScriptChecker(session).read(source).meanings
        return format(script, vocabulary: session.vocabulary, language: target,
                      renamed: target.map { language in meanings.mapValues { $0[language] } }
                          ?? [:])
    }

    /// An unnamed column is headed by its own text, which a translation changes.
    private func withoutHeadings(_ json: String) -> String {
        guard let value = try? JSONSerialization.jsonObject(with: Data(json.utf8)) else {
            return json
        }
        return "\(values(value))"
    }

    private func values(_ value: Any) -> [String] {
        switch value {
        case let list as [Any]: list.flatMap { ["["] + values($0) + ["]"] }
        case let row as [String: Any]: row.values.map { "\($0)" }.sorted()
        default: ["\(value)"]
        }
    }
}
