import MusterDiagnostics
import Testing
@testable import MusterShell

@Suite("Completion")
struct CompletionTests {
    private func replacements(_ line: String, start: Int, _ candidates: [Completion],
                              cursor: Int? = nil) -> [String] {
        Completions(start: start, candidates)
            .replacements(line: line, cursor: cursor ?? line.utf8.count)
    }

    @Test("What all share is filled in; a single candidate with what follows it")
    func shared() {
        #expect(replacements("members | wh", start: 10, [Completion("where")])
            == ["members | where "])
        #expect(replacements("m", start: 0, [Completion("members"), Completion("member")])
            == ["member", "members", "member"])
        #expect(replacements("按 团", start: 4, [
            Completion("团员", gloss: "members"), Completion("团干部"),
        ]) == ["按 团", "按 团员", "按 团干部"])
        #expect(replacements("x", start: 0, [
            Completion("xy", suffix: "(", gloss: "a"), Completion("xy", suffix: "(", gloss: "b"),
        ]) == ["xy("])
        #expect(replacements("x", start: 0, []).isEmpty)
    }

    @Test("Characters that begin with the same bytes share nothing")
    func characters() {
        #expect("团".utf8.first == "困".utf8.first)
        #expect(commonPrefix("团员", "困难") == "")
        #expect(commonPrefix("团员", "团干部") == "团")
        #expect(commonPrefix("e\u{301}a", "\u{e9}b") == "")
        #expect(commonPrefix("👩‍👩‍👧", "👩‍👩‍👦") == "")
    }

    @Test("Found by its other name, a candidate never takes away what was typed")
    func otherName() {
        #expect(replacements("reg", start: 0, [Completion("已注册"), Completion("注册日期")])
            == ["reg", "已注册", "注册日期"])
        #expect(replacements("reg", start: 0, [Completion("已注册")]) == ["已注册 "])
    }

    @Test("In the middle of a line, only what is before the cursor is replaced")
    func middle() {
        #expect(replacements("团 | where", start: 0, [Completion("团员", suffix: "")], cursor: 3)
            == ["团员"])
    }

    @Test("Offsets within a character, behind the line or the wrong way round complete nothing",
          arguments: [(1, 3), (0, 2), (0, 99), (-1, 3), (3, 0)])
    func offsets(start: Int, cursor: Int) {
        #expect(replacements("团员", start: start, [Completion("x")], cursor: cursor).isEmpty)
    }

    private let many = (0..<100).map { Completion("字段\($0)", gloss: "field of members") }

    @Test("The list fits the window, and counts what does not", arguments: [20, 40, 60, 80, 200])
    func list(columns: Int) {
        let text = candidateList(many, rows: 24, columns: columns, language: .zh, colour: false)
        let lines = text.split(separator: "\n")
        #expect(lines.count <= 23)
        #expect(lines.allSatisfy { displayWidth($0) < columns })
        let shown = text.split(separator: "字段").count - (text.hasPrefix("字段") ? 0 : 1)
        let left = text.firstMatch(of: /另有 ([0-9]+)/).flatMap { Int($0.output.1) } ?? 0
        #expect(shown + left == 100)
    }

    @Test("However many there are, as many are shown as fit, and the rest is counted",
          arguments: [(24, 80, 2000), (1, 1, 10), (3, 4, 50), (24, 10, 300), (10, 80, 187)])
    func more(rows: Int, columns: Int, count: Int) {
        let narrow = (0..<count).map { _ in Completion("a") }
        let text = candidateList(narrow, rows: rows, columns: columns, language: .en, colour: false)
        let shown = text.split(whereSeparator: \.isWhitespace).count { $0 == "a" }
        let left = text.firstMatch(of: /… ([0-9]+)/).flatMap { Int($0.output.1) } ?? 0
        #expect(shown + left == count || columns < 10)
        #expect(shown >= min(count, max(1, rows - 3) * max(1, columns / 5)))
        // What cannot be shown takes no room from what is.
        let wide = narrow + [Completion(String(repeating: "宽", count: 60))]
        let same = candidateList(wide, rows: rows, columns: columns, language: .en, colour: false)
        if count == 2000 {
            #expect(same == text.replacing(/[0-9]+ more/) { _ in "\(left + 1) more" })
        }
    }

    @Test("Columns read downwards and stand under one another")
    func columns() {
        let candidates = [
            Completion("团员", gloss: "members"), Completion("units"),
            Completion("people", gloss: "人员"),
        ]
        func list(_ columns: Int, colour: Bool) -> String {
            candidateList(candidates, rows: 24, columns: columns, language: .en, colour: colour)
        }
        #expect(list(46, colour: false) == """
            团员    members   people  人员
            units

            """)
        #expect(list(20, colour: true) == """
            团员    \u{1b}[2mmembers\u{1b}[0m
            units
            people  \u{1b}[2m人员\u{1b}[0m

            """)
    }
}
