import MusterDiagnostics
import Testing
@testable import MusterLanguage

private let day20151031 = "day 16739"

@Suite struct LexerTests {
    @Test(arguments: [
        ("2015-10-31", "day 16739"), ("2015-1-5", "day 16440"), ("2015/10/31", "day 16739"),
        ("2015年10月31日", "day 16739"), ("２０１５－１０－３１", "day 16739"), ("1970-01-01", "day 0"),
        ("2000-02-29", "day 11016"), ("0001-01-01", "day -719162"), ("9999-12-31", "day 2932896"),
        ("2015-10", "month 2015-10"), ("2015年6月", "month 2015-6"), ("2015年", "year 2015"),
        ("2015年度", "year 2015"), ("2015", "2015"), ("95%", "95e-2"), ("0.5%", "5e-3"),
        ("0.5", "5e-1"), ("１．５", "15e-1"), ("9223372036854775807", "9223372036854775807"),
        ("2015..2017", "2015..2017"), ("2015。。2017", "2015..2017"), ("1.5..2", "15e-1..2"),
        ("2015-06..2015-10", "month 2015-6..month 2015-10"), ("2015..{to}", "2015..{to}"),
        ("2015 - 10", "[2015 - 10]"), ("2015/10", "[2015 / 10]"), ("n%2", "[n % 2]"),
        ("7%n", "[7 % n]"), ("7%(2)", "[7 % 2]"), ("7 % 2", "[7 % 2]"), ("7% > n", "[7e-2 > n]"),
        ("{ to }", "{to}"), ("是", "true"), ("空", "none"), ("false", "false"),
    ])
    func literals(text: String, tree: String) {
        #expect(read(text) == [tree])
    }

    @Test(arguments: [
        ("2015-02-30", "date.invalid «2015-02-30»"), ("2015-13", "date.invalid «2015-13»"),
        ("2015/13/45", "date.invalid «2015/13/45»"), ("2015年2月29日", "date.invalid «2015年2月29日»"),
        ("0000-01", "date.invalid «0000-01»"), ("2015-100", "date.malformed «2015-100»"),
        ("2000-n", "date.malformed «2000-n»"), ("2000-", "date.malformed «2000-»"),
        ("9223372036854775808", "number.overflow «9223372036854775808»"),
        ("0.12345678901234567890", "number.overflow «0.12345678901234567890»"),
        ("5x", "number.malformed «5x»"), ("a @@ b", "mark.unknown «@@»"),
        ("a == 1", "mark.foreign «==»"), ("a && b", "mark.foreign «&&»"),
        ("a || b", "mark.foreign «||»"), ("a => 1", "mark.foreign «=>»"),
        ("\"abc", "text.unclosed «\"»"), ("`abc", "name.unclosed «`»"), ("``", "name.empty «``»"),
        ("{1}", "parameter.malformed «{»"), ("[1]", "mark.unknown «[»"),
    ])
    func oneFaultOneMessage(text: String, fault: String) {
        #expect(read(text).first == fault)
    }

    @Test func invalidDayNamesTheLengthOfTheMonth() {
        let fault = parsed("2015-02-30").diagnostics.first
        #expect(fault?.hint?.en == "that month has 28 days")
        #expect(fault?.hint?.zh == "该月有 28 天")
    }

    @Test(arguments: [
        (#""a\"b""#, #"a"b"#), (#"'it\'s'"#, "it's"), (#""a\\b""#, #"a\b"#), (#""\d+""#, #"\d+"#),
        (#""\{to}""#, "{to}"), ("“和平区”", "和平区"), ("”和平区“", "和平区"), ("”和平区”", "和平区"),
        ("‘和平区’", "和平区"), ("＂a＂", "a"), ("\"a“b”c\"", "a“b”c"), ("\"全角，（）\"", "全角，（）"),
        ("\"\"", ""), ("\"a\nb\"", "a\nb"), (#""\d{3}""#, #"\d{3}"#), ("'a\"b'", "a\"b"),
    ])
    func texts(text: String, value: String) throws {
        let statement = try #require(parsed(text).statements.first)
        guard case .query(let e) = statement.kind, case .literal(.text(let t)) = e.kind else {
            Issue.record("no text: \(outline(statement))")
            return
        }
        #expect(t.parts == [.text(value)])
        #expect(t.span == Span(0, text.utf8.count))
    }

    @Test func holesKeepTheirPlaces() throws {
        let text = "\"至{to}年{x y}\""
        let statement = try #require(parsed(text).statements.first)
        guard case .query(let e) = statement.kind, case .literal(.text(let t)) = e.kind else {
            Issue.record("no text")
            return
        }
        #expect(t.parts == [.text("至"), .hole(Name("to", Span(5, 7))), .text("年{x y}")])
    }

    @Test(arguments: [
        ("a ＝ １", "[a = 1]"), ("a ≠ 1", "[a != 1]"), ("a 《》 1", "[a != 1]"), ("a <> 1", "[a != 1]"),
        ("a 《 1", "[a < 1]"), ("a 》 1", "[a > 1]"), ("a ≥ 1", "[a >= 1]"), ("a ≤ 1", "[a <= 1]"),
        ("a ！＝ 1", "[a != 1]"), ("a × 2 ÷ 3", "[[a * 2] / 3]"), ("a－1", "[a - 1]"),
        ("a in （1，2、3）", "[a in (1, 2, 3)]"), ("｛to｝", "{to}"), ("【US Gross】", "`US Gross`"),
        ("`US Gross` + 1", "[`US Gross` + 1]"), ("a　+　b", "[a + b]"), ("ａｂｃ", "abc"),
        ("所在组织。名称", "所在组织.名称"), ("a．b", "a.b"), ("\u{FEFF}a", "a"), ("a\u{200B}", "a"),
    ])
    func fullWidthTwins(text: String, tree: String) {
        #expect(read(text) == [tree])
    }

    @Test(arguments: [
        ("a。", ["a"]), ("a。\nb", ["a", "b"]), ("a。 b", ["a", "b"]), ("a；b", ["a", "b"]),
        ("a;;b;", ["a", "b"]), ("a\r\nb\r\n", ["a", "b"]), ("", []), ("# nothing\n\n", []),
        ("members |\n\n# why\n count", ["members | count"]),
        ("members\n# why\n\n  | count", ["members | count"]),
        ("f(a,\n b)\nc", ["f(a, b)", "c"]), ("| count", ["^ | count"]),
        ("members; | count", ["members", "^ | count"]), ("a # b | c", ["a"]),
    ])
    func statementsEnd(text: String, trees: [String]) {
        #expect(read(text) == trees)
    }

    @Test func commentsAreKept() {
        let comments = parsed("# one\nmembers # two\n  # three\n| count").comments
        #expect(comments.map(\.text) == ["# one", "# two", "# three"])
        #expect(comments.map(\.isOwnLine) == [true, false, true])
    }
}
