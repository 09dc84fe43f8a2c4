import MusterDiagnostics
import Testing
@testable import MusterLanguage

private func formatted(_ text: String, to language: Language? = nil,
                       renamed: [Span: String] = [:]) -> String {
    format(parsed(text), vocabulary: TestVocabulary(), language: language, renamed: renamed)
}

private let long = "members over years 2015..2017 | where unit under \"和平区\" "
    + "| rate registered by unit.committee, year | against target"

@Suite struct FormatterTests {
    @Test(arguments: [
        ("members|count", "members | count\n"), ("members\n|count", "members\n| count\n"),
        ("members |\n count", "members\n| count\n"), ("", ""), ("\n\n", ""),
        ("a ＝ １ ；  b", "a = 1\nb\n"), ("-a*(b+c) .. 3", "-a * (b + c)..3\n"),
        ("count( members   where a )", "count(members where a)\n"),
        ("a in（1、2）", "a in (1, 2)\n"), ("{ to }+1", "{to} + 1\n"), ("a<>1", "a != 1\n"),
        ("2015/1/5 + 2015-1", "2015-01-05 + 2015-01\n"), ("2015年6月", "2015年6月\n"),
        ("sort - 1", "sort - 1\n"), ("m|sort - rate,name", "m | sort -rate, name\n"),
        ("'it\\'s'", "\"it's\"\n"), ("“和平{to}”", "\"和平{to}\"\n"),
        (#""\d+\{to}\"""#, #""\d+\{to}\"""# + "\n"),
        ("【US Gross】", "`US Gross`\n"),
        ("run  progress  year = 2015  d='x'", "run progress year=2015 d=\"x\"\n"),
        ("load   a-b.json   as x", "load a-b.json as x\n"), ("help   a  b", "help a  b\n"),
        ("let  m( a,b )=a+b", "let m(a, b) = a + b\n"), ("members;|count", "members;\n| count\n"),
        ("param to:year=2015 \"x\"", "param to: year = 2015 \"x\"\n"), ("a 。\nb。", "a\nb\n"),
        ("a\n\n\n\nb\nc", "a\n\nb\nc\n"), ("团员|取前 第 5 名", "团员 | 取前 5\n"),
        ("团员|按年度汇总人数=计数()", "团员 | 汇总 人数 = 计数() 按 年度\n"),
        ("团员历年2015..2017|计数按所在组织的区县局级", "团员 历年 2015..2017 | 计数 按 所在组织.区县局级\n"),
        ("a not  in (1)", "a not in (1)\n"), ("95%+7 % 2", "95% + 7 % 2\n"),
        ("f(a,\n  b,\n  c\n)", "f(a,\n    b,\n    c\n)\n"),
        ("let r = m\n| count", "let r = m\n  | count\n"),
        ("members | whre  a", "members | whre  a\n"),
        ("children.count( x )", "children.count(x)\n"),
        ("m | rate (a) by k", "m | rate (a) by k\n"),
        ("each(\"a\":b)", "each(\"a\": b)\n"), ("not(a)", "not (a)\n"),
        ("a as  of( b )", "a as of (b)\n"),
        ("relate  p . id  to m.(a,b)as x,y", "relate p.id to m.(a, b) as x, y\n"),
        ("关联 p．id 到 m．f（a） 为 甲、按年度乙", "关联 p.id 到 m.f(a) 为 甲, 按年度乙\n"),
    ])
    func layout(text: String, expected: String) {
        #expect(formatted(text) == expected)
    }

    @Test func longPipelinesBreak() {
        let expected = long.split(separator: "|").map { $0.trimmed }.joined(separator: "\n| ")
        #expect(formatted(long) == expected + "\n")
        #expect(formatted("let r = " + long).hasSuffix("\n  | against target\n"))
    }

    @Test(arguments: [
        ("# a\nmembers # b\n# c\n\n| count # d\n# e\n",
         "# a\nmembers  # b\n# c\n| count  # d\n# e\n"),
        ("members | # why\nwhere a", "members  # why\n| where a\n"),
        ("members |\n# why\nwhere a", "members\n# why\n| where a\n"),
        ("f(a, # one\n  # two\n  b)", "f(a,  # one\n    # two\n    b)\n"),
        ("a;b # c", "a\nb  # c\n"), ("# a\n\n\n# b", "# a\n\n# b\n"), ("＃ a", "# a\n"),
        ("members; # x\n| count", "members;  # x\n| count\n"),
    ])
    func comments(text: String, expected: String) {
        #expect(formatted(text) == expected)
        #expect(parsed(expected).comments.count == parsed(text).comments.count)
    }

    @Test func translatesItsOwnWords() {
        let english = "members over years 2015..2017\n| where unit under "
            + "(\"a\", \"b\") and not a in 1..2\n"
            + "| rate if a then b is not none else true by every unit.district\n| against target\n"
            + "let x = a between 1 and 2 or a starts with \"x\" or a is none or a not in "
            + "(1, none)\n"
            + "param to: year = 2015 \"年\"\nexpect (x as of 2015) else \"y\"\n"
            + "explain m | pivot k show n\n"
            + "sum(h where c)\n"
        let chinese = "members 历年 2015..2017\n| 筛选 unit 隶属 (\"a\", \"b\") 且 非 a 属于 1..2\n"
            + "| 比率 若 a 则 b 不为空 否则 是 按 每个 unit.district\n| 对照 目标\n"
            + "令 x = a 介于 1 与 2 或 a 开头为 \"x\" 或 a 为空 或 a 不属于 (1, 空)\n"
            + "参数 to: year = 2015 \"年\"\n断言 (x 截至 2015) 否则 \"y\"\n说明 m | 透视 k 显示 n\n"
            + "sum(h 筛选 c)\n"
        #expect(formatted(english, to: .zh) == chinese)
        #expect(formatted(chinese, to: .en) == english)
        #expect(formatted("2015年6月3日 - 1", to: .en) == "2015-06-03 - 1\n")
        #expect(formatted("over + 历年", to: .en).hasPrefix("over + "))
    }

    @Test func renamesWhatTheBinderSays() {
        let text = "members | where `x` = \"{to}\" | sort n, {to}"
        let spans = [Span(0, 7): "团员", Span(16, 19): "某 列", Span(24, 26): "止", Span(36, 37): "人 数",
                     Span(40, 42): "止"]
        #expect(formatted(text, renamed: spans)
            == "团员 | where `某 列` = \"{止}\" | sort `人 数`, {止}\n")
    }

    @Test func formattingTwiceChangesNothing() {
        let texts = [
            long, "let r = " + long, "# a\nmembers # b\n# c\n| count # d\n",
             "f(a, # one\n  b)\n\n\nc",
            "(members\n| where a\n| count) > 0", "expect (members\n | count) > 0 else 'x'",
            "团员|按年度汇总人数=计数()|取前第3名", "members; | count", #"'\\{a}' + "\\""#,
            "m | rate registered by g = each(\"a\": b,\n  \"c\": d), every k | total g",
            "members | whre (a\nunits", "a # x\n; b", "help a; # c\nmembers |\n# x\n\ncount",
        ]
        for text in texts {
            for language in [nil, Language.zh, .en] {
                let once = formatted(text, to: language)
                #expect(formatted(once, to: language) == once, "\(text)")
            }
        }
    }

    @Test func formattingKeepsTheTree() {
        for text in [long, "a - (b - c)", "团员|按年度汇总人数=计数()", "members; | count",
                     "(members\n| count) > -1 and not (a or b)", #"x = '\\{a}' or x = "\{b}\\""#] {
            #expect(read(formatted(text)) == read(text))
            #expect(read(formatted(text, to: .en)) == read(text))
        }
    }
}

extension Substring {
    fileprivate var trimmed: String {
        var text = self
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
