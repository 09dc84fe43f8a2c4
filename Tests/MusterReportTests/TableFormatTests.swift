import MusterValues
import MusterDiagnostics
import MusterStore
import Testing
@testable import MusterReport

@Suite("The table format")
struct TableFormatTests {
    private func rendered(_ table: ResultTable, _ presentation: Presentation) -> String {
        do { return try TableFormat.render(table, presentation) } catch {
            Issue.record(error)
            return ""
        }
    }

    private func lines(_ table: ResultTable, _ presentation: Presentation) -> [String] {
        rendered(table, presentation).split(separator: "\n").map(String.init)
    }

    @Test func chinese() {
        #expect(rendered(registration, Presentation(.zh)) == """
            所在组织.区县局级  年度                    总数  人数  注册率  差距（个百分点）  时长  达标
            ─────────────────  ────────────────────  ──────  ────  ──────  ────────────────  ────  ────
            和平区             2016                  13,099  5895   45.0%              +3.2  59.5  是
            滨海新区           2017（截至10月31日）     400   209   52.3%              −4.8  14.0  否
            （空）             2017（截至10月31日）       0     0       –                 –   0.0  –
            ─────────────────  ────────────────────  ──────  ────  ──────  ────────────────  ────  ────
            合计               2017（截至10月31日）  13,499  6104   45.2%              −0.1  73.5  否

            """)
    }

    @Test("60 columns in ASCII: a heading is broken, columns are left out and named")
    func english() {
        let presentation = Presentation(.en, width: 60, isUTF8: false)
        #expect(rendered(registration, presentation) == """
            unit.                                                    gap
            district      year                 of     n  share  (points)
            ------------  ---------------  ------  ----  -----  --------
            和平区        2016             13,099  5895  45.0%      +3.2
            滨海新区      2017 (to 10-31)     400   209  52.3%      -4.8
            (none)        2017 (to 10-31)       0     0      -         -
            ------------  ---------------  ------  ----  -----  --------
            total         2017 (to 10-31)  13,499  6104  45.2%      -0.1
            ... 2 more columns: hours, met (widen the window, `set width
            N`, or `select` fewer)

            """)
    }

    @Test func oddNames() {
        #expect(rendered(oddities, Presentation(.en)) == """
            name           n
            ─────────────  ─
            👩‍👩‍👧 家庭队      1
            ①号“甲”—乙     2
            e\u{301}tude          3
            ＡＢ           4
            say "hi", now  5
            a|b\\tc\\nd      6
            \\u{1b}[31mred  7
                           8

            """)
    }

    @Test("Every column begins at one place of the screen, whatever its characters")
    func alignment() {
        let longest = lines(oddities, Presentation(.en)).map { displayWidth($0) }
        #expect(Set(longest) == [16])
    }

    @Test("No line is wider than the window, and what is not shown is named",
          arguments: [10, 12, 16, 20, 24, 32, 40, 48, 60, 72, 80, 96, 120], Language.allCases)
    func fits(width: Int, language: Language) {
        for table in [oddities, empty, long] {
            for line in lines(table, Presentation(language, width: width)) {
                #expect(displayWidth(line) <= width, "\(line)")
            }
        }
        let text = rendered(registration, Presentation(language, width: width))
        for column in registration.columns {
            let name = (column.label ?? column.name)[language]
            let letters = text.filter { !$0.isWhitespace }
            #expect(letters.contains(name) || text.contains(name.split(separator: ".")[0]))
        }
    }

    @Test func longTextsAreShortenedBeforeColumnsGo() {
        #expect(lines(long, Presentation(.zh, width: 40)) == [
            "名称               人数  项目",
            "────────────────  ─────  ───────────────",
            "天津市滨海新区…   12345  A very long na…",
        ])
    }

    @Test("Numbers are never cut")
    func numbers() {
        let table = ResultTable(
            columns: [ResultColumn(name: Term("n"), isNumeric: true)],
            cells: [[.integer(1_234_567_890)]], rowCount: 1)
        #expect(lines(table, Presentation(.en, width: 4)).last == "1234567890")
    }

    @Test func emptyTable() {
        #expect(lines(empty, Presentation(.zh, width: 40)) == ["名称  人数", "────  ────", "没有行"])
        #expect(lines(empty, Presentation(.en)) == ["name  n", "────  ─", "0 rows"])
    }

    @Test func rowLimit() {
        var table = oddities
        table.totalRows = [7]
        #expect(lines(table, Presentation(.en, rowLimit: 2)) == [
            "name        n", "──────────  ─", "👩‍👩‍👧 家庭队   1", "①号“甲”—乙  2",
            "… 5 more rows (`set rows N` or `export` shows them)",
            "──────────  ─", "            8",
        ])
        // One row too many takes no more room than the line that would say so.
        #expect(lines(table, Presentation(.zh, rowLimit: 6)).count == 11)
        #expect(!rendered(table, Presentation(.zh, rowLimit: 6)).contains("另有"))
        #expect(rendered(table, Presentation(.zh, rowLimit: 0)).contains("另有 7 行"))
    }

    @Test func colour() {
        let plain = rendered(registration, Presentation(.zh, width: 80))
        let coloured = rendered(registration, Presentation(.zh, width: 80, colour: true))
        #expect(coloured != plain)
        #expect(coloured.replacing(/\u{1b}\[[0-9]*m/, with: "") == plain)
    }

    @Test func runningColumn() {
        let day = CivilDay.number(2017, 10, 31) ?? 0
        let column = ResultColumn(name: Term("2017 rate", "2017 比率"), display: .percent,
                                  isNumeric: true, running: (.none, day))
        let table = ResultTable(columns: [column], cells: [[.number(0.5), .none]], rowCount: 2)
        #expect(lines(table, Presentation(.en))[0] == "2017 rate (to 10-31)")
        #expect(lines(table, Presentation(.zh))[3] == "                        –")
    }

    @Test func report() throws {
        let report = Report([
            .heading(Message(zh: "注册进度", en: "Progress"), level: 1),
            .text(Message(zh: "全市团员注册志愿者情况，截至十月底。", en: "All members.")),
            .table(empty), .notes([Message(zh: "有 2 行被拒收", en: "2 rejects")]),
        ])
        let contents = try TableFormat().contents(of: report, Presentation(.zh, width: 20))
        #expect(String(decoding: contents, as: UTF8.self) == """
            注册进度
            ════════

            全市团员注册志愿者情
            况，截至十月底。

            名称  人数
            ────  ────
            没有行

            有 2 行被拒收

            """)
    }
}

/// Texts that are wider than a window.
private let long = ResultTable(
    columns: [
        ResultColumn(name: Term("name", "名称")),
        ResultColumn(name: Term("n", "人数"), isNumeric: true),
        ResultColumn(name: Term("project", "项目")),
    ],
    cells: [
        [.text("天津市滨海新区志愿服务联合会青年志愿者总队")], [.integer(12345)],
        [.text("A very long name of a project indeed")],
    ],
    rowCount: 1)
