import MusterDiagnostics
import MusterBinding
import MusterEngine
import MusterPlan
import MusterLanguage
import MusterReport

/// `help [TOPIC]`.
enum HelpCommand: Command {
    static let signature = Signature(Term("help", "帮助"), [
        Slot("topic", .rest, required: false, shown: Message(zh: "主题", en: "TOPIC")),
    ])
    static let summary = Message(
        zh: "帮助；主题可为动词、函数、字段、代码、语言中的词、统计或命令",
        en: "help; a topic is a verb, function, field, code, word, statistic or command")
    static let synonyms = ["man", "h"]
    static let slips: [Slip] = [
        Slip(#"^\s*(?:\?|\\\?|\\h|\.help|/help|--help)\s*;?\s*$"#, "\(signature.name.en)"),
        Slip(#"^\s*(?:\?|\\h\s|help\s*\()\s*([\w.]+)\s*\)?\s*;?\s*$"#, "\(signature.name.en) $1"),
    ]
    static let traits: CommandTraits = .unlogged
    static let argument: CommandArgument? = .topic

    static func effects(of call: CommandCall, in session: Session) throws -> [Effect] {
        guard let topic = call.rest("topic") else { return overview(session) }
        var help = Help(session)
        help.add(topic: topic)
        if help.blocks.isEmpty { help.search(for: topic) }
        guard !help.blocks.isEmpty else {
            let near = suggestion(for: topic, among: Help.topics(session.environment))
            throw Diagnostic("help.unknown", Message(
                zh: "没有关于“\(topic)”的帮助", en: "there is no help on \"\(topic)\""),
                at: call.span, hint: near ?? Message(zh: "输入“帮助”查看全部",
                                                     en: "`help` alone shows all there is"))
        }
        return (help.examples.isEmpty ? [] : [.offer(help.examples)]) + [.show(help.blocks)]
    }

    private static func overview(_ session: Session) -> [Effect] {
        var help = Help(session)
        help.addOverview()
        return [.offer(help.examples), .show(help.blocks)]
    }
}

/// `example N`: an example of the help that was shown last.
enum ExampleCommand: Command {
    static let signature = Signature(Term("example", "示例"), [
        Slot("number", .number, shown: Message(zh: "序号", en: "NUMBER")),
    ])
    static let summary = Message(zh: "执行刚才帮助中的第几个示例",
                                 en: "run an example of the help shown last, by its number")
    static let traits: CommandTraits = .unlogged

    static func effects(of call: CommandCall, in session: Session) throws -> [Effect] {
        guard let expression = call.expression("number") else { return [] }
        let (value, _) = try session.value(of: expression, call.source)
        guard case .int(let number) = value, number >= 1, number <= session.examples.count else {
            throw Diagnostic("example.unknown", Message(
                zh: "没有这个示例（现有 \(session.examples.count) 个）",
                en: "there is no such example (there are \(session.examples.count))"),
                at: expression.span,
                hint: Message(zh: "先查看帮助，例如：帮助 比率",
                              en: "first see some: help rate, for example"))
        }
        let text = session.examples[Int(number) - 1]
        let source = SourceText(text: text)
        let script = parse(source, vocabulary: session.vocabulary)
        return [.say(Message(text)), .carryOut(script.statements, source)]
    }
}
