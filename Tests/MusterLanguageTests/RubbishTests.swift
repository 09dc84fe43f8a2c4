import MusterDiagnostics
import Testing
@testable import MusterLanguage

/// SplitMix64: the same texts on every run.
private struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

private let words = [
    "members", "团员", "|", "where", "筛选", "count", "(", ")", ",", "，", "、", "。", "。。", ";", "\n",
    "by", "按", "every", "每个", "=", "!=", "<", "《", "》", "and", "或", "not", "非", "in", "属于",
     "between",
    "介于", "与", "is", "none", "不为空", "as", "of", "截至", "over", "years", "历年", "2015", "2015-10",
    "2015-1-5", "2015年6月", "..", ".", "95%", "%", "{to}", "{", "}", "\"a\"", "“", "”", "'",
     "`x`", "【",
    "】", "#", "let", "令", "param", ":", "load", "a/b.json", "help", "run", "k=v", "expect", "else",
    "否则", "if", "then", "若", "则", "explain", "-", "+", "*", "/", "take", "第", "3", "名", "的",
     "under",
    "summarize", "汇总", "n", "sum", "each", "pivot", "show", "chart", "bar", "against", "target",
     "total",
    "\\", "@", "9223372036854775808", "\t", "\r\n", "\u{0}", "🙂", "é", "into", "存为", "对照", "目标",
]

/// Valid statements, to be mixed and marred.
private let corpus = [
    "members over years 2015..2017 | rate registered by unit.district, year "
        + "| against target | total",
    "团员历年2015..2017|筛选所在组织隶属“和平区”|比率已注册按所在组织的基层团委、年度|对照目标|合计",
    "let base = members as of {day} | where (a and not b) or c is not none # why",
    "团员|按年度汇总新人数＝计数（），总时长=求和(时长 筛选 n > 1)|排序-新人数|取前第3名",
    "m\n| rate a by g = each(\"x\": b = 1,\n  \"y\": c not in (1, 2)), "
        + "every unit under 'z'\n| chart bar g",
    "expect (members | count) > 0 else \"至{to}\"",
    "run progress year=2015 d=2015-10..2016-01 out=a/b",
    "param to: year = year(as_of) \"统计年度\" \"year\"", "load data/a.json as x; help it's; quit",
    "| derive x = if a then -1.5 else 95% + n % 2, y = (p or q) as of 2015-10 | pivot k show x, y",
    "# a comment\n\nunits | derive whole = count(members where a between 1 and 2) | select `US x`",
]

/// Checks a text, and where it is faultless and `formatting`, that its canonical form means the
/// same and is its own. Says whether it was.
@discardableResult
private func check(_ text: String, formatting: Bool) -> Bool {
    let script = parsed(text)
    let size = text.utf8.count
    for fault in script.diagnostics {
        let span = fault.span ?? Span(0, 0)
        #expect(span.lower >= 0 && span.upper <= size, "\(fault.code) in \(text.debugDescription)")
        _ = fault.rendered(in: .zh)
    }
    for statement in script.statements {
        #expect(statement.span.lower >= 0 && statement.span.upper <= size)
        #expect(!outline(statement).isEmpty)
    }
    guard formatting else { return false }
    _ = isComplete(text, vocabulary: TestVocabulary())
    let once = format(script, vocabulary: TestVocabulary())
    guard script.diagnostics.isEmpty else { return false }
    #expect(format(parsed(once), vocabulary: TestVocabulary()) == once,
            "\(text.debugDescription)")
    #expect(read(once) == read(text), "\(text.debugDescription)")
    #expect(parsed(once).comments.count == script.comments.count, "\(text.debugDescription)")
    let english = format(script, vocabulary: TestVocabulary(), language: .en)
    let chinese = format(parsed(english), vocabulary: TestVocabulary(), language: .zh)
    #expect(read(chinese) == read(text), "\(text.debugDescription)")
    return true
}

@Suite struct RubbishTests {
    @Test func tokenSoups() { soups(4000) }
    @Test func thoroughTokenSoups() { soups(20_000) }

    private func soups(_ rounds: Int) {
        var random = Seeded(state: 1)
        for round in 0..<rounds {
            let length = Int.random(in: 1...24, using: &random)
            let gap = Bool.random(using: &random) ? " " : ""
            let text = (0..<length).map { _ in words.randomElement(using: &random) ?? "" }
                .joined(separator: gap)
            check(text, formatting: round % 4 == 0)
        }
    }

    @Test func marredStatements() { marred(400) }
    @Test func thoroughMarredStatements() { marred(2000) }

    private func marred(_ rounds: Int) {
        var random = Seeded(state: 3)
        var sound = 0
        for _ in 0..<rounds {
            var text = (0..<Int.random(in: 1...3, using: &random)).map { _ in
                corpus.randomElement(using: &random) ?? ""
            }.joined(separator: Bool.random(using: &random) ? "\n" : ";")
            var characters = Array(text)
            for _ in 0..<Int.random(in: 0...2, using: &random) {
                let place = Int.random(in: 0..<characters.count, using: &random)
                switch Int.random(in: 0...3, using: &random) {
                case 0: characters.remove(at: place)
                case 1: characters.insert(contentsOf: words.randomElement(using: &random) ?? "",
                                          at: place)
                case 2: characters.swapAt(place, Int.random(in: 0..<characters.count,
                                                            using: &random))
                default: characters.insert("\n", at: place)
                }
                if characters.isEmpty { characters = ["a"] }
            }
            text = String(characters)
            if check(text, formatting: true) { sound += 1 }
        }
        // Else the test would say little of the formatter.
        #expect(sound > rounds / 4)
    }

    @Test func bytesAndHan() { bytesAndHan(800) }
    @Test func thoroughBytesAndHan() { bytesAndHan(4000) }

    private func bytesAndHan(_ rounds: Int) {
        var random = Seeded(state: 2)
        for round in 0..<rounds {
            let length = Int.random(in: 0...60, using: &random)
            let bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }
            check(String(decoding: bytes, as: UTF8.self), formatting: round % 4 == 0)
            let han = (0..<length).compactMap { _ -> Unicode.Scalar? in
                Unicode.Scalar(UInt32.random(in: 0x4E00...0x9FA5, using: &random))
            }
            check("团员|" + String(String.UnicodeScalarView(han)), formatting: round % 4 == 0)
        }
    }

    @Test func longTextsEnd() {
        for text in [
            String(repeating: "团员历年", count: 20_000), String(repeating: "甲", count: 50_000),
            String(repeating: "load it's\n", count: 300), String(repeating: "(\n", count: 5000),
            String(repeating: "令甲=", count: 1000), String(repeating: "run x a=b/c\n", count: 2000),
            String(repeating: "团员|计数按年度\n", count: 2000), String(repeating: "| ", count: 5000),
            String(repeating: "a = 1; ", count: 5000), String(repeating: "按k计数|", count: 2000),
            String(repeating: "\n", count: 50_000),
        ] {
            let script = parsed(text)
            #expect(script.diagnostics.allSatisfy { ($0.span?.upper ?? 0) <= text.utf8.count })
            let isBlank = text.allSatisfy(\.isNewline)
            #expect(format(script, vocabulary: TestVocabulary()).isEmpty == isBlank)
        }
    }
}
