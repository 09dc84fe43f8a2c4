import Foundation
import MusterDiagnostics
import MusterLanguage
import Testing
@testable import MusterShell

/// A statement of the golden cases and its translation are the same program: laid out anew and
/// translated, it gives the same result, and laying it out once more changes nothing.
struct ThoroughTranslationTests {
    @Test("formatted and translated, a statement means the same", arguments: GoldenTests.all)
    func translated(_ one: GoldenTests.Case) throws {
        let file = GoldenFile(try String(contentsOfFile: one.path, encoding: .utf8))
        guard file.settings["shell"] != "yes", !one.testDescription.hasPrefix("scripts/") else {
            return
        }
        _ = GoldenRun.root
        let queries = file.blocks.filter { block in
            !block.expected.contains { $0.hasPrefix("! ") } && block.text.contains("|")
                && !block.text.hasPrefix("explain")
        }
        for block in queries {
            let conversation = try Conversation([
                "snapshot": block.settings(file.settings)["snapshot"] ?? "", "format": "json",
            ])
            let original = result(of: block.text, conversation)
            for target: Language? in [.zh, .en, nil] {
                let text = formatted(block.text, to: target, conversation.session)
                #expect(formatted(text, to: target, conversation.session) == text,
                        "laid out twice: \(block.text)")
                let again = result(of: text, conversation)
                #expect(withoutHeadings(again) == withoutHeadings(original),
                        "\(block.text)\nbecame\n\(text)")
            }
        }
    }

    private func result(of text: String, _ conversation: Conversation) -> String {
        _ = conversation.session.runTogether(text)
        return conversation.takePrinted().map(\.text).joined()
    }

    private func formatted(_ text: String, to target: Language?, _ session: Session) -> String {
        let source = SourceText(name: nil, text: text)
        let script = parse(source, vocabulary: session.vocabulary)
        guard script.diagnostics.isEmpty else { return "does not parse: \(text)" }
        let meanings = ScriptChecker(session).meanings(script, source)
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
