import Foundation
import MusterBinding
import MusterDiagnostics
import MusterLeague
import MusterReport
import Testing
@testable import MusterShell

/// No ID number of the sample stands in anything that is put out, whole or in a part of six
/// digits.
@Suite("ID numbers stay in")
struct LeakTests {
    private static let top = SessionFixture.top

    /// The sample's ID numbers in all their pieces of six digits.
    private static let pieces: Set<String> = {
        let file = top.appending(path: "samples/small/members.ndjson")
        let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        var pieces: Set<String> = []
        for match in text.matches(of: /"id_number": "([0-9X]{18})"/) {
            let number = Array(match.output.1)
            for start in 0...12 { pieces.insert(String(number[start..<(start + 6)])) }
        }
        // The ids of units are no secret, and one of them is a day of birth's digits, too.
        let units = top.appending(path: "samples/small/units.ndjson")
        let ids = (try? String(contentsOf: units, encoding: .utf8)) ?? ""
        return pieces.filter { !ids.contains($0) }
    }()

    /// What of them stands in a text, fingerprints and decimals aside.
    private static func found(in text: String) -> [String] {
        var found: Set<String> = []
        for run in text.replacing(/[0-9a-f]{32}|\.[0-9]+/, with: "").matches(of: /[0-9]{6,}[0-9X]?/) {
            let digits = Array(run.output)
            for start in 0...(digits.count - 6) {
                let piece = String(digits[start..<(start + 6)])
                if pieces.contains(piece) { found.insert("\(piece) in \(run.output)") }
            }
        }
        return found.sorted()
    }

    private static let list = top.appending(path: "Tests/Golden/cases/relate/export.csv").path

    private static func statistics() throws -> [String] {
        try FileManager.default
            .contentsOfDirectory(atPath: top.appending(path: "scripts/statistics").path)
            .filter { $0.hasSuffix(".muster") }.sorted()
    }

    @Test("The test finds what it looks for")
    func pieces() {
        #expect(Self.pieces.count > 200)
        #expect(Self.found(in: "x129001198804120023y").count == 13)
        #expect(Self.found(in: "号 198804 月") == ["198804 in 198804"])
        #expect(Self.found(in: "1988-04-12 12900 1").isEmpty)
    }

    /// The format that shows the most of a report: texts, tables, notes and pictures.
    @Test("Every statistic as a page", arguments: Language.allCases)
    func statistics(_ language: Language) throws { try statistics("html", language) }

    @Test("Every statistic in every format", arguments: Formats.all.map(\.name))
    func thoroughStatisticsInFormats(_ format: String) throws {
        for language in Language.allCases { try statistics(format, language) }
    }

    private func statistics(_ format: String, _ language: Language) throws {
        for name in try Self.statistics() {
            let path = Self.top.appending(path: "scripts/statistics/\(name)").path
            let fixture = try SessionFixture("small", format: format, language: language)
            // What is matched with a list shows nothing more of it.
            let given = name == "reconcile.muster" ? " platform=\"\(Self.list)\"" : ""
            let text = fixture.run("run \"\(path)\"" + given)
            #expect(!text.isEmpty)
            guard Formats.named(format)?.isBinary != true else { continue }
            #expect(Self.found(in: text) == [], "\(name) as \(format)")
        }
    }

    @Test("Every listing, finding and reject, in every format", arguments: Formats.all.map(\.name))
    func listings(_ format: String) throws {
        guard Formats.named(format)?.isBinary != true else { return }
        let fixture = try SessionFixture("small", format: format)
        let text = fixture.run("""
            people
            members | where unit under "和平区"
            rejects
            findings
            validate
            values id_number
            fields people
            tables
            people | count by id_number | pivot n show id_number
            service | select member, member.id_number
            people | select name, x = concat(name, id_number), y = lower(id_number)
            last
            people | into kept
            kept
            explain people | where id_number = "129001198804120023"
            explain plan people | where id_number = "129001198804120023"
            """)
        #expect(text.contains("*****************") || text.contains("\\*\\*\\*"))
        #expect(Self.found(in: text) == [])
    }

    @Test("What goes wrong repeats no number", arguments: [
        "people | where id_number = 129001198804120023", "129001198804120023",
        "people | where name = \"129001198804120023", "unit under \"129001198804120023\"",
        "members | where unit under \"129001198804120023\"", "run \"129001198804120023\"",
        "members | where kind = \"129001198804120023\"", "set rows 129001198804120023",
        "load \"129001198804120023\"", "use 129001198804120023", "help 129001198804120023",
        "let `129001198804120023` = 1 +", "members | 129001198804120023", "title \"129001198804120023",
        "members | select `129001198804120023`", "expect 1 = 2 else \"129001198804120023\"",
        "members | where id_number starts with \"129001198804120023\"", "drill 129001198804120023",
        "people | where id_number = \"129001 1988 0412 0023\" | cuont",
        "where id_number = '129001-19880412-0023'", "１２９００１１９８８０４１２００２３",
        "values 129001198804120023", "lesson 129001198804120023", "export \"129001198804120023\"",
        "members | where id = \"129001880412002\" | cuont",
    ])
    func faults(_ text: String) throws {
        for language in Language.allCases {
            let fixture = try SessionFixture("small", format: "table", language: language)
            let printed = fixture.said(text)
            #expect(Self.found(in: printed) == [], "\(printed)")
            #expect(Self.found(in: printed.filter { !$0.isWhitespace && $0 != "-" }) == [])
        }
    }

    @Test("A log and the history keep none")
    func kept() throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "muster-leak-\(ProcessInfo.processInfo.globallyUniqueString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "log.muster").path
        let fixture = try SessionFixture("small", format: "table")
        _ = fixture.run("log \"\(path)\"")
        for statement in ["people", "people | where id_number = \"129001198804120023\"",
                          "people | where id_number = \"129001198804120023\" | cuont",
                          "people | where id = \"S01\" | reveal id_number \"checking a list\""] {
            _ = fixture.run(statement)
        }
        let log = try String(contentsOfFile: path, encoding: .utf8)
        #expect(log.contains("赵敏") && Self.found(in: log) == [])
        let sensitive = League.domain().words.sensitive
        for statement in ["x = 129001198804120023", "x = \"129001 1988 0412 0023\"",
                          "x = １２９００１１９８８０４１２００２３", "x = 129001880412002"] {
            #expect(historyEntry(statement, sensitive) == nil)
        }
    }

    @Test("Tab offers none")
    func completion() throws {
        let fixture = try SessionFixture("small")
        let completer = Completer(fixture.session.environment, language: .en, isInLesson: false)
        for line in ["people | where id_number = ", "people | where id_number = \"1",
                     "people | where id_number = \"", "values id_number ", "members | where name = \"",
                     "people | count by ", "129001"] {
            let offered = completer.complete(line, line.utf8.count).candidates
            #expect(Self.found(in: offered.map { "\($0.text) \($0.gloss)" }.joined(separator: "\n"))
                == [])
        }
    }

    /// What a case records besides what was typed, which a fault repeats.
    private static func output(_ text: String) -> String {
        let lines = text.split(separator: "\n")
        let typed = lines.filter { $0.hasPrefix(">") }.joined(separator: "\n")
        return lines.filter { line in
            let shown = line.drop { "! ".contains($0) }.split(separator: "…").map {
                $0.prefix { $0 != "*" }
            }
            return !line.hasPrefix(">")
                && !(line.hasPrefix("!   ") && shown.allSatisfy { typed.contains($0) })
        }.joined(separator: "\n")
    }

    @Test("Nor do the documents, the lessons, and what the cases have recorded")
    func recorded() throws {
        let manager = FileManager.default
        for folder in ["docs", "scripts/lessons", "Tests/Golden/cases"] {
            let root = Self.top.appending(path: folder)
            let files = try #require(manager.enumerator(atPath: root.path)).allObjects
                .compactMap { $0 as? String }
                .filter { $0.hasSuffix(".md") || $0.hasSuffix(".test") || $0.hasSuffix(".lesson") }
            #expect(!files.isEmpty || folder == "scripts/lessons")
            // What is revealed on purpose stands in the case of that verb.
            for file in files where !file.hasSuffix("reveal.test") {
                let text = try String(contentsOf: root.appending(path: file), encoding: .utf8)
                let output = file.hasSuffix(".test") ? Self.output(text) : text
                #expect(Self.found(in: output) == [], "\(folder)/\(file)")
            }
        }
    }
}
