import MusterDiagnostics
import MusterBinding
import MusterEngine
import MusterPlan
import MusterLanguage

/// Saved statistics: their comment, texts and parameters, from the script itself.
extension Help {
    mutating func addStatistics(_ topic: String) {
        guard let script = ScriptLibrary.scripts().first(where: { $0.name.matches(topic) }),
              let text = try? ScriptLibrary.read(script.path, at: nil) else { return }
        let source = SourceText(name: script.path, text: text)
        let parsed = parse(source, vocabulary: environment.registry)
        heading(script.name, Message(zh: "保存的统计", en: "a saved statistic"))
        let first = parsed.statements.first?.span.lower ?? text.utf8.count
        var lines = parsed.comments.prefix { $0.isOwnLine && $0.span.lower < first }.map {
            String($0.text.drop { $0 == "#" || $0 == " " })
        }
        let title = ScriptsCommand.title(source, environment.registry)[language]
        if !title.isEmpty { lines.insert(title, at: 0) }
        let parameters = parsed.statements.compactMap { statement -> String? in
            if case .parameter(let name, _, _, _, _) = statement.kind { name.text } else { nil }
        }
        let words = [TextCommand.signature.name.en, NoteCommand.signature.name.en]
        for statement in parsed.statements {
            guard case .command(let word, _, let arguments) = statement.kind,
                  words.contains(word), arguments["condition"] == nil,
                  case .text(let template)? = arguments["zh"],
                  // Figures are for the report, not for saying what it is about.
                  template.holes.allSatisfy(parameters.contains) else { continue }
            lines.append(TitleCommand.message(arguments) { text, _ in Help.written(text) }[
                language])
        }
        self.text(lines)
        addParameters(parsed.statements, source)
        examples.append("run \(script.name.en)")
        self.text(["  \(examples.count)  run \(script.name.en)"])
    }

    private mutating func addParameters(_ statements: [Statement], _ source: SourceText) {
        let lines = statements.compactMap { statement -> String? in
            guard case .parameter(let name, let type, let initial, let zh, let en)
                    = statement.kind else { return nil }
            let kinds = ParameterKind.all(environment.domain).map(\.name)
            let kind = (kinds + [Session.tableKind]).first {
                $0.matches(type.text)
            } ?? Term(type.text)
            let chinese = zh.map(Help.written) ?? ""
            let label = language == .zh ? chinese : en.map(Help.written) ?? chinese
            let value = initial.map { " = " + source.slice($0.span) } ?? ""
            return "  \(name.text): \(kind[language])\(value)  \(label)"
        }
        guard !lines.isEmpty else { return }
        text([Message(zh: "参数（运行时写 名称=值）：", en: "parameters (run with NAME=VALUE):")[
            language]] + lines)
    }

    /// A text as it is written, holes and all.
    static func written(_ template: Template) -> String {
        template.parts.map { part in
            switch part {
            case .text(let text): text
            case .hole(let name): "{\(name.text)}"
            }
        }.joined()
    }
}

extension Template {
    /// What its holes name.
    fileprivate var holes: [String] {
        parts.compactMap { if case .hole(let name) = $0 { name.text } else { nil } }
    }
}
