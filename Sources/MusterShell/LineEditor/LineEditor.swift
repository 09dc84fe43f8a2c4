import CReadline
import Glibc
import MusterBinding
import MusterDiagnostics

/// How reading a statement ended.
package enum LineEvent: Sendable, Hashable {
    /// A whole statement, or several that were pasted, with the line breaks between their lines.
    case statement(String)
    /// Ctrl-C, or Ctrl-D in the middle of a statement: what was typed is dropped.
    case cancelled
    /// Ctrl-D on an empty line, or the terminal has gone.
    case end
}

/// Reads statements from the terminal with GNU readline. One for a process, used from one thread,
/// and only where standard input is a terminal.
package final class LineEditor {
    /// Completes a statement typed so far (all its lines) at a UTF-8 offset.
    package var completer: (_ text: String, _ cursorUTF8: Int) -> Completions = { _, _ in .none }
    package var language: Language
    package var colour: Bool
    /// Statements that hold such a text are not kept.
    package var sensitive = SensitiveText.none
    /// Whether what was typed before may be suggested as it is typed again.
    package var suggests: () -> Bool = { true }
    private let history: HistoryFile?
    /// The earlier lines of the statement that is being typed, each with its line break.
    private(set) var before = ""
    /// What stands before the line, without its colours.
    private(set) var promptWidth = 0

    /// - Parameter history: the file to keep statements in; nil keeps none beyond the session.
    package init(history: HistoryFile?, language: Language, colour: Bool) {
        self.history = history
        self.language = language
        self.colour = colour
        Terminal.prepareLocale()
        Interrupt.install()
        ReadlineState.setUp()
        history?.load()
    }

    /// Reads lines until `isComplete` says that they are a statement; `continuation` gives the
    /// prompt for going on from the lines so far. Colours in the prompts are ordinary escape
    /// sequences. An empty line is passed over. The line is empty; what is `offered` waits behind
    /// the up arrow, and is no part of the history unless it is run.
    package func readStatement(prompt: String, continuation: (String) -> String,
                              offered: String? = nil, isComplete: (String) -> Bool)
        -> LineEvent {
        ReadlineState.editor = self
        defer { (ReadlineState.editor, before) = (nil, "") }
        var offer: Int32?
        if let offered {
            muster_history_add(offered)
            offer = muster_history_count() - 1
        }
        func withdraw() {
            if let place = offer { muster_history_drop(place) }
            offer = nil
        }
        defer { withdraw() }
        while true {
            Interrupt.clear()
            var line: UnsafeMutablePointer<CChar>?
            let prompt = before.isEmpty ? prompt : continuation(before)
            promptWidth = displayWidth(prompt.replacing(Self.escapes, with: ""))
            let outcome = muster_line_read(readlinePrompt(prompt), &line)
            defer { free(line) }
            switch outcome {
            case MUSTER_LINE_INTERRUPTED:
                Interrupt.clear()
                return .cancelled
            case MUSTER_LINE:
                guard let line else { return .end }
                let text = before + String(cString: line)
                if text.allSatisfy(\.isWhitespace) { before = ""; continue }
                if isComplete(text) {
                    withdraw()
                    remember(text)
                    return .statement(text)
                }
                before = text + "\n"
            default:
                return before.isEmpty ? .end : .cancelled
            }
        }
    }

    /// The statements of this and earlier sessions, the oldest first.
    package var statements: [String] {
        (0..<muster_history_count()).compactMap { index in
            muster_history_entry(index).map { String(cString: $0) }
        }
    }

    func remember(_ text: String) {
        guard let entry = historyEntry(text, sensitive), entry != statements.last else { return }
        muster_history_add(entry)
        history?.append()
    }

    func completions(_ line: String, _ cursor: Int) -> Completions {
        let offset = before.utf8.count
        let found = completer(before + line, offset + cursor)
        return Completions(start: found.start - offset, found.candidates)
    }

    /// Shows them page by page; a terminal that cannot has one page, with how many there are more.
    func show(_ candidates: [Completion], rows: Int, columns: Int) {
        let output = Terminal.isTerminal(Terminal.output) ? Terminal.output : Terminal.errors
        let canPage = PageView.isPossible
        let list = candidateList(candidates, rows: canPage ? Self.manyRows : rows,
                                 columns: columns, language: language, colour: colour)
        let view = PageView(language: language, rows: rows, columns: columns, descriptor: output)
        // A terminal that takes nothing more has no use for candidates either.
        if canPage { try? view.show(list) } else { _ = try? Terminal.write(list, to: output) }
    }

    private static let manyRows = 10_000

    static var escapes: Regex<Substring> { /\u{1b}\[[0-9;]*m/ }
}

/// The prompt with its escape sequences marked as taking no room, as readline wants it.
func readlinePrompt(_ prompt: String) -> String {
    prompt.replacing(LineEditor.escapes) { "\u{1}" + $0.output + "\u{2}" }
}
