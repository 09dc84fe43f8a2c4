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

    @Test("Of several lines that come at once the faulty one is put right alone", arguments: [
        ("团员 | 过滤 已注册 | 计数\n团员 | 计数\n退出", "可写作：团员 | 筛选 已注册 | 计数\n"),
        ("团员 | 计数\n团员 | 统计 按 性别\n", "可写作：团员 | 计数 按 性别\n"),
        ("团员\n  | 过滤 已注册\n  | 计数", nil),
    ] as [(String, String?)])
    func lines(typed: String, offered: String?) throws {
        let said = try SessionFixture("small", language: .zh).said(typed)
        #expect(said.contains("可写作") == (offered != nil), "\(said)")
        if let offered { #expect(said.hasSuffix(offered), "\(said)") }
    }
}
