import CReadline
import Glibc
import MusterDiagnostics
import MusterReport

/// Shows lines a window at a time: at each stop it says how to go on and how to leave, and ends by
/// itself with the last line. What is typed that is no key of its own is left for the line that is
/// read next. A table that has more columns than the window is looked at sideways, too: it stops
/// behind its last line as well, however short it is.
struct PageView {
    let language: Language
    let rows: Int
    let columns: Int
    /// Where to.
    var descriptor = Terminal.output
    /// The text with so many screens of columns passed over; nil where nothing is to the side.
    var sideways: ((Int) -> [UInt8]?)?

    /// Whether a text has columns to the side.
    func isWide(_ text: [UInt8]) -> Bool { sideways?(1).map { $0 != text } ?? false }

    /// Whether the terminal can take a line back.
    static var isPossible: Bool {
        !["", "dumb"].contains(Terminal.variable("TERM") ?? "") && Terminal.isTerminal(0)
    }

    /// What was typed at a stop.
    enum Answer: Equatable {
        case pages(Int), lines(Int), sideways(Int), leave, stay
        /// The beginning of something else.
        case typed([UInt8])

        init(_ bytes: [UInt8]) {
            let text = String(decoding: bytes, as: UTF8.self)
            let word = text.filter { !$0.isNewline }.lowercased()
            switch word {
            case "" where !text.isEmpty: self = .lines(bytes.count)
            case "q", "ｑ", "\u{1b}", "\u{4}": self = .leave
            case _ where word.hasPrefix("\u{1b}"):
                self.init(keys: word.split(separator: "\u{1b}"))
            case _ where word.allSatisfy({ $0 == " " || $0 == "\u{3000}" }):
                self = .pages(word.count)
            default: self = .typed(bytes)
            }
        }

        /// Keys with names of their own, of which several come at once where one is held down.
        private init(keys: [Substring]) {
            let steps = keys.reduce(0) { steps, key in
                steps + (["[c", "oc"].contains(key) ? 1 : ["[d", "od"].contains(key) ? -1 : 0)
            }
            if steps != 0 {
                self = .sideways(steps)
            } else if keys.allSatisfy({ ["[b", "ob"].contains($0) }) {
                self = .lines(keys.count)
            } else {
                self = keys.allSatisfy { $0 == "[6~" } ? .pages(keys.count) : .stay
            }
        }
    }

    func show(_ text: String) throws(Diagnostic) {
        var lines = Self.lines(text)
        // What was typed ahead is not for this.
        guard let keys = Keys(), !keys.isWaiting else { return try write(lines[...]) }
        defer { keys.release() }
        // The window that is shown begins at `top`, behind the table's head where it was moved.
        var top = 0, place = 0, room = max(1, rows - 1), screen = 0
        let isWide = other(1, than: lines) != nil
        while true {
            let start = place
            while place < lines.count, room > 0,
                  place == start || height(lines[place]) <= room {
                room -= height(lines[place])
                place += 1
            }
            try write(lines[start..<place])
            guard place < lines.count || isWide else { return }
            let wanted = try asked(place, lines.count, isWide, keys)
            switch wanted {
            case .sideways(let steps):
                room = 0
                let rest = max(0, top - Self.head(lines)), before = screen
                for _ in 0..<abs(steps) {
                    guard screen + steps.signum() >= 0,
                          let moved = other(screen + steps.signum(), than: lines) else { break }
                    screen += steps.signum()
                    lines = moved
                }
                guard screen != before else { continue }
                let head = Self.head(lines)
                try write(lines[..<head])
                top = min(head + rest, lines.count - 1)
                (place, room) = (top, max(1, rows - 1 - head))
            case .pages(let count) where place < lines.count:
                (top, room) = (place, max(1, rows - 1) * count)
            case .lines(let count) where place < lines.count:
                (top, room) = (top + count, count)
            default:
                let left = lines.count - place
                if left == 0 { return }
                let note = Message(zh: "… 另有 \(left) 行未显示", en: "… \(left) more lines")
                try Terminal.write(note[language] + "\n", to: descriptor)
                return
            }
        }
    }

    /// The lines on that screen, where they are others.
    private func other(_ screen: Int, than lines: [Substring]) -> [Substring]? {
        guard let text = sideways?(screen) else { return nil }
        let moved = Self.lines(String(decoding: text, as: UTF8.self))
        return moved == lines ? nil : moved
    }

    private static func lines(_ text: String) -> [Substring] {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.last?.isEmpty == true ? lines.dropLast() : lines
    }

    /// How many lines stand above a table's rows: those to its first rule.
    static func head(_ lines: [Substring]) -> Int {
        let rule = lines.firstIndex { line in
            let drawn = line.replacing(LineEditor.escapes, with: "")
            return !drawn.isEmpty && drawn.allSatisfy { "─- ".contains($0) }
        }
        return rule.map { $0 + 1 } ?? 0
    }

    /// Says how to go on, and waits for what is wanted: `leave` too where nobody is left to ask.
    private func asked(_ place: Int, _ count: Int, _ isWide: Bool, _ keys: Keys)
        throws(Diagnostic) -> Answer {
        try Terminal.write(prompt(place, count, isWide), to: descriptor)
        var answer = Answer.leave
        while let typed = keys.read() {
            answer = Answer(typed)
            // Where all is shown there is nothing to leave: other keys are for the next line,
            // such as the arrow that fetches the one before, or the first letter of a word.
            let begins = answer == .leave && typed[0] > 0x20 && typed.last != 0x0A
            if place == count, answer == .stay || begins { answer = .typed(typed) }
            if case .typed(let bytes) = answer {
                bytes.withUnsafeBufferPointer { muster_line_push($0.baseAddress, $0.count) }
            }
            if answer != .stay { break }
        }
        try Terminal.write("\r\u{1b}[K", to: descriptor)
        return answer == .stay ? .leave : answer
    }

    private func prompt(_ place: Int, _ count: Int, _ isWide: Bool) -> String {
        let end = Message(zh: "← → 其余的列，回车 继续", en: "← →: other columns, Enter: go on")
        let side = isWide ? Message(zh: "← → 其余的列，", en: "← →: other columns, ") : Message("")
        let words = place == count ? end : Message(
            zh: "空格 下一页，回车 下一行，\(side.zh)q 离开（\(place)/\(count) 行）",
            en: "Space: next page, Enter: next line, \(side.en)q: leave (\(place) of \(count))")
        return "\u{1b}[7m" + shortened(words[language], to: max(1, columns - 1), mark: "…")
            + "\u{1b}[0m"
    }

    /// How many rows of the window a line takes.
    private func height(_ line: Substring) -> Int {
        let width = displayWidth(line.replacing(LineEditor.escapes, with: ""))
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
