import MusterDiagnostics
import Testing
@testable import MusterShell

/// What Tab offers, by the place where the cursor is.
@Suite("Candidates by position")
struct CompleterTests {
    private let completer: [Language: Completer]

    init() throws {
        let environment = try SessionFixture("small").session.environment
        completer = [.en: Completer(environment, language: .en),
                     .zh: Completer(environment, language: .zh)]
    }

    private func offered(_ text: String, _ language: Language = .en) -> [String] {
        completer[language]?.complete(text, text.utf8.count).candidates.map(\.text) ?? []
    }

    struct Case: CustomTestStringConvertible, Sendable {
        let text: String
        /// These are offered, among others.
        let includes: [String]
        /// These are not.
        let excludes: [String]
        var testDescription: String { text }

        init(_ text: String, _ includes: [String], not excludes: [String] = []) {
            self.text = text
            self.includes = includes
            self.excludes = excludes
        }
    }

    static let cases = [
        Case("", ["members", "units", "load", "help"], not: ["where", "registered"]),
        Case("mem", ["members"], not: ["units"]),
        Case("团", ["团员"], not: ["组织"]),
        Case("members | ", ["where", "rate", "count", "total"], not: ["members", "registered"]),
        Case("members | wh", ["where"], not: ["rate"]),
        Case("members | 筛", ["筛选"]),
        Case("members | where ", ["registered", "age", "hours", "unit"], not: ["where", "founded"]),
        Case("members | where regis", ["registered"], not: ["age"]),
        Case("members | where 已", ["已注册", "已培训"], not: ["在册"]),
        Case("teams | where ", ["founded", "kind"], not: ["registered"]),
        Case("members | where cadre = ", ["full_time", "part_time"], not: ["member"]),
        Case("members | where cadre = f", ["full_time"], not: ["part_time"]),
        Case("members | where 团干部 = 专", ["专职"]),
        Case("members | where unit.kind = uni", ["university"], not: ["county"]),
        Case("members | where unit.", ["kind", "district", "name"], not: ["registered"]),
        Case("members | where unit.dis", ["district"], not: ["kind"]),
        Case("members | where unit under \"和平", ["和平区团委"], not: ["南开大学团委"]),
        Case("members | where unit under \"大学", ["南开大学团委"]),
        Case("members | rate registered by ", ["every", "unit", "gender"], not: ["where"]),
        Case("members | rate registered by unit.", ["district", "committee", "kind"]),
        Case("members | rate registered by unit.district | sort -", ["rate", "of", "n"],
             not: ["hours"]),
        Case("service | where member.", ["name", "unit", "registered"], not: ["project"]),
        Case("run prog", ["progress"], not: ["years"]),
        Case("members | count; un", ["units", "unload"], not: ["where"]),
        Case("fields ", ["members", "units"], not: ["where"]),
    ]

    @Test("The right names, and no others", arguments: cases)
    func candidates(_ one: Case) {
        let found = offered(one.text)
        for name in one.includes { #expect(found.contains(name), "\(found)") }
        for name in one.excludes { #expect(!found.contains(name)) }
    }

    @Test("In Chinese the Chinese name is put in, whichever is typed")
    func languages() {
        #expect(offered("团员 | ", .zh).contains("筛选"))
        #expect(!offered("团员 | ", .zh).contains("where"))
        #expect(offered("团员 | wh", .zh) == ["where"])
        #expect(offered("members | 筛").contains("筛选"))
    }

    @Test("Nothing that is typed breaks it", arguments: [
        "members | where name = \"", "“", "members | where (((", "| | |", "。。。", "members\n|\n",
        "\u{0}\u{1}", "members | count by `", "'", "members | where unit under (\"和平\", \"",
        String(repeating: "members | ", count: 200),
    ])
    func rubbish(_ text: String) throws {
        let complete = try #require(completer[.en])
        for cursor in 0...min(text.utf8.count, 300) {
            let found = complete.complete(text, cursor)
            #expect((0...cursor).contains(found.start))
        }
    }
}
