import MusterDiagnostics
@testable import MusterBinding
import MusterEngine
import MusterPlan
@testable import MusterLanguage
@testable import MusterLeague
import MusterReport
@testable import MusterShell
import MusterStore

/// The parts of the documents that are made from the registries, each by its name.
struct Reference {
    let domain = League.domain()
    let registry: Registry

    init() { registry = Registry(domain: domain, statements: Commands.signatures) }

    /// The lines of the part of that name: one word, or a word and what it is of.
    func lines(_ name: String) throws -> [String] {
        let words = name.split(separator: " ", maxSplits: 1).map(String.init)
        let made = whole(name) ?? (words.count == 2 ? of(words[0], words[1]) : nil)
        guard let made, !made.isEmpty else {
            throw Document.Fault(description: "no part is called \"\(name)\"")
        }
        return [""] + made.flatMap {
            $0.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        } + [""]
    }

    private func whole(_ name: String) -> [String]? {
        switch name {
        case "sources": sources
        case "as-of fields": asOfFields
        case "levels": table(["English", "中文"], Units.entity.levels.map { [$0.en, $0.zh] })
        case "relations": relations
        case "headings": headings
        case "codes": codes
        case "rules": rules
        case "verbs": verbs
        case "functions": functions { !$0.isAggregate }
        case "aggregates": functions { $0.isAggregate }
        case "words": words
        case "columns": columns
        case "commands": commands
        case "settings": settings
        case "limits": limits
        case "parameter types":
            table(["English", "中文"], ParameterKind.all(domain).map { [code($0.name.en), $0.name.zh] })
        case "displays":
            table(["English", "中文"], LabelVerb.displays.map { [code($0.en), $0.zh] })
        case "formats": formats
        case "reject reasons":
            table(["English", "中文"], RejectReason.allCases.map { [$0.term.en, $0.term.zh] })
        default: nil
        }
    }

    private func of(_ kind: String, _ name: String) -> [String]? {
        switch kind {
        case "verb": registry.verb(named: name).map(verb)
        case "fields": domain.entity(name).map(fields)
        case "schema": League.schema.tables.first { $0.name == name }.map(schema)
        default: nil
        }
    }

    // MARK: Markdown

    func table(_ headings: [String], _ rows: [[String]]) -> [String] {
        func line(_ cells: [String]) -> String {
            "| " + cells.map { $0.isEmpty ? "–" : $0 }.joined(separator: " | ") + " |"
        }
        return [line(headings), line(headings.map { _ in "---" })] + rows.map(line)
    }

    /// Text of the language as it is typed; a bar would end a table's cell.
    func code(_ text: String) -> String {
        text.isEmpty ? "" : "`" + text.replacing("|", with: "\\|") + "`"
    }

    func both(_ message: Message) -> String {
        message.zh == message.en ? message.zh : "\(message.zh) · \(message.en)"
    }

    func names(_ terms: [Term], quoted: Bool = true) -> String {
        terms.map { $0.en == $0.zh ? $0.zh : "\(quoted ? code($0.en) : $0.en) \($0.zh)" }
            .joined(separator: " · ")
    }

    /// A statement or expression in Chinese, as `fmt --to zh` would write it.
    func inChinese(_ text: String, of entity: String? = nil) -> String {
        let session = Session(preferences: Preferences(language: .zh), domain: League.domain(),
                              output: SessionOutput(results: { _ in }, messages: { _ in }))
        // An expression over a row is read as the condition or value of a query.
        let source = entity.flatMap { name in domain.sources.first { $0.entity == name } }
        let prefix = source.map { "\($0.name.en) | select x = (" } ?? ""
        let whole = SourceText(text: prefix + text + (prefix.isEmpty ? "" : ")"))
        let script = parse(whole, vocabulary: registry)
        let meanings = ScriptChecker(session).read(whole).meanings
        var formatted = MusterLanguage.format(
            script, vocabulary: registry, language: .zh,
            renamed: meanings.mapValues { $0.zh }).split(separator: "\n").joined(separator: "\n")
        if source != nil, let start = formatted.range(of: "= (") {
            formatted = String(formatted[start.upperBound...].dropLast())
        }
        return formatted
    }
}
