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

    private static let numbers: [String] = {
        let file = top.appending(path: "samples/small/members.ndjson")
        let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        return text.matches(of: /"id_number": "([0-9X]{18})"/).map { String($0.output.1) }
    }()

    /// The sample's ID numbers in all their pieces of six digits.
    private static let pieces: Set<String> = {
        var pieces: Set<String> = []
        for number in numbers {
            let number = Array(number)
            for start in 0...12 { pieces.insert(String(number[start..<(start + 6)])) }
        }
        // The ids of units are no secret, and one of them is a day of birth's digits, too.
        let units = top.appending(path: "samples/small/units.ndjson")
        let text = (try? String(contentsOf: units, encoding: .utf8)) ?? ""
        let ids = text + "\n" + text.replacing("-", with: "")
        return pieces.filter { !ids.contains($0) }
    }()

    /// What of them stands in a text, fingerprints, days and decimals aside: also where something
    /// stands between the digits, where these are of full width, or a spreadsheet's power of ten.
    private static func found(in text: String) -> [String] {
        var text = narrow(text.replacing(/[0-9a-f]{32}/, with: ""))
        for power in text.matches(of: /[0-9]\.[0-9]+[eE]\+?[0-9]+/) {
            text += "\n" + power.output.filter { $0 != "." }
        }
        let plain = text.replacing(/\.[0-9]+/, with: "")
        let joined = plain.replacing(
            /\b[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9-])/, with: "day")
        var found: Set<String> = []
        let runs = plain.matches(of: /[0-9]{6,}[0-9X]?/).map(\.output)
            + joined.matches(of: /[0-9](?:[\-‐‑‒–—−_'’·\u{A0}\u{AD}\u{200B}\u{3000} ]?[0-9]){5,}/)
            .map(\.output)
        for run in runs {
            let digits = run.filter { $0.isASCII && ($0.isNumber || $0 == "X") }.map { $0 }
            for start in 0...(digits.count - 6) {
                let piece = String(digits[start..<(start + 6)])
                if pieces.contains(piece) { found.insert("\(piece) in \(run)") }
            }
        }
        return found.sorted()
    }

    /// Digits of full width as those of half width.
    private static func narrow(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            let isWide = (0xFF01...0xFF5E).contains(scalar.value)
            result.append(isWide ? Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar : scalar)
        }
        return String(result)
    }

    /// The colours and fonts that stand in every workbook, whatever its rows; they hold numbers.
    private static let theme: [UInt8] = {
        let bytes = (try? SessionFixture("small", format: "xlsx").put("units | count").bytes) ?? []
        return (try? ZipParts.all(in: bytes))?.first { $0.name.hasPrefix("xl/theme/") }?.bytes ?? []
    }()

    /// The same of workbooks: of each of their parts, shared texts, charts and properties too.
    private static func found(inWorkbooks bytes: [UInt8]) throws -> [String] {
        let parts = try ZipParts.all(in: bytes)
        #expect(parts.contains {
            $0.name.hasPrefix("xl/worksheets/") || $0.name == "word/document.xml"
        })
        // A document's pictures are drawn from what a page holds as text, which is searched there.
        let read = parts.filter { $0.bytes != theme && !$0.name.hasPrefix("word/media/") }
        return try read.flatMap { part in
            // What is no text, a picture say, would have to be looked into otherwise.
            let text = try #require(String(validating: part.bytes, as: UTF8.self), "\(part.name)")
            return found(in: text).map { "\($0) in \(part.name)" }
        }
    }

    /// What a text puts out in a format, looked through.
    private static func found(_ text: String, _ format: String, _ language: Language) throws
        -> (leaks: [String], shows: Bool) {
        let fixture = try SessionFixture("small", format: format, language: language)
        let put = fixture.put(text)
        let messages = found(in: put.messages)
        if Formats.named(format)?.isBinary == true {
            let parts = try ZipParts.all(in: put.bytes)
            return (messages + (try found(inWorkbooks: put.bytes)),
                    parts.contains { String(decoding: $0.bytes, as: UTF8.self).contains("****") })
        }
        let printed = String(decoding: put.bytes, as: UTF8.self)
        return (messages + found(in: printed),
                printed.contains("*****************") || printed.contains("\\*\\*\\*"))
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
        #expect(Self.found(in: "1988-04-12 12900").isEmpty)
    }

    @Test("Also where something stands between the digits", arguments: [
        "129001 19880412 0023", "129001-19880412-0023", "1 2 9 0 0 1 1 9 8 8 0 4 1 2 0 0 2 3",
        "12900119-88041200-23", "１２９００１１９８８０４１２００２３", "１２９００１　１９８８　０４１２",
        "129\u{A0}001\u{200B}198804", "1.29001198804120E+17", "1.29001198804120023e17",
    ])
    func between(_ text: String) {
        #expect(!Self.found(in: text).isEmpty)
        #expect(!Self.found(in: "<v>\(text)</v>").isEmpty)
    }

    /// A number planted among what is put out is found in every format, in a workbook too.
    @Test("A number that stands in a file is found", arguments: Formats.all.map(\.name))
    func planted(_ format: String) throws {
        // Parts of one: a whole one is masked even there.
        for number in ["129001198804", "129001 1988", "１２９００１１９８８０４"] {
            // Backquotes take any name; a heading is shown as it was typed.
            let query = "people | take 1 | select name, `号 \(number)` = 1"
            let fixture = try SessionFixture("small", format: format)
            let put = fixture.put(query)
            let found = Formats.named(format)?.isBinary == true
                ? try Self.found(inWorkbooks: put.bytes)
                : Self.found(in: String(decoding: put.bytes, as: UTF8.self))
            #expect(!found.isEmpty, "\(number) as \(format)")
        }
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
            // What is matched with a list shows nothing more of it.
            let given = name == "reconcile.muster" ? " platform=\"\(Self.list)\"" : ""
            let found = try Self.found("run \"\(path)\"" + given, format, language).leaks
            #expect(found == [], "\(name) as \(format)")
        }
    }

    @Test("Every listing, finding and reject, in every format", arguments: Formats.all.map(\.name))
    func listings(_ format: String) throws {
        let found = try Self.found("""
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
            """, format, .en)
        #expect(found.shows)
        #expect(found.leaks == [])
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
