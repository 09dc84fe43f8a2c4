import Foundation
import MusterDiagnostics
import MusterStore
import Testing
@testable import MusterReport

/// Contrast after WCAG, by relative luminance: what is left of colours in grey.
@Suite("Charts: colours can be told apart, in grey too")
struct ChartPaletteTests {
    /// The variables of the page on a light and a dark screen and in print.
    private let palettes: [[String: String]] = {
        HTMLStyle.text(.zh).matches(of: /:root \{([^}]*)\}/).map { block in
            block.1.matches(of: /--([a-z0-9]+): (#[0-9a-f]{3,6});/).reduce(into: [:]) {
                $0[String($1.1)] = String($1.2)
            }
        }
    }()

    private func luminance(_ colour: String) -> Double {
        var digits = Array(colour.dropFirst())
        if digits.count == 3 { digits = digits.flatMap { [$0, $0] } }
        let parts = [0, 2, 4].map { start -> Double in
            let value = Double(Int(String(digits[start...start + 1]), radix: 16) ?? 0) / 255
            return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    }

    private func contrast(_ one: String, _ other: String) -> Double {
        let lights = [luminance(one), luminance(other)].sorted()
        return (lights[1] + 0.05) / (lights[0] + 0.05)
    }

    @Test func contrasts() throws {
        #expect(palettes.count == 3)
        for palette in palettes {
            let names = ["paper", "ink", "quiet", "goal", "accent", "head", "total", "rule"]
                + (0..<8).map { "s\($0)" }
            try #require(names.allSatisfy { palette[$0] != nil })
            func colour(_ name: String) -> String { palette[name, default: "#000"] }
            let paper = colour("paper"), goal = colour("goal")
            for text in ["ink", "quiet", "goal", "accent"] {
                #expect(contrast(colour(text), paper) >= 4.5, "\(text)")
            }
            for ground in ["head", "total"] {
                #expect(contrast(colour("ink"), colour(ground)) >= 4.5)
                #expect(contrast(colour("quiet"), colour(ground)) >= 4.5)
            }
            #expect(contrast(colour("rule"), paper) >= 3)
            #expect(contrast(goal, paper) >= 3 && contrast(goal, colour("s0")) >= 3)
            let series = (0..<8).map { colour("s\($0)") }
            #expect(palette["s8"] == nil)
            for (number, one) in series.enumerated() {
                // So the rim of paper around a target's line stands out from every bar.
                #expect(contrast(one, paper) >= 3, "s\(number)")
                for other in series[..<number] {
                    #expect(contrast(one, other) >= 1.2, "s\(number) \(other)")
                }
            }
        }
        let style = HTMLStyle.text(.zh)
        #expect(style.contains("svg .halo { stroke: var(--paper); stroke-width: 5.5; }"))
        #expect(style.contains("svg .goal { stroke: var(--goal); stroke-width: 2;"))
    }

    @Test("Eight series differ by hatch, dash and point as well")
    func marks() throws {
        func drawn(_ kind: ChartKind) throws -> String {
            let chart = chart(kind, ["甲", "乙"], (0..<8).map { [0.1 * Double($0 + 1), 0.5] },
                              labels: (0..<8).map { Term("s\($0)") })
            let panel = try #require(chart.panels(Presentation(.zh)).first)
            return SVGChart(panel, width: 720).element(id: "f3", style: "y")
        }
        for kind in [ChartKind.bar, .column] {
            let svg = try drawn(kind)
            let hatches = svg.matches(of: /<pattern id="(f3-hatch-\d)".*?d="([^"]*)"/)
            #expect(Set(hatches.map { $0.1 }).count == 7 && Set(hatches.map { $0.2 }).count == 7)
            for hatch in hatches { #expect(svg.contains("fill=\"url(#\(hatch.1))\"")) }
            #expect(!svg.contains("url(#hatch"))
        }
        let line = try drawn(.line)
        for number in 0..<8 {
            #expect(line.contains("class=\"s\(number) path\""))
            let form = number < 4 ? "point\"" : "point hollow\""
            #expect(line.contains("class=\"s\(number) \(form)"))
        }
        let dashes = HTMLStyle.text(.zh).matches(
            of: /svg \.path\.s\d \{ stroke-dasharray: ([^;]*);/)
        #expect(Set(dashes.map { $0.1 }).count == 7)
    }
}
