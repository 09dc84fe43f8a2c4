import Testing
@testable import MusterDiagnostics

private func fault(_ text: String, _ place: String, name: String? = nil,
                   hint: Message? = nil, related: [Message] = []) -> Diagnostic {
    let bytes = Array(text.utf8), wanted = Array(place.utf8)
    let lower = bytes.indices.first { bytes[$0...].starts(with: wanted) } ?? bytes.count
    return Diagnostic("name.unknown", Message(zh: "团员没有字段“x”", en: "members has no field \"x\""),
                      at: Span(lower, lower + wanted.count), hint: hint, related: related,
                      source: SourceText(name: name, text: text))
}

private let hint = Message(zh: "是否指 已注册？", en: "did you mean registered (已注册)?")

@Test func oneLineHasNoAddress() {
    #expect(fault("members | where registred", "registred", hint: hint).rendered(in: .en) == """
        error: members has no field "x"
          members | where registred
                          ^^^^^^^^^ did you mean registered (已注册)?
        """)
}

@Test func chineseTakesTwoColumns() {
    #expect(fault("团员 | 筛选 以注册", "以注册", hint: hint).rendered(in: .zh) == """
        错误：团员没有字段“x”
          团员 | 筛选 以注册
                      ^^^^^^ 是否指 已注册？
        """)
}

@Test func addressOfFilesAndOfSeveralLines() {
    let text = "members\n| where 年 = x y"
    #expect(fault(text, "x y", name: "a.muster").rendered(in: .en)
        .hasPrefix("error: a.muster:2:13: members has no field"))
    #expect(fault(text, "x y").rendered(in: .zh).hasPrefix("错误：2:13：团员"))
    #expect(fault("one\n", "one").rendered(in: .en).hasPrefix("error: members"))
}

@Test func tabsKeepCaretsInPlace() {
    let lines = fault("a\tb\tfault", "fault").rendered(in: .en).split(separator: "\n")
    #expect(lines[1] == "  a   b   fault")
    #expect(lines[2] == "          ^^^^^")
}

@Test func longLinesAreCutAroundThePlace() throws {
    let text = String(repeating: "团员", count: 80) + "FAULT" + String(repeating: "xy", count: 80)
    let lines = fault(text, "FAULT").rendered(in: .en, width: 60).split(separator: "\n")
    #expect(displayWidth(lines[1]) <= 60)
    #expect(lines[1].hasPrefix("  …") && lines[1].hasSuffix("…"))
    let caret = try #require(lines[2].firstIndex(of: "^"))
    let before = lines[2].distance(from: lines[2].startIndex, to: caret)
    let place = try #require(lines[1].firstIndex(of: "F"))
    #expect(displayWidth(lines[1][..<place]) == before)
}

@Test func emptySpanAndEndOfText() {
    let end = fault("members | where", "nowhere")
    #expect(end.rendered(in: .en).hasSuffix("  members | where\n                 ^"))
    #expect(fault("", "nowhere", hint: hint).rendered(in: .en)
        == "error: members has no field \"x\"\n  did you mean registered (已注册)?")
}

@Test func severalLinesOfSpanMarkOnlyTheFirst() {
    let lines = fault("a (b\nc) d", "(b\nc)").rendered(in: .en).split(separator: "\n")
    #expect(lines[1] == "  a (b")
    #expect(lines[2] == "    ^^")
}

@Test func relatedLinesAndHintsWithoutPlace() {
    let text = Diagnostic("x", Message("no"), hint: Message("way"), related: [Message("more")],
                          severity: .warning).rendered(in: .en)
    #expect(text == "warning: no\n  way\n  more")
}

@Test func controlsDoNotReachTheTerminal() {
    let text = fault("a\u{1B}[31m b", "b").rendered(in: .en)
    #expect(!text.unicodeScalars.contains("\u{1B}"))
    #expect(text.hasSuffix("        ^"))
}

@Test func severalInOrderOfPlace() {
    let source = SourceText(text: "a b")
    let late = Diagnostic("x", Message("late"), at: Span(2, 3), source: source)
    let early = Diagnostic("x", Message("early"), at: Span(0, 1), source: source)
    let text = rendered([late, early], in: .en)
    #expect(text == "error: early\n  a b\n  ^\nerror: late\n  a b\n    ^")
}
