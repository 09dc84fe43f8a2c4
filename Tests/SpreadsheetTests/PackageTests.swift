import Foundation
import FoundationXML
import MusterDiagnostics
import MusterStore
import Testing
@testable import MusterReport
@testable import MusterShell

/// What is inside a workbook: all that makes Excel offer to repair one, and the kinds of cells.
@Suite("Workbooks from within")
struct PackageTests {
    private static let script = """
        title "各单位进展：2017" "Progress: 2017"
        section "比率" "Rates"
        members | rate registered by unit.district | against target
        | chart bar unit.district rate | total
        section "历年" "Years"
        members over years 2015..2017 | rate registered by year | against target
        | chart line year rate
        section "类别" "Kinds"
        members | rate registered by unit.kind | against target | chart column unit.kind rate
        section "比率" "Rates"
        members | select name, birth, joined, hours, registered | take 20
        """

    private static func package(_ language: Language) throws -> Package {
        let session = try Reports.session()
        return try Package(Reports.workbook(Reports.report(of: script, session), language))
    }

    @Test("The same report is the same file")
    func sameBytes() throws {
        let first = try Reports.session(), second = try Reports.session()
        for script in ["progress", "years"] {
            let one = try Reports.workbook(Reports.report(script, first), .zh)
            let other = try Reports.workbook(Reports.report(script, second), .zh)
            #expect(one == other)
        }
        let package = try Self.package(.zh)
        #expect(package["docProps/core.xml"].contains(">2017-12-31T12:00:00Z</dcterms:created>"))
    }

    @Test("Every part is well-formed, and every part that is named is there")
    func parts() throws {
        let package = try Self.package(.zh)
        for name in package.names {
            let parser = XMLParser(data: Data(package[name].utf8))
            #expect(parser.parse(), "\(name)")
        }
        for match in package["[Content_Types].xml"].matches(of: /PartName="\/([^"]*)"/) {
            #expect(!package[String(match.1)].isEmpty, "\(match.1)")
        }
    }

    @Test("Sheet names are valid, and charts and names point to sheets that are there")
    func sheetNames() throws {
        let package = try Self.package(.en)
        let names = package.sheetNames
        #expect(names == ["Rates", "Rates chart", "Years", "Kinds", "Rates (2)", "Chart data"])
        #expect(Set(names.map { $0.lowercased() }).count == names.count)
        #expect(names.allSatisfy { $0.utf16.count <= 31 && !$0.contains(/[\[\]:*?\/\\]/) })
        let charts = package.parts("xl/charts/chart")
        #expect(charts.count == 3)
        for part in charts + [package["xl/workbook.xml"]] {
            for match in part.matches(of: /'([^'!<>]+)'!\$/) {
                #expect(names.contains(String(match.1)))
            }
        }
    }

    @Test("No cells are merged twice, no formula is written, nothing is wider than the window")
    func cells() throws {
        let package = try Self.package(.zh)
        for sheet in package.parts("xl/worksheets/sheet") {
            let merged = sheet.matches(of: /<mergeCell ref="A(\d+):[A-Z]+(\d+)"/)
            #expect(Set(merged.map(\.1)).count == merged.count)
            #expect(merged.allSatisfy { $0.1 == $0.2 })
            #expect(!sheet.contains("<f>"))
            let widths = sheet.matches(of: /<col [^>]*width="([0-9.]+)"/).compactMap {
                Double(String($0.1))
            }
            #expect(widths.allSatisfy { (4...60).contains($0) })
        }
    }

    @Test("Days and percentages are numbers with a format of their own")
    func formats() throws {
        let package = try Self.package(.zh)
        let styles = Styles(package["xl/styles.xml"])
        let sheets = package.parts("xl/worksheets/sheet")
        // The rate of the first unit, and its total at the foot.
        #expect(styles.format(of: "D7", sheets[0]) == "0.0%")
        #expect(Self.value("D7", sheets[0]).map { $0 > 0.9 && $0 < 0.95 } == true)
        #expect(styles.format(of: "F7", sheets[0]) == "+0.0;-0.0;0.0")
        #expect(Self.value("F7", sheets[0]).map { $0 < -1 } == true)
        // The day of birth.
        #expect(styles.format(of: "B5", sheets[4]) == "yyyy-mm-dd")
        #expect(Self.value("B5", sheets[4]).map { $0 > 30_000 && $0 < 40_000 } == true)
        #expect(styles.format(of: "D5", sheets[4])
                == "[&gt;=10000]#,##0.00;[&lt;=-10000]-#,##0.00;0.00")
        let strings = package["xl/sharedStrings.xml"]
        #expect(strings.contains("<t>合计</t>") && !strings.contains(">2017-12-31<"))
    }

    @Test("The head stays in sight and on every page, filters leave the total out")
    func heads() throws {
        let package = try Self.package(.zh)
        let first = package.parts("xl/worksheets/sheet")[0]
        #expect(first.contains(#"<pane ySplit="6" topLeftCell="A7""#))
        let names = package["xl/workbook.xml"]
        #expect(names.contains(#"_xlnm.Print_Titles" localSheetId="0">比率!$5:$6<"#)
                || names.contains(#"_xlnm.Print_Titles" localSheetId="0">'比率'!$5:$6<"#))
        let cells = first.matches(of: /<row r="(\d+)".*?<\/row>/).reduce(into: [Int: Int]()) {
            $0[Int(String($1.1)) ?? 0] = String($1.0).components(separatedBy: "<c ").count - 1
        }
        let filter = first.firstMatch(of: /<autoFilter ref="A6:[A-Z]+(\d+)"/)
            .flatMap { Int(String($0.1)) }
        // Behind the last unit comes the total, as wide as the head, and no other row of figures.
        let head = try #require(cells[6]), last = try #require(filter)
        #expect(cells[last] == head && cells[last + 1] == head)
        // Only a remark under the table may follow, across all its columns.
        #expect(cells[last + 2] == nil || first.contains(#"mergeCell ref="A\#(last + 2):"#))
    }

    @Test("Targets: a line over columns and across bars, a series of a line chart")
    func targets() throws {
        let package = try Self.package(.zh), charts = package.parts("xl/charts/chart")
        #expect(charts[0].contains(#"<c:barDir val="bar"/>"#))
        #expect(charts[0].contains(#"<c:overlap val="100"/>"#))
        // The target is a straight trend through bars that do not show, to both ends.
        #expect(charts[0].contains(/<c:trendline>\s*<c:name>目标/))
        #expect(charts[0].contains(#"<c:trendlineType val="linear"/>"#))
        #expect(charts[0].contains(#"<c:forward val="0.5"/>"#))
        #expect(charts[0].contains(#"<c:backward val="0.5"/>"#))
        // Those furthest short of more than thirty, equals not cut apart.
        #expect(charts[0].contains(#"<c:ptCount val="29"/>"#))
        #expect(package["xl/sharedStrings.xml"].contains("个中差距最大的 29 个；另有 "))
        #expect(charts[1].contains("<c:lineChart>") && !charts[1].contains("<c:barChart>"))
        #expect(charts[2].contains("<c:barChart>") && charts[2].contains("<c:lineChart>"))
        // Both kinds stand on the same axes, and cells of both are cached.
        let ids = charts[2].matches(of: /<c:axId val="(\d+)"\/>/).map { String($0.1) }
        #expect(Set(ids).count == 2 && ids.count == 6)
        #expect(charts[2].matches(of: /<c:numCache>/).count == 2)
        #expect(charts[2].contains(">目标 95.0%<"))
        // Targets of their own are points that nothing joins.
        let own = try #require(charts[1].split(separator: "<c:ser>").last)
        #expect(own.contains("各自的目标") && own.contains("<a:noFill/>"))
        #expect(own.contains(#"<c:symbol val="diamond"/>"#))
    }

    @Test("Series differ by hatch, dash and point, not by colour alone")
    func manySeries() throws {
        let script = ["line", "column"].map {
            "members over years 2012..2017 | where unit.kind != bureau and unit.kind != district "
                + "| rate registered by year, unit.kind | chart \($0) year rate\n"
        }.joined()
        let session = try Reports.session()
        let package = try Package(Reports.workbook(Reports.report(of: script, session), .en))
        let charts = package.parts("xl/charts/chart").map {
            $0.split(separator: "<c:ser>").dropFirst()
        }
        #expect(charts.map(\.count) == [8, 8])
        func distinct(_ series: ArraySlice<Substring>,
                      _ marks: Regex<(Substring, Substring)>) -> Int {
            Set(series.map { $0.firstMatch(of: marks)?.1 ?? "none" }).count
        }
        #expect(distinct(charts[0], /<a:prstDash val="([^"]*)"/) == 8)
        #expect(distinct(charts[0], /<c:symbol val="([^"]*)"/) == 4)
        #expect(distinct(charts[1], /<a:pattFill prst="([^"]*)"/) == 8)
        for series in charts { #expect(distinct(series, /<a:srgbClr val="([^"]*)"/) == 8) }
    }

    @Test("Charts bear their values, and show what stands on a sheet that is hidden")
    func shownInCharts() throws {
        let package = try Self.package(.zh)
        for chart in package.parts("xl/charts/chart") {
            #expect(chart.contains(#"<c:showVal val="1"/>"#))
            #expect(!chart.contains("plotVisOnly"))
            // The target's number is in its name, not at each of its points.
            let target = try #require(chart.split(separator: "<c:ser>").last)
            #expect(!target.contains(#"<c:showVal val="1"/>"#))
        }
        #expect(package["xl/workbook.xml"].contains(/name="图表数据"[^>]*state="hidden"/))
    }

    @Test("Under a ranked chart stands who has no rank and is left out; every page is numbered")
    func leftOut() throws {
        let session = try Reports.session("small")
        let package = try Package(Reports.workbook(Reports.report("progress", session), .zh))
        #expect(package["xl/sharedStrings.xml"].contains("没有名次的 1 个不在图中。"))
        for sheet in package.parts("xl/worksheets/sheet") {
            #expect(sheet.contains("第 &amp;P 页，共 &amp;N 页"))
        }
    }

    @Test("What would be read as a character's number is kept from it")
    func escapes() {
        #expect(cellText("_x0041_ _x00e9_ _xyz_ x_x") == "_x005F_x0041_ _x005F_x00e9_ _xyz_ x_x")
        #expect(cellText(String(repeating: "团", count: 40_000)).utf16.count == 32_767)
        #expect(cellText(String(repeating: "_x0041_", count: 4_000)).utf16.count <= 32_767)
        #expect(cellText("a\u{0}b\u{202e}") == #"a\u{0}b\u{202e}"#)
    }

    private static func value(_ cell: String, _ sheet: String) -> Double? {
        let attributes = sheet.firstMatch(of: try! Regex(
            "<c r=\"\(cell)\"[^>]*><v>([^<]*)</v>"))
        return attributes?.output[1].substring.flatMap { Double(String($0)) }
    }
}

/// The formats of a workbook's cells.
private struct Styles {
    private let formats: [String: String]
    private let cells: [String]

    init(_ xml: String) {
        formats = xml.matches(of: /<numFmt numFmtId="(\d+)" formatCode="([^"]*)"/)
            .reduce(into: ["0": "General"]) { $0[String($1.1)] = String($1.2) }
        let start = xml.range(of: "<cellXfs")?.lowerBound ?? xml.endIndex
        cells = xml[start...].matches(of: /<xf numFmtId="(\d+)"/).map { String($0.1) }
    }

    func format(of cell: String, _ sheet: String) -> String? {
        let style = try? Regex("<c r=\"\(cell)\" s=\"([0-9]+)\"").firstMatch(in: sheet)
        guard let text = style?.output[1].substring, let index = Int(String(text)),
              index < cells.count else { return nil }
        return formats[cells[index]]
    }
}
