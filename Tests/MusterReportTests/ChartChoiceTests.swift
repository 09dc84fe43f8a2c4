import MusterDiagnostics
import MusterStore
import Testing
@testable import MusterReport

@Suite("Charts: which of many bars are drawn")
struct ChartChoiceTests {
    private func panel(_ chart: Chart, _ language: Language = .zh) throws -> ChartPanel {
        try #require(chart.panels(Presentation(language)).first)
    }

    private func units(_ values: [Double?], targets: [Double?]? = nil,
                       _ kind: ChartKind = .bar) throws -> ChartPanel {
        try panel(chart(kind, values.indices.map { "第\($0)团委" }, [values], targets: targets))
    }

    @Test("Up to 30 bars are all drawn, and points of lines always")
    func few() throws {
        #expect(try panel(manyUnits(30)).drawn.count == 30)
        #expect(try panel(manyUnits(30)).remarks.isEmpty)
        #expect(try panel(manyUnits(83, .line)).drawn.count == 83)
    }

    @Test("Of many, those furthest short of their target, and it says so")
    func furthest() throws {
        let many = try panel(manyUnits(83))
        #expect(many.drawn == Array(53..<83))
        #expect(many.remarks == ["图中只画出未达标的 33 个中差距最大的 30 个；另有 53 个未画。"])
        #expect(try panel(manyUnits(83), .en).remarks == [
            "Of the 33 short of target, the 30 furthest short are drawn; 53 more are not."])
        let few = try panel(manyUnits(70))
        #expect(few.drawn == Array(50..<70))
        #expect(few.remarks == ["图中只画出未达标的 20 个；另有 50 个未画。"])
    }

    @Test("The gap to each one's own target decides, and the rows keep their order")
    func ownTargets() throws {
        // All have 50%; every third should have 90%, the others 40% or nothing.
        let targets = (0..<60).map { $0 % 3 == 0 ? 0.9 : $0 % 3 == 1 ? 0.4 : nil }
        let panel = try units((0..<60).map { 0.5 + Double($0) / 1000 }, targets: targets)
        #expect(panel.drawn == Array(stride(from: 0, to: 60, by: 3)))
        // Gaps everywhere are not marked one by one.
        #expect(panel.entries.count == 20)
    }

    @Test("Equals are not cut apart: stored alike or shown alike", arguments: [0, 0.0002])
    func ties(difference: Double) throws {
        // 25 with gaps of their own, then 10 that are shown as 60.0%.
        let values = (0..<25).map { 0.3 + Double($0) / 100 }
            + (0..<10).map { 0.6 + difference * Double($0) / 10 } + (0..<5).map { _ in 0.99 }
        let panel = try units(values, targets: values.map { _ in 0.95 })
        #expect(panel.drawn == Array(0..<25))
        #expect(panel.remarks == ["图中只画出未达标的 35 个中差距最大的 25 个；另有 15 个未画。"])
    }

    @Test("More than 30 equals are drawn up to 60, and beyond that left out, which is said")
    func manyEqual() throws {
        func made(_ equal: Int, _ others: Int) throws -> ChartPanel {
            let values = [Double](repeating: 0, count: equal)
                + (0..<others).map { 0.5 + Double($0) / 1000 }
            return try units(values, targets: values.map { _ in 0.95 })
        }
        #expect(try made(60, 5).drawn == Array(0..<60))
        let beyond = try made(61, 5)
        #expect(beyond.drawn == Array(61..<66))
        #expect(beyond.remarks == ["图中只画出未达标的 66 个中的 5 个；另有 61 个未画。",
                                   "数值并列的 61 个过多，全部未画。"])
        let none = try made(61, 0)
        #expect(none.isEmpty && none.remarks == ["数值并列的 61 个过多，全部未画。"])
    }

    @Test("Without targets, or where all are met, the highest and the lowest")
    func ends() throws {
        let values = (0..<50).map { Double(($0 * 7) % 50) / 100 }
        let panel = try units(values)
        #expect(panel.drawn == (0..<50).filter { !(15..<35).contains(($0 * 7) % 50) })
        #expect(panel.remarks == ["图中只画出最高的 15 个和最低的 15 个；另有 20 个未画。"])
        let met = try self.panel(chart(.column, values.indices.map { "\($0)" }, [values],
                                       targets: values.map { _ in 0 }), .en)
        #expect(met.remarks == ["None is short of target; only the highest 15 and the lowest 15 "
                                + "are drawn; 20 more are not."])
        // Twenty at the top are equal: they are all drawn. Forty are too many for an end.
        let top = try units([Double](repeating: 1, count: 20) + values.map { $0 / 2 })
        #expect(Array(top.drawn.prefix(20)) == Array(0..<20) && top.drawn.count == 35)
        let crowd = try units([Double](repeating: 1, count: 40) + values.map { $0 / 2 })
        #expect(crowd.drawn.allSatisfy { $0 >= 40 } && crowd.drawn.count == 30)
        #expect(crowd.remarks == ["图中只画出其余中最高的 15 个和最低的 15 个；另有 60 个未画。",
                                  "数值并列的 40 个过多，全部未画。"])
    }

    @Test("Places where others are left out are marked")
    func marks() throws {
        let entries = try panel(manyUnits(83)).entries
        guard case .more(53)? = entries.first, entries.count == 31 else {
            Issue.record("\(entries)")
            return
        }
    }

    @Test("Every drawing shows the same bars", arguments: [ChartKind.bar, .column])
    func everywhere(kind: ChartKind) throws {
        let chart = manyUnits(83, kind)
        let panel = try panel(chart)
        let svg = SVGChart(panel, width: 720).element(id: "x", style: "y")
        let text = TerminalChart.render(chart, Presentation(.zh, width: 80, isUTF8: false))
        for (index, name) in panel.categories.enumerated() {
            let isDrawn = panel.drawn.contains(index)
            #expect(svg.contains(">\(name)</text>") == isDrawn)
            #expect(text.contains("\n\(name) ") == isDrawn)
        }
    }

    @Test("More than eight series are not drawn, and it is said")
    func series() throws {
        let chart = chart(.line, ["甲", "乙"], (0..<10).map { [Double($0), 1] }, display: .count,
                          labels: (0..<10).map { Term("s\($0)") })
        let panel = try panel(chart)
        #expect(panel.series.map(\.label) == (0..<8).map { "s\($0)" })
        #expect(panel.remarks == ["图中只画出前 8 项；另有 2 项未画。"])
    }
}
