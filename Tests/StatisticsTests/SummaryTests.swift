import MusterValues
import MusterDiagnostics
import MusterReport
import MusterStore
import Testing

/// The summary in words of S17: every figure of it stands in the tables below.
@Suite struct SummaryTests {
    private static func summary(_ report: Report) -> [Message] {
        let from = report.blocks.drop { block in
            if case .heading(let text, 2) = block { text.zh != "总体情况" } else { true }
        }.dropFirst()
        return from.prefix { if case .heading = $0 { false } else { true } }.compactMap {
            if case .text(let text) = $0 { text } else { nil }
        }
    }

    /// The row of totals, by the columns' names.
    private static func total(_ table: ResultTable) -> [String: String] {
        guard let row = table.totalRows.min() else { return [:] }
        return Dictionary(table.columns.indices.map {
            (table.columns[$0].name.en, table.shown(row: row, column: $0, .zh))
        }) { first, _ in first }
    }

    @Test(arguments: ["small", "city", "city-2015"])
    func everyFigureStandsInATable(_ sample: String) throws {
        let report = try DocumentTests.report("year-end", sample).report
        let texts = Self.summary(report), tables = report.tables
        let progress = tables[0], whole = Self.total(progress), due = Self.total(tables[1])
        let said = texts.map(\.zh).joined(separator: "\n")
        func figure(_ table: [String: String], _ name: String) -> String { table[name] ?? "?" }
        #expect(said.contains("在册团员 \(figure(whole, "of")) 人，其中注册志愿者 "
                              + "\(figure(whole, "n")) 人，注册率 \(figure(whole, "rate"))，"))
        if figure(whole, "met") == "否" {
            let gap = figure(whole, "gap").drop { $0 == "−" }
            let points = gap.hasSuffix(".0") ? gap.dropLast(2) : gap
            #expect(said.contains("低 \(points) 个百分点，"
                                  + "还需注册 \(figure(whole, "short")) 人"))
        } else {
            #expect(said.contains("，达到 2015 年 \(figure(whole, "target")) 的目标"))
        }
        let met = try #require(progress.columns.firstIndex { $0.name.en == "met" })
        let judged = (0..<progress.rowCount).filter {
            progress.isOrdinary($0) && progress.cells[met][$0] != .none
        }
        let good = judged.count { progress.cells[met][$0] == .bool(true) }
        #expect(said.contains("单位 \(judged.count) 个，达到目标的 \(good) 个，"
                              + "没有达到的 \(judged.count - good) 个"))
        #expect(said.contains("\(figure(due, "of")) 人，已注册 \(figure(due, "n")) 人，占 "
                              + "\(figure(due, "rate"))，尚未注册 \(figure(due, "short")) 人"))
        let months = try #require(tables.first { $0.columns[0].name.en == "month" })
        let running = months.shown(row: months.rowCount - 1, column: 2, .zh)
        #expect(said.contains("新注册 \(running) 人"))
        let active = try #require(tables.first {
            $0.columns.contains { $0.name.en == "none_served" }
        })
        let served = Self.total(active)
        #expect(said.contains("\(figure(served, "enough")) 人，占 \(figure(served, "share"))"))
        #expect(said.contains("没有认定时长的 \(figure(served, "none_served")) 人"))
        // In English the same figures, and none is left open.
        for text in texts {
            let chinese = Self.figures(text.zh), english = Self.figures(text.en)
            #expect(!text.zh.contains("{") && !text.en.contains("{") && !text.zh.contains("–"))
            #expect(chinese == english)
        }
    }

    /// The numbers of a sentence; a day and a month that Chinese writes out are one.
    private static func figures(_ text: String) -> [String] {
        let days = text.replacing(/([0-9]{4})年([0-9]+)月(?:([0-9]+)日)?/) { found in
            ([found.output.1, found.output.2, found.output.3 ?? ""])
                .filter { !$0.isEmpty }.map { $0.count == 1 ? "0\($0)" : String($0) }
                .joined(separator: "-")
        }
        return days.matches(of: /[-+]?[0-9][0-9.%-]*[0-9]%?|[0-9]/).map { String($0.output) }.sorted()
    }

    @Test func beforeTheCampaignNothingIsSaidOfIt() throws {
        let day = try #require(CivilDay.number(2015, 5, 20))
        let texts = Self.summary(try DocumentTests.report("year-end", "small", asOf: day).report)
        #expect(texts.count == 5 && !texts.contains { $0.zh.contains("集中注册") })
    }

    @Test func ofAYearWithoutATargetNoneIsSpokenOf() throws {
        let report = try DocumentTests.report("year-end", "city", given: ["year": "2014"]).report
        let said = Self.summary(report).map(\.zh).joined()
        #expect(said.contains("注册率 10.9%。") && !said.contains("目标"))
    }
}
