import MusterReport
import MusterDiagnostics
import MusterEngine
import MusterLanguage

/// `help [TOPIC]`.
enum HelpCommand: Command {
    static let signature = Signature(Term("help", "帮助"), [
        Slot("topic", .rest, required: false),
    ])
    static let summary = Message(zh: "帮助；后面可写动词、函数、字段或命令",
                                 en: "help; name a verb, function, field or command for more")

    static func run(_ call: CommandCall, _ session: Session) throws {
        guard let topic = call.rest("topic") else { return overview(session) }
        let blocks = Help(session.environment, session.preferences.language).blocks(about: topic)
        guard !blocks.isEmpty else {
            throw Diagnostic("help.unknown", Message(
                zh: "没有关于“\(topic)”的帮助", en: "there is no help on \"\(topic)\""),
                at: call.span, hint: suggestion(for: topic, among: Help.topics(session.environment))
                    ?? Message(zh: "输入 help 看全部", en: "type help to see all there is"))
        }
        session.add(blocks)
    }

    private static func overview(_ session: Session) {
        let language = session.preferences.language
        let registry = session.environment.registry
        session.add([.text(Message(
            zh: "写一个来源，再用 | 接动词。例如：\n"
                + "团员 历年 2015..2017 | 比率 已注册 按 所在组织.区县局级, 年度 | 对照 目标 | 合计\n"
                + "Tab 补全，Ctrl-C 取消，Ctrl-D 退出。help 名称 看详情。",
            en: "Write a source, then verbs behind |. For example:\n"
                + "members over years 2015..2017 | rate registered by unit.district, year "
                + "| against target | total\n"
                + "Tab completes, Ctrl-C cancels, Ctrl-D leaves. help NAME tells more."))])
        session.list([Term("verb", "动词"), Term("usage", "写法"), Term("meaning", "作用")],
                     registry.verbs.map { verb in
            [Message(zh: verb.signature.name.zh, en: verb.signature.name.en),
             Message(verb.signature.usage(language)), verb.summary]
        })
        session.list([Term("command", "命令"), Term("usage", "写法"), Term("meaning", "作用")],
                     Commands.all.map { command in
            [Message(zh: command.signature.name.zh, en: command.signature.name.en),
             Message(command.signature.usage(language)), command.summary]
        })
    }
}

/// What the registries know about a name.
struct Help {
    private let environment: Environment
    private let language: Language

    init(_ environment: Environment, _ language: Language) {
        self.environment = environment
        self.language = language
    }

    static func topics(_ environment: Environment) -> [Term] {
        let registry = environment.registry
        return registry.verbs.map { $0.signature.name } + registry.functions.map { $0.name }
            + Commands.all.map { $0.signature.name }
            + environment.domain.sources.map(\.name)
            + environment.domain.entities.flatMap { $0.fields.map(\.name) }
    }

    func blocks(about topic: String) -> [Report.Block] {
        var blocks: [Report.Block] = []
        for verb in environment.registry.verbs where verb.signature.name.matches(topic) {
            blocks.append(heading(verb.signature.name, Message(zh: "动词", en: "verb")))
            var text = verb.signature.usage(language) + "\n" + verb.summary[language]
            for example in verb.examples {
                text += "\n\n  \(example.text)\n  — \(example.meaning[language])"
            }
            blocks.append(.text(Message(text)))
        }
        for function in environment.registry.functions where function.name.matches(topic) {
            blocks.append(heading(function.name, Message(zh: "函数", en: "function")))
            blocks.append(.text(Message(function.usage + "\n" + function.summary[language])))
        }
        for command in Commands.all where command.signature.name.matches(topic) {
            blocks.append(heading(command.signature.name, Message(zh: "命令", en: "command")))
            blocks.append(.text(Message(command.signature.usage(language) + "\n"
                                        + command.summary[language])))
        }
        for source in environment.domain.sources where source.name.matches(topic) {
            blocks.append(heading(source.name, Message(zh: "来源", en: "source")))
            blocks.append(.text(source.gloss))
        }
        for entity in environment.domain.entities {
            for field in entity.fields where field.name.matches(topic) {
                let kind = Message(zh: "\(entity.rowNoun.zh) 的字段",
                                   en: "field of a \(entity.rowNoun.en)")
                blocks.append(heading(field.name, kind))
                var text = "\(field.type.name[language]) · \(field.gloss[language])"
                if let codes = field.type.codes {
                    text += "\n" + codes.values.map {
                        $0.en == $0.zh ? $0.en : "\($0.en) \($0.zh)"
                    }.joined(separator: " · ")
                }
                if case .expression(let definition) = field.origin { text += "\n= " + definition }
                blocks.append(.text(Message(text)))
            }
        }
        return blocks
    }

    private func heading(_ name: Term, _ kind: Message) -> Report.Block {
        .heading(Message(zh: "\(name.zh)（\(name.en)）· \(kind.zh)",
                         en: "\(name.en) (\(name.zh)) · \(kind.en)"), level: 2)
    }
}
