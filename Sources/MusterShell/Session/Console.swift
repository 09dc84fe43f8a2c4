import MusterDiagnostics
import MusterReport

/// Where a session writes to and whom it may ask: a terminal, or two streams and nobody.
package protocol Console {
    /// Writes results.
    func results(_ bytes: [UInt8])
    /// Writes everything else.
    func messages(_ text: String)
    /// Where it is said how far a long task is; nil says nothing.
    var progress: ProgressLine? { get }
    /// Somebody sits there, whom a corrected line can be offered.
    var isAttended: Bool { get }
    /// Shows a long or wide result page by page; false where it need not: it is to be printed.
    ///
    /// - Parameter sideways: the same with so many screens of its columns passed over; nil where
    ///   there is nothing to the side.
    func page(_ bytes: [UInt8], sideways: ((Int) -> [UInt8]?)?) -> Bool
    /// Lets the user change a text in an editor; nil where none came of it.
    ///
    /// - Throws: `edit.terminal` where nobody can.
    func edit(_ text: String) throws -> String?
    /// Statements that were typed before.
    var history: [String] { get }
}

extension Console {
    package var isAttended: Bool { false }
    package func page(_ bytes: [UInt8], sideways: ((Int) -> [UInt8]?)?) -> Bool { false }
    package func edit(_ text: String) throws -> String? {
        throw Diagnostic("edit.terminal", Message(
            zh: "“编辑”只能在交互中使用", en: "edit works in the shell only"))
    }
    package var history: [String] { [] }
}

/// Reads what a user types, statement by statement.
protocol StatementInput: AnyObject {
    var language: Language { get set }
    /// Statements that were typed before.
    var statements: [String] { get }
    func remember(_ statement: String)
    func readStatement(prompt: String, continuation: (String) -> String, offered: String?,
                       isComplete: (String) -> Bool) -> LineEvent
}

extension LineEditor: StatementInput {}

/// Two streams with nobody behind them.
package struct SessionOutput: Console {
    private let writeResults: ([UInt8]) -> Void
    private let writeMessages: (String) -> Void
    package let progress: ProgressLine?

    package init(results: @escaping ([UInt8]) -> Void, messages: @escaping (String) -> Void,
                 progress: ProgressLine? = nil) {
        writeResults = results
        writeMessages = messages
        self.progress = progress
    }

    package func results(_ bytes: [UInt8]) { writeResults(bytes) }
    package func messages(_ text: String) { writeMessages(text) }
}

/// The same with a user in front of it: a pager, an editor, what was typed before.
struct TerminalConsole: Console {
    let streams: any Console
    let input: any StatementInput
    var isAttended: Bool { true }
    var progress: ProgressLine? { streams.progress }
    var history: [String] { input.statements }

    func results(_ bytes: [UInt8]) { streams.results(bytes) }
    func messages(_ text: String) { streams.messages(text) }
    func page(_ bytes: [UInt8], sideways: ((Int) -> [UInt8]?)?) -> Bool {
        Pager.show(bytes, input.language, sideways: sideways)
    }

    func edit(_ text: String) throws -> String? {
        let changed = try Editor.change(text)
        if let changed { input.remember(changed) }
        return changed
    }
}
