import MusterDiagnostics
import MusterBinding
import MusterEngine
import MusterPlan
import MusterLanguage

extension Session {
    /// A program in a language, as `fmt --to` gives it; as it stands where it cannot be read.
    func translated(_ text: String, to language: Language?, isOneLine: Bool = false) -> String {
        let source = SourceText(text: text)
        let (script, meanings, vocabulary) = ScriptChecker(self).read(source)
        guard script.diagnostics.isEmpty else { return text }
        let lines = MusterLanguage.format(
            script, vocabulary: vocabulary, language: language,
            renamed: language.map { language in meanings.mapValues { $0[language] } } ?? [:])
            .split(separator: "\n").map(String.init)
        // What does not read back is not put in anybody's way.
        let result = isOneLine ? Session.oneLine(lines) : lines.joined(separator: "\n")
        let isRead = parse(SourceText(text: result), vocabulary: vocabulary).diagnostics.isEmpty
        return isRead ? result : text
    }

    /// Lines that go on with the statement before, and statements with `;` between them.
    private static func oneLine(_ lines: [String]) -> String {
        lines.map { String($0.drop { $0 == " " }) }.reduce("") { text, line in
            text.isEmpty ? line : text + (line.hasPrefix("|") ? " " : "; ") + line
        }
    }

    /// An expression over an entity's rows in a language.
    func translated(_ expression: String, of entity: String, to language: Language) -> String {
        guard let source = environment.domain.sources.first(where: { $0.entity == entity }) else {
            return expression
        }
        let text = translated("\(source.name.en) | select x = (\(expression))", to: language,
                              isOneLine: true)
        guard let start = text.range(of: "x = (") else { return expression }
        return String(text[start.upperBound...].dropLast())
    }
}
