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
    static let examples = ["history rate"]

    static func run(_ call: CommandCall, _ session: Session) throws {
        let word = call.rest("word") ?? ""
        let found = session.historyStatements().enumerated().filter {
            word.isEmpty || $0.element.contains(word)
        }
        session.list([Term("number", "序号"), Term("statement", "语句")], found.suffix(200).map {
            [Message("\($0.offset + 1)"), Message($0.element)]
        })
    }
}

/// `time on|off`.
enum TimeCommand: Command {
    static let switches = [Term("on", "开"), Term("off", "关")]
    static let signature = Signature(Term("time", "计时"), [Slot("switch", .word(switches))])
    static let summary = Message(zh: "开或关：显示每条语句用时", en: "on or off: show how long statements take")
    static let examples = ["time on; members | count"]

    static func run(_ call: CommandCall, _ session: Session) throws {
        if case .word(let word, _)? = call.arguments["switch"] {
            session.preferences.showsTime = word == "on"
        }
    }
}

/// `quit`.
enum QuitCommand: Command {
    static let signature = Signature(Term("quit", "退出"), [])
    static let summary = Message(zh: "退出", en: "leave")

    static func run(_ call: CommandCall, _ session: Session) throws { session.isFinished = true }
}
