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

    /// The height of the letters themselves.
    private func letters(_ box: SVGSheet.Box) -> SVGSheet.Box {
        SVGSheet.Box(left: box.left, top: box.top + 2, right: box.right, bottom: box.bottom - 3)
    }

    @Test func element() {
        let chart = chart(.bar, ["<b>&\"甲\""], [[0.5]], targets: [0.75])
        let panel = chart.panels(Presentation(.zh))[0]
        let text = SVGChart(panel, width: 720).element(id: "f1", style: "on-page")
        #expect(text.hasPrefix("<svg class=\"on-page\" role=\"img\" aria-labelledby=\"f1-t f1-d\""))
        #expect(text.contains("<title id=\"f1-t\">比率（按单位）</title>"))
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
