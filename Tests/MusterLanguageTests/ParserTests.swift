import MusterDiagnostics
import Testing
@testable import MusterLanguage

@Suite struct ParserTests {
    @Test(arguments: [
        ("a or b and not c = 1 + 2 * -3", "[a or [b and [not [c = [1 + [2 * [minus 3]]]]]]]"),
        ("a - b - c", "[[a - b] - c]"), ("-a as of 2015", "[minus [a as of 2015]]"),
        ("a = b as of 2015-06", "[a = [b as of month 2015-6]]"),
        ("(a and b) as of {from}", "[[a and b] as of {from}]"),
        ("a as of (as_of - 1)", "[a as of [as_of - 1]]"),
        ("unit.district.name = \"x\"", "[unit.district.name = \"x\"]"),
        ("a in b..c", "[a in b..c]"), ("a not in (1, 2)", "[a not in (1, 2)]"),
        ("a in (1)", "[a in 1]"), ("a 不属于 (1, 2)", "[a not in (1, 2)]"),
        ("a 非 属于 (1, 2)", "[a not in (1, 2)]"),
        ("a between 1 and 2 and b", "[[a between 1 and 2] and b]"),
        ("a 介于 1 与 2 且 b", "[[a between 1 and 2] and b]"), ("a is none", "[a is none]"),
        ("a is not none", "[a is not none]"), ("a 为空 或 a 不为空", "[[a is none] or [a is not none]]"),
        ("a 为 空", "[a is none]"), ("a starts with 'x'", "[a starts with \"x\"]"),
        ("a 开头为 'x'", "[a starts with \"x\"]"), ("a ends with 'x'", "[a ends with \"x\"]"),
        ("a matches 'x' and a contains 'y'", "[[a matches \"x\"] and [a contains \"y\"]]"),
        ("a not contains 'y'", "[not [a contains \"y\"]]"),
        ("a not starts with 'y'", "[not [a starts with \"y\"]]"),
        ("unit not under 'x' and b", "[[not [unit under \"x\"]] and b]"),
        ("unit under (\"a\", {b})", "[unit under (\"a\", {b})]"),
        ("unit under \"a\" and b", "[[unit under \"a\"] and b]"),
        ("unit under base", "[unit under base]"),
        ("if a then 1 else if b then 2 else 3", "[if a then 1 else [if b then 2 else 3]]"),
        ("若 a 则 1 否则 2 + 3", "[if a then 1 else [2 + 3]]"),
        ("count(members where registered)", "count(members where registered)"),
        ("求和(时长 筛选 已认定)", "求和(时长 where 已认定)"),
        ("children.count(members)", "children.count(members)"),
        ("each(\"x\": a = 1, \"y\": b)", "each(\"x\": [a = 1], \"y\": b)"), ("count()", "count()"),
        ("lookup(reported.n, id = unit.district.id)",
         "lookup(reported.n, [id = unit.district.id])"),
        ("n / of", "[n / of]"), ("over + every + show + with", "[[[over + every] + show] + with]"),
        ("(members | count) > 0", "[<members | count> > 0]"), ("not (a)", "[not a]"),
        ("members as of 2015", "[members as of 2015]"), ("团员 截至 2015", "[团员 as of 2015]"),
        ("所在组织 的 名称 = 'x'", "[所在组织.名称 = \"x\"]"),
    ])
    func expressions(text: String, tree: String) {
        #expect(read(text) == [tree])
    }

    @Test(arguments: [
        ("members as of 2015-10-31 | count", "members as of day 16739 | count"),
        ("members over years 2015..{to}", "members over years 2015..{to}"),
        ("members over years {p} | count", "members over years {p} | count"),
        ("members over years (a + 1)..2017 | count", "members over years [a + 1]..2017 | count"),
        ("m(2015) over snapshots | count", "m(2015) over snapshots | count"),
        ("(members | where a) as of 2015 | count",
         "(members | where condition=a) as of 2015 | count"),
        ("m | summarize x = sum(h), count() by every unit.district under 'x', g = month(d)",
         "m | summarize bindings=x:=sum(h), count() keys=every unit.district under \"x\", "
            + "g:=month(d)"),
        ("m | summarize n = count()", "m | summarize bindings=n:=count()"),
        ("m | count by s = every stars", "m | count keys=s:=every stars"),
        ("m | rate (if a then b else c) by g", "m | rate condition=[if a then b else c] keys=g"),
        ("m | sort -rate, name", "m | sort keys=desc rate, name"),
        ("m | rank -n by kind", "m | rank keys=kind order=desc n"),
        ("m | take 5 by k", "m | take keys=k number=5"),
        ("m | 取前 第 5 名 按 k", "m | take keys=k number=5"), ("m | take {n}", "m | take number={n}"),
        ("m | label share \"占比\" \"share\" percent",
         "m | label column=share display=percent en=\"share\" zh=\"占比\""),
        ("m | label share \"占比\"", "m | label column=share zh=\"占比\""),
        ("m | against target", "m | against what=target"),
        ("m | against target 2016", "m | against what=target year=2016"),
        ("m | against previous n", "m | against column=n what=previous"),
        ("m | 对照 上期", "m | against what=previous"),
        ("m | against 100%", "m | against value=100e-2"), ("m | total", "m | total"),
        ("m | total g, unit.district", "m | total columns=g, unit.district"),
        ("m | pivot year show rate, n", "m | pivot column=year shown=rate, n"),
        ("m | cumulate n by k", "m | cumulate column=n keys=k"),
        ("m | chart bar", "m | chart kind=bar"),
        ("m | chart bar unit.district rate", "m | chart kind=bar x=unit.district y=rate"),
        ("m | export out/2015-13.csv", "m | export path=\"out/2015-13.csv\""),
        ("m | export 'a b.csv' | into t", "m | export path=\"a b.csv\" | into name=t"),
        ("| where a", "^ | where condition=a"),
        ("m | 按 k 汇总 n = count()", "m | summarize bindings=n:=count() keys=k"),
        ("text | count", "text | count"),
        ("m | select of, n, rate, x = total", "m | select bindings=of, n, rate, x:=total"),
        ("m | derive rate = rate(a)", "m | derive bindings=rate:=rate(a)"),
    ])
    func pipelines(text: String, tree: String) {
        #expect(read(text) == [tree])
    }

    @Test(arguments: [
        ("let base = members as of 2015", "let base = [members as of 2015]"),
        ("let r = members as of 2015 | count", "let r = <members as of 2015 | count>"),
        ("let p = 2015..2017", "let p = 2015..2017"), ("令 甲（乙、丙）＝ 乙 + 丙", "let 甲(乙, 丙) = [乙 + 丙]"),
        ("param to: year = year(as_of) \"统计年度\" \"year\"",
         "param to: year = year(as_of) \"统计年度\" \"year\""),
        ("param x: unit", "param x: unit"),
        ("参数 x：text = 'a' '说明'", "param x: text = \"a\" \"说明\""),
        ("load data/a-b.json as x", "!load name=x path=\"data/a-b.json\""),
        ("load \"a b.json\"", "!load path=\"a b.json\""),
        ("载入 a.json 为 x", "!load name=x path=\"a.json\""),
        ("load it's(.json as x", "!load name=x path=\"it's(.json\""),
        ("use 2015-10-31", "!use day=day 16739"),
        ("set stars 100,200", "!set rest='stars 100,200'"), ("set", "!set"),
        ("set stars 1,2 # why", "!set rest='stars 1,2'"),
        ("run progress year=2015 unit=\"和平区\" d=2015-10..2016-01 out=a.b/c-2015-13.html",
         "!run path=\"progress\" settings=year=2015 unit=\"和平区\" d=month 2015-10..month 2016-1 "
            + "out=\"a.b/c-2015-13.html\""),
        ("expect (members | count) > 0 else \"none\"",
         "!expect condition=[<members | count> > 0] text=\"none\""),
        ("title \"至{to}\" \"to {to}\"", "!title en=\"to {to}\" zh=\"至{to}\""),
        ("include other.muster", "!include path=\"other.muster\""),
        ("help it's (where", "!help topic='it's (where'"),
        ("help", "!help"), ("explain members | count", "!explain statement=<members | count>"),
        ("explain | count", "!explain statement=<^ | count>"), ("drill 第3行", "!drill row=3"),
        ("quit", "!quit"),
        ("explain explain quit", "!explain statement=<!explain statement=<!quit>>"),
    ])
    func statements(text: String, tree: String) {
        #expect(read(text) == [tree])
    }

    @Test func rawTextDoesNotSwallowWhatFollows() {
        #expect(read("load it's.json\nmembers # it's\nhelp can't; quit\nload a(b\nload c)d")
            == ["!load path=\"it's.json\"", "members", "!help topic='can't'", "!quit",
                "!load path=\"a(b\"", "!load path=\"c)d\""])
    }

    @Test func spansAreExact() throws {
        let text = "团员 as of 2015 | 筛选 (a + b) > 1 | count by k # c"
        let script = parsed(text)
        let statement = try #require(script.statements.first)
        guard case .query(let e) = statement.kind, case .pipeline(let pipeline) = e.kind,
              case .expression(let condition)? = pipeline.stages[0].arguments["condition"],
              case .binary(_, let left, _) = condition.kind else {
            Issue.record("not as expected: \(outline(statement))")
            return
        }
        func slice(_ span: Span) -> String {
            String(decoding: Array(text.utf8)[span.lower..<span.upper], as: UTF8.self)
        }
        #expect(slice(statement.span) == "团员 as of 2015 | 筛选 (a + b) > 1 | count by k")
        #expect(slice(pipeline.sourceSpan) == "团员")
        #expect(slice(pipeline.stages[0].span) == "筛选 (a + b) > 1")
        #expect(slice(pipeline.stages[0].name.span) == "筛选")
        #expect(slice(pipeline.stages[1].span) == "count by k")
        #expect(slice(left.span) == "(a + b)")
        #expect(slice(condition.span) == "(a + b) > 1")
    }

    @Test func expressionAlone() throws {
        let e = try parseExpression(SourceText(text: "2015-10 "), vocabulary: TestVocabulary())
        #expect(outline(e) == "month 2015-10")
        #expect(throws: Diagnostics.self) {
            try parseExpression(SourceText(text: "1 2"), vocabulary: TestVocabulary())
        }
        #expect(throws: Diagnostics.self) {
            try parseExpression(SourceText(text: "2015-02-30"), vocabulary: TestVocabulary())
        }
    }

    @Test func usageLines() throws {
        let rate = try #require(TestVocabulary().verb("rate"))
        #expect(rate.usage(.en) == "rate CONDITION by KEY, …")
        #expect(rate.usage(.zh) == "比率 条件 按 分组, …")
        let against = try #require(TestVocabulary().verb("against"))
        #expect(against.usage(.en)
            == "against target [EXPRESSION] | previous [COLUMN] | EXPRESSION")
    }
}
