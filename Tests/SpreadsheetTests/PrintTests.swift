import MusterDiagnostics
import Testing
@testable import MusterReport
@testable import MusterShell

@Suite("Workbooks printed by LibreOffice", .enabled(if: Office.isInstalled, """
    skipped: LibreOffice is not installed (scripts/setup --office installs it)
    """))
struct PrintTests {
    @Test("Nothing is too wide for its cell, every heading and unit is there, pages have numbers",
          arguments: ["progress", "years", "campaign", "year-end"])
    func thoroughPages(_ script: String) throws {
        let report = try Reports.report(script, try Reports.session())
        let pages = try Office.printed(try Reports.workbook(report, .zh))
        #expect(!pages.contains("###"))
        #expect(pages.contains("第 1 页，共"))
        let text = pages.filter { !$0.isWhitespace }
        for block in report.blocks {
            switch block {
            case .heading(let heading, _):
                #expect(text.contains(heading.zh.filter { !$0.isWhitespace }))
            case .table(let table):
                for cell in table.cells[0] where table.columns[0].isKey {
                    if case .text(let name) = cell { #expect(text.contains(name)) }
                }
            default: break
            }
        }
        #expect(text.contains("填表人：") && text.contains("单位负责人："))
    }
}
