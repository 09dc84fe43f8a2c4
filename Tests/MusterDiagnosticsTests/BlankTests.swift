import Testing
@testable import MusterDiagnostics

/// What is not seen is no part of a name, wherever names are read.
struct BlankTests {
    @Test(arguments: [
        (" 姓名\u{3000}", "姓名"), ("\u{FEFF}姓名\u{200B}", "姓名"), ("姓名\u{200D}", "姓名"),
        ("\u{2060}\u{AD}\t姓\u{200B}名 ", "姓\u{200B}名"), ("\u{200B}\u{200C}", ""), ("", ""),
        ("👩\u{200D}🏫", "👩\u{200D}🏫"),
    ])
    func endsAreTrimmed(_ text: String, _ shown: String) {
        #expect(Array(text.trimmed.utf8) == Array(shown.utf8))
        #expect(text.isBlank == shown.isEmpty)
        #expect(Array(Heading.name(text).utf8) == Array(shown.utf8))
    }

    @Test func blanksAreTakenOut() {
        #expect("\u{FEFF}张 \u{200B}三\u{3000}".withoutBlanks == "张三")
    }

    @Test(arguments: [
        ("注册", "日期", "注册日期"), ("Hours", "in all", "Hours in all"), ("2015", "人数", "2015 人数"),
        ("", "人数", "人数"), ("人数", "", "人数"),
    ])
    func partsOfAHeadingAreJoined(_ upper: String, _ lower: String, _ whole: String) {
        #expect(Heading.joined(upper, lower) == whole)
    }
}
