import Foundation
import MusterValues
import MusterDiagnostics
@testable import MusterReport
import MusterStore
import Testing
@testable import MusterShell

/// Workbooks opened in LibreOffice and read back: the figures are those of csv.
@Suite("Figures in LibreOffice", .enabled(if: Office.isInstalled, """
    skipped: LibreOffice is not installed (scripts/setup --office installs it)
    """))
struct FiguresTests {
    @Test("Every statistic, in both languages")
    func thoroughStatistics() throws {
        let session = try Reports.session()
        var books: [String: [UInt8]] = [:]
        var reports: [String: (Report, Language)] = [:]
        for script in Reports.statistics {
            let report = try Reports.report(script, session)
            for language in [Language.zh, .en] {
                let name = "\(script)-\(language.rawValue)"
                books[name] = try Reports.workbook(report, language)
                reports[name] = (report, language)
            }
        }
        #expect(books.count >= 40)
        let sheets = try Office.sheets(of: books)
        for (name, (report, language)) in reports.sorted(by: { $0.key < $1.key }) {
            try check(report, language, sheets[name] ?? [], name)
        }
    }

    @Test("Values at the edges of what a cell holds")
    func edges() throws {
        let report = Report([.table(Edges.table)])
        let sheets = try Office.sheets(of: ["edges": try Reports.workbook(report, .en)])
        let rows = sheets["edges"]?.first?.rows ?? []
        #expect(rows.count == Edges.table.rowCount + 1)
        for (index, expected) in Edges.read.enumerated() where index + 1 < rows.count {
            #expect(rows[index + 1] == expected)
        }
    }

    @Test("A large book, whose rows are not kept in memory, holds the same")
    func large() throws {
        let session = try Reports.session("small")
        let report = Reports.report(of: "people | select name, unit, birth, hours", session)
        let language = Language.zh
        let file = Presentation(language, destination: .file)
        let sheets = try Office.sheets(of: [
            "usual": try XLSXFormat().contents(of: report, file),
            "large": try XLSXFormat(largeCells: 10).contents(of: report, file),
        ])
        try check(report, language, sheets["large"] ?? [], "large")
        #expect(sheets["large"]?.map(\.rows) == sheets["usual"]?.map(\.rows))
    }

    @Test("The cells that charts are drawn from are the same in a large book")
    func largeCharts() throws {
        let report = try Reports.report("progress", try Reports.session())
        let file = Presentation(.zh, destination: .file)
        let sheets = try Office.sheets(of: [
            "usual": try XLSXFormat().contents(of: report, file),
            "large": try XLSXFormat(largeCells: 10).contents(of: report, file),
        ])
        #expect(sheets["usual"]?.map(\.name).contains("图表数据") == true)
        #expect(sheets["large"]?.map(\.rows) == sheets["usual"]?.map(\.rows))
    }

    /// Finds each table of the report on the sheets, in order, and compares it with the csv.
    private func check(_ report: Report, _ language: Language,
                       _ sheets: [(name: String, rows: [[String]])], _ name: String) throws {
        let lines = sheets.flatMap(\.rows)
        var from = 0
        let papers = try PaperTable.all(report, Presentation(language), isSheet: true)
        for paper in papers where paper.table.rowCount > 0 {
            let table = paper.table, heads = SheetReading.heads(paper)
            let heading = table.columns.map { $0.name[language] }
            guard let first = lines.indices.dropFirst(from).first(where: { place in
                place + heads.count <= lines.count && heads.indices.allSatisfy {
                    SheetReading.trimmed(lines[place + $0]) == heads[$0]
                }
            }) else {
                Issue.record("\(name): no table is headed \(heads)")
                return
            }
            let place = first + heads.count - 1
            from = place + 1 + table.rowCount
            let csv = try CSVFormat().contents(of: Report(table), Presentation(language))
            let expected = CommaSeparated.rows(String(decoding: csv, as: UTF8.self)).dropFirst()
            #expect(expected.count == table.rowCount)
            guard from <= lines.count else { Issue.record("\(name): rows are missing"); return }
            let rows = SheetReading.totalsLast(SheetReading.asShown(Array(expected), table, language),
                                               table)
            for (row, texts) in rows.enumerated() {
                for column in table.columns.indices {
                    let cells = lines[place + 1 + row]
                    let found = column < cells.count ? cells[column] : ""
                    if !SheetReading.agrees(found, texts[column], table.columns[column],
                                            language) {
                        Issue.record("""
                            \(name), row \(row + 1), \(heading[column]): \
                            \(found) instead of \(texts[column])
                            """)
                    }
                }
            }
        }
    }
}

/// How a value of csv reads in a sheet.
enum SheetReading {
    /// The rows that head a table, as they are read: a merged cell has its text at its beginning.
    static func heads(_ paper: PaperTable) -> [[String]] {
        let rows = paper.heads
        guard rows.count > 1 else { return [rows[0].map { plain($0.text) }] }
        var upper = paper.columns.map { _ in "" }, lower = upper
        for head in rows[0] { upper[head.span.lowerBound] = plain(head.text) }
        for head in rows[1] { lower[head.span.lowerBound] = plain(head.text) }
        return [trimmed(upper), trimmed(lower)]
    }

    static func trimmed(_ row: [String]) -> [String] {
        var row = row.map(plain)
        while row.last?.isEmpty == true { row.removeLast() }
        return row
    }

    /// A heading may be broken at any place.
    private static func plain(_ text: String) -> String { text.filter { !$0.isWhitespace } }

    /// What people read for a value that csv calls otherwise: 直属 for what belongs to the whole.
    static func asShown(_ rows: [[String]], _ table: ResultTable, _ language: Language)
        -> [[String]] {
        rows.enumerated().map { row, texts in
            texts.enumerated().map { column, text in
                switch table.cells[column][row] {
                case .own: Cell.direct[language]
                // Codes are words there.
                case .term where language == .en: text.replacing("_", with: " ")
                default: text
                }
            }
        }
    }

    static func totalsLast(_ rows: [[String]], _ table: ResultTable) -> [[String]] {
        rows.indices.filter { !table.totalRows.contains($0) }.map { rows[$0] }
            + rows.indices.filter { table.totalRows.contains($0) }.map { rows[$0] }
    }

    static func agrees(_ found: String, _ csv: String, _ column: ResultColumn,
                       _ language: Language) -> Bool {
        if csv.isEmpty {
            let none = language == .zh ? "（空）" : "(none)"
            return found == column.noneLabel?[language] ?? (column.isKey ? none : "")
        }
        if csv == "true" || csv == "false" {
            return found == (language == .zh ? (csv == "true" ? "是" : "否")
                             : (csv == "true" ? "yes" : "no"))
        }
        if found == csv { return true }
        // A month that had not ended says so.
        if csv.wholeMatch(of: /\d{4}-\d\d/) != nil, found.hasPrefix(csv) { return true }
        guard let wanted = Double(csv) else { return false }
        // A percentage reads as one: "52.3%". Points are a hundredfold in their cells.
        let isHundredfold = column.display == .percent || column.display == .points
        let digits = column.display == .percent ? String(found.dropLast()) : found
        guard column.display != .percent || found.hasSuffix("%"), let number = Double(digits)
        else { return false }
        let value = isHundredfold ? wanted * 100 : wanted
        return abs(number - value) <= 1e-13 * max(1, abs(value))
    }
}
