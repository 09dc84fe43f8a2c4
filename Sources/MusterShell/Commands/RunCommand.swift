import MusterDiagnostics
import MusterLanguage

/// `run SCRIPT [k=v …]`.
enum RunCommand: Command {
    static let signature = Signature(Term("run", "运行"), [
        Slot("script", .path, shown: Message(zh: "脚本", en: "SCRIPT")),
        Slot("settings", .settings, required: false,
             shown: Message(zh: "参数=值 …", en: "NAME=VALUE …")),
    ])
    static let summary = Message(zh: "运行保存的脚本，可给参数", en: "run a saved script, with parameters")
    static let synonyms = ["do", "source", "执行"]
    static let traits: CommandTraits = .rehearsed
    static let argument: CommandArgument? = .script

    static func effects(of call: CommandCall, in session: Session) throws -> [Effect] {
        guard let template = call.text("script") else { return [] }
        var values: [String: GivenValue] = [:]
        for setting in call.settings("settings") {
            if case .path(let names) = setting.value.kind, names.count == 1 {
                // A bare word is a text unless it is a name of the language.
                values[setting.name.text] = .text(names[0].text)
            } else {
                values[setting.name.text] = .expression(setting.value, call.source,
                                                           session.environment)
            }
        }
        return [.run(script: session.binder(call.source).shownText(template), given: values,
                     at: template.span)]
    }
}

/// `scripts`.
enum ScriptsCommand: Command {
    static let signature = Signature(Term("scripts", "脚本"), [])
    static let summary = Message(zh: "列出保存的脚本", en: "list the saved scripts")
    static let traits: CommandTraits = .rehearsed

    static func effects(of call: CommandCall, in session: Session) throws -> [Effect] {
        [.list([Term("script", "脚本"), Term("title", "标题")],
               ScriptLibrary.scripts().map { script in
            [shown(script.name), titled(script.path, session)]
        })]
    }

    /// Its own name first, where there is one.
    private static func shown(_ name: Term) -> Message {
        Message(zh: name.zh == name.en ? name.en : "\(name.zh) \(name.en)", en: name.en)
    }

    /// A script's title as it is written, holes and all.
    private static func titled(_ path: String, _ session: Session) -> Message {
        guard let text = try? ScriptLibrary.read(path, at: nil) else { return Message("") }
        return title(SourceText(name: path, text: text), session.environment.registry)
    }

    static func title(_ source: SourceText, _ vocabulary: any Vocabulary) -> Message {
        let script = parse(source, vocabulary: vocabulary)
        for statement in script.statements {
            guard case .command(let word, _, let arguments) = statement.kind,
                  word == TitleCommand.signature.name.en else { continue }
            return TitleCommand.message(arguments) { text, _ in Help.written(text) }
        }
        return Message("")
    }
}

/// `include "other.muster"`: its statements here.
enum IncludeCommand: Command {
    static let signature = Signature(Term("include", "引入"), [
        Slot("script", .path, shown: Message(zh: "脚本", en: "SCRIPT")),
    ])
    static let summary = Message(zh: "在此处执行另一个脚本的语句", 
                                 en: "carry out another script's statements here")
    static let traits: CommandTraits = [.rehearsed, .bringsNames]
    static let argument: CommandArgument? = .script

    static func effects(of call: CommandCall, in session: Session) throws -> [Effect] {
        guard let template = call.text("script") else { return [] }
        return [.include(script: session.binder(call.source).shownText(template), from: call)]
    }
}
