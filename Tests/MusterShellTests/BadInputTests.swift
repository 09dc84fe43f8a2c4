import Foundation
import Glibc
import MusterDiagnostics
import Testing
@testable import MusterShell

/// What goes wrong at a desk, in the real shell in a real terminal.
@Suite("Bad input in a terminal", .serialized,
       .enabled(if: TerminalSession.isAvailable, "tmux is not installed"))
struct BadInputTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path
    private let folder: TestFolder
    private var file: String { folder.path + "/mine.muster" }

    init() throws { folder = try TestFolder() }

    private func start(columns: Int = 100, environment: [String: String] = [:]) throws
        -> TerminalSession {
        let terminal = try TerminalSession(
            "muster", ["--language", "zh", Self.root + "/samples/small"], columns: columns, rows: 20,
            environment: environment.merging(["XDG_STATE_HOME": folder.path]) { $1 })
        try terminal.wait(for: "muster>")
        return terminal
    }

    private static let thirty = (1...30).map { number in
        number == 3 ? "团员 | 选取 姓名, 年龄" : number == 20 ? "团员 | 胡说" : "\(number) + 4000"
    }

    /// A terminal that marks no pastes gives lines one by one, as if typed ahead.
    @Test("Thirty lines pasted without marks, a long result and a fault among them, are all carried out",
          arguments: ["tmux-256color", "dumb"])
    func paste(terminal name: String) throws {
        let terminal = try start(environment: ["TERM": name])
        defer { terminal.end() }
        try terminal.pasteUnmarked(Self.thirty.joined(separator: "\n") + "\n")
        let screen = try terminal.wait(for: "\n     4030")
        let sums = screen.matches(of: /\n +(4[0-9]{3})(?=\n|$)/).compactMap { Int($0.1) }
        #expect(sums == (1...30).filter { $0 != 3 && $0 != 20 }.map { 4000 + $0 })
        #expect(screen.contains("戚薇") && screen.contains("错误"))
        try terminal.type("40 + 2", .enter)
        try terminal.wait(for: "\n    42")
    }

    @Test("A dumb terminal of sixty columns in a locale of GB 18030 is told once, and works")
    func dumb() throws {
        let terminal = try start(columns: 60, environment: ["TERM": "dumb", "LANG": "zh_CN.GB18030"])
        defer { terminal.end() }
        try terminal.type("团员 | 计数数数", .backspace, .backspace, .enter)
        try terminal.wait(for: "\n  29")
        try terminal.type("团员 | 筛选 已zc", .enter)
        try terminal.wait(for: "错误")
        try terminal.type("团员", .enter)
        try terminal.wait(for: "列未显示")
        try terminal.type("40 + 2", .enter)
        let screen = try terminal.wait(for: "\n    42")
        #expect(screen.components(separatedBy: "zh_CN.GB18030").count == 2)
        #expect(!screen.contains("下一页"))
        #expect(screen.split(separator: "\n").allSatisfy { displayWidth(String($0)) <= 60 })
    }

    @Test("A script that would save, log or export over itself stays what it is", arguments: [
        "存成脚本 \"FILE\"", "记录 \"FILE\"", "团员 | 计数 | 导出 \"FILE\"", "导出 \"FILE.csv\"",
        "设置 覆盖 开", "运行 \"FILE\"",
    ])
    func itself(statement: String) throws {
        let text = "团员 | 计数\n" + statement.replacing("FILE", with: file) + "\n"
        try text.write(toFile: file, atomically: true, encoding: .utf8)
        let terminal = try start()
        defer { terminal.end() }
        try terminal.type("设置 覆盖 开", .enter)
        try terminal.type("运行 \"\(file)\"", .enter)
        try terminal.wait(for: "错误")
        try terminal.type("40 + 2", .enter)
        try terminal.wait(for: "\n    42")
        #expect(try folder.read("mine.muster") == text)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
            == ["mine.muster", "muster"])
    }

    @Test("A path of Windows is answered with how it is written here, and becomes no file", arguments: [
        (#"装载 "C:\Users\zhang\名册""#, "/mnt/c/Users/zhang/名册"),
        (#"装载 C:\Users\zhang\名册.xlsx 为 名单"#, "/mnt/c/Users/zhang/名册.xlsx"),
        (#"运行 "d:\报表\月报.muster""#, "/mnt/d/报表/月报.muster"),
        (#"存成脚本 "C:\new\我的""#, "/mnt/c/new/我的.muster"),
        (#"导出 "C:\temp\表.xlsx""#, "/mnt/c/temp/表.xlsx"),
        (#"团员 | 计数 | 导出 "D:/表.csv""#, "/mnt/d/表.csv"),
        (#"记录 "E:\记录.muster""#, "/mnt/e/记录.muster"),
        (#"团员 | 计数 | 导出 "\\server\share\表.csv""#, "拷贝到本机"),
    ])
    func windows(statement: String, hint: String) throws {
        let terminal = try start(columns: 160)
        defer { terminal.end() }
        try terminal.type("团员 | 计数", .enter)
        try terminal.wait(for: "\n  29")
        try terminal.type(statement, .enter)
        let screen = try terminal.wait(for: hint)
        #expect(screen.contains("错误") && !screen.contains("已写入") && !screen.contains("已存成"))
    }

    /// Where it is killed: what is typed, and what is waited for before.
    private static let moments: [(typed: String, seen: String)] = [
        (thirty.joined(separator: "\n"), "\n     4030"), ("团员", "空格 下一页"), ("团员 | 筛", "团员 | 筛"),
        ("存成脚本 \"FILE\"\n", "存成脚本"), ("导出 \"FILE.xlsx\"\n", "导出"),
        ("记录 \"FILE.log\"\n团员\n", "记录"),
    ]

    @Test("Killed at any of these, nothing half written is left", arguments: [SIGKILL, SIGHUP],
          BadInputTests.moments)
    func killed(signal: Int32, moment: (typed: String, seen: String)) throws {
        let before = "团员 | 计数\n"
        try before.write(toFile: file, atomically: true, encoding: .utf8)
        let terminal = try start()
        defer { terminal.end() }
        try terminal.type("设置 覆盖 开", .enter)
        try terminal.type("团员 | 计数", .enter)
        try terminal.wait(for: "\n  29")
        let text = moment.typed.replacing("FILE", with: file)
        try terminal.pasteUnmarked(moment.seen.hasPrefix("\n") || text == "团员" ? text + "\n" : text)
        try terminal.wait(for: moment.seen)
        try terminal.kill(signal)
        // The script is what it was or what it was to be, whole.
        let kept = try folder.read("mine.muster")
        #expect(kept == before || kept.hasPrefix("# ") && kept.hasSuffix("团员 | 计数\n"), "\(kept)")
        // So is every other file that bears a name of ours.
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        for name in names where name.hasSuffix(".xlsx") {
            let bytes = try Data(contentsOf: URL(fileURLWithPath: folder.path + "/" + name))
            #expect(bytes.suffix(22).starts(with: [0x50, 0x4B, 5, 6]))
        }
        for name in names where name.hasSuffix(".log") {
            let kept = try folder.read(name)
            #expect(kept.isEmpty || kept.hasSuffix("\n"))
        }
        if signal == SIGHUP {
            let ours = ["mine.muster", "mine.muster.xlsx", "mine.muster.log", "muster"]
            #expect(names.allSatisfy(ours.contains), "\(names)")
        }
        // And the history is read by whoever starts next.
        let next = try start()
        defer { next.end() }
        #expect(try !next.screen().contains("无法使用"))
        try next.type("团员 | 计")
        try next.wait(for: "团员 | 计数")
        try next.type("", .right, .enter)
        try next.wait(for: "\n  29")
    }
}
