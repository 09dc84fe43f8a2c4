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
    "by", "按", "every", "每个", "=", "!=", "<", "《", "》", "and", "或", "not", "非", "in", "属于", "between",
    "介于", "与", "is", "none", "不为空", "as", "of", "截至", "over", "years", "历年", "2015", "2015-10",
    "2015-1-5", "2015年6月", "..", ".", "95%", "%", "{to}", "{", "}", "\"a\"", "“", "”", "'", "`x`", "【",
    "】", "#", "let", "令", "param", ":", "load", "a/b.json", "help", "run", "k=v", "expect", "else",
    "否则", "if", "then", "若", "则", "explain", "-", "+", "*", "/", "take", "第", "3", "名", "的", "under",
    "summarize", "汇总", "n", "sum", "each", "pivot", "show", "chart", "bar", "against", "target", "total",
    "\\", "@", "9223372036854775808", "\t", "\r\n", "\u{0}", "🙂", "é", "into", "存为", "对照", "目标",
]

private func check(_ text: String, formatting: Bool) {
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
    guard formatting else { return }
    _ = isComplete(text, vocabulary: TestVocabulary())
    let once = format(script, vocabulary: TestVocabulary())
    guard script.diagnostics.isEmpty else { return }
    #expect(format(parsed(once), vocabulary: TestVocabulary()) == once,
            "\(text.debugDescription)")
    #expect(read(once) == read(text), "\(text.debugDescription)")
}

@Suite struct RubbishTests {
    @Test func tokenSoups() {
        var random = Seeded(state: 1)
        for round in 0..<20_000 {
            let length = Int.random(in: 1...24, using: &random)
            let gap = Bool.random(using: &random) ? " " : ""
            let text = (0..<length).map { _ in words.randomElement(using: &random) ?? "" }
                .joined(separator: gap)
            check(text, formatting: round % 4 == 0)
        }
    }

    @Test func bytesAndHan() {
        var random = Seeded(state: 2)
        for round in 0..<4000 {
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
        ] {
            let script = parsed(text)
            #expect(script.diagnostics.allSatisfy { ($0.span?.upper ?? 0) <= text.utf8.count })
            #expect(!format(script, vocabulary: TestVocabulary()).isEmpty)
        }
    }
}
