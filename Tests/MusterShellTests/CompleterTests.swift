import Foundation
import MusterLeague
import MusterDiagnostics
import MusterBinding
import MusterEngine
import MusterPlan
import Testing
@testable import MusterShell

@Suite("What Tab offers")
struct CompleterTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path

    private static let environment: Environment? = {
        let quiet = SessionOutput(results: { _ in }, messages: { _ in })
        let session = Session(preferences: Preferences(language: .en), domain: League.domain(),
                              output: quiet)
        guard (try? session.load(root + "/samples/small")) != nil else { return nil }
        session.run("let young = age < 18\nmembers | count by gender | into kept")
        return session.environment
    }()

    private func offered(_ line: String, _ language: Language = .en, inLesson: Bool = false)
        throws -> [Completion] {
        let environment = try #require(Self.environment)
        return Completer(environment, language: language, isInLesson: inLesson)
            .complete(line, line.utf8.count).candidates
    }

    private func texts(_ line: String, _ language: Language = .en, inLesson: Bool = false)
        throws -> [String] {
        try offered(line, language, inLesson: inLesson).map(\.text)
    }

    private func same<T: Equatable>(_ found: T, _ wanted: T,
                                    at place: SourceLocation = #_sourceLocation) {
        #expect(found == wanted, sourceLocation: place)
    }

    @Test("Behind where the fields of the rows, with the other name and the type beside them")
    func fields() throws {
        let found = try offered("members | where reg")
        #expect(found.first == Completion("registered", gloss: "已注册 · yes/no"))
        try same(texts("团员 | 筛选 已", .zh).first, "已注册")
        #expect(try offered("团员 | 筛选 ", .zh).contains {
            $0.text == "已注册" && $0.gloss == "registered · 是/否"
        })
        #expect(try texts("members | where ").contains("young"))
        try same(texts("团员|筛选已注", .zh), ["已注册"])
    }

    @Test("Behind a verb that takes another table the tables, and in its bracket the query's columns")
    func otherTables() throws {
        let line = "members | count by gender | append "
        #expect(try texts(line).contains("kept") && texts(line).contains("activists"))
        #expect(try !texts(line).contains("gender"))
        try same(texts(line + "ke"), ["kept"])
        try same(texts("团员 | 计数 按 性别 | 并入 ru", .zh).first, "入团积极分子")
        #expect(try texts(line + "(units | select le").contains("level"))
        #expect(try texts(line + "kept | sort ").contains("gender"))
        try same(texts("团员 | 计数 | bingru", .zh), ["并入"])
    }

    @Test("Behind the name of a relation what it leads to")
    func relatedTables() throws {
        let quiet = SessionOutput(results: { _ in }, messages: { _ in })
        let session = Session(preferences: Preferences(language: .en), domain: League.domain(),
                              output: quiet)
        try session.load(Self.root + "/samples/small")
        session.run("load \"\(Self.root)/Tests/Golden/cases/relate/platform.csv\" as platform")
        func texts(_ line: String) -> [String] {
            Completer(session.environment, language: .en, isInLesson: false)
                .complete(line, line.utf8.count).candidates.map(\.text)
        }
        #expect(texts("rel") == ["relate"])
        #expect(texts("relate plat").contains { $0.contains("platform") })
        #expect(texts("relate platform.证").contains { $0.contains("证件号码") })
        #expect(texts("relate platform.证件号码 to people.id_").contains { $0.contains("id_number") })
        #expect(session.run("relate platform.证件号码 to people.id_number as person, entries"))
        #expect(texts("platform | where pers").contains("person"))
        #expect(texts("platform | where person.regis").contains { $0.contains("registered") })
        #expect(texts("platform | count by person.unit.dist").contains { $0.contains("district") })
        #expect(texts("people | where any(ent").contains { $0.contains("entries") })
        #expect(texts("people | derive d = max(entries.注册").contains { $0.contains("注册时间") })
        #expect(texts("people | where any(entries where 单位").contains { $0.contains("单位名称") })
    }

    @Test("Behind under the names of units by any part, upper levels first")
    func units() throws {
        let all = try texts("members | where unit under \"")
        #expect(all.count > 5)
        #expect(all.first?.contains("天津") == true || all.first?.contains("市") == true)
        let bare = try texts("members | where unit under ")
        #expect(bare.allSatisfy { $0.hasPrefix("\"") && $0.hasSuffix("\"") })
        let byPart = try texts("members | where unit under \"和平")
        #expect(byPart.first?.hasPrefix("和平") == true)
        #expect(try offered("团员 | 筛选 所在组织 隶属 “和平", .zh).first?.suffix == "”")
        #expect(try texts("units | where unit under (\"和平区\", \"").count == all.count)
    }

    @Test("Latin letters find Chinese names by pinyin and by its initials")
    func pinyin() throws {
        #expect(try texts("members | where unit under \"hpq").first?.hasPrefix("和平区") == true)
        #expect(try texts("members | where unit under heping").first?.hasPrefix("\"和平区") == true)
        try same(texts("团员 | 筛选 yzc", .zh), ["已注册"])
        try same(texts("团员 | biaoz", .zh), ["标注"])
        // Characters with several readings, and ü typed as v.
        for typed in ["bilv", "bilu", "bl"] {
            #expect(try texts("团员 | " + typed, .zh).contains("比率"))
        }
        #expect(try texts("服务记录 | 筛选 shichang", .zh).contains("时长"))
        #expect(try texts("chonglai", .zh, inLesson: true).contains("重来"))
        #expect(try texts("jiaoyan", .zh).contains("校验"))
    }

    @Test("Beside a comparison the values of its other side")
    func values() throws {
        // Fields only where no value fits.
        try same(texts("members | where cadre = "), ["full_time", "part_time"])
        try same(texts("members | where cadre = regi").first, "registered")
        try same(texts("团员 | 筛选 团干部 = z", .zh).first, "专职")
        try same(texts("units | where kind in (uni").first, "university")
        #expect(try texts("members | where unit.kind != ").contains("university"))
        try same(texts("members | where registered = ").prefix(2), ["true", "false"])
    }

    @Test("Behind lesson their names with the titles; in one, its words")
    func lessons() throws {
        let all = try offered("lesson ")
        #expect(all.contains { $0.text == "rate" && $0.gloss.hasPrefix("Rates") })
        #expect(all.contains { $0.text == "off" })
        try same(texts("课程 ra", .zh), ["rate"])
        #expect(try texts("课程 比", .zh).first?.hasPrefix("比率：") == true)
        #expect(try texts("课程 bil", .zh).first?.hasPrefix("比率：") == true)
        for (typed, word) in [("hin", "hint"), ("ski", "skip"), ("sho", "show"), ("res", "restart"),
                              ("tas", "task"), ("bac", "back"), ("ans", "answer"), ("nex", "next")] {
            try same(texts(typed, inLesson: true).first, word)
            #expect(try !texts(typed).contains(word))
        }
        for (typed, word) in [("提", "提示"), ("跳", "跳过"), ("显", "显示"), ("重", "重来"),
                              ("题", "题目"), ("上一", "上一步"), ("答", "答案"), ("下一步", "下一步")] {
            try same(texts(typed, .zh, inLesson: true).first, word)
        }
    }

    @Test("Paths go on one step at a time")
    func paths() throws {
        let steps = try texts("members | count by unit.")
        #expect(steps.first == "city")
        #expect(steps.contains("kind") && steps.contains("parent"))
        try same(texts("members | count by unit.parent.na"), ["name"])
        try same(texts("service | count by member.un"), ["unit", "unit_from"])
        try same(texts("团员 | 计数 按 所在组织.区", .zh), ["区县局级"])
        try same(texts("members | count by unit.committee, registered."), ["date"])
    }

    @Test("Behind a grouping the columns of the result")
    func columns() throws {
        let columns = try texts("members over years 2014..2015 | rate registered by gender, year "
                                + "| where ")
        #expect(columns.prefix(5) == ["gender", "year", "of", "n", "rate"])
        #expect(!columns.contains("registered"))
        try same(texts("团员 | 比率 已注册 按 性别 | 排序 -比", .zh).first, "比率")
        try same(texts("kept | where g").first, "gender")
    }

    @Test("What is of most use at a place comes first, what is of none is left out")
    func order() throws {
        let keys = try texts("members | count by ")
        let unit = try #require(keys.firstIndex(of: "unit"))
        let name = try #require(keys.firstIndex(of: "name"))
        #expect(unit < name && keys.contains("every") && !keys.contains("sum"))
        try same(texts("members over years 2014..2015 | count by ").first, "year")
        try same(texts("members | summarize n = ").first, "count")
        #expect(try !texts("members | where ").contains("each"))
        #expect(try !texts("").contains("skip") && texts("").contains("members"))
    }

    @Test("What would be written over is not offered")
    func writtenFiles() throws {
        let folder = try TestFolder()
        try "".write(toFile: folder.path + "/old.csv", atomically: true, encoding: .utf8)
        try FileManager.default.createDirectory(atPath: folder.path + "/lists",
                                                withIntermediateDirectories: true)
        try same(texts("members | export " + folder.path + "/"), ["lists/"])
        try same(texts("log " + folder.path + "/li"), ["lists/"])
        #expect(try !texts("log " + folder.path + "/").contains("old.csv"))
    }

    @Test("Inside an aggregate the names of the inner rows")
    func relations() throws {
        try same(texts("units | derive x = count(members where reg").first, "registered")
        #expect(try texts("units | derive x = sum(service.ho").first == "hours")
        #expect(try texts("units | derive x = count(").contains("members"))
    }

    @Test("Verbs, words, statements and sources by position")
    func words() throws {
        try same(texts("members | ra").prefix(2), ["rate", "rank"])
        try same(texts("members | rate registered b").first, "by")
        #expect(try texts("members ov").contains("over years"))
        try same(texts("mem"), ["members"])
        try same(texts("members | chart "), ["bar", "line", "column"])
        #expect(try texts("members | rate registered by gender | against ").contains("target"))
        try same(texts("explain memb"), ["members"])
        try same(texts("fields uni").first, "units")
        try same(texts("values gen").first, "gender")
        try same(texts("use "), ["2017-12-31"])
        try same(texts("time o"), ["on", "off"])
        try same(texts("members | where registered an").first, "and")
    }

    @Test("Scripts, their parameters, files, settings and topics")
    func commands() throws {
        let folder = try TestFolder()
        try "param to: year = 2015 \"统计年度\" \"year\"\nparam all: boolean = true\nmembers"
            .write(toFile: folder.path + "/mine.muster", atomically: true, encoding: .utf8)
        try "".write(toFile: folder.path + "/a.csv", atomically: true, encoding: .utf8)
        try same(texts("run " + folder.path + "/m"), ["mine.muster"])
        #expect(try offered("run " + folder.path + "/mine.muster ").first
            == Completion("to=", suffix: "", gloss: "year"))
        try same(texts("run " + folder.path + "/mine.muster to=2015 all=t"), ["true"])
        try same(texts("load " + folder.path + "/"), ["a.csv"])
        try same(texts("load \"" + folder.path + "/a"), ["a.csv"])
        let books = Self.root + "/Tests/MusterStoreTests/workbooks/office-roster"
        try same(texts("load \"\(books).xlsx\" sheet \""), ["错误值", "团员名册", "日期与数", "空表", "隐藏表"])
        try same(texts("装载 \"\(books).xls\" 工作表 \"团", .zh), ["团员名册"])
        try same(offered("load \"\(books).xlsx\" sheet ").last?.text, "\"隐藏表\"")
        try same(texts("load \"\(Self.root)/README.md\" sheet \""), [])
        #expect(try texts("运行 核", .zh).first == "核对")
        try same(offered("run recon").first?.gloss.hasPrefix("核对"), true)
        try same(texts("set lang"), ["language"])
        try same(texts("set language "), ["zh", "en"])
        try same(texts("help regis").first, "registered")
    }

    @Test("Nothing in a comment, behind a closed text, or where nothing is due", arguments: [
        "members # reg", "members | where id = \"x\"", "title \"", "members | take 5",
        "团员 # x", "members | where registered)",
    ])
    func nothing(line: String) throws {
        #expect(try texts(line).isEmpty, "\(line)")
    }

    @Test("Whatever is typed, the offsets lie between its characters", arguments: [
        "团员|筛选所在组织隶属“和", "`未闭", "members | where unit under ‘和平", "】【｜", "a.b.c.d.",
        "(((((", "let x(", "param : ", "|", "members over ", "按 ", "团员 历年 ", "{", "\"{to",
        "load \u{3000}", "help ", "团员 | 汇总 x = 计数(", "。", "members; ", "explain explain ",
    ])
    func offsets(line: String) throws {
        let environment = try #require(Self.environment)
        let completer = Completer(environment, language: .zh)
        for cursor in 0...line.utf8.count {
            let found = completer.complete(line, cursor)
            #expect(found.start >= 0 && found.start <= cursor)
            _ = found.replacements(line: line, cursor: cursor)
        }
    }
}
