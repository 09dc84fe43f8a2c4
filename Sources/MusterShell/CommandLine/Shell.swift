import MusterDiagnostics
import MusterLanguage

/// The interactive shell: reads statements from the terminal until it ends.
struct Shell {
    private let session: Session
    private let isColoured: Bool
    /// Carried out before the first prompt.
    private let opening: String?

    init(_ session: Session, isColoured: Bool, opening: String? = nil) {
        self.session = session
        self.isColoured = isColoured
        self.opening = opening
    }

    func run() -> Int32 {
        let language = { session.preferences.language }
        let history = HistoryFile.defaultPath.map { path in
            HistoryFile(path) { session.show([$0]) }
        }
        let editor = LineEditor(history: history, language: language(), colour: isColoured)
        session.historyStatements = { [weak editor] in editor?.statements ?? [] }
        editor.completer = { line, cursor in
            Completer(session.environment, language: language()).complete(line, cursor)
        }
        greet()
        if let opening { session.run(opening) }
        while !session.isFinished {
            editor.language = language()
            let prompt = isColoured ? "\u{1b}[1;36mmuster>\u{1b}[0m " : "muster> "
            let event = editor.readStatement(prompt: prompt, continuation: "   ...> ") {
                isComplete($0, vocabulary: session.vocabulary)
            }
            switch event {
            case .statement(let text):
                if !session.preferences.isWidthFixed {
                    session.preferences.width = Terminal.width()
                }
                session.runTimed(text)
                Interrupt.clear()
            case .cancelled: continue
            case .end:
                session.output.messages("\n")
                return 0
            }
        }
        return 0
    }

    private func greet() {
        session.say(Message(
            zh: "muster：输入 help 看帮助，Tab 补全，Ctrl-D 退出。",
            en: "muster: type help for help; Tab completes, Ctrl-D leaves."))
        if session.environment.current == nil {
            session.say(Message(zh: "还没有装载快照：load \"文件夹\"",
                                en: "no snapshot is loaded yet: load \"FOLDER\""))
        }
    }
}

extension Session {
    /// Carries out what was typed, with its time and transcript where asked for.
    func runTimed(_ text: String) {
        let clock = ContinuousClock()
        let start = clock.now
        run(text)
        if preferences.showsTime {
            let took = clock.now - start
            let seconds = Double(took.components.seconds)
                + Double(took.components.attoseconds) / 1e18
            let shown = String((seconds * 1000).rounded() / 1000)
            say(Message(zh: "用时 \(shown) 秒", en: "\(shown) s"))
        }
    }
}
