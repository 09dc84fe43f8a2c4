import FoundationXML
import Foundation
import MusterDiagnostics
import MusterStore
import Testing
@testable import MusterReport

@Suite("Documents for Word")
struct DOCXTests {
    private func heading(_ text: String, _ level: Int) -> Report.Block {
        .heading(Message(text), level: level)
    }

    private func body(_ report: Report, _ language: Language = .zh) throws -> String {
        var document = DOCXDocument(Presentation(language))
        try document.add(report)
        return document.part
    }

    private func isWellFormed(_ text: String) -> Bool { XMLParser(data: Data(text.utf8)).parse() }

    @Test("The same report gives the same bytes, in a package")
    func same() throws {
        let report = Report([heading("进展", 1), .table(registration)])
        let file = Presentation(.zh, destination: .file)
        let bytes = try DOCXFormat().contents(of: report, file)
        #expect(bytes.starts(with: Array("PK".utf8)))
        #expect(try DOCXFormat().contents(of: report, file) == bytes)
        #expect(Formats.forFile("通报.DOCX")?.name == "docx")
    }

    @Test("A document is nothing for a terminal; too many rows are told with a way out")
    func refused() throws {
        let terminal = #expect(throws: Diagnostic.self) {
            try DOCXFormat().contents(of: Report(registration),
                                      Presentation(.zh, destination: .terminal))
        }
        #expect(terminal?.code == "docx.terminal")
        let count = DOCXFormat.rowLimit + 1
        let long = ResultTable(columns: [ResultColumn(name: Term("n"))],
                               cells: [Array(repeating: .integer(1), count: count)],
                               rowCount: count)
        let size = #expect(throws: Diagnostic.self) {
            try DOCXFormat().contents(of: Report(long), Presentation(.zh, destination: .file))
        }
        #expect(size?.code == "docx.size")
        #expect(size?.hint?.en.contains("csv") == true)
    }

    @Test("The writing is stopped where whoever follows it says so")
    func stopped() {
        let stop = Diagnostic("stop", Message("stop"))
        let error = #expect(throws: Diagnostic.self) {
            try DOCXFormat().contents(of: Report(registration), Presentation(
                .zh, destination: .file, advance: { _, _ throws(Diagnostic) in throw stop }))
        }
        #expect(error?.code == "stop")
    }

    @Test("Texts are texts: no markup, no controls, no fields", arguments: [Language.zh, .en])
    func texts(_ language: Language) throws {
        let hostile = "</w:t><w:fldSimple w:instr=\"x\"/> & \u{1}\u{202e}\u{FFFE} { PAGE }"
        let table = ResultTable(columns: [ResultColumn(name: Term(hostile))],
                                cells: [[.text(hostile)]], rowCount: 1)
        let report = Report([heading(hostile, 1), .text(Message(hostile)), .table(table),
                             .notes([Message(hostile)]), .provenance([Message(hostile)])])
        let text = try body(report, language)
        #expect(isWellFormed(text))
        #expect(!text.contains("<w:fldSimple") && !text.contains("instrText"))
        #expect(text.contains(#"\u{1}\u{202e}"#) && !text.contains("\u{FFFE}"))
    }

    @Test("Heads and titles come again on every page; rows are not split; totals are bold")
    func table() throws {
        let text = try body(Report([.table(registration)]))
        #expect(isWellFormed(text))
        // The title, and one row of heads.
        #expect(text.split(separator: "<w:tblHeader/>").count == 3)
        let rows = text.split(separator: "<w:tr>").count - 1
        #expect(rows == registration.rowCount + 2)
        #expect(text.split(separator: "<w:cantSplit/>").count - 1 == rows)
        #expect(text.contains("<w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">13,499</w:t>"))
        #expect(text.contains("<w:color w:val=\"767676\"/></w:rPr><w:t xml:space=\"preserve\">0<"))
        let none = try body(Report([.table(empty)]))
        #expect(none.contains(">无</w:t>"))
    }

    @Test("The columns of a table take the width between the margins, upright or across")
    func widths() throws {
        for count in [1, 8, 24, 60] {
            let names = (0..<count).map { ResultColumn(name: Term("column \($0)"), isNumeric: true) }
            let table = ResultTable(columns: names, cells: names.map { _ in [.integer(123_456)] },
                                    rowCount: 1)
            let text = try body(Report([.table(table)]))
            for grid in text.matches(of: /<w:tblGrid>(.*?)<\/w:tblGrid>/) {
                let sum = grid.1.matches(of: /w:w="(\d+)"/).reduce(0) { $0 + (Int($1.1) ?? 0) }
                #expect([8_845, 12_756].contains(sum))
            }
            #expect(text.contains("w:orient=\"landscape\"") == (count > 8))
        }
    }

    @Test("Who signs stands behind the last rows and stays with them; notes come after")
    func signature() throws {
        var report = Report([heading("进展（截至2017年10月31日，全市各区和高校的团组织）", 1),
                             .table(registration), .notes([Message("注")]),
                             .provenance([Message("来源")])])
        report.frame = ReportFrame(unit: Message("团市委"), form: Message("团统 1"))
        let text = try body(report)
        let sign = try #require(text.range(of: "单位负责人"))
        let note = try #require(text.range(of: ">注<"))
        #expect(sign.lowerBound < note.lowerBound)
        let last = try #require(text.range(of: "13,499"))
        #expect(text[last.lowerBound..<sign.lowerBound].contains("<w:keepNext/>"))
        #expect(text.contains("填报单位（盖章）：团市委") && text.contains("表号：团统 1"))
        // A long title is broken before its brackets.
        #expect(text.contains("进展</w:t></w:r><w:r><w:br/></w:r>"))
    }

    @Test("Headings have the styles that Word's navigation knows; every style is well formed")
    func styles() throws {
        let text = try body(Report([heading("A", 1), heading("B", 2), heading("C", 3),
                                    heading("D", 4), .text(Message("x\ny"))]))
        for style in ["Title", "Heading1", "Heading2", "Heading3"] {
            #expect(text.contains("<w:pStyle w:val=\"\(style)\"/>"))
        }
        #expect(text.split(separator: "<w:pStyle w:val=\"Normal\"/>").count == 3)
        for language in [Language.zh, .en] {
            #expect(isWellFormed(DOCXStyle.part(language)))
        }
        #expect(isWellFormed(DOCXStyle.fonts))
        #expect(DOCXStyle.part(.zh).contains("w:firstLineChars=\"200\""))
    }
}
