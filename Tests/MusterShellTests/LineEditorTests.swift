import Foundation
import Glibc
import Testing
@testable import MusterShell

/// The line editor in a real terminal.
@Suite("The line editor", .serialized,
       .enabled(if: TerminalSession.isAvailable, "tmux is not installed"))
struct LineEditorTests {
    private let prompt = "志愿者>"

    private func start(_ arguments: [String] = [], columns: Int = 80,
                       environment: [String: String] = ["LANG": "C"]) throws -> TerminalSession {
        let terminal = try TerminalSession("LineEditorProbe", arguments, columns: columns,
                                           environment: environment)
        try terminal.wait(for: prompt)
        return terminal
    }

    @Test("Chinese is edited by characters, whatever the locale",
          arguments: ["C", "POSIX", "", "C.UTF-8", "zh_CN.GB18030", "no_SUCH.UTF-8"])
    func locale(name: String) throws {
        let terminal = try start(environment: ["LANG": name])
        defer { terminal.end() }
        try terminal.type("团员ab", .backspace, .backspace, .backspace, .left)
        try terminal.type("共青", .enter)
        #expect(try terminal.wait(for: "got").contains("志愿者> 共青团\ngot <共青团> of 3"))
    }

    @Test("A long Chinese line wraps and unwraps at the edge of the window")
    func wrapping() throws {
        let terminal = try start(columns: 30)
        defer { terminal.end() }
        try terminal.type("天津市滨海新区志愿服务联合会青年志愿者总队")
        #expect(try terminal.wait(for: "总队")
            == "志愿者> 天津市滨海新区志愿服务\n联合会青年志愿者总队")
        for _ in 0..<13 { try terminal.type("", .backspace) }
        try terminal.type("x", .enter)
        #expect(try terminal.wait(for: "got").hasPrefix("志愿者> 天津市滨海新区志x\ngot"))
    }

    @Test("A statement of several lines is one entry, and comes back as one")
    func history() throws {
        let folder = try TestFolder()
        let file = "state/muster/history"
        let terminal = try start([folder.path + "/" + file])
        try terminal.type("members |", .enter)
        try terminal.wait(for: "......>")
        try terminal.type("count", .enter)
        try terminal.wait(for: "got <members |/count>")
        try terminal.type("#2015 |", .enter)
        try terminal.type("#2016年", .enter)
        try terminal.wait(for: "got <#2015 |/#2016年>")
        try terminal.type("where id_number = \"11010119900307007X\"", .enter)
        try terminal.wait(for: "007X\"> of")
        try terminal.type("", .end)
        try terminal.wait(for: "end")
        terminal.end()

        let kept = try folder.read(file)
        #expect(kept.replacing(/#[0-9]{10}\n/, with: "@")
            == "@members |\ncount\n@ #2015 |\n #2016年\n")
        let mode = try FileManager.default
            .attributesOfItem(atPath: folder.path + "/" + file)[.posixPermissions]
        #expect(mode as? Int == 0o600)

        let later = try start([folder.path + "/" + file])
        defer { later.end() }
        try later.type("history", .enter)
        #expect(try later.wait(for: "kept <history>").contains(
            "kept <members |/count>\nkept < #2015 |/ #2016年>\nkept <history>"))
        try later.type("", .up, .up, .up, .enter)
        try later.wait(for: "got <members |/count>")
    }

    @Test("A history file that cannot be read is named, passed over and left alone")
    func brokenHistory() throws {
        let folder = try TestFolder()
        let path = folder.path + "/history"
        try Data([0xff, 0xfe, 0x00]).write(to: URL(fileURLWithPath: path))
        for place in [path, folder.path, "/dev/null/history"] {
            let terminal = try start([place], columns: 200)
            defer { terminal.end() }
            #expect(try terminal.screen().contains("the history file \(place) cannot be used"))
            try terminal.type("团员", .enter)
            try terminal.wait(for: "got <团员>")
        }
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)).count == 3)
    }

    @Test("Tab lists the candidates with their glosses, aligned, and completes what they share",
          arguments: ["C", "C.UTF-8"])
    func completion(locale: String) throws {
        let terminal = try start(columns: 60, environment: ["LANG": locale])
        defer { terminal.end() }
        try terminal.type("x re", .tab)
        #expect(try terminal.wait(for: "志愿者> x registered") == """
            志愿者> x re
            registered       已注册 · as-of field
            registered.date  注册日期 · 字段
            志愿者> x registered
            """)
        try terminal.type(".d", .tab, .enter)
        try terminal.wait(for: "got <x registered.date >")
        // 团干部 and 团总支 have the first two bytes of their second character in common with
        // nothing: what is shared ends with a character.
        try terminal.type("团", .tab)
        let screen = try terminal.wait(for: prompt, times: 4)
        #expect(screen.hasSuffix("""
            志愿者> 团
            members  团员 · 表
            团员     members · table
            团干部   cadre · field
            团总支   general_branch · unit l…
            志愿者> 团
            """), "\(screen)")
        try terminal.type("员", .tab, .enter)
        try terminal.wait(for: "got <团员>")
    }

    @Test("In a later line the completer sees the whole statement")
    func completionInALaterLine() throws {
        let terminal = try start()
        defer { terminal.end() }
        try terminal.type("团员 |", .enter)
        try terminal.wait(for: "......>")
        try terminal.type("servi，registered.", .tab, .enter)
        try terminal.wait(for: "got <团员 |/servi，registered.date >")
    }

    @Test("A pasted block keeps its lines and tabs")
    func paste() throws {
        let terminal = try start()
        defer { terminal.end() }
        try terminal.paste("members\n| where re\tx\n\n团员")
        try terminal.wait(for: "\n团员")
        try terminal.type("", .enter)
        try terminal.wait(for: "got <members/| where re\\tx//团员>")
    }

    @Test("In a terminal that does not mark pastes, a tab amid text is text")
    func unmarkedPaste() throws {
        let terminal = try start(environment: ["LANG": "C", "TERM": "dumb"])
        defer { terminal.end() }
        try terminal.type("re\tx", .enter)
        try terminal.wait(for: "got <re\\tx>")
    }

    @Test("Ctrl-C drops the line, a search or the whole statement, and stops what runs")
    func interrupt() throws {
        let terminal = try start()
        defer { terminal.end() }
        try terminal.type("团员", .interrupt)
        #expect(try terminal.wait(for: "cancelled\n志愿者>") == "志愿者> 团员^C\ncancelled\n志愿者>")
        try terminal.type("团员 |", .enter)
        try terminal.wait(for: "......>")
        try terminal.type("x", .interrupt)
        #expect(try terminal.wait(for: "cancelled\n志愿者>", times: 2)
            .hasSuffix("志愿者> 团员 |\n......> x^C\ncancelled\n志愿者>"))
        try terminal.type("团员 |", .enter)
        try terminal.wait(for: "......>", times: 2)
        try terminal.type("y", .enter)
        try terminal.wait(for: "got <团员 |/y>")
        // In the first of two lines, and in a search: what is printed stands below both.
        try terminal.type("", .up, .home)
        try terminal.wait(for: "志愿者> 团员 |\ny")
        try terminal.type("", .interrupt)
        #expect(try terminal.wait(for: "cancelled\n志愿者>", times: 3)
            .hasSuffix("志愿者> 团员 |\ny^C\ncancelled\n志愿者>"))
        try terminal.type("", .search)
        try terminal.type("员")
        try terminal.wait(for: "`员': 团员 |\ny")
        try terminal.type("", .interrupt)
        // Its line has taken the prompt's place.
        try terminal.wait(for: "cancelled\n志愿者>", times: 3)
        try terminal.wait(for: "cancelled", times: 4)
        try terminal.type("busy", .enter)
        try terminal.wait(for: "working")
        try terminal.type("", .interrupt)
        try terminal.wait(for: "stopped")
        try terminal.type("z", .enter)
        try terminal.wait(for: "got <z>")
    }

    @Test("Ctrl-D ends on an empty line only; within a statement it drops that")
    func end() throws {
        let terminal = try start()
        defer { terminal.end() }
        try terminal.type("团员 |", .enter)
        try terminal.wait(for: "......>")
        try terminal.type("", .end)
        try terminal.wait(for: "cancelled")
        try terminal.type("", .end)
        try terminal.wait(for: "cancelled\n志愿者>\nend")
    }

    @Test("A window that changes, while a query runs too")
    func resize() throws {
        let terminal = try start(columns: 60)
        defer { terminal.end() }
        try terminal.type("busy", .enter)
        try terminal.wait(for: "working")
        try terminal.resize(columns: 24)
        try terminal.type("", .interrupt)
        try terminal.wait(for: "stopped\n志愿者>")
        try terminal.type("天津市滨海新区志愿", .backspace, .backspace)
        try terminal.type("服务", .enter)
        #expect(try terminal.wait(for: "got")
            .contains("志愿者> 天津市滨海新区服\n务\ngot"))
    }

    @Test("Ctrl-Z and back: the line is there again")
    func suspend() throws {
        let terminal = try TerminalSession("/bin/bash", ["--norc", "--noediting", "-i"],
                                           environment: ["LANG": "C", "PS1": "$ "])
        defer { terminal.end() }
        try terminal.type(TerminalSession.products + "/LineEditorProbe", .enter)
        try terminal.wait(for: prompt)
        try terminal.type("团员", .suspend)
        try terminal.wait(for: "Stopped")
        try terminal.type("fg", .enter)
        try terminal.wait(for: "志愿者> 团员", times: 2)
        try terminal.type("证", .enter)
        try terminal.wait(for: "got <团员证>")
    }

    @Test("Bytes of another encoding break nothing")
    func strayBytes() throws {
        let terminal = try start()
        defer { terminal.end() }
        try terminal.type("a")
        try terminal.paste(bytes: [0xcd, 0xc5]) // 团 in GB 2312
        try terminal.type("b", .tab, .enter)
        let screen = try terminal.wait(for: "got <a")
        #expect(screen.contains("got <a��b> of 4"), "\(screen)")
    }
}
