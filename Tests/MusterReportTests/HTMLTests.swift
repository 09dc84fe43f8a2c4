import MusterValues
import MusterDiagnostics
import MusterStore
import Testing
@testable import MusterReport

@Suite("HTML")
struct HTMLTests {
    private func page(_ report: Report, _ language: Language = .zh) throws -> String {
        try text(HTMLFormat(), report, language)
    }

    @Test func document() throws {
        var report = Report([
            .heading(Message(zh: "进展", en: "Progress"), level: 1),
            .text(Message(zh: "甲\n乙", en: "a\nb")), .table(registration),
            .chart(chart(.bar, districts, [[0.9, 0.5, nil]])),
            .notes([Message(zh: "注", en: "note")]),
            .provenance([Message(zh: "来源", en: "source")]),
        ])
        report.frame = ReportFrame(unit: Message(zh: "甲市", en: "City A"), form: Message("1 表"))
        let chinese = try page(report), english = try page(report, .en)
        #expect(chinese.hasPrefix("<!DOCTYPE html>\n<html lang=\"zh-CN\">"))
        #expect(english.contains("<html lang=\"en\">") && english.contains("<h1>Progress</h1>"))
        #expect(chinese.contains("<title>进展</title>") && chinese.contains("<p>甲</p>\n<p>乙</p>"))
        #expect(chinese.contains("<span>填表人：</span><span class=\"place\"></span>"))
        #expect(english.contains("<span>Prepared by:</span>"))
        #expect(chinese.contains("<span>填报日期：</span><span class=\"day\">"))
        #expect(chinese.contains("<span>填报单位（盖章）：甲市</span><span>表号：1 表</span>"))
        // Who signs stands behind the figures and before where they come from.
        let signed = try #require(chinese.firstRange(of: "class=\"signatures\""))
        let sources = try #require(chinese.firstRange(of: "id=\"provenance\""))
        #expect(signed.lowerBound < sources.lowerBound)
        report.frame?.signatures = []
        #expect(!(try page(report)).contains("class=\"signatures\""))
        #expect(chinese.contains("<b>图 1</b>　各单位比率"))
        #expect(chinese.contains("\"第 \" counter(page) \" 页，共 \" counter(pages) \" 页\""))
        #expect(english.contains("\"Page \" counter(page) \" of \" counter(pages)"))
        #expect(try page(report) == page(report))
    }

    @Test func table() throws {
        // Of counts that nothing is known of no unit is told, nor half of one.
        let untold = try page(Report(registration))
        #expect(untold.contains("<b>表 1</b>　按所在组织.区县局级、年度</span></div>"))
        var registration = registration
        registration.entitle(Message(zh: "历年注册", en: ""), counted: Message(zh: "人", en: ""))
        let text = try page(Report(registration))
        #expect(text.contains("""
            <div class="title"><span id="t1"><b>表 1</b>　历年注册</span>\
            <span class="unit">单位：人、%、小时</span></div>
            """))
        #expect(text.contains("""
            <tr class="again" aria-hidden="true"><td colspan="8">表 1　历年注册（续表）\
            </td></tr>
            <tr><th scope="col">所在组织.<br>区县局级</th><th scope="col" class="c">年度</th>
            """))
        #expect(text.contains("<tr><th scope=\"row\">滨海新区</th><td class=\"c\">2017（截至10月31日）</td>"
                              + "<td class=\"n\">400</td><td class=\"n\">209</td>"
                              + "<td class=\"n\">52.3%</td><td class=\"n\">−4.8</td>"))
        #expect(text.contains("</tbody>\n<tfoot>\n<tr><th scope=\"row\">合计</th>"))
        #expect(try page(Report(empty)).contains("colspan=\"2\">无</td>"))
    }

    @Test("Nothing from the data is markup, and nothing is fetched")
    func escaping() throws {
        let evil = "<script src=\"http://example.org/x.js\">'&\u{7}</script>"
        let table = ResultTable(
            columns: [ResultColumn(name: Term(evil), isKey: true),
                      ResultColumn(name: Term("n"), isNumeric: true)],
            cells: [[.text(evil)], [.integer(1)]], rowCount: 1)
        var report = Report([
            .heading(Message(evil), level: 1), .text(Message(evil)), .table(table),
            .chart(chart(.bar, [evil], [[1]], labels: [Term(evil)])), .notes([Message(evil)]),
            .provenance([Message(evil)]),
        ])
        report.frame = ReportFrame(unit: Message(evil), form: Message(evil),
                                   signatures: [Message(evil)])
        let text = try page(report)
        #expect(!text.contains("<script") && !text.contains("\u{7}"))
        #expect(text.contains("&lt;script src=&quot;http://example.org/x.js&quot;&gt;&#39;&amp;"))
        for outside in ["src=", "url(", "@import", "<iframe", "<a "] {
            let found = text.replacing("src=&quot;", with: "").contains(outside)
            #expect(!found, "\(outside)")
        }
        #expect(text.matches(of: /href="([^"]*)"/).map(\.output.1) == ["data:,"])
    }

    /// So many columns of rates beside a name.
    private func wide(_ count: Int) -> ResultTable {
        let names = (0..<count).map { Term("20\(10 + $0) rate", "20\(10 + $0) 比率") }
        return ResultTable(
            columns: [ResultColumn(name: Term("unit", "单位"), isKey: true)]
                + names.map { ResultColumn(name: $0, display: .percent, isNumeric: true) },
            cells: [[.text("天津市滨海新区团委")]] + names.map { _ in [.number(1)] }, rowCount: 1)
    }

    @Test("Paper lies across for wide tables and what leads to them, not for the rest")
    func paper() throws {
        func heading(_ text: String, _ level: Int) -> Report.Block {
            .heading(Message(text), level: level)
        }
        let words = Report.Block.text(Message("x"))
        let text = try page(Report([
            heading("A", 1), words, heading("B", 2), words, .table(wide(5)), heading("C", 2), words,
            heading("D", 3), .table(wide(16)), heading("E", 2), words, heading("F", 2),
            .table(wide(5)), .provenance([Message("y")]),
        ]))
        #expect(text.contains("size: A4 portrait") && text.contains("page: across"))
        // C only leads to D, and E, which is words alone, turns no page back.
        let parts = text.split(separator: "<div class=\"across\">\n")
        #expect(parts.count == 2 && parts[1].hasPrefix("<h2>C</h2>"))
        #expect(parts[1].firstRange(of: "</p>\n</div>\n<h2>F</h2>") != nil)
        let alone = try page(Report([.table(wide(16)), .provenance([Message("z")])]))
        #expect(alone.contains("<main>\n<div class=\"across\">")
                && alone.contains("</footer>\n</div>\n</main>"))
    }

    @Test("What fits no sheet of paper is set in parts")
    func tooWide() throws {
        let paper = try PaperTable.all(Report(wide(40)), Presentation(.zh))
        let parts = try HTMLTable.parts(paper[0], Presentation(.zh))
        #expect(parts.count == 3)
        let text = try page(Report(wide(40)))
        #expect(text.contains("（第 3 部分，共 3 部分）"))
        #expect(text.matches(of: /<th scope="row">/).count == 3)
        for year in 2010..<2050 {
            #expect(text.matches(of: try Regex("<th[^>]*>\(year)<br>比率</th>")).count == 1)
        }
    }

    @Test("Long Chinese headings break into equal parts, words of letters do not break")
    func headings() throws {
        func heading(_ name: Term, _ language: Language) throws -> String? {
            let table = ResultTable(columns: [ResultColumn(name: name, isNumeric: true)],
                                    cells: [[.integer(1)]], rowCount: 1)
            return try page(Report(table), language)
                .firstMatch(of: /<th scope="col"[^>]*>(.*)<\/th>/)
                .map { String($0.output.1) }
        }
        #expect(try heading(Term("x", "近三个月新注册"), .zh) == "近三个月<br>新注册")
        let long = try #require(try heading(Term("x", "市场和质量监督管理"), .zh))
        let lines = long.split(separator: "<br>")
        #expect(lines.count == 2 && lines.joined() == "市场和质量监督管理")
        #expect(abs(lines[0].count - lines[1].count) <= 3)
        #expect(try heading(Term("registered internationally"), .en)
                == "registered<br>internationally")
    }

    @Test("A chart with nothing to draw is a sentence, not an empty picture")
    func emptyChart() throws {
        let text = try page(Report([.chart(chart(.bar, ["甲"], [[nil]]))]))
        #expect(text.contains("所有数值均为空，无图可画。") && !text.contains("<svg"))
    }

    @Test func endings() {
        #expect(Formats.forFile("a.HTM")?.name == "html")
        #expect(Formats.forFile("a.html")?.name == "html")
    }
}
