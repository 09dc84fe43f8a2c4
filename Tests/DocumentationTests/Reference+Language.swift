import MusterLeague
import MusterDiagnostics
import MusterBinding
import MusterEngine
import MusterPlan
@testable import MusterLanguage
import MusterReport
@testable import MusterShell

/// Verbs, functions, commands and the words between them.
extension Reference {
    var verbs: [String] {
        table(["中文", "English", "作用 · meaning"], registry.verbs.map { verb in
            let name = verb.signature.name
            return ["[\(name.zh)](#\(anchor(name)))", code(name.en), both(verb.summary)]
        })
    }

    /// As GitHub makes it of the heading `### 筛选 · where`.
    private func anchor(_ name: Term) -> String { "\(name.zh)--\(name.en)" }

    func verb(_ verb: any Verb.Type) -> [String] {
        let signature = verb.signature
        var lines = table(["写法", "usage"], [[code(signature.usage(.zh)),
                                              code(signature.usage(.en))]])
        for example in domain.words.examples.verbs[signature.name.en] ?? [] {
            let chinese = inChinese(example.text)
            // What the formatter's Chinese does not read back is left out, not put in wrongly.
            let isRead = parse(SourceText(text: chinese), vocabulary: registry).diagnostics.isEmpty
            lines += ["", example.meaning.zh + "：· " + example.meaning.en + ":", "", "```muster"]
                + (isRead ? [chinese] : []) + [example.text, "```"]
        }
        return lines
    }

    func functions(_ isWanted: (any Function.Type) -> Bool) -> [String] {
        table(["English", "中文", "写法 usage", "含义 meaning"],
              registry.functions.filter(isWanted).map { function in
            [code(function.name.en), function.name.zh, code(function.usage.en),
             both(function.summary)]
        })
    }

    var words: [String] {
        let all = Words.all.map { [code($0.en), $0.zh] }
        return table(["English", "中文"], all)
    }

    var columns: [String] {
        table(["English", "中文"], ColumnNames.all.map { [code($0.en), $0.zh] }
            + [[code(ColumnNames.total.en), ColumnNames.total.zh]])
    }

    var commands: [String] {
        table(["写法", "usage", "作用 · meaning"], Commands.all.map { command in
            [code(command.usage(.zh)), code(command.usage(.en)),
             both(command.summary)]
        })
    }

    var settings: [String] {
        let session = Session(preferences: Preferences(language: .zh), domain: League.domain(),
                              output: SessionOutput(results: { _ in }, messages: { _ in }))
        return table(["English", "中文", "取值 · value", "开始时 · at first"],
                     SetCommand.choices(League.domain()).map { choice in
            [code(choice.name.en), choice.name.zh, both(choice.gloss),
             choice.name.en == "language" ? "" : code(choice.value(session))]
        })
    }

    var formats: [String] {
        table(["格式 format", "扩展名 endings"], Formats.all.map {
            [code($0.name), $0.endings.map { "." + $0 }.joined(separator: " ")]
        })
    }
}
