import Foundation
import Glibc
import MusterDiagnostics
import Testing
@testable import MusterShell

/// The real shell in a real terminal, as its users meet it.
@Suite("The shell in a terminal", .serialized,
       .enabled(if: TerminalSession.isAvailable, "tmux is not installed"))
struct ShellTerminalTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path

    private func start(_ sample: String? = "small", language: String = "zh", columns: Int = 100,
                       environment: [String: String] = [:]) throws -> TerminalSession {
        let terminal = try TerminalSession(
            "muster", ["--language", language] + (sample.map { [Self.root + "/samples/" + $0] } ?? []),
            columns: columns, rows: 30, environment: environment)
        try terminal.wait(for: "muster>")
        return terminal
    }

    @Test("Tab finds a field, a unit by its initials, and shows what each is", arguments: ["C", "zh_CN.UTF-8"])
    func completion(locale: String) throws {
        let terminal = try start(environment: ["LANG": locale])
        defer { terminal.end() }
        try terminal.type("团员 | 筛选 已", .tab)
        let list = try terminal.wait(for: "registered · 是/否")
        #expect(list.contains("已录入"))
        try terminal.type("", .kill)
        try terminal.type("团员 | 筛选 所在组织 隶属 \"和平区t", .kill)
        try terminal.type("团员 | 筛选 所在组织 隶属 nkdxtw", .tab)
        try terminal.wait(for: "\"南开大学团委\"")
        try terminal.type("| 计数", .enter)
        try terminal.wait(for: "\n   9")
    }

    @Test("What is not seen in a script is spelt out where fmt prints it on a terminal")
    func formatted() throws {
        let path = FileManager.default.temporaryDirectory
            .appending(path: "muster-\(UUID().uuidString).muster").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data("units | where name = \"a\u{202e}b\u{1b}]0;x\u{7}\" # c\u{200b}d\n".utf8)
            .write(to: URL(fileURLWithPath: path))
        let terminal = try TerminalSession("muster", ["fmt", path])
        defer { terminal.end() }
        let screen = try terminal.wait(for: "# c\\u{200b}d")
        #expect(screen.contains("a\\u{202e}b\\u{1b}]0;x\\u{7}"))
    }

    @Test("In a lesson the prompt says where one is, and the lesson's words are at hand", arguments: [
        ("zh", "课 1/4>", "题目", "题目：", "下一步", "课 2/4>", "课程 结束"),
        ("en", "lesson 1/4>", "task", "Task: ", "next", "lesson 2/4>", "lesson off"),
    ])
    func lesson(language: String, first: String, task: String, said: String, next: String,
                second: String, off: String) throws {
        let state = FileManager.default.temporaryDirectory
            .appending(path: "muster-\(UUID().uuidString)").path
        let terminal = try start(language: language, environment: [
            "MUSTER_LESSONS": Self.root + "/scripts/lessons", "XDG_STATE_HOME": state])
        defer {
            terminal.end()
            try? FileManager.default.removeItem(atPath: state)
        }
        try terminal.type("lesson rate", .enter)
        try terminal.wait(for: first)
        try terminal.type(task, .enter)
        try terminal.wait(for: said, times: 2)
        try terminal.type(next, .enter)
        try terminal.wait(for: second)
        try terminal.type(off, .enter)
        try terminal.wait(for: "muster>", times: 2)
    }

    @Test("A pasted block with tabs is run and never completed")
    func paste() throws {
        let terminal = try start()
        defer { terminal.end() }
        try terminal.paste("团员\n\t| 筛选 已注册\n\t| 计数")
        try terminal.type("", .enter)
        let screen = try terminal.wait(for: "人数")
        #expect(screen.contains("23"))
        #expect(!screen.contains("registered"))
    }

    @Test("Ctrl-C drops a line, ends a long query and not the shell")
    func interrupt() throws {
        let terminal = try start("city", language: "en")
        defer { terminal.end() }
        try terminal.type("members | where", .interrupt)
        try terminal.wait(for: "^C")
        try terminal.wait(for: "muster>", times: 2)
        try terminal.type("people over months 1930-01..2017-12 | derive x = hours + age "
                          + "| summarize sum(x), median(x), median(hours) by month, unit", .enter)
        // It is running: the line that says so stands at the foot.
        try terminal.wait(for: "\nquerying")
        try terminal.type("", .interrupt)
        let screen = try terminal.wait(for: "muster>", times: 3)
        #expect(screen.contains("interrupted") && !screen.contains("median_"))
        try terminal.type("1 + 41", .enter)
        try terminal.wait(for: "\n    42")
    }

    @Test("Chinese is edited by its characters, and completed in the middle of a line",
          arguments: ["C", "zh_CN.UTF-8"])
    func editing(locale: String) throws {
        let terminal = try start(environment: ["LANG": locale])
        defer { terminal.end() }
        try terminal.type("团员 | 计数数数", .backspace, .backspace, .enter)
        try terminal.wait(for: "\n  29")
        // What stands behind the cursor stays.
        try terminal.type("团员 | 筛选  | 计数", .left, .left, .left, .left, .left)
        try terminal.type("yzc", .tab)
        try terminal.wait(for: "团员 | 筛选 已注册 | 计数")
        try terminal.type("", .enter)
        try terminal.wait(for: "\n  23")
        try terminal.type("", .up)
        try terminal.wait(for: "团员 | 筛选 已注册 | 计数", times: 2)
    }

    @Test("Tab goes a path step by step, and knows scripts with their parameters")
    func steps() throws {
        let terminal = try start(environment: [:])
        defer { terminal.end() }
        try terminal.type("团员 | 计数 按 szzz", .tab)
        try terminal.type("", .kill)
        try terminal.type("团员 | 计数 按 所在", .tab)
        try terminal.type(".qxjj", .tab)
        try terminal.wait(for: "按 所在组织.区县局级")
        try terminal.type("", .enter)
        try terminal.wait(for: "和平区团委")
        try terminal.type("设置 yins", .tab)
        try terminal.wait(for: "设置 隐私")
        try terminal.type("yan", .tab)
        try terminal.wait(for: "设置 隐私 严格")
        try terminal.type("", .enter)
        try terminal.type("团员 | 选取 姓名 | 取前 1", .enter)
        try terminal.wait(for: "赵**")
    }

    @Test("A narrower window: tables are cut by column, with what was left out")
    func resize() throws {
        let terminal = try start("small", language: "en", environment: ["PAGER": "cat"])
        defer { terminal.end() }
        try terminal.resize(columns: 60, rows: 30)
        try terminal.type("members | take 2", .enter)
        let screen = try terminal.wait(for: "more columns")
        #expect(screen.split(separator: "\n").allSatisfy { displayWidth(String($0)) <= 60 })
        #expect(screen.contains("select"))
    }

    @Test("A slip waits behind the up arrow: the prompt is empty, and what is typed next is itself")
    func correction() throws {
        let terminal = try start(language: "en")
        defer { terminal.end() }
        try terminal.type("members | filter registered && age < 18 | count", .enter)
        try terminal.wait(for: "up arrow brings it): members | where registered and age < 18 | count")
        try terminal.type("1 + 1", .enter)
        try terminal.wait(for: "\n    2")
        try terminal.type("select name from members where age == 18", .enter)
        try terminal.wait(for: "brings it): members | where age = 18 | select name")
        try terminal.type("", .up)
        try terminal.wait(for: "> members | where age = 18 | select name")
        try terminal.type("", .up)
        try terminal.wait(for: "> select name from members where age == 18", times: 2)
        try terminal.type("", .down, .enter)
        try terminal.wait(for: "\nname")
        // Once run it is what was typed; what was only offered is not.
        try terminal.type("", .up)
        try terminal.wait(for: "> members | where age = 18 | select name", times: 2)
        try terminal.type("", .up, .up)
        try terminal.wait(for: "> 1 + 1", times: 2)
        try terminal.type("", .up)
        try terminal.wait(for: "> members | filter registered && age < 18 | count", times: 2)
    }

    @Test("In Chinese too: what is typed behind a slip stands alone")
    func correctionInChinese() throws {
        let terminal = try start("small", columns: 120)
        defer { terminal.end() }
        try terminal.type("团员 | 过滤 未注册 | 计数", .enter)
        try terminal.wait(for: "（按 ↑ 取用）：团员 | 筛选 非 已注册 | 计数")
        try terminal.type("团员 | 计数", .enter)
        try terminal.wait(for: "\n  29")
        try terminal.type("团员 | 筛选 已满十八 | 计数", .enter)
        try terminal.wait(for: "取用）：团员 | 筛选 非 未满十八 | 计数")
        try terminal.type("", .up, .enter)
        try terminal.wait(for: "muster> 团员 | 筛选 非 未满十八 | 计数")
    }

    @Test("Long results go through the pager")
    func pager() throws {
        let terminal = try start("small", environment: ["PAGER": "sed 's/^/> /'"])
        defer { terminal.end() }
        try terminal.type("团员", .enter)
        try terminal.wait(for: "> S04")
        try terminal.type("set pager off", .enter)
        try terminal.type("团员 | 计数", .enter)
        try terminal.wait(for: "\n  29")
    }

    @Test("A start-up file is run; a broken one is named and passed over")
    func startup() throws {
        let folder = try TestFolder()
        try FileManager.default.createDirectory(atPath: folder.path + "/muster",
                                                withIntermediateDirectories: true)
        let file = folder.path + "/muster/startup.muster"
        try "令 青年 = 团员 | 筛选 年龄 < 18\n团员 | 胡说\n".write(toFile: file, atomically: true,
                                                          encoding: .utf8)
        let terminal = try start("small", columns: 120, environment: ["XDG_CONFIG_HOME": folder.path])
        #expect(try terminal.screen().contains("有误，其余部分未执行"))
        try terminal.type("1 + 41", .enter)
        try terminal.wait(for: "42")
        terminal.end()
        try "令 青年 = 团员 | 筛选 年龄 < 18".write(toFile: file, atomically: true, encoding: .utf8)
        let again = try start("small", environment: ["XDG_CONFIG_HOME": folder.path])
        defer { again.end() }
        try again.type("青年|计数", .enter)
        try again.wait(for: "\n   6")
    }

    @Test("What the editor leaves is run")
    func edit() throws {
        let terminal = try start("small", environment: ["EDITOR": "sed -i s/女/男/"])
        defer { terminal.end() }
        try terminal.type("团员 | 筛选 性别 = \"女\" | 计数", .enter)
        try terminal.wait(for: "人数")
        try terminal.type("编辑", .enter)
        try terminal.wait(for: "团员 | 筛选 性别 = \"男\" | 计数")
        try terminal.wait(for: "人数", times: 2)
        // Left as it was, it is not run a second time.
        try terminal.type("编辑", .enter)
        let screen = try terminal.wait(for: "没有改动，不执行")
        #expect(screen.components(separatedBy: "人数").count == 3)
        try terminal.type("\\e", .enter)
        try terminal.wait(for: "（按 ↑ 取用）：edit")
    }

    @Test("Rubbish in either script never ends the shell")
    func rubbish() throws {
        let terminal = try start(environment: ["PAGER": "cat"])
        defer { terminal.end() }
        var generator = SplitMix(state: 20151031)
        let pieces = ["团员", "|", "｜", "筛选", "已注册", "按", "(", "）", "“", "\"", "`", "==", "&&", "。",
                      "2015", "2015-13-77", "..", "as of", "截至", "历年", "help", "explain", "drill", "set",
                      "@", "#", "%", "{x}", "\\", "🙂", "e\u{301}", "𠮷", "select * from", "、", "；", "-", "every",
                      "上次结果", "示例 99", "last", "log /nonexistent/x", "let", "= ", "0x", "1/0", "load"]
        for round in 0..<40 {
            let count = Int(generator.next() % 9) + 1
            let line = (0..<count).map { _ in pieces[Int(generator.next() % UInt64(pieces.count))] }
                .joined(separator: generator.next() % 2 == 0 ? " " : "")
            try terminal.paste(line)
            try terminal.type("", round % 3 == 0 ? .tab : .enter)
            try terminal.type("", .enter, .interrupt)
        }
        try terminal.type("", .interrupt)
        try terminal.type("40 + 2", .enter)
        try terminal.wait(for: "\n    42")
    }
}
