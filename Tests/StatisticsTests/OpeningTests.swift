import Foundation
import MusterDiagnostics
import MusterReport
import MusterStore
import Testing

/// Every statistic is a page that can be signed: it begins with its answer, the figures come
/// before their definitions, nothing on it speaks of the program, and no bulletin names anybody.
@Suite struct OpeningTests {
    /// A city, a district and a university.
    static let scopes = ["small", "small@和平区团委", "city@南开大学团委"]
    /// Made for the persons whom they list.
    static let aboutPersons: Set = ["awards", "follow-up", "reconcile"]

    /// What stands between the title and the first table or chart.
    static func opening(_ report: Report) -> [Message] {
        report.blocks.prefix {
            switch $0 {
            case .table, .chart, .notes, .provenance: false
            default: true
            }
        }.compactMap { if case .text(let text) = $0 { text } else { nil } }
    }

    /// The numbers of people, and the percentages, that a sentence states.
    private static func figures(_ sentence: String) -> [String] {
        sentence.matches(of: /([0-9][0-9,.]*%)|([0-9][0-9,]*) (?:人|处)/).map {
            String($0.output.1 ?? $0.output.2 ?? "")
        }
    }

    /// Every value of the report's tables as it is shown.
    private static func shownValues(_ report: Report) -> Set<String> {
        var values: Set<String> = []
        for table in report.tables {
            for row in 0..<table.rowCount {
                for column in table.columns.indices {
                    values.insert(table.shown(row: row, column: column, .zh))
                }
            }
        }
        return values
    }

    @Test(arguments: DocumentTests.all + DocumentTests.lists, scopes)
    func everyPageCanBeSigned(_ script: String, _ sample: String) throws {
        let report = try DocumentTests.report(script, sample).report
        try expectTheAnswerFirst(report)
        try expectTitles(report)
        expectNothingOfTheProgram(report)
    }

    /// The first sentence's figures stand in the tables.
    private func expectTheAnswerFirst(_ report: Report) throws {
        let opening = Self.opening(report)
        let first = try #require(opening.first)
        #expect(!report.blocks.contains {
            if case .text(let text) = $0 { text.zh.hasPrefix("口径") } else { false }
        })
        for text in opening {
            #expect(text.zh.hasSuffix("。") && text.en.hasSuffix("."), "\(text.en)")
            #expect(!text.zh.contains("–") && !text.en.contains("–"), "\(text.zh)")
        }
        let values = Self.shownValues(report)
        for figure in Self.figures(first.zh) where !figure.hasPrefix("95.") {
            #expect(values.contains(figure), "\(figure) of: \(first.zh)")
        }
    }

    private func expectTitles(_ report: Report) throws {
        for table in report.tables {
            let title = try #require(table.title, "\(table.columns.map(\.name.en))")
            #expect(!title.zh.isEmpty && title.zh != title.en && !title.zh.contains("按单位"))
        }
    }

    private func expectNothingOfTheProgram(_ report: Report) {
        var said: [String] = []
        for block in report.blocks {
            switch block {
            case .heading(let text, _), .text(let text): said += [text.zh, text.en]
            case .notes(let notes): said += notes.flatMap { [$0.zh, $0.en] }
            case .table(let table):
                said += table.columns.flatMap { column in
                    let heading = column.label ?? column.name
                    return [heading.zh, heading.en]
                }
                for row in 0..<table.rowCount {
                    for column in table.columns.indices {
                        said += [Language.zh, .en].map {
                            table.shown(row: row, column: column, $0)
                        }
                    }
                }
            default: break
            }
        }
        for mark in ["（空）", "(none)", ">=", "<=", "`", "{", "validate", "快照", "snapshot",
                     "set stars", "=FILE", "=文件"] {
            let found = said.first { $0.contains(mark) }
            #expect(found == nil, "\(mark) in: \(found ?? "")")
        }
    }

    private static func persons(_ sample: String) throws -> Set<String> {
        let text = try String(contentsOfFile: Project.path("samples/\(sample)/members.ndjson"),
                              encoding: .utf8)
        return Set(text.matches(of: /"name": ?"([^"]+)"/).map { String($0.output.1) })
    }

    private static func named(_ report: Report, _ persons: Set<String>) -> Set<String> {
        Set(report.tables.flatMap { $0.cells.flatMap(\.self) }.compactMap {
            if case .text(let text) = $0, persons.contains(text) { text } else { nil }
        })
    }

    @Test(arguments: DocumentTests.all.filter { !aboutPersons.contains($0) }, ["small", "city"])
    func nobodyIsNamedUnlessTheListIsAskedFor(_ script: String, _ sample: String) throws {
        let report = try DocumentTests.report(script, sample).report
        #expect(Self.named(report, try Self.persons(sample)) == [])
    }

    @Test(arguments: ["priority-groups", "stars", "nomination"])
    func theListIsThereWhereItIsAskedFor(_ script: String) throws {
        let persons = try Self.persons("city")
        let given = ["names": "true", "unit": "滨海新区团委"]
        let list = try DocumentTests.report(script, "city", given: given).report
        #expect(!Self.named(list, persons).isEmpty)
    }
}
