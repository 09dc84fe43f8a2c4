import MusterValues
import MusterDiagnostics
import MusterStore
import Testing
@testable import MusterReport

@Suite("Charts: scales, what is drawn, words")
struct ChartTests {
    @Test("Ticks are round, and hold every value", arguments: [
        ([0.52, 0.914], Display.percent, ["0%", "20%", "40%", "60%", "80%", "100%"]),
        ([0.031], .percent, ["0%", "1%", "2%", "3%", "4%"]),
        ([3, 7], .count, ["0", "2", "4", "6", "8"]),
        ([1], .count, ["0", "1"]),
        ([0, 0], .count, ["0", "1"]),
        ([0.3, -0.1], .plain, ["-0.1", "0.0", "0.1", "0.2", "0.3"]),
        ([1461], .count, ["0", "500", "1000", "1500"]),
        ([-0.12, 0.05], .points, ["-15", "-10", "-5", "0", "+5"]),
        ([59.5], .hours, ["0", "20", "40", "60"]),
        ([123_456_789], .count, ["0", "50000000", "100000000", "150000000"]),
    ] as [([Double], Display, [String])])
    func scale(values: [Double], display: Display, labels: [String]) {
        let scale = Scale(values, display, intervals: 5)
        #expect(scale.labels == labels)
        for value in values { #expect(scale.lower <= value && value <= scale.upper) }
        #expect(scale.ticks.contains(0))
    }

    @Test func fractions() {
        let scale = Scale([0.7], .percent, intervals: 5)
        #expect(scale.upper == 0.8)
        #expect(scale.fraction(0) == 0 && scale.fraction(0.8) == 1 && scale.fraction(0.4) == 0.5)
        #expect(scale.fraction(7) == 1 && scale.fraction(-7) == 0)
    }

    private func panel(_ chart: Chart, _ language: Language = .zh) throws -> ChartPanel {
        try #require(chart.panels(Presentation(language)).first)
    }

    @Test func words() throws {
        let panel = try panel(chart(.bar, districts, [[0.914, 0.5, nil]],
                                    targets: [0.95, 0.95, nil]))
        #expect(panel.caption == "各单位比率")
        #expect(panel.targetLabel == "目标 95.0%")
        #expect(panel.summary
                == "比率：2 个数值，最高 和平区团委 91.4%，最低 滨海新区团委 50.0%；目标 95.0%。")
        let own = try self.panel(chart(.bar, districts, [[0.914, 0.5, nil]],
                                       targets: [0.95, 0.5, nil]), .en)
        #expect(own.caption == "rate by unit")
        #expect(own.targetLabel == "own target")
        #expect(own.commonTarget == nil)
    }

    @Test("Nothing to draw is said in words")
    func nothing() throws {
        #expect(try panel(chart(.bar, [], [[]])).remarks == ["没有行，无图可画。"])
        #expect(try panel(chart(.line, ["a"], [[nil]]), .en).remarks
                == ["There is nothing to draw: every value is none."])
        #expect(try panel(chart(.line, ["a"], [[1], [nil]])).remarks == ["“上年”没有数值。"])
    }

    @Test("Rates and people have an axis each; targets go with the rates")
    func axes() {
        let mixed = Chart(
            kind: .bar, category: ResultColumn(name: Term("unit", "单位")),
            categories: [.text("甲")],
            series: [
                Chart.Series(column: ResultColumn(name: Term("n", "人数"), display: .count),
                             values: [120]),
                Chart.Series(column: ResultColumn(name: Term("rate", "比率"), display: .percent),
                             values: [0.5]),
                Chart.Series(column: ResultColumn(name: Term("of", "总数")), values: [240]),
            ], targets: [0.75])
        let panels = mixed.panels(Presentation(.zh))
        #expect(panels.map { $0.series.map(\.label) } == [["人数", "总数"], ["比率"]])
        #expect(panels.map(\.hasTargets) == [false, true])
    }

    @Test("A chart of a table leaves totals out and keeps ranked rows in their order")
    func ranked() throws {
        func column(_ name: Term, key: Bool = false, _ display: Display = .plain) -> ResultColumn {
            ResultColumn(name: name, display: display, isNumeric: !key, isKey: key)
        }
        let unit = Term("unit"), rate = Term("rate", "比率"), rank = Term("rank", "名次")
        var table = ResultTable(
            columns: [column(unit, key: true), column(rate, .percent), column(rank)],
            cells: [[.text("甲"), .text("乙"), .text("丙"), .none, .term(Term("total"))],
                    [.number(0.5), .none, .number(0.9), .number(1), .number(0.6)],
                    [.integer(2), .integer(3), .integer(1), .none, .none]],
            rowCount: 5, totalRows: [4])
        func made(_ kind: ChartKind) throws -> Chart {
            try #require(Chart(table, kind: kind, category: unit, values: [rate], rate: rate,
                               target: Term("target"), rank: rank))
        }
        let bars = try made(.bar)
        #expect(bars.categories == [.text("丙"), .text("甲"), .text("乙")])
        #expect(bars.unranked == 1)
        #expect(try panel(bars).remarks == ["没有名次的 1 个不在图中。"])
        #expect(try made(.line).categories.count == 4)
        // Ranks that are not those of the values drawn change nothing.
        table.cells[2] = [.integer(1), .integer(2), .integer(3), .integer(4), .none]
        #expect(try made(.bar).categories.first == .text("甲"))
    }

    @Test("Rows of several keys become series, or bear all their keys")
    func keys() throws {
        let unit = Term("unit"), year = Term("year", "年度"), rate = Term("rate", "比率")
        func made(_ years: [Int32], _ kind: ChartKind) throws -> Chart {
            let units: [Cell] = [.text("甲"), .text("乙")]
            let rows = units.flatMap { unit in years.map { (unit, Cell.year($0)) } }
            let table = ResultTable(
                columns: [ResultColumn(name: unit, isKey: true),
                          ResultColumn(name: year, isNumeric: true, isKey: true),
                          ResultColumn(name: rate, display: .percent, isNumeric: true)],
                cells: [rows.map(\.0), rows.map(\.1),
                        rows.indices.map { .number(Double($0) / 100) }],
                rowCount: rows.count)
            return try #require(Chart(table, kind: kind, category: unit, values: [rate],
                                      rate: rate, target: Term("target"), rank: Term("rank")))
        }
        let few = try made([2015, 2016], .bar)
        #expect(few.categories == [.text("甲"), .text("乙")])
        #expect(try panel(few).series.map(\.label) == ["2015", "2016"])
        #expect(few.series.map(\.values) == [[0, 0.02], [0.01, 0.03]])
        #expect(try panel(few).caption == "各unit比率")
        let many = try made(Array(2001...2017), .line)
        #expect(many.series.count == 1 && many.kind == .bar)
        #expect(many.categories.first == .term(Term("甲 2001")))
    }
}
