import Foundation
import MusterDiagnostics
import MusterStore
import Testing
@testable import MusterReport

@Suite("Charts in SVG")
struct SVGChartTests {
    private func sheets(_ chart: Chart, _ language: Language) -> [SVGSheet] {
        chart.panels(Presentation(language)).filter { !$0.isEmpty }.flatMap { panel in
            [SVGChart.wide, SVGChart.narrow].map { SVGChart(panel, width: $0).sheet }
        }
    }

    @Test("No label is cut, none overlaps another", arguments: Language.allCases)
    func labels(language: Language) {
        for chart in oddCharts {
            for sheet in sheets(chart, language) {
                for (index, box) in sheet.texts.enumerated() {
                    #expect(box.left >= -0.5 && box.right <= sheet.width + 0.5,
                            "\(chart.kind) \(sheet.width): \(box)")
                    #expect(box.top >= 0 && box.bottom <= sheet.height + 2)
                    for other in sheet.texts[(index + 1)...]
                    where letters(box).overlaps(letters(other)) {
                        Issue.record("\(chart.kind) \(sheet.width): \(box) \(other)")
                    }
                }
            }
        }
    }

    @Test("No text stands on a line: of the measure, of a target, of a series",
          arguments: Language.allCases)
    func lines(language: Language) {
        for chart in oddCharts + targetCharts {
            for sheet in sheets(chart, language) {
                for box in sheet.texts {
                    for line in sheet.lines where line.crosses(letters(box)) {
                        Issue.record("\(chart.kind) \(sheet.width): \(line) through \(box)")
                    }
                }
            }
        }
    }

    /// Values just below, on and above targets that are one or their own.
    private var targetCharts: [Chart] {
        let values = [0.899, 0.9, 0.901, 0.88, 0.86, 0.5, 0.93, 0.95]
        let names = values.indices.map { "\(2010 + $0)" }
        return [ChartKind.bar, .column, .line].flatMap { kind in
            [values.map { _ in 0.9 }, values.indices.map { 0.85 + 0.01 * Double($0 % 6) }].flatMap {
                [chart(kind, names, [values], targets: $0),
                 chart(kind, names, [values, values.reversed()], targets: $0)]
            }
        }
    }

    @Test("A value stands beyond the target where the line would run through it")
    func beyond() throws {
        let chart = chart(.column, ["甲", "乙"], [[0.88, 0.5]], targets: [0.9, 0.9])
        let panel = try #require(chart.panels(Presentation(.zh)).first)
        let svg = SVGChart(panel, width: 340).element(id: "x", style: "y")
        let goal = try #require(svg.firstMatch(of: /<line [^>]*y1="([\d.]+)"[^>]*class="goal"/))
        let value = try #require(svg.firstMatch(of: /y="([\d.]+)"[^>]*>88\.0%/))
        let height = try #require(Double(value.1)), line = try #require(Double(goal.1))
        #expect(height < line)
    }

    @Test("One target is a straight line with its number; different ones are ticks, never joined",
          arguments: [ChartKind.bar, .column, .line])
    func targets(kind: ChartKind) throws {
        func drawn(_ targets: [Double]) throws -> String {
            let chart = chart(kind, ["甲", "乙", "丙"], [[0.5, 0.6, 0.7]], targets: targets)
            let panel = try #require(chart.panels(Presentation(.zh)).first)
            return SVGChart(panel, width: 720).element(id: "x", style: "y")
        }
        let one = try drawn([0.8, 0.8, 0.8])
        #expect(one.contains(">目标 80.0%</text>") && !one.contains("tick"))
        let own = try drawn([0.8, 0.9, 0.55])
        #expect(own.contains(">各自的目标</text>"))
        // One in the legend, and each as long as the others.
        let ticks = own.matches(
            of: /x1="([\d.]+)" y1="([\d.]+)" x2="([\d.]+)" y2="([\d.]+)" class="goal tick"/)
        #expect(ticks.count == 4)
        for tick in ticks { #expect(kind == .bar ? tick.1 == tick.3 : tick.2 == tick.4) }
        #expect(own.matches(of: /class="halo"/).count == 4)
        #expect(own.matches(of: /<polyline/).count == (kind == .line ? 1 : 0))
    }

    /// The height of the letters themselves.
    private func letters(_ box: SVGSheet.Box) -> SVGSheet.Box {
        SVGSheet.Box(left: box.left, top: box.top + 2, right: box.right, bottom: box.bottom - 3)
    }

    @Test func element() {
        let chart = chart(.bar, ["<b>&\"甲\""], [[0.5]], targets: [0.75])
        let panel = chart.panels(Presentation(.zh))[0]
        let text = SVGChart(panel, width: 720).element(id: "f1", style: "on-page")
        #expect(text.hasPrefix("<svg class=\"on-page\" role=\"img\" aria-labelledby=\"f1-t f1-d\""))
        #expect(text.contains("<title id=\"f1-t\">各单位比率</title>"))
        #expect(text.contains("最高 &lt;b&gt;&amp;&quot;甲&quot; 50.0%"))
        #expect(text.contains(">&lt;b&gt;&amp;&quot;甲&quot;</text>"))
        #expect(text.contains("class=\"goal\"") && text.contains(">目标 75.0%</text>"))
    }

    @Test("The height grows with the bars")
    func height() {
        let heights = [3, 30].map { count in
            SVGChart(manyUnits(count).panels(Presentation(.zh))[0], width: 720).sheet.height
        }
        #expect(heights[1] > 27 * 18 + heights[0])
    }

    @Test("Every drawing is well formed")
    func wellFormed() {
        for chart in oddCharts {
            for panel in chart.panels(Presentation(.en)) where !panel.isEmpty {
                let text = SVGChart(panel, width: 340).element(id: "x", style: "y")
                #expect(isWellFormed(text))
                #expect(!text.contains(/="[^"]*(nan|inf)[^"]*"/))
            }
        }
    }

    /// Each tag that opens closes in its turn.
    private func isWellFormed(_ text: String) -> Bool {
        var open: [Substring] = []
        for tag in text.matches(of: /<(\/?)([a-z]+)[^<>]*?(\/?)>/) {
            if !tag.output.1.isEmpty {
                guard open.popLast() == tag.output.2 else { return false }
            } else if tag.output.3.isEmpty {
                open.append(tag.output.2)
            }
        }
        return open.isEmpty
    }
}
