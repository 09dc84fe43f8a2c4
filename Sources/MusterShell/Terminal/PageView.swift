import CReadline
import Glibc
import MusterDiagnostics
import MusterReport

/// Shows lines a window at a time: at each stop it says how to go on and how to leave, and ends by
/// itself with the last line. What is typed that is no key of its own is left for the line that is
/// read next.
struct PageView {
    let language: Language
    let rows: Int
    let columns: Int
    /// Where to.
    var descriptor = Terminal.output

    /// Whether the terminal can take a line back.
    static var isPossible: Bool {
        !["", "dumb"].contains(Terminal.variable("TERM") ?? "") && Terminal.isTerminal(0)
    }

    /// What was typed at a stop.
    enum Answer: Equatable {
        case pages(Int), lines(Int), leave, stay
        /// The beginning of something else.
        case typed([UInt8])

        init(_ bytes: [UInt8]) {
            let text = String(decoding: bytes, as: UTF8.self)
            let word = text.filter { !$0.isNewline }.lowercased()
            switch word {
            case "" where !text.isEmpty: self = .lines(bytes.count)
            case "q", "ｑ", "\u{1b}", "\u{4}": self = .leave
            case "\u{1b}[b", "\u{1b}ob": self = .lines(1)
            case "\u{1b}[6~": self = .pages(1)
            case _ where word.hasPrefix("\u{1b}"): self = .stay
            case _ where word.allSatisfy({ $0 == " " || $0 == "\u{3000}" }):
                self = .pages(word.count)
            default: self = .typed(bytes)
            }
        }
    }

    func show(_ text: String) throws(Diagnostic) {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        // What was typed ahead is not for this.
        guard let keys = Keys(), !keys.isWaiting else { return try write(lines[...]) }
        defer { keys.release() }
        var place = 0, room = rows - 1
        while true {
            let start = place
            while place < lines.count, place == start || height(lines[place]) <= room {
                room -= height(lines[place])
                place += 1
            }
            try write(lines[start..<place])
            guard place < lines.count else { return }
            try Terminal.write(prompt(place, lines.count), to: descriptor)
            room = try wait(keys)
            try Terminal.write("\r\u{1b}[K", to: descriptor)
            guard room > 0 else {
                let left = lines.count - place
                let note = Message(zh: "… 另有 \(left) 行未显示", en: "… \(left) more lines")
                try Terminal.write(note[language] + "\n", to: descriptor)
                return
            }
        }
    }

    /// How many more rows are wanted; 0 to leave.
    private func wait(_ keys: Keys) throws(Diagnostic) -> Int {
        while let typed = keys.read() {
            switch Answer(typed) {
            case .pages(let count): return max(1, rows - 1) * count
            case .lines(let count): return count
            case .leave: return 0
            case .stay: continue
            case .typed(let bytes):
                bytes.withUnsafeBufferPointer { muster_line_push($0.baseAddress, $0.count) }
                return 0
            }
        }
        return 0
    }

    private func prompt(_ place: Int, _ count: Int) -> String {
        let words = Message(zh: "空格 下一页，回车 下一行，q 离开（\(place)/\(count) 行）",
                            en: "Space: next page, Enter: next line, q: leave (\(place) of \(count))")
        return "\u{1b}[7m" + shortened(words[language], to: max(1, columns - 1), mark: "…")
            + "\u{1b}[0m"
    }

    /// How many rows of the window a line takes.
    private func height(_ line: Substring) -> Int {
        let width = displayWidth(String(line).replacing(/\u{1b}\[[0-9;]*m/, with: ""))
        return max(1, (width + columns - 1) / max(1, columns))
    }

    private func write(_ lines: ArraySlice<Substring>) throws(Diagnostic) {
        let text = lines.map { $0 + "\n" }.joined()
        try Terminal.write(Array(text.utf8), to: descriptor,
                           isInterrupted: { Interrupt.isRequested })
    }
}

/// The keyboard while keys are read one by one and not shown.
private struct Keys {
    private let usual: termios
    /// Milliseconds after which it is looked whether the user has stopped it.
    private static let patience: Int32 = 100

    /// Nil where standard input is no terminal.
    init?() {
        var state = termios()
        guard tcgetattr(0, &state) == 0 else { return nil }
        usual = state
        state.c_lflag &= ~tcflag_t(ICANON | ECHO)
        guard tcsetattr(0, TCSADRAIN, &state) == 0 else { return nil }
    }

    /// Something was typed already.
    var isWaiting: Bool {
        var input = pollfd(fd: 0, events: Int16(POLLIN), revents: 0)
        return muster_line_pushed() > 0 || poll(&input, 1, 0) > 0
    }

    /// All that is there of what is typed next; nil at its end, or on Ctrl-C.
    func read() -> [UInt8]? {
        // While a line is read a signal waits for readline, and no call comes back for it.
        var input = pollfd(fd: 0, events: Int16(POLLIN), revents: 0)
        while poll(&input, 1, Self.patience) <= 0 {
            if Interrupt.isRequested || muster_line_signalled() { return nil }
        }
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = Glibc.read(0, &bytes, bytes.count)
        return count > 0 ? Array(bytes[..<count]) : nil
    }

    func release() {
        var state = usual
        tcsetattr(0, TCSADRAIN, &state)
    }
}
