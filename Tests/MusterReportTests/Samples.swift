import MusterValues
import MusterDiagnostics
import MusterStore
@testable import MusterReport

/// A small result with every kind of column that a registration report has.
let registration = ResultTable(
    columns: [
        ResultColumn(name: Term("unit.district", "所在组织.区县局级"), isKey: true),
        ResultColumn(name: Term("year", "年度"), isNumeric: true,
                     running: (.year(2017), CivilDay.number(2017, 10, 31) ?? 0), isKey: true),
        ResultColumn(name: Term("of", "总数"), display: .count, isNumeric: true),
        ResultColumn(name: Term("n", "人数"), display: .count, isNumeric: true),
        ResultColumn(name: Term("rate", "比率"), label: Term("share", "注册率"), display: .percent,
                     isNumeric: true),
        ResultColumn(name: Term("gap", "差距"), display: .points, isNumeric: true),
        ResultColumn(name: Term("hours", "时长"), display: .hours, isNumeric: true),
        ResultColumn(name: Term("met", "达标")),
    ],
    cells: [
        [.text("和平区"), .text("滨海新区"), .none, .term(Term("total", "合计"))],
        [.year(2016), .year(2017), .year(2017), .year(2017)],
        [.integer(13099), .integer(400), .integer(0), .integer(13499)],
        [.integer(5895), .integer(209), .integer(0), .integer(6104)],
        [.number(5895.0 / 13099), .number(209.0 / 400), .none, .number(6104.0 / 13499)],
        [.number(0.0322), .number(-0.0478), .none, .number(-0.0004)],
        [.decimal(5950, places: 2), .decimal(1400, places: 2), .decimal(0, places: 2), .decimal(7350, places: 2)],
        [.bool(true), .bool(false), .none, .bool(false)],
    ],
    rowCount: 4, totalRows: [3])

/// Names with everything that goes wrong in tables: emoji, joined emoji, ambiguous width,
/// combining marks, full-width forms, quotes, bars, tabs and line breaks.
let oddities = ResultTable(
    columns: [
        ResultColumn(name: Term("name", "名称")),
        ResultColumn(name: Term("n", "人数"), isNumeric: true),
    ],
    cells: [
        [.text("👩‍👩‍👧 家庭队"), .text("①号“甲”—乙"), .text("e\u{301}tude"), .text("ＡＢ"),
         .text("say \"hi\", now"), .text("a|b\tc\nd"), .text("\u{1b}[31mred"), .text("")],
        (1...8).map { .integer(Int64($0)) },
    ],
    rowCount: 8)

let empty = ResultTable(columns: oddities.columns, cells: [[], []], rowCount: 0)

/// How numbers are shown in a column of that kind.
func column(_ display: Display, _ cells: [Cell],
            _ measure: ShownColumn.Measure = .plain) -> [String] {
    let column = ResultColumn(name: Term("x"), display: display, isNumeric: true)
    let shown = ShownColumn(column, cells, measure, rows: Array(cells.indices),
                            Presentation(.en))
    return cells.indices.map(shown.text)
}

func text(_ format: some Format, _ report: Report, _ language: Language = .en) throws -> String {
    String(decoding: try format.contents(of: report, Presentation(language)), as: UTF8.self)
}
