import MusterDiagnostics
import Testing
@testable import MusterLanguage

@Suite struct FaultTests {
    @Test(arguments: [
        ("members | whre a", ["verb.unknown «whre»"]),
        ("members | whre a | count b | sort",
         ["verb.unknown «whre»", "stage.trailing «b»", "slot.missing «»"]),
        ("members | where | count", ["slot.missing «|»"]), ("members |", ["stage.missing «»"]),
        ("members | | count", ["stage.missing «|»"]),
        ("members | where a b", ["stage.trailing «b»"]),
        ("members | where a count", ["stage.trailing «count»"]),
        ("members | rate a", ["slot.missing «»"]), ("members | rate by k", ["slot.unfit «by»"]),
        ("members | derive a + b", ["binding.unnamed «a + b»"]),
        ("members | derive in = 3", ["slot.unfit «in»"]), ("members | take x", ["slot.unfit «x»"]),
        ("members | against targt", []), ("members | chart bra", ["slot.word «bra»"]),
        ("members | where (a", ["bracket.unclosed «(»"]),
        ("members | where a)", ["bracket.unopened «)»"]),
        ("members | where (a b)", ["syntax.bracket «b»"]),
        ("members | where (a, b)", ["syntax.bracket «,»"]),
        ("members | where ()", ["syntax.operand «()»"]),
        ("members | where a = ", ["syntax.operand «»"]),
        ("members | where a < b < c", ["syntax.chain «<»"]),
        ("members | where a is 3", ["syntax.is «is»"]),
        ("members as of x | count", ["syntax.asof «x»"]),
        ("members over yers 2015", ["query.over «yers»"]),
        ("1 + 2 | count", ["query.source «1 + 2»"]),
        ("count(members | count)", ["syntax.pipe «|»"]),
        ("members count", ["statement.trailing «count»"]), ("take 5", ["statement.verb «take»"]),
        ("lod \"x\"", ["statement.unknown «lod»"]), ("let = 3", ["name.expected «=»"]),
        ("members | derive a = 1, in = 3", ["syntax.reserved «in»"]),
        ("let in = 3", ["name.expected «in»"]), ("let a 3", ["let.malformed «3»"]),
        ("param a = 3", ["param.malformed «=»"]), ("expect a", ["slot.missing «»"]),
        ("run x y", ["settings.malformed «y»"]), ("quit now", ["stage.trailing «now»"]),
        ("if a then b", ["syntax.if «»"]), ("a between 1", ["syntax.between «»"]),
        ("members | sort a,", ["syntax.operand «»"]), ("a.", ["syntax.path «»"]),
        ("members | total sum(x)", ["slot.column «sum(x)»"]),
        ("members | count by", ["slot.missing «»"]),
        ("members | count by every", []), ("members | count by every 3", ["key.every «3»"]),
        ("members | where and", ["slot.unfit «and»"]), ("members | 按 k 筛选 a", ["stage.keys «按»"]),
        ("a; b c; members", ["statement.unknown «b»"]), ("(a\nb\n", ["bracket.unclosed «(»"]),
        ("members | where a @ 1 | count", ["mark.unknown «@»"]),
    ])
    func oneTypoOneMessage(text: String, faults: [String]) {
        let found = read(text)
        if faults.isEmpty {
            #expect(parsed(text).diagnostics.isEmpty)
        } else {
            #expect(found == faults)
        }
    }

    @Test(arguments: [
        ("members | whre a", "did you mean where (筛选)?"),
        ("团员 | 帅选 a", "Tab lists them, and `help verbs`"),
        ("团员 | 所选 a", "Tab lists them, and `help verbs`"),
        ("members | wehre a", "did you mean where (筛选)?"),
        ("lod \"x\"", "did you mean load (载入)?"),
        ("members | where a sort b", "put | before a verb: | sort"),
        ("members | chart bra", "did you mean bar (条形)?"),
        ("members | count b", "count by b groups; where b | count counts those that meet a condition"),
        ("members over yers 2015", "did you mean years?"),
        ("members as of x | count", "an expression stands in brackets: as of (x)"),
        ("members | where a = not", "add what belongs behind \"not\", or take it out"),
        ("members | order by a", "write sort -COLUMN, …"),
        ("members | group by a", "write count [by KEY, …]; or sort -COLUMN, …"),
        ("members | where a 18岁以下", "with the number itself write a <= 18, without it a < 18"),
        ("members | where a, b", "between two conditions write `and`"),
        ("members | where a or c, b", "write where CONDITION"),
        ("members | where a > 18 天", "a number stands without its unit of measure"),
        ("members | sort rate desc", "descending is a - before it: sort -rate"),
        ("members | where a like 'x'", "use contains, starts with or matches"),
        ("members | qqqqq", "Tab lists them, and `help verbs`"),
    ])
    func hints(text: String, hint: String) {
        #expect(parsed(text).diagnostics.first?.hint?.en == hint)
    }

    @Test func everyFaultHasBothLanguagesAndItsSource() {
        for text in ["members | whre a", "2015-02-30", "(a", "a == 1", "members | rate a"] {
            for fault in parsed(text).diagnostics {
                #expect(fault.source?.text == text)
                #expect(fault.message.zh != fault.message.en)
            }
        }
    }

    @Test func longTextsAreCutInMessages() {
        let fault = parsed("quit \"" + String(repeating: "长", count: 500) + "\"").diagnostics.first
        #expect((fault?.message.en.count ?? 1000) < 80)
        #expect(fault?.span == Span(5, 5 + 1502))
    }

    @Test func fixesMendTheFault() throws {
        for (text, mended) in [("members | where a sort b", "members | where a | sort b"),
                               ("a == 1", "a = 1"), ("a is 1", "a = 1")] {
            let fix = try #require(parsed(text).diagnostics.first?.fixes.first)
            var bytes = Array(text.utf8)
            bytes.replaceSubrange(fix.span.lower..<fix.span.upper,
                                  with: Array(fix.replacement.utf8))
            #expect(String(decoding: bytes, as: UTF8.self) == mended)
            #expect(parsed(mended).diagnostics.isEmpty)
        }
    }

    @Test func whatCouldBeReadIsKept() {
        let script = parsed("let a = members | whre x\nmembers | count\nlet b = (\nlet c = 1")
        #expect(script.statements.map(outline) == [
            "let a = <members>", "members | count", "let b = none", "let c = 1",
        ])
        #expect(script.statements.map(script.isSound) == [false, true, false, true])
    }

    @Test func depthIsLimited() {
        for text in [
            String(repeating: "(", count: 10_000), String(repeating: "(", count: 3000) + "a"
                + String(repeating: ")", count: 3000),
            String(repeating: "not ", count: 10_000) + "a", String(repeating: "-",
             count: 9999) + "a",
            "a" + String(repeating: " or a", count: 10_000),
            "a" + String(repeating: " as of 2015", count: 10_000),
            String(repeating: "explain ", count: 10_000) + "quit",
            String(repeating: "if a then ", count: 10_000), String(repeating: "f(", count: 10_000),
            String(repeating: "((a + b) + ", count: 70) + "c" + String(repeating: ")", count: 70),
        ] {
            let faults = parsed(text).diagnostics
            #expect(!faults.isEmpty || text.utf8.count < 2000)
        }
        #expect(parsed("a" + String(repeating: " or a", count: 200)).diagnostics.isEmpty)
        let list = "a in (" + (0..<5000).map(String.init).joined(separator: ", ") + ")"
        #expect(parsed(list).diagnostics.isEmpty)
        let nested = String(repeating: "(", count: 50) + "a" + String(repeating: ")", count: 50)
        #expect(parsed(nested).diagnostics.isEmpty)
    }
}
