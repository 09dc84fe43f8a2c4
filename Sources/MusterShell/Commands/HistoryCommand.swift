import MusterBinding
import MusterDiagnostics
import MusterLanguage

/// `history`.
enum HistoryCommand: Command {
    static let signature = Signature(Term("history", "历史"), [
        Slot("word", .rest, required: false, shown: Message(zh: "词", en: "WORD")),
    ])
    static let summary = Message(zh: "列出以前输入的语句，可带一个词查找；按 Ctrl-R 可边输边找",
                                 en: "list earlier statements; with a word, those that hold it; "
                                     + "Ctrl-R searches as you type")
    static let synonyms = ["历史记录"]
    static let traits: CommandTraits = .unlogged

    static func effects(of call: CommandCall, in session: Session) throws -> [Effect] {
        let word = call.rest("word") ?? ""
        let found = session.console.history.enumerated().filter {
            word.isEmpty || $0.element.contains(word)
        }
        return [.list([Term("number", "序号"), Term("statement", "语句")], found.suffix(200).map {
            [Message("\($0.offset + 1)"), Message($0.element)]
        })]
    }
}

/// `time on|off`.
enum TimeCommand: Command {
    static let switches = [Term("on", "开"), Term("off", "关")]
    static let signature = Signature(Term("time", "计时"), [Slot("switch", .word(switches))])
    static let summary = Message(zh: "开或关：显示每条语句和查询各步的用时",
                                 en: "on or off: show how long statements and the steps of a query "
                                     + "take")

    static func effects(of call: CommandCall, in session: Session) throws -> [Effect] {
        guard let word = call.word("switch") else { return [] }
        var preferences = session.preferences
        preferences.showsTime = word == switches[0].en
        return [.prefer(preferences)]
    }
}

/// `quit`.
enum QuitCommand: Command {
    static let signature = Signature(Term("quit", "退出"), [])
    static let summary = Message(zh: "退出", en: "leave")
    static let synonyms = ["exit", "bye", "q", "logout", "退出程序", "再见", "结束"]
    static let slips: [Slip] = [
        Slip(#"^\s*(?::q!?|:wq|\\q|\.quit|\.exit)\s*;?\s*$"#, "\(signature.name.en)"),
    ]
    static let traits: CommandTraits = .unlogged

    static func effects(of call: CommandCall, in session: Session) throws -> [Effect] { [.finish] }
}
