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
