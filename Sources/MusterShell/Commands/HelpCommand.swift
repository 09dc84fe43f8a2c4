import MusterDiagnostics
import MusterEngine
import MusterLanguage
import MusterReport

/// `help [TOPIC]`.
enum HelpCommand: Command {
    static let signature = Signature(Term("help", "帮助"), [
        Slot("topic", .rest, required: false),
    ])
    static let restUsage = Message(zh: "[主题]", en: "[TOPIC]")
    static let summary = Message(
        zh: "帮助；主题可为动词、函数、字段、代码、语言中的词、统计或命令",
        en: "help; a topic is a verb, function, field, code, word, statistic or command")

    static func run(_ call: CommandCall, _ session: Session) throws {
        guard let topic = call.rest("topic") else { return overview(session) }
        var help = Help(session)
        help.add(topic: topic)
        guard !help.blocks.isEmpty else {
            let near = suggestion(for: topic, among: Help.topics(session.environment))
            throw Diagnostic("help.unknown", Message(
                zh: "没有关于“\(topic)”的帮助", en: "there is no help on \"\(topic)\""),
                at: call.span, hint: near ?? Message(zh: "输入 help 看全部",
                                                     en: "type help to see all there is"))
        }
        if !help.examples.isEmpty { session.examples = help.examples }
        session.add(help.blocks)
    }

    private static func overview(_ session: Session) {
        let language = session.preferences.language
        let registry = session.environment.registry
        session.examples = overviewExamples.map { session.translated($0, to: language) }
        let examples = session.examples.enumerated().map { "  \($0.offset + 1)  \($0.element)" }
        let start = Message(
            zh: "先写来源，再用 | 接动词：",
            en: "Write a source, then verbs behind |:")
        let end = Message(
            zh: "“示例 1”执行第 1 个示例；Tab 补全（可用拼音首字母）；Ctrl-C 取消，Ctrl-D 退出。\n"
                + "help 名称 查看动词、函数、字段、代码、语言中的词或统计；fields 列出字段，"
                + "values 字段 列出取值，tables 列出来源，scripts 列出统计。",
            en: "`example 1` runs the first one; Tab completes; Ctrl-C cancels, Ctrl-D leaves.\n"
                + "help NAME tells of a verb, function, field, code, word or statistic; fields, "
                + "values FIELD, tables and scripts list what there is.")
        session.add([.text(Message(([start[language]] + examples + [end[language]])
            .joined(separator: "\n")))])
        session.list([Term("verb", "动词"), Term("usage", "写法"), Term("meaning", "作用")],
                     registry.verbs.map { verb in
            [Message(zh: verb.signature.name.zh, en: verb.signature.name.en),
             Message(verb.signature.usage(language)), verb.summary]
        })
        session.list([Term("command", "命令"), Term("usage", "写法"), Term("meaning", "作用")],
                     Commands.all.map { command in
            [Message(zh: command.signature.name.zh, en: command.signature.name.en),
             Message(command.usage(language)), command.summary]
        })
        let words = HelpWords.all.map { $0.term[language] }
        session.add([.text(Message(
            zh: "语言中的词：" + words.joined(separator: "、"),
            en: "words of the language: " + words.joined(separator: ", ")))])
    }

    private static let overviewExamples = [
        "members | count by unit.district",
        "members over years 2015..2017 | rate registered by unit.district, year "
            + "| against target | total",
        "run progress",
    ]
}

/// `example N`: an example of the help that was shown last.
enum ExampleCommand: Command {
    static let signature = Signature(Term("example", "示例"), [Slot("number", .number)])
    static let summary = Message(zh: "执行刚才帮助中的第几个示例",
                                 en: "run an example of the help shown last, by its number")

    static func run(_ call: CommandCall, _ session: Session) throws {
        guard let expression = call.expression("number") else { return }
        let (value, _) = try session.binder(call.source).value(of: expression)
        guard case .int(let number) = value, number >= 1, number <= session.examples.count else {
            throw Diagnostic("example.unknown", Message(
                zh: "没有这个示例（现有 \(session.examples.count) 个）",
                en: "there is no such example (there are \(session.examples.count))"),
                at: expression.span,
                hint: Message(zh: "先用 help 查看，例如 help 比率",
                              en: "first see some: help rate, for example"))
        }
        let text = session.examples[Int(number) - 1]
        session.say(Message(text))
        let source = SourceText(text: text)
        let script = parse(source, vocabulary: session.vocabulary)
        do {
            for statement in script.statements { try session.execute(statement, source) }
        } catch let diagnostic as Diagnostic { throw diagnostic.located(in: source) }
    }
}
