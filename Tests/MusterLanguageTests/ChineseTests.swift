import MusterDiagnostics
import Testing
@testable import MusterLanguage

@Suite struct ChineseTests {
    @Test(arguments: [
        ("团员历年2015..2017|筛选所在组织隶属“和平区”|比率已注册按所在组织的基层团委、年度|对照目标|合计",
         "团员 over years 2015..2017 | where condition=[所在组织 under \"和平区\"] | rate condition=已注册 "
            + "keys=所在组织.基层团委, 年度 | against what=target | total"),
        ("团员截至2015年10月31日｜计数。", "团员 as of day 16739 | count"),
        ("团员截至2015-10-31｜计数", "团员 as of day 16739 | count"),
        ("团员历月2015年6月。。2015年10月|计数按月份",
         "团员 over months month 2015-6..month 2015-10 | count keys=月份"),
        ("团员|按年度汇总新人数＝计数（），总时长=求和(时长)|排序-新人数|取前第3名",
         "团员 | summarize bindings=新人数:=计数(), 总时长:=求和(时长) keys=年度 | sort keys=desc 新人数 "
            + "| take number=3"),
        ("团员|取前5名按年度", "团员 | take keys=年度 number=5"),
        ("团员|筛选年龄不属于（14，15）且日期介于2015年1月与2015年6月",
         "团员 | where condition=[[年龄 not in (14, 15)] "
            + "and [日期 between month 2015-1 and month 2015-6]]"),
        ("团员|筛选类别=高校", "团员 | where condition=[类别 = 高校]"),
        ("团员|透视年度显示比率、人数", "团员 | pivot column=年度 shown=比率, 人数"),
        ("团员|图表条形", "团员 | chart kind=bar"), ("下钻第3行", "!drill row=3"),
        ("团员|存为留存表", "团员 | into name=留存表"), ("令新表=团员", "let 新表 = 团员"),
        ("团员|比率已注册按每个所在组织的区县局级",
         "团员 | rate condition=已注册 keys=every 所在组织.区县局级"),
        ("unit的district = 'x'", "[unit.district = \"x\"]"),
    ])
    func withoutSpaces(text: String, tree: String) {
        #expect(read(text) == [tree])
    }

    @Test func justDefinedNamesCount() {
        #expect(read("令好团员=团员|计数\n好团员|计数\n令 年度表 = 团员\n年度表|计数")
            == ["let 好团员 = <团员 | count>", "好团员 | count", "let 年度表 = 团员", "年度表 | count"])
    }

    @Test func unknownNamesStayWhole() {
        #expect(read("团员|筛选不存在的名字") == ["团员 | where condition=不存在的名字"])
        #expect(read("团员|筛选入团日期不为空") == ["团员 | where condition=[入团日期 is not none]"])
        #expect(read("团员|汇总某数=计数()|计数按无名列") ==
            ["团员 | summarize bindings=某数:=计数() | count keys=无名列"])
        #expect(read("天气") == ["天气"])
    }

    @Test func aTieShowsTheWays() {
        struct Tied: Vocabulary {
            let names = ["甲乙", "丙丁", "甲", "乙丙丁"]
            func verb(_ name: String) -> Signature? { nil }
            func statement(_ name: String) -> Signature? { nil }
            var verbNames: [Term] { [] }
            var statementNames: [Term] { [] }
            func isKnown(_ name: String) -> Bool { names.contains(name) }
            func knownPrefixes(of text: Substring) -> [String] {
                names.filter { text.hasPrefix($0) }.sorted { $0.count > $1.count }
            }
        }
        let script = parse(SourceText(text: "甲乙丙丁"), vocabulary: Tied())
        #expect(script.diagnostics.first?.code == "name.ambiguous")
        #expect(script.diagnostics.first?.related.map(\.zh) == ["甲乙 丙丁", "甲 乙丙丁"])
    }
}

@Suite struct CompletenessTests {
    @Test(arguments: [
        "members", "members | count", "", "  # nothing", "members | where (a)", "members | whre",
        "let a = 1\nlet b = 2", "\"a\"", "help it's", "load it's.json", "help |", "a)", "`x",
        "members | where a = ",
    ])
    func whole(text: String) {
        #expect(isComplete(text, vocabulary: TestVocabulary()))
    }

    @Test(arguments: [
        "members |", "members |  # why", "members | where (a", "f(a,\n", "\"abc", "“和平区",
        "title 'a\n", "members ｜", "members |\n\n",
    ])
    func goesOn(text: String) {
        #expect(!isComplete(text, vocabulary: TestVocabulary()))
    }

    @Test("What is still open at the end of a line", arguments: [
        ("members | where name = \"x", OpenEnd.text), ("团员 | 筛选 姓名 = “王", .text),
        ("members | where (age > 3", .bracket), ("members | where (name = \"x", .text),
        ("members |", .pipe), ("团员 ｜", .pipe),
    ])
    func open(_ text: String, _ end: OpenEnd) {
        #expect(openEnd(of: text, vocabulary: TestVocabulary()) == end)
    }
}
