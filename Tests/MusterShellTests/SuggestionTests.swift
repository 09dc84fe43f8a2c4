import Foundation
import MusterDiagnostics
import Testing
@testable import MusterShell

/// What was typed before, suggested as it is typed again.
@Suite("Suggestions", .serialized,
       .enabled(if: TerminalSession.isAvailable, "tmux is not installed"))
struct SuggestionTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path

    private func start(columns: Int = 80, environment: [String: String] = [:]) throws
        -> TerminalSession {
        let terminal = try TerminalSession(
            "muster", ["--language", "zh", Self.root + "/samples/small"], columns: columns,
            environment: environment)
        try terminal.wait(for: "muster>")
        try terminal.type("团员 | 筛选 年龄 < 18 | 计数", .enter)
        try terminal.wait(for: "\n   6")
        return terminal
    }

    @Test("It stands behind the cursor, and the right arrow and End take it")
    func taken() throws {
        let terminal = try start()
        defer { terminal.end() }
        try terminal.type("团员 | 筛")
        try terminal.wait(for: "> 团员 | 筛选 年龄 < 18 | 计数", times: 2)
        // Only shown: what is typed and entered is what was typed.
        try terminal.type("", .enter)
        let refused = try terminal.wait(for: "错误")
        #expect(refused.contains("> 团员 | 筛\n错误"))
        for key in [TerminalSession.Key.right, .lineEnd] {
            let seen = try terminal.screen().components(separatedBy: "\n   6").count
            let shown = "> 团员 | 筛选 年龄 < 18 | 计数"
            let count = try terminal.screen().components(separatedBy: shown).count
            try terminal.type("团员 | 筛选 年")
            try terminal.wait(for: shown, times: count)
            try terminal.type("", key, .enter)
            try terminal.wait(for: "\n   6", times: seen)
        }
        // Within a line the arrow goes forward, and nothing stands behind.
        try terminal.type("团员 | 计", .left)
        try terminal.type("a", .right, .interrupt)
        try terminal.wait(for: "> 团员 | a计^C\n")
    }

    @Test("A line that goes on, is left or grows narrower leaves nothing of it behind")
    func cleared() throws {
        let terminal = try start()
        defer { terminal.end() }
        try terminal.type("团")
        try terminal.wait(for: "> 团员 | 筛选", times: 2)
        try terminal.type("支部")
        try terminal.wait(for: "> 团支部\n", times: 0)
        try terminal.type("", .kill)
        try terminal.type("团员", .interrupt)
        try terminal.wait(for: "> 团员^C\n")
        try terminal.type("团员")
        try terminal.wait(for: "> 团员 | 筛选 年龄 < 18 | 计数", times: 2)
        // Two rows of a narrow window would be broken: it is cut.
        try terminal.resize(columns: 30)
        let narrow = try terminal.wait(for: "…")
        #expect(narrow.split(separator: "\n").allSatisfy { displayWidth(String($0)) < 31 })
        try terminal.resize(columns: 20)
        try terminal.type("", .enter)
        try terminal.wait(for: "> 团员\n")
    }

    @Test("None where it cannot be told from what was typed, in lessons, before others, or unwanted",
          arguments: [("", ["TERM": "dumb"]), ("", ["NO_COLOR": "1"]), ("设置 隐私 严格", [:]),
                      ("设置 联想 关", [:]), ("课程 rate", [:])] as [(String, [String: String])])
    func none(first: String, environment: [String: String]) throws {
        let state = FileManager.default.temporaryDirectory
            .appending(path: "muster-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: state) }
        let terminal = try start(environment: environment.merging([
            "MUSTER_LESSONS": Self.root + "/scripts/lessons", "XDG_STATE_HOME": state]) { $1 })
        defer { terminal.end() }
        if !first.isEmpty { try terminal.type(first, .enter) }
        try terminal.type("团员 | 筛", .right, .left, .interrupt)
        let screen = try terminal.wait(for: "^C")
        #expect(screen.components(separatedBy: "团员 | 筛选 年龄").count == 2, "\(screen)")
    }

    @Test("A statement with an ID number is never suggested")
    func sensitive() throws {
        let terminal = try start()
        defer { terminal.end() }
        let statement = "人员 | 筛选 身份证号 = \"129001198804120023\" | 计数"
        try terminal.type(statement, .enter)
        try terminal.wait(for: "人数", times: 2)
        try terminal.type("人员 | 筛", .right, .left, .interrupt)
        let screen = try terminal.wait(for: "^C")
        #expect(screen.components(separatedBy: "129001198804120023").count == 2)
    }
}
