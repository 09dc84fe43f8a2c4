import MusterValues
import MusterDiagnostics
import MusterStore
import Testing
@testable import MusterReport

@Suite("Charts in the terminal")
struct TerminalChartTests {
    private func drawn(_ chart: Chart, _ presentation: Presentation) -> String {
        TerminalChart.render(chart, presentation)
    }

    @Test func bars() {
        let chart = chart(.bar, districts, [[1, 0.5, nil]], targets: [0.95, 0.95, nil])
        #expect(drawn(chart, Presentation(.zh, width: 60)) == """
            各单位比率
            ┃ 目标 95.0%
            和平区团委                █████████████████████████┃█ 100.0%
            滨海新区团委              █████████████▌           ┃   50.0%
            市人力资源和社                                             –
            会保障局团委
                                      ┴────────────┴────────────┴
                                      0%          50%         100%

            """)
    }

    @Test("Plain ASCII where the terminal has nothing better")
    func ascii() {
        let chart = chart(.bar, ["a", "b"], [[0.4, -0.2], [0.1, 0.3]], display: .points)
        let text = drawn(chart, Presentation(.en, width: 40, isUTF8: false))
        #expect(text == """
            rate (points), last year (points) by
            unit
            # rate (points)   : last year (points)
            a            ##################### +40.0
                         :::::                 +10.0
            b  ##########                      -20.0
                         :::::::::::::::       +30.0
               +---------+---------+---------+
               -20       0        +20       +40

            """)
    }

    @Test func columns() {
        let chart = chart(.column, ["2015", "2016"], [[0.5, 1]], targets: [0.5, 0.75])
        #expect(drawn(chart, Presentation(.en, width: 60)) == """
            rate by unit
            ━ own target
                                       100.0%
            100% ┤                     ██████
                 │                     ██████
             80% ┤                     ██████
                 │                    ━━━━━━━━
                 │                     ██████
                 │                     ██████
             60% ┤     50.0%           ██████
                 │    ━━━━━━━━         ██████
                 │     ██████          ██████
             40% ┤     ██████          ██████
                 │     ██████          ██████
                 │     ██████          ██████
             20% ┤     ██████          ██████
                 │     ██████          ██████
                 │     ██████          ██████
              0% └────────────────────────────────
                        2015            2016

            """)
    }

    @Test func line() {
        let chart = chart(.line, ["2015-06", "2015-07", "2015-08"], [[10, nil, 30], [5, 6, 7]],
                          display: .count)
        #expect(drawn(chart, Presentation(.zh, width: 60)) == """
            各单位比率、上年
            ● 比率   ○ 上年
                                                  30
            30 ┤                                   ●
               │
               │
               │
               │
            20 ┤
               │
               │
               │
               │      10
            10 ┤       ●
               │                     6             7
               │       5      ·······○·············○
               │       ○······
               │
             0 └──────────────────────────────────────────
                    2015-06       2015-07       2015-08

            """)
    }

    @Test("No line is wider than the window, in any language, as UTF-8 or ASCII",
          arguments: [8, 12, 20, 40, 60, 100, 200])
    func fits(width: Int) {
        for chart in oddCharts {
            for language in Language.allCases {
                for utf8 in [true, false] {
                    let text = drawn(chart, Presentation(language, width: width, isUTF8: utf8))
                    for line in text.split(separator: "\n") where displayWidth(line) > width {
                        Issue.record("\(width): \(line)")
                    }
                    let plain = text.filter { "█▒▓░┃━│┤└┴●○·▏".contains($0) }
                    #expect(utf8 || plain.isEmpty)
                }
            }
        }
    }

    @Test("Where the terminal has ASCII only, all of every kind of chart is ASCII",
          arguments: [20, 60, 80])
    func asciiOnly(width: Int) {
        let names = (0..<8).map { Term("s\($0)") }
        for kind in [ChartKind.bar, .column, .line] {
            let charts = [
                chart(kind, ["a", "b", "c"], [[0.4, -0.2, nil]], targets: [0.3, 0.3, 0.3]),
                chart(kind, ["a", "b"], names.indices.map { [Double($0) / 10, 0.5] },
                      targets: [0.3, 0.9], labels: names),
                chart(kind, (0..<90).map { "u\($0)" }, [(0..<90).map { Double($0) / 100 }],
                      targets: (0..<90).map { _ in 0.5 }),
            ]
            for chart in charts {
                let text = drawn(chart, Presentation(.en, width: width, isUTF8: false))
                #expect(text.filter { !$0.isASCII }.isEmpty, "\(text)")
            }
        }
    }

    @Test("Eight series have a mark each, none of them the target's", arguments: [true, false])
    func marks(utf8: Bool) throws {
        let names = (0..<8).map { Term("s\($0)") }
        for kind in [ChartKind.bar, .column, .line] {
            let chart = chart(kind, ["a"], names.map { _ in [0.5] }, targets: [0.3], labels: names)
            let panel = try #require(chart.panels(Presentation(.en)).first)
            let drawing = TerminalChart(panel, Presentation(.en, width: 80, isUTF8: utf8))
            let marks = (0..<8).map { kind == .line ? drawing.point($0) : drawing.fill($0) }
            #expect(Set(marks + [drawing.goal]).count == 9)
        }
    }

    @Test("A value is left out rather than put on the target's line")
    func valueAndTarget() {
        let chart = chart(.column, ["a", "b"], [[0.9, 0.5]], targets: [0.95, 0.95])
        let text = drawn(chart, Presentation(.en, width: 40))
        for line in text.split(separator: "\n").dropFirst(2) where line.contains("━") {
            #expect(!line.drop { $0 != "━" }.contains("%"))
        }
        #expect(text.contains("90.0%") && text.contains("50.0%"))
    }

    @Test("Without a window as wide as is said, else 80 columns")
    func usualWidth() {
        func widest(_ presentation: Presentation) -> Int {
            drawn(chart(.bar, districts, [[0.9, 0.5, 0.1]]), presentation)
                .split(separator: "\n").map { displayWidth($0) }.max() ?? 0
        }
        #expect(widest(Presentation(.zh)) == 80)
        #expect(widest(Presentation(.zh, chartWidth: 50)) == 50)
        #expect(widest(Presentation(.zh, width: 60, chartWidth: 50)) == 60)
    }

    @Test("Every category that is drawn has its whole label", arguments: [24, 40, 80, 110])
    func labels(width: Int) {
        for kind in [ChartKind.bar, .column] {
            let text = drawn(chart(kind, districts, [[0.9, 0.5, 0.1]]),
                             Presentation(.zh, width: width))
            // A label may go on in the next line, and the middle of it stands below its column.
            for unit in districts {
                for character in unit { #expect(text.contains(character)) }
            }
            #expect(width < 80 || text.contains("滨海新区团委"))
        }
    }

    @Test func colours() {
        let chart = chart(.bar, districts, [[1, 0.5, nil], [0.3, 0.2, 0.1]],
                          targets: [0.95, 0.95, nil])
        let plain = drawn(chart, Presentation(.zh, width: 60))
        let coloured = drawn(chart, Presentation(.zh, width: 60, colour: true))
        #expect(!plain.contains("\u{1b}"))
        #expect(coloured.contains("\u{1b}[38;5;"))
        #expect(coloured.replacing(/\u{1b}\[[0-9;]*m/, with: "") == plain)
    }

    @Test("Markdown holds the drawing in a fence that no label can close")
    func markdown() throws {
        let chart = chart(.bar, ["````"], [[0.5]])
        let text = try text(MarkdownFormat(), Report([.chart(chart)]))
        #expect(text.hasPrefix("`````text\n"))
        #expect(text.hasSuffix("`````\n"))
    }

    @Test("A character of two columns is never halved")
    func canvas() {
        var canvas = TerminalCanvas(width: 6, height: 1)
        canvas.put("甲乙丙丁", 0, 0)
        canvas.put("x", 1, 0)
        canvas.put("y", 2, 0)
        canvas.put("戊", -1, 0)
        let style = TerminalStyle(Presentation(.zh))
        #expect(canvas.lines(style) == [" xy 丙"])
    }
}
