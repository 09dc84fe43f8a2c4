import Foundation
import MusterDiagnostics
import MusterLanguage
@testable import MusterShell
import Testing

/// The house serves books of which it knows nothing but their declarations.
@Suite("A second domain")
struct SecondDomainTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "books")

    private static func path(_ name: String) -> String { folder.appending(path: name).path }

    /// A conversation about the donors, with all that it has shown.
    private final class Desk {
        private final class Shown { var text = "" }
        let session: Session
        private let shown = Shown()

        init(_ language: Language, format: String = "csv", loads: Bool = true) throws {
            var preferences = Preferences(language: language)
            preferences.format = format
            session = Session(
                preferences: preferences, domain: Donors.domain,
                output: SessionOutput(
                    results: { [shown] in shown.text += String(decoding: $0, as: UTF8.self) },
                    messages: { [shown] in shown.text += $0 }))
            if loads { try session.load(SecondDomainTests.path("town.json")) }
        }

        @discardableResult
        func run(_ text: String) -> String {
            shown.text = ""
            _ = session.runTogether(text)
            SecondDomainTests.expectNoLeague(shown.text, text)
            return shown.text
        }

        var said: String { shown.text }
    }

    /// Words of the League that nothing shown about other books may hold.
    private static let words = [
        "团", "志愿", "组织", "身份证", "区县", "和平", "member", "unit", "district", "committee",
        "league", "volunteer", "registered", "ID number", "insured", "cadre",
    ]

    private static func expectNoLeague(_ text: String, _ what: String) {
        // An error's code is for programs.
        let shown = text.replacing(/\[unit\.[a-z]+\]/, with: "").lowercased()
        for word in words {
            #expect(!shown.contains(word.lowercased()), "\(what) shows \(word):\n\(text)")
        }
    }

    @Test("It is loaded, with its own summary", arguments: Language.allCases)
    func loads(_ language: Language) throws {
        let desk = try Desk(language)
        #expect(desk.said.contains(language == .zh ? "献血者 6" : "6 donors"), "\(desk.said)")
        Self.expectNoLeague(desk.said, "load")
    }

    @Test("Queries, levels of its tree, targets and totals give its figures")
    func figures() throws {
        let desk = try Desk(.en)
        #expect(desk.run("donors | count") == "n\n5\n")
        #expect(desk.run("献血者 | 计数") == "n\n5\n")
        #expect(desk.run("donors | where site under \"河东\" | count") == "n\n3\n")
        #expect(desk.run("""
            donors | rate eligible by site.ward | against target | total \
            | select site.ward, of, n, target, short, met
            """) == """
            site.ward,of,n,target,short,met
            河东,3,2,0.9,1,false
            河西,2,2,0.6,0,true
            total,5,4,0.6,0,true

            """)
        #expect(desk.run("donors over years 2020..2021 | rate eligible by year | select year, of, n")
            == "year,of,n\n2020,4,4\n2021,5,4\n")
        #expect(desk.run("sites | where rank = ward | select title, m = count(donors)")
            == "title,m\n河东,3\n河西,2\n")
        #expect(desk.run("donors | summarize sum(volume)").contains("1300"))
        #expect(desk.run("donors | take 1 | select phone").contains("*"))
    }

    @Test("A table is related to its rows, by what is hidden too")
    func relations() throws {
        let desk = try Desk(.en)
        _ = desk.run("donors | select phone, name | into calls")
        _ = desk.run("relate calls.phone to donors.phone as who, made")
        #expect(desk.said.contains("5 rows, 5 found"), "\(desk.said)")
        #expect(desk.run("calls | where who.site under \"河东\" | count") == "n\n3\n")
        #expect(desk.run("donors | where any(made) | count by site.ward").contains("河西,2"))
        #expect(desk.run("sites | where rank = ward | select n = count(donors where any(made))")
            == "n\n3\n2\n")
    }

    @Test("What the commands show has none of the League's words", arguments: Language.allCases,
          ["help", "help rate", "help under", "help site", "help ward", "help eligible", "help A",
           "help donors", "help words", "help verbs", "help functions", "help commands",
           "help every", "help goals", "help blood", "tables", "fields", "fields sites",
           "values group", "snapshots", "set", "validate", "explain donors | rate eligible",
           "explain plan donors | rate eligible by site.ward", "explain", "last"])
    func shown(_ language: Language, _ statement: String) throws {
        #expect(!(try Desk(language, format: "table").run(statement)).isEmpty)
    }

    @Test("Neither have its complaints", arguments: Language.allCases,
          ["donor | count", "count", "donors | cuont", "donors | where site under 5",
           "donors | where name under \"河东\"", "donors | where site under 河东",
           "donors | where site = \"没有\"", "donors | where site in \"河东\"",
           "donors | where phone contains \"1\"", "donors | where eligible = 5",
           "donors | where site = 5", "donors | where site = \"站\"", "donors | count by every volume",
           "donors | count by every", "donors | join sites", "let", "donors | where",
           "donors | select site.", "donors over", "donors | against previous",
           "donors | select concat(site)", "donors | select sum(volume)", "donors | select (donors)",
           "donors over years 2020..2021 | rate eligible by year | total",
           "donors | summarize percentile(volume, 200%)", "donors | count by eligble",
           "donors | count by name, every name under \"x\"", "fields nothing", "values nothing",
           "drill 1", "|", "donors | select any()", "donors | select lookup(1)"])
    func faults(_ language: Language, _ statement: String) throws {
        #expect(!(try Desk(language).run(statement)).isEmpty)
    }

    @Test("Tab offers its names", arguments: Language.allCases)
    func completion(_ language: Language) throws {
        let session = try Desk(language).session
        func offered(_ line: String) -> [String] {
            Completer(session.environment, language: language, vocabulary: session.vocabulary)
                .complete(line, line.utf8.count).candidates.map(\.text)
        }
        #expect(offered("donors | rate elig") == ["eligible"])
        #expect(offered("donors | count by site.w") == ["ward"])
        #expect(offered("donors | where site under \"河东").joined().contains("河东"))
        Self.expectNoLeague(offered("").joined(separator: "\n"), "Tab")
        Self.expectNoLeague(offered("donors | where ").joined(separator: "\n"), "Tab")
    }

    @Test("A statistic is checked, translated and reported", arguments: Language.allCases,
          ["md", "html"])
    func statistic(_ language: Language, _ format: String) throws {
        let path = Self.path("eligibility.muster")
        let desk = try Desk(language)
        let source = SourceText(name: path, text: try ScriptLibrary.read(path, at: nil))
        #expect(ScriptChecker(desk.session).faults(source).isEmpty)
        let (script, meanings, vocabulary) = ScriptChecker(desk.session).read(source)
        let written = MusterLanguage.format(
            script, vocabulary: vocabulary, language: .zh,
            renamed: meanings.mapValues { $0[.zh] })
        #expect(written.contains("比率 可献血 按 每个 采血点.片区"), "\(written)")
        let (report, fault) = desk.session.collecting {
            try desk.session.runScript(path, given: [:], at: nil)
        }
        #expect(fault == nil)
        let file = FileManager.default.temporaryDirectory
            .appending(path: "muster-donors-\(UUID().uuidString).\(format)").path
        defer { try? FileManager.default.removeItem(atPath: file) }
        try desk.session.export(report, to: desk.session.exportFile(file, at: nil), at: nil)
        let text = try String(contentsOfFile: file, encoding: .utf8)
        #expect(text.contains("河东") && text.contains("blood-1"))
        if format == "md" { Self.expectNoLeague(text, "report") }
    }

    @Test("A lesson is taught and its wrong answer refused")
    func lesson() throws {
        let text = try String(contentsOfFile: Self.path("count.lesson"), encoding: .utf8)
            .replacing("town.json", with: Self.path("town.json"))
        let file = FileManager.default.temporaryDirectory
            .appending(path: "donors-\(UUID().uuidString).lesson").path
        defer { try? FileManager.default.removeItem(atPath: file) }
        try text.write(toFile: file, atomically: true, encoding: .utf8)
        let lesson = try LessonLibrary.read(file)
        #expect(try LessonCheck(lesson, Donors.domain).faults().isEmpty)
    }

    @Test("A telephone number is kept nowhere")
    func sensitive() {
        let sensitive = Donors.words.sensitive
        #expect(historyEntry("donors | where phone = \"13800000001\"", sensitive) == nil)
        #expect(historyEntry("donors | where card = \"110101199003070070\"", Donors.words
            .sensitive) != nil || sensitive.isIn("110101199003070070"))
    }
}
