import Foundation
import MusterLeague
import MusterDiagnostics
import MusterBinding
import MusterEngine
import MusterPlan
import MusterLanguage
import MusterReport
import Testing
@testable import MusterShell

/// What a session does with statements, without a terminal.
@Suite("Sessions")
struct SessionTests {
    private final class Desk {
        var printed = ""
        private(set) var session: Session
        private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().path

        init(_ language: Language = .en) throws {
            let quiet = SessionOutput(results: { _ in }, messages: { _ in })
            session = Session(preferences: Preferences(language: language), domain: League.domain(),
                              output: quiet)
            session = Session(preferences: Preferences(language: language), domain: League.domain(),
                              output: SessionOutput(
                results: { [unowned self] in printed += String(decoding: $0, as: UTF8.self) },
                messages: { [unowned self] in printed += $0 }))
            try session.load(Self.root + "/samples/small")
            printed = ""
        }

        /// What a text prints.
        func says(_ text: String) -> String {
            printed = ""
            session.run(text)
            return printed
        }
    }

    @Test("介于 takes 与, 到 and 至")
    func between() throws {
        let desk = try Desk(.zh)
        let wanted = desk.says("团员 | 筛选 年龄 介于 14 与 16 | 计数")
        #expect(desk.says("团员 | 筛选 年龄 介于 14 到 16 | 计数") == wanted)
        #expect(desk.says("团员|筛选年龄介于14至16|计数") == wanted)
        #expect(desk.says("members | where age between 14 to 16 | count") == wanted)
    }

    @Test("count(*) is count()")
    func star() throws {
        let desk = try Desk()
        #expect(desk.says("members | summarize n = count(*)") == desk.says("members | summarize n = count()"))
    }

    /// What shows names of persons, in one way or another.
    static let named = [
        "members | select name", "members | take 3", "members | summarize n = count() by name",
        "members | derive x = concat(name, \"!\") | select x", "members | select x = if age > 18 then name else \"-\"",
        "service | select member | take 5", "members | select name | into t\nt", "members | sort name | select x = upper(name)",
        "members | distinct name, gender | pivot gender", "findings", "values name",
        "members | summarize x = min(name) by gender", "members | count by name, gender | pivot name",
        "members | derive x = coalesce(name, \"x\") | select x", "members | count by g = name | total",
        "members | summarize n = count() by name | chart bar", "service | select m = lower(member.name)",
        "members | rate registered by unit.district; drill 1", "members | rank -hours | select name, rank",
        "members over years 2016..2017 | count by name, year | pivot year",
        "members | select name | into t\nt | count by name", "explain members | select name",
    ]

    @Test("Names are hidden through expressions, keys and tables kept", arguments: named)
    func privacy(query: String) throws { try expectHidden(query, ["table", "csv"]) }

    @Test("Names are hidden in every format", arguments: named)
    func thoroughPrivacy(query: String) throws {
        try expectHidden(query, Formats.all.filter { !$0.isBinary }.map(\.name))
    }

    private func expectHidden(_ query: String, _ formats: [String]) throws {
        let desk = try Desk()
        let names = ["钱明", "孙丽", "李强", "赵敏", "吴昊"]
        for format in formats {
            desk.session.run("set format \(format)\nset privacy normal")
            let open = desk.says(query)
            desk.session.run("unload t")
            // Nothing that was found with the names in full is left.
            desk.session.run("set privacy strict")
            #expect(!names.contains { desk.says("last").contains($0) })
            let hidden = desk.says(query)
            desk.session.run("unload t")
            #expect(!names.contains { hidden.contains($0) }, "\(format)")
            if query.hasPrefix("members | select name") { #expect(open.contains("钱明")) }
        }
    }

    @Test("A log is replayed by run, results and failures as comments")
    func log() throws {
        let folder = try TestFolder()
        let desk = try Desk()
        let file = folder.path + "/day.muster"
        _ = desk.says("log \(file)")
        let first = desk.says("members | count by gender")
        _ = desk.says("| where n > 13")
        _ = desk.says("members | cuont")
        _ = desk.says("members | where id_number = \"120101199003070070\" | count")
        _ = desk.says("let young = members | where age < 18\nyoung | count")
        _ = desk.says("log off")
        _ = desk.says("members | count")
        let text = try folder.read("day.muster")
        #expect(text.contains("last | where n > 13"))
        #expect(text.contains("# members | cuont"))
        #expect(!text.contains("120101199003070070"))
        for line in first.split(separator: "\n") { #expect(text.contains("# " + line)) }
        let replayed = desk.says("run \(file)")
        #expect(!replayed.contains("error"))
        #expect(replayed.contains(first))
    }

    @Test("time on tells the steps of a query apart, those of one pass on one line")
    func times() throws {
        let desk = try Desk()
        let query = "members | where age > 15 | rate registered by gender | sort -rate"
        let plain = desk.says(query)
        #expect(!plain.contains(" s  "))
        _ = desk.says("time on")
        let timed = desk.says(query).replacing(/[0-9]+\.[0-9]{3} s/, with: "T s")
        #expect(timed == plain + """
              T s  read members as of 2017-12-31 | where age > 15 | rate registered by gender
              T s  sort -rate

            """)
        // A list's columns are no step of its own.
        #expect(desk.says("members | where id = \"S01\"").contains(
            /s  read members as of 2017-12-31 \| where id = "S01"\n$/))
    }

    @Test("last shows the last result, and is a source")
    func last() throws {
        let desk = try Desk()
        #expect(desk.says("last").contains("there is no result yet"))
        let shown = desk.says("members | count by gender")
        #expect(desk.says("last") == shown)
        #expect(desk.says("last | summarize sum(n)").contains("29"))
        #expect(desk.says("上次结果 | 汇总 求和(总和 = 1)").contains("error"))
    }

    @Test("Names of the session are known where Chinese is written without spaces")
    func names() throws {
        let folder = try TestFolder()
        try "组织编号,上报数\n120101,12".write(toFile: folder.path + "/a.csv", atomically: true,
                                          encoding: .utf8)
        let desk = try Desk(.zh)
        _ = desk.says("装载 \"\(folder.path)/a.csv\" 为 上报表")
        #expect(desk.says("上报表|汇总求和(上报数)").contains("12"))
        _ = desk.says("令 青年团员 = 团员 | 筛选 年龄 < 18")
        #expect(desk.says("青年团员|计数按性别").contains("人数"))
    }

    @Test("Help answers on every topic in both languages, and its examples run",
          arguments: [Language.zh, .en])
    func help(language: Language) throws {
        let desk = try Desk(language)
        var seen: Set<String> = []
        for topic in Help.topics(desk.session.environment)
        where seen.insert(topic[language]).inserted {
            var help = Help(desk.session)
            help.add(topic: topic[language])
            #expect(!help.blocks.isEmpty, "\(topic)")
            let writes = help.examples.contains {
                $0.contains("export") || $0.contains("导出") || $0.hasPrefix("run ")
                    || $0.contains("{") || $0.hasPrefix("param") || $0.hasPrefix("参数")
            }
            if writes { continue }
            desk.session.run("members | count by unit.district")
            for example in help.examples {
                let faults = ScriptChecker(desk.session).faults(SourceText(text: example))
                #expect(faults.isEmpty, "help \(topic[language]): \(example)")
            }
        }
        desk.session.run("help rate")
        #expect(desk.says("example 1").contains(language == .zh ? "合计" : "total"))
        #expect(desk.says("example 99").contains("99") || desk.printed.contains("1"))
    }
}
