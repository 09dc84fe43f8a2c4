import Foundation
import MusterDiagnostics
import MusterLanguage

/// The interactive shell: reads statements from the terminal until it ends.
struct Shell {
    private let session: Session
    private let input: any StatementInput
    private let isColoured: Bool
    /// Carried out before the first prompt.
    private let opening: String?

    /// - Parameters:
    ///   - input: nil for the terminal's line editor.
    ///   - opening: a statement that is carried out first.
    init(_ session: Session, input: (any StatementInput)? = nil, isColoured: Bool,
         opening: String? = nil) {
        self.session = session
        self.input = input ?? Shell.editor(session, isColoured: isColoured)
        self.isColoured = isColoured
        self.opening = opening
    }

    func run() -> Int32 {
        session.speak(through: TerminalConsole(streams: session.console, input: input))
        StartupFile.run(in: session)
        greet()
        let ahead = NamesAhead()
        defer { ahead.end() }
        if let opening { session.run(opening) }
        while !session.isFinished {
            if session.preferences.threads > 1 { ahead.make(session.environment) }
            input.language = session.preferences.language
            let prompt = prompt
            let event = input.readStatement(prompt: prompt, continuation: continuation,
                                             offered: session.takeCorrection()?.text) {
                isComplete($0, vocabulary: session.vocabulary)
            }
            switch event {
            case .statement(let text):
                if !session.preferences.isWidthFixed {
                    session.prefer { $0.width = Terminal.width() }
                }
                session.runTimed(text)
                Interrupt.clear()
            case .cancelled: continue
            case .end:
                session.console.messages("\n")
                return 0
            }
        }
        return 0
    }

    /// Says where in a lesson one is, while one is going on.
    private var prompt: String {
        let text = session.coach?.prompt[session.preferences.language] ?? "muster> "
        return isColoured ? "\u{1b}[1;36m\(text.dropLast())\u{1b}[0m " : text
    }

    /// The prompt of a further line shows what is still open.
    private func continuation(_ text: String) -> String {
        switch openEnd(of: text, vocabulary: session.vocabulary) {
        case .text: "  \"...> "
        case .bracket: "  (...> "
        case .pipe, nil: "   ...> "
        }
    }

    private static func editor(_ session: Session, isColoured: Bool) -> LineEditor {
        let history = HistoryFile.defaultPath.map { path in
            HistoryFile(path) { session.show([$0]) }
        }
        let editor = LineEditor(history: history, language: session.preferences.language,
                                colour: isColoured)
        editor.sensitive = session.environment.domain.words.sensitive
        // Before others no name is to appear unasked, and a lesson's answers are to be found.
        editor.suggests = {
            session.preferences.suggests && session.coach == nil
                && !session.books.environment.hidesNames
        }
        editor.completer = { line, cursor in
            Completer(session.environment, language: session.preferences.language,
                      vocabulary: session.vocabulary, isInLesson: session.coach != nil,
                      isInterrupted: session.isInterrupted)
                .complete(line, cursor)
        }
        return editor
    }

    private func greet() {
        session.say(Message(
            zh: "muster：输入“帮助”查看用法；Tab 键补全；Ctrl-D 退出。",
            en: "muster: type help for help; Tab completes, Ctrl-D leaves."))
        if let set = Terminal.otherCharacterSet {
            session.say(Message(
                zh: "终端的语言环境是 \(set)，不是 UTF-8；若中文显示不正常，请把环境变量 LANG "
                    + "设为 C.UTF-8 后重新启动",
                en: "the locale is \(set) and not UTF-8; where Chinese looks wrong, set it before: "
                    + "export LANG=C.UTF-8"))
        }
        if session.environment.current == nil, opening == nil {
            session.say(Message(zh: "还没有装载快照。请输入：装载 \"文件夹\"（试用可写：装载 samples/small）",
                                en: "no snapshot is loaded yet: load \"FOLDER\" (to try: "
                                    + "load samples/small)"))
        }
    }
}

/// Statements that the shell carries out before the first prompt.
enum StartupFile {
    /// `$XDG_CONFIG_HOME/muster/startup.muster`, by default under `~/.config`.
    static var path: String? {
        let environment = ProcessInfo.processInfo.environment
        if let folder = environment["XDG_CONFIG_HOME"], folder.hasPrefix("/") {
            return folder + "/muster/startup.muster"
        }
        guard let home = environment["HOME"], home.hasPrefix("/") else { return nil }
        return home + "/.config/muster/startup.muster"
    }

    /// A file that is not there is no fault; a broken one is named and passed over.
    static func run(in session: Session) {
        guard let path, FileManager.default.fileExists(atPath: path) else { return }
        var isFine = false
        do {
            isFine = session.run(try ScriptLibrary.read(path, at: nil), named: path)
        } catch { session.show(error, nil) }
        _ = session.takeCorrection()
        guard !isFine else { return }
        session.show([Diagnostic("startup.passed", Message(
            zh: "启动文件 \(path) 有误，其余部分未执行",
            en: "the start-up file \(path) is at fault: the rest of it is passed over"),
            severity: .warning)])
    }
}

extension Session {
    /// Carries out what was typed, with its time where asked for.
    func runTimed(_ text: String) {
        let clock = ContinuousClock()
        let start = clock.now
        run(text)
        if preferences.showsTime {
            let shown = (clock.now - start).shown
            say(Message(zh: "用时 \(shown) 秒", en: "\(shown) s"))
        }
    }
}
