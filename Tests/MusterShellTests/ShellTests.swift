import MusterLeague
import MusterDiagnostics
import Testing
@testable import MusterShell

/// The shell's loop with lines from a list instead of a terminal.
@Suite("Shell without a terminal")
struct ShellTests {
    private final class Lines: StatementInput {
        var language = Language.en
        var statements: [String] = []
        /// What waited behind the up arrow of each line.
        var offered: [String?] = []
        private var waiting: [String]

        init(_ lines: [String]) { waiting = lines }

        func remember(_ statement: String) { statements.append(statement) }

        func readStatement(prompt: String, continuation: (String) -> String, offered: String?,
                           isComplete: (String) -> Bool) -> LineEvent {
            self.offered.append(offered)
            guard !waiting.isEmpty else { return .end }
            statements.append(waiting[0])
            return .statement(waiting.removeFirst())
        }
    }

    @Test("A slip waits corrected behind the up arrow; history is what was typed")
    func offers() throws {
        var said = ""
        var preferences = Preferences(language: .en)
        preferences.format = "csv"
        let session = Session(preferences: preferences, domain: League.domain(),
                              output: SessionOutput(
            results: { said += String(decoding: $0, as: UTF8.self) }, messages: { said += $0 }))
        try session.load(SessionFixture.top.appending(path: "samples/small").path)
        let lines = Lines(["members | filter registered | count", "history", "quit"])
        #expect(Shell(session, input: lines, isColoured: false).run() == 0)
        #expect(lines.offered == [nil, "members | where registered | count", nil])
        #expect(said.contains("2,history"))
    }
}
