import Foundation
import MusterDiagnostics
import MusterLanguage
import MusterLeague
import Testing
@testable import MusterShell

/// What staff ask on their first day, in their words: the second line at the latest, taken as it
/// stands from the message or the up arrow, gives what was meant.
@Suite("The first try")
struct FirstTryTests {
    /// A task in its words, and what is meant, written by hand.
    static let tasks: [(asked: String, meant: String)] = [
        ("我区今年6月以来每月新注册多少人",
         "members | where unit under \"和平区\" and registered.date >= 2017-06 "
            + "| count by month = year_month(registered.date)"),
        ("哪些支部一个志愿者都没有",
         "units | where level = branch and count(members where registered) = 0 "
            + "| select name, parent"),
        ("团干部还有谁没注册，按单位列名单",
         "members | where cadre is not none and not registered | select unit, name, cadre "
            + "| sort unit"),
        ("去年注册率比前年涨了多少个百分点",
         "members over years 2015..2016 | rate registered by year | against previous"),
        ("服务时长前十名", "members | sort -hours | take 10 | select name, unit, hours"),
        ("18岁以下团员注册多少", "members | where minor | rate registered"),
        ("保险下个月到期的人",
         "members | where insured_until in 2018-01 | select name, unit, insured_until"),
        ("哪个高校没有达到75%，还差几人",
         "members | where unit.kind = university | rate registered by unit.committee "
            + "| against 75% | where not met"),
        ("把结果存成Excel", "last | export \"结果.xlsx\""),
        ("把上面的做成脚本", "save \"我的统计\""),
        ("打开两份快照比较", "members over snapshots | rate registered by snapshot"),
        ("找李静", "people | where name = \"李静\""),
        ("今年新入团未注册",
         "members | where joined in 2017 and not registered | select name, unit, joined"),
        ("注册了但从没服务过的", "members | where registered and count(service) = 0 | select name, unit"),
        ("和平区注册率", "members | where unit under \"和平区\" | rate registered"),
    ]

    /// Half a sentence, half the language: what people write who have seen one example.
    static let attempts: [(asked: String, meant: String)] = [
        ("团员 | 筛选 注册日期 属于 今年 | 计数", "members | where registered.date in 2017 | count"),
        ("团员 历年 前年..去年 | 比率 已注册 按 年度",
         "members over years 2015..2016 | rate registered by year"),
        ("团员 | 排序 时长 从大到小 | 前10", "members | sort -hours | take 10"),
        ("团员 | 服务时长前十名", "members | sort -hours | take 10 | select name, unit, hours"),
        ("团员 | 筛选 保险到期 属于 下个月 | 选取 姓名, 所在组织, 保险至",
         "members | where insured_until in 2018-01 | select name, unit, insured_until"),
        ("团员 | 筛选 入团日期 属于 今年 且 未注册 | 选取 姓名",
         "members | where joined in 2017 and not registered | select name"),
        ("团员 | 筛选 年龄 大于 18 | 统计", "members | where age > 18 | count"),
        ("保存 \"a.xlsx\"", "last | export \"a.xlsx\""),
        ("导出 \"a.xlsx\"", "last | export \"a.xlsx\""),
        ("团员截至去年|计数", "members as of 2016 | count"),
        ("团员 | 筛选 入团日期 属于 上个月 | 计数", "members | where joined in 2017-11 | count"),
        ("南开大学注册率", "members | where unit under \"南开大学\" | rate registered"),
    ]

    /// What must have no ready answer: one word more than is understood.
    static let beyond = [
        "和平区女团员注册率", "哪些支部一个党员都没有", "服务时长前十名的支部", "去年退团的人", "和平区注册率为什么低",
    ]

    private final class Printed { var results = "", messages = "" }

    private struct Screen: Console {
        let printed: Printed
        var isAttended: Bool { true }
        var progress: ProgressLine? { nil }
        func results(_ bytes: [UInt8]) { printed.results += String(decoding: bytes, as: UTF8.self) }
        func messages(_ text: String) { printed.messages += text }
    }

    /// A conversation with two snapshots and a result, as somebody has it before them.
    private final class Desk {
        let session: Session
        private let printed = Printed()

        init() throws {
            var preferences = Preferences(language: .zh)
            preferences.format = "csv"
            preferences.writesFiles = false
            session = Session(preferences: preferences, domain: League.domain(),
                              output: Screen(printed: printed))
            for sample in ["city-2015", "city"] { try session.load(sample: sample) }
            session.run("团员 | 计数 按 性别")
        }

        @discardableResult
        func run(_ text: String) -> (isFine: Bool, results: String, messages: String) {
            (printed.results, printed.messages) = ("", "")
            let isFine = session.run(text)
            return (isFine, printed.results, printed.messages)
        }
    }

    /// The line that a message or the up arrow leads to.
    private func led(_ desk: Desk, _ messages: String) -> String? {
        if let offered = desk.session.takeCorrection()?.text { return offered }
        let line = messages.split(separator: "\n").last.map(String.init) ?? ""
        return line.hasPrefix("  ") ? String(line.dropFirst(2)) : nil
    }

    @Test("Every task needs two tries at the most")
    func tries() throws {
        let desk = try Desk()
        var tries: [Int] = []
        for (asked, meant) in Self.tasks + Self.attempts {
            desk.run("团员 | 计数 按 性别")
            let wanted = desk.run(meant)
            #expect(wanted.isFine, "\(meant): \(wanted.messages)")
            desk.run("团员 | 计数 按 性别")
            var given = desk.run(asked)
            tries.append(1)
            if !given.isFine {
                let next = try #require(led(desk, given.messages), "\(asked): \(given.messages)")
                desk.run("团员 | 计数 按 性别")
                given = desk.run(next)
                #expect(given.isFine, "\(asked) led to \(next): \(given.messages)")
                tries[tries.count - 1] = 2
            }
            let (got, due) = (columns(given.results), columns(wanted.results))
            #expect(got == due, "\(asked)")
        }
        #expect(tries.count == 27 && tries.allSatisfy { $0 <= 2 })
    }

    /// The rows without their headings, which say 截至 as it was typed.
    private func columns(_ csv: String) -> [Substring] {
        Array(csv.split(separator: "\n").dropFirst())
    }

    @Test("A sentence with one word more than is understood has no ready answer",
          arguments: beyond)
    func beyondUnderstanding(asked: String) throws {
        let desk = try Desk()
        let (isFine, _, messages) = desk.run(asked)
        #expect(!isFine && !messages.contains("写作：\n"), "\(messages)")
        #expect(desk.session.takeCorrection() == nil)
    }

    @Test("A command of the system is told where it belongs", arguments: [
        ("!ls", "系统"), ("ls -l", "系统"), ("cat > a.muster", "存成脚本"), ("cd /tmp", "系统"),
        ("muster run x", "系统"),
    ])
    func elsewhere(typed: String, word: String) throws {
        let desk = try Desk()
        let said = desk.run(typed)
        #expect(!said.isFine && said.messages.contains(word), "\(said.messages)")
        #expect(desk.session.takeCorrection() == nil)
    }

    @Test("let says what it has defined")
    func definitions() throws {
        let desk = try Desk()
        #expect(desk.run("令 青年 = 团员 | 筛选 年龄 < 18").messages
            .contains("已定义 青年 = 团员 | 筛选 年龄 < 18"))
    }
}
