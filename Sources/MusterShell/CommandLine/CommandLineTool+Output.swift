import Glibc
import CSystem
import MusterDiagnostics
import Synchronization
import MusterFiles
import MusterReport

extension CommandLineTool {
    /// Before anything else: makes sure of what every way of running needs of the machine. Ends
    /// the program, 3, where it has not got that.
    package static func prepare() {
        Machine.prepare()
        rememberLastWords(usualLanguage)
        if let shortage = Machine.shortage {
            put(shortage.rendered(in: usualLanguage) + "\n", to: Terminal.errors)
            exit(3)
        }
    }

    /// What is said where memory or threads are out, and nothing more can be made.
    static func rememberLastWords(_ language: Language) {
        let memory = Message(
            zh: "错误：内存不足，已停止；没有留下不完整的文件\n  请关闭别的程序、放宽限制，或装载小一些的数据",
            en: "error: out of memory: stopped, and no part of a file is left\n"
                + "  close other programs, raise the limit, or load less")
        let threads = Message(
            zh: "错误：系统不让再开线程，已停止\n  请用 --threads 1，或放宽限制（ulimit -u、-v）",
            en: "error: no more threads can be started: stopped\n"
                + "  say --threads 1, or raise the limit (ulimit -u, -v)")
        muster_last_words(memory[language] + "\n", threads[language] + "\n")
    }

    /// Whether Ctrl-C has kept a part of the results from being written.
    static let wasCut = Atomic<Bool>(false)

    static func put(_ text: String, to descriptor: Int32 = Terminal.output) {
        put(Array(text.utf8), to: descriptor)
    }

    package static func write(_ text: String) { CommandLineTool.put(text + "\n") }

    /// A complaint about the command line, in the language it asks for.
    package static func complain(_ message: Message, _ arguments: [String]) {
        var language = usualLanguage
        if let place = arguments.firstIndex(of: "--language"), place + 1 < arguments.count {
            language = Language(rawValue: arguments[place + 1]) ?? language
        }
        CommandLineTool.put(visibleLines(message[language]) + "\n", to: Terminal.errors)
    }

    /// Ctrl-C stops what is running at its next step, and then the program, as if by the signal
    /// itself; a second one ends it at once. So does a reader of the results who is gone.
    func heedingInterrupts(_ body: () -> Int32) -> Int32 {
        Interrupt.install(secondEnds: true)
        let code = body()
        let isCut = code != 0 || CommandLineTool.wasCut.load(ordering: .relaxed)
        if isCut, Interrupt.isRequested { Interrupt.end() }
        if Terminal.isAbandoned { Terminal.endAbandoned() }
        return code
    }

    /// 2 where the chosen format is none for a terminal, and nothing else would take the result.
    func refusal(_ session: Session, output: String?) -> Int32? {
        guard output == nil, session.preferences.destination == .terminal,
              let format = Formats.named(session.preferences.format), format.isBinary else {
            return nil
        }
        session.show([format.notForTerminals])
        return 2
    }

    /// Standard output and errors; with a progress line where errors are read by somebody.
    static func output() -> SessionOutput {
        guard Terminal.isTerminal(Terminal.errors), Terminal.variable("TERM") != "dumb" else {
            return SessionOutput(results: { put($0) },
                                 messages: { put($0, to: Terminal.errors) })
        }
        let line = ProgressLine(
            width: { Terminal.width(of: Terminal.errors) ?? 80 },
            write: { _ = try? Terminal.write($0, to: Terminal.errors) })
        return SessionOutput(
            results: { bytes in line.aside { put(bytes) } },
            messages: { text in line.aside { put(text, to: Terminal.errors) } },
            progress: line)
    }
}
