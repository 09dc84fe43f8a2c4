import Foundation
import MusterDiagnostics
import MusterStore
import Testing
@testable import MusterReport

@Suite("Formats for programs")
struct PlainFormatTests {
    let both = Report([
        .heading(Message(zh: "注册", en: "Registration"), level: 1), .table(registration),
        .notes([Message(zh: "注", en: "note")]), .table(empty),
    ])

    @Test func csvEnglish() throws {
        #expect(try text(CSVFormat(), Report(registration)) == """
            unit.district,year,of,n,rate,gap,hours,met
            和平区,2016,13099,5895,\(5895.0 / 13099),0.0322,59.5,true
            滨海新区,2017,400,209,0.5225,-0.0478,14.0,false
            ,2017,0,0,,,0.0,
            total,2017,13499,6104,\(6104.0 / 13499),-0.0004,73.5,false

            """)
    }

    @Test func csvChineseHeaders() throws {
        let lines = try text(CSVFormat(), Report(registration), .zh).split(separator: "\n")
        #expect(lines.first == "所在组织.区县局级,年度,总数,人数,比率,差距,时长,达标")
        #expect(lines.last?.hasPrefix("合计,2017,") == true)
    }

    @Test func csvQuoting() throws {
        let written = try text(CSVFormat(), Report(oddities))
        #expect(written.contains("\n\"say \"\"hi\"\", now\",5\n"))
        #expect(written.contains("\n\"a|b\tc\nd\",6\n"))
        #expect(written.contains("\n👩‍👩‍👧 家庭队,1\n") || written.contains("\n①号“甲”—乙,2\n"))
        #expect(written.hasSuffix("\n,8\n"))
    }

    @Test("A quote is doubled, too, where something combines with it")
    func combinedQuotes() throws {
        let table = ResultTable(columns: [ResultColumn(name: Term("x"))],
                                cells: [[.text("\"\u{301},a")]], rowCount: 1)
        let quoted = "\"\"\"\u{301},a\"\n"
        #expect(try text(CSVFormat(), Report(table)).utf8.elementsEqual(("x\n" + quoted).utf8))
        #expect(try text(TSVFormat(), Report(table)).utf8.elementsEqual(("x\n" + quoted).utf8))
    }

    @Test("A lone empty value cannot be taken for the line between two results")
    func csvLoneEmpty() throws {
        let one = ResultTable(columns: [ResultColumn(name: Term("x"))], cells: [[.none]],
                              rowCount: 1)
        #expect(try text(CSVFormat(), Report([.table(one), .table(one)])) == """
            x
            ""

            x
            ""

            """)
    }

    @Test func severalTables() throws {
        #expect(try text(CSVFormat(), both).hasSuffix(",false\n\nname,n\n"))
        #expect(try text(NDJSONFormat(), both).split(separator: "\n").count == 4)
        let json = try text(JSONFormat(), both)
        #expect(json.hasPrefix("[\n[\n  {\"unit.district\": \"和平区\", \"year\": 2016, "))
        #expect(json.hasSuffix("}\n],\n[]\n]\n"))
    }

    @Test func tsv() throws {
        #expect(try text(TSVFormat(), Report(oddities)).contains("\na|b\\tc\\nd\t6\n"))
        let one = ResultTable(columns: oddities.columns, cells: [[.text("C:\\n")], [.none]],
                              rowCount: 1)
        #expect(try text(TSVFormat(), Report(one)) == "name\tn\nC:\\\\n\t\n")
    }

    @Test func json() throws {
        let table = ResultTable(
            columns: ["a", "b", "c", "d", "e", "f"].map { ResultColumn(name: Term($0)) },
            cells: [[.text("\"\\\u{1}\n")], [.none], [.month(24_185)], [.number(.nan)],
                    [.number(.infinity)], [.bool(true)]], rowCount: 1)
        #expect(try text(NDJSONFormat(), Report(table)) == """
            {"a": "\\"\\\\\\u0001\\n", "b": null, "c": "2015-06", "d": null, "e": null, "f": true}

            """)
        #expect(try text(JSONFormat(), Report(empty)) == "[]\n")
        #expect(try text(JSONFormat(), Report()) == "[]\n")
    }

    @Test func registry() {
        #expect(Formats.named("csv")?.name == "csv")
        #expect(Formats.named("xls") == nil)
        #expect(Formats.forFile("报表/2015.注册.JSON")?.name == "json")
        #expect(Formats.forFile("a.b/c") == nil)
        #expect(Set(Formats.all.map(\.name)).count == Formats.all.count)
    }
}

@Suite("What is not seen")
struct HiddenCharacterTests {
    /// Controls, overrides of direction, characters without width, tags.
    static let hidden: [Unicode.Scalar] = [
        "\u{0}", "\u{7}", "\u{8}", "\u{1b}", "\u{7f}", "\u{9b}", "\u{ad}", "\u{61c}", "\u{200b}",
        "\u{200d}", "\u{200e}", "\u{200f}", "\u{2028}", "\u{202a}", "\u{202e}", "\u{2060}",
        "\u{2066}", "\u{2069}", "\u{feff}", "\u{fff9}", "\u{e0001}", "\u{e0041}", "\u{e007f}",
    ]

    private func shown(_ format: some Format, _ report: Report,
                       _ destination: Presentation.Destination) throws -> String {
        String(decoding: try format.contents(of: report, Presentation(.en, destination: destination)),
               as: UTF8.self)
    }

    private func report(_ text: String) -> Report {
        Report([.heading(Message(text), level: 1), .text(Message(text)), .notes([Message(text)]),
                .table(ResultTable(columns: [ResultColumn(name: Term("x" + text, "x" + text))],
                                   cells: [[.text(text)]], rowCount: 1))])
    }

    @Test("No format brings it to a terminal", arguments: hidden)
    func terminal(_ scalar: Unicode.Scalar) throws {
        let formats: [any Format] = [TableFormat(), CSVFormat(), TSVFormat(), JSONFormat(),
                                     NDJSONFormat()]
        for format in formats {
            let text = try shown(format, report("a\(scalar)b"), .terminal)
            #expect(!text.unicodeScalars.contains(scalar), "\(format.name): \(text.debugDescription)")
            #expect(text.contains("a\\u"), "\(format.name): \(text)")
        }
    }

    @Test("In json it is the same text, wherever that goes", arguments: hidden)
    func json(_ scalar: Unicode.Scalar) throws {
        let text = "a\(scalar)b"
        let bytes = try JSONFormat().contents(of: report(text), Presentation(.en))
        #expect(!String(decoding: bytes, as: UTF8.self).unicodeScalars.contains(scalar))
        let read = try JSONDecoder().decode([[String: String]].self, from: Data(bytes))
        #expect(read == [["x" + text: text]])
    }

    @Test("Another program gets every character of csv and tsv as it is", arguments: hidden)
    func streams(_ scalar: Unicode.Scalar) throws {
        for format in [CSVFormat(), TSVFormat()] as [any Format] {
            #expect(try shown(format, report("a\(scalar)b"), .stream)
                == "xa\(scalar)b\na\(scalar)b\n")
        }
    }

    @Test("Names keep the selectors of their variants, pictures what joins them")
    func kept() {
        for text in ["葛\u{e0100}", "👩\u{200d}🏫", "👩🏽\u{200d}⚕\u{fe0f}", "☀\u{fe0f}"] {
            #expect(visible(text) == text)
        }
        #expect(visible("王\u{200d}敏") == "王\\u{200d}敏")
    }

    @Test("Where a spreadsheet may open it no text is a formula, and the text can be had back",
          arguments: ["=1+1", "+1", "-1", "@x", "\t=1", "＝1", "'=1", "''=1", "=", "'", "'x", "x=1", ""])
    func formulas(_ text: String) throws {
        for destination in [Presentation.Destination.file, .redirected] {
            for (format, separator) in [(CSVFormat(), ","), (TSVFormat(), "\t")] as [(any Format, String)] {
                let table = ResultTable(columns: [ResultColumn(name: Term("a")),
                                                  ResultColumn(name: Term("b"))],
                                        cells: [[.text(text)], [.integer(-1)]], rowCount: 1)
                var written = try shown(format, Report(table), destination)
                if written.hasPrefix("\u{feff}") { written.unicodeScalars.removeFirst() }
                let line = written.split(separator: "\n")[1]
                #expect(line.hasSuffix(separator + "-1"))
                let cell = line.dropLast(3).trimmingCharacters(in: ["\""])
                    .replacing("\\t", with: "\t")
                #expect(!"=+-@\t＝".contains(cell.first ?? "x"), "\(line)")
                let begins = cell.drop { $0 == "'" }.first.map { "=+-@\t＝".contains($0) } ?? false
                #expect((begins && cell.first == "'" ? String(cell.dropFirst()) : cell) == text)
            }
            #expect(try shown(CSVFormat(), report(text), .stream).contains("x" + text) || text == "\t=1")
        }
    }

    @Test("What other countries' spreadsheets split a cell at is quoted in files")
    func separators() throws {
        let table = ResultTable(columns: [ResultColumn(name: Term("a"))], cells: [[.text("x;=1")]],
                                rowCount: 1)
        #expect(try shown(CSVFormat(), Report(table), .redirected) == "a\n\"x;=1\"\n")
        #expect(try shown(CSVFormat(), Report(table), .stream) == "a\nx;=1\n")
    }
}
