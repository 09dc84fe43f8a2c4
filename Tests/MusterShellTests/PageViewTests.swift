import Foundation
import MusterDiagnostics
import Testing
@testable import MusterShell

/// Long results page by page.
@Suite("Pages", .serialized)
struct PageViewTests {
    @Test("Keys of the pager are told from what is typed next", arguments: [
        (" ", .pages(1)), ("  ", .pages(2)), ("　", .pages(1)), ("\n", .lines(1)), ("\r", .lines(1)),
        ("q", .leave), ("Q", .leave), ("q\n", .leave), ("\u{1b}", .leave), ("\u{4}", .leave),
        ("\u{1b}[B", .lines(1)), ("\u{1b}[6~", .pages(1)), ("\u{1b}[A", .stay),
        ("\u{1b}[C", .sideways(1)), ("\u{1b}OD", .sideways(-1)),
        ("\u{1b}[C\u{1b}[C\u{1b}[D\u{1b}[C", .sideways(2)), ("\u{1b}[B\u{1b}[B", .lines(2)),
        ("\u{1b}[C\u{1b}[D", .stay),
        ("quit\n", .typed(Array("quit\n".utf8))), ("团员", .typed(Array("团员".utf8))),
        (" | count\n", .typed(Array(" | count\n".utf8))), ("m", .typed([0x6D])),
    ] as [(String, PageView.Answer)])
    func keys(typed: String, meant: PageView.Answer) {
        #expect(PageView.Answer(Array(typed.utf8)) == meant)
    }

    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path

    private func start(columns: Int = 100, environment: [String: String] = [:]) throws
        -> TerminalSession {
        let terminal = try TerminalSession(
            "muster", ["--language", "zh", Self.root + "/samples/small"], columns: columns, rows: 20,
            environment: environment)
        try terminal.wait(for: "muster>")
        return terminal
    }

    @Test("It says how to go on and leave, goes on by page and line, and ends with the text",
          .enabled(if: TerminalSession.isAvailable, "tmux is not installed"))
    func pages() throws {
        let terminal = try start()
        defer { terminal.end() }
        try terminal.type("团员 | 选取 姓名, 年龄", .enter)
        try terminal.wait(for: "空格 下一页，回车 下一行，q 离开（19/31 行）")
        try terminal.type("", .enter)
        try terminal.wait(for: "（20/31 行）")
        try terminal.type(" ")
        try terminal.wait(for: "muster>", times: 2)
        #expect(try !terminal.screen().contains("下一页"))
        try terminal.type("40 + 2", .enter)
        try terminal.wait(for: "\n    42")
        try terminal.type("团员 | 选取 姓名, 年龄", .enter)
        try terminal.wait(for: "空格 下一页")
        try terminal.type("q")
        try terminal.wait(for: "另有 12 行未显示")
    }

    @Test("Other columns are looked at sideways, beside the first and at the same rows",
          .enabled(if: TerminalSession.isAvailable, "tmux is not installed"))
    func sideways() throws {
        let terminal = try start(columns: 64)
        defer { terminal.end() }
        try terminal.type("团员", .enter)
        try terminal.wait(for: "← → 其余的列，q 离开（19/34 行）")
        try terminal.type("", .right)
        try terminal.wait(for: "\nS02       -         兼职")
        try terminal.wait(for: "（19/34 行）")
        try terminal.type("", .enter, .enter, .enter)
        try terminal.wait(for: "（22/34 行）")
        try terminal.type("", .left)
        // The page that is shown, with its head, and not the first.
        try terminal.wait(for: "人员编号  姓名", times: 2)
        let left = try terminal.wait(for: "\nS04       李强", times: 2)
        #expect(left.components(separatedBy: "赵敏").count == 2)
        // To the left of the first there is nothing, nor right of the last.
        try terminal.type("", .left, .right, .right, .right)
        try terminal.type("", .right, .right)
        try terminal.wait(for: "*****************X")
        try terminal.type("q")
        try terminal.wait(for: "行未显示")
    }

    @Test("A short table with more columns than the window stops behind its last line",
          .enabled(if: TerminalSession.isAvailable, "tmux is not installed"))
    func shortAndWide() throws {
        let terminal = try start(columns: 64)
        defer { terminal.end() }
        try terminal.type("团员 | 取前 2", .enter)
        try terminal.wait(for: "\n← → 其余的列，回车 继续")
        try terminal.type("", .right)
        try terminal.wait(for: "\nS02       -         兼职")
        try terminal.wait(for: "\n← → 其余的列，回车 继续")
        try terminal.type("", .left)
        try terminal.wait(for: "\nS02       钱明", times: 2)
        try terminal.type("", .enter)
        let screen = try terminal.wait(for: "muster>", times: 2)
        #expect(!screen.contains("行未显示") && !screen.contains("继续"))
        // What is typed next, and the arrow that fetches the line before, is not lost.
        try terminal.type("团员 | 取前 2", .enter)
        try terminal.wait(for: "\n← → 其余的列，回车 继续")
        try terminal.type("40 + 2", .enter)
        try terminal.wait(for: "\n    42")
        try terminal.type("团员 | 取前 3", .enter)
        try terminal.wait(for: "\n← → 其余的列，回车 继续")
        try terminal.type("", .up)
        try terminal.wait(for: "muster> 团员 | 取前 3", times: 2)
        try terminal.type("", .kill)
        try terminal.type("团员 | 取前 4", .enter)
        try terminal.wait(for: "\n← → 其余的列，回车 继续")
        try terminal.type("q")
        try terminal.wait(for: "muster> q")
        try terminal.type("", .kill)
        // All columns find room.
        try terminal.type("团员 | 选取 姓名, 年龄 | 取前 2", .enter)
        try terminal.wait(for: "钱明    17\nmuster>")
    }

    @Test("What is typed next at a stop is not lost",
          .enabled(if: TerminalSession.isAvailable, "tmux is not installed"))
    func typedNext() throws {
        let terminal = try start()
        defer { terminal.end() }
        try terminal.type("团员 | 选取 姓名, 年龄", .enter)
        try terminal.wait(for: "空格 下一页")
        // The terminal itself takes the key that clears a line, while nothing reads it.
        try terminal.type("团干部乙 = 1")
        try terminal.wait(for: "muster> 团干部乙 = 1")
        try terminal.type("", .kill)
        try terminal.type("40 + 2", .enter)
        try terminal.wait(for: "\n    42")
        try terminal.type("团员 | 选取 姓名, 年龄", .enter)
        try terminal.wait(for: "空格 下一页")
        try terminal.type("团员 | 计数", .enter)
        try terminal.wait(for: "\n  29")
    }

    @Test("Lines typed ahead behind a long result are all read",
          .enabled(if: TerminalSession.isAvailable, "tmux is not installed"))
    func typedAhead() throws {
        let terminal = try start()
        defer { terminal.end() }
        for number in 1...10 {
            try terminal.type(number == 3 ? "团员 | 选取 姓名, 年龄" : "\(number) + 4000", .enter)
        }
        let screen = try terminal.wait(for: "\n     4010")
        for number in 4...10 { #expect(screen.contains(" \(4000 + number)")) }
    }

    @Test("Ctrl-C leaves the pages of a result and of candidates, and not the shell",
          .enabled(if: TerminalSession.isAvailable, "tmux is not installed"))
    func interrupt() throws {
        let terminal = try start(columns: 60)
        defer { terminal.end() }
        try terminal.type("团员 | 选取 姓名, 年龄", .enter)
        try terminal.wait(for: "空格 下一页")
        try terminal.type("", .interrupt)
        try terminal.wait(for: "行未显示")
        try terminal.type("团员 | 筛选 ", .tab)
        try terminal.wait(for: "空格 下一页")
        try terminal.type("", .interrupt)
        try terminal.wait(for: "^C")
        try terminal.type("40 + 2", .enter)
        try terminal.wait(for: "\n    42")
    }

    @Test("A long list of candidates goes page by page; what is typed goes on in the line",
          .enabled(if: TerminalSession.isAvailable, "tmux is not installed"))
    func candidates() throws {
        let terminal = try start(columns: 60)
        defer { terminal.end() }
        try terminal.type("团员 | 筛选 ", .tab)
        try terminal.wait(for: "空格 下一页")
        try terminal.type("已注册 | 计数", .enter)
        try terminal.wait(for: "\n  23")
    }
}
