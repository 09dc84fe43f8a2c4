import Foundation
import MusterDiagnostics
import MusterStore
import Testing
@testable import MusterReport
@testable import MusterShell

/// Documents opened in LibreOffice's word processor and read back.
@Suite("Documents in LibreOffice", .enabled(if: Office.hasWriter, """
    skipped: LibreOffice Writer is not installed (scripts/setup --office installs it)
    """))
struct WordTests {
    @Test("Every cell of every table is there, pages are A4 and numbered, nobody signs alone",
          arguments: ["progress", "year-end", "priority-groups"])
    func thoroughPages(_ script: String) throws {
        let report = try Reports.report(script, try Reports.session())
        let bytes = try DOCXFormat().contents(of: report, Presentation(.zh, destination: .file))
        let document = try Office.document(bytes)
        let read = document.text.filter { !$0.isWhitespace }
        var from = read.startIndex
        // The texts of a table's cells follow each other, row by row.
        for paper in try PaperTable.all(report, Presentation(.zh)) {
            let parts = try PaperPart.all(paper, DOCXPaper.rooms, Presentation(.zh))
            for part in parts {
                let rows = paper.lines.compactMap { line -> Int? in
                    if case .row(let row) = line { row } else { nil }
                } + paper.totals
                for row in rows {
                    let wanted = part.columns.map { paper.text(row, $0) }.joined()
                        .filter { !$0.isWhitespace }
                    guard let found = read[from...].range(of: wanted) else {
                        Issue.record("\(script), \(paper.title): \(wanted) is not there")
                        return
                    }
                    from = found.upperBound
                }
            }
        }
        #expect(document.sizes.allSatisfy { $0 == "595x842" || $0 == "842x595" })
        let pages = document.pages.split(separator: "\u{c}").map { $0.filter { !$0.isWhitespace } }
        #expect(pages.first?.contains("第1页共\(pages.count)页") == true)
        for page in pages where page.contains("统计负责人：") {
            #expect((page.range(of: "单位负责人：").map { page[..<$0.lowerBound].count } ?? 0) > 40)
        }
    }
}
