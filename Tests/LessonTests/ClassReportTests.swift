import Foundation
import MusterDiagnostics
import MusterStore
@testable import MusterShell
import Testing

/// What a trainer sees of a class.
struct ClassReportTests {
    private func learner(_ name: String, _ lessons: String) throws -> ClassReport.Learner {
        let text = "{\"format\": \"muster-lessons/1\", \"learner\": \"x\", \"lessons\": {"
            + lessons + "}}"
        return .init("/a/\(name).json",
                     try JSONDecoder().decode(LessonProgress.self, from: Data(text.utf8)))
    }

    private func report() throws -> ClassReport {
        ClassReport([
            try learner("fang", """
                "where": {"step": 1, "solved": [0], "hints": 2, "wrong": 4,
                  "changed": "2015-06-02 09:20", "steps": {
                    "0": {"wrong": 1, "begun": "2015-06-02 09:00"},
                    "1": {"wrong": 3, "hints": 2, "begun": "2015-06-02 09:11"}}}
                """),
            try learner("qiang", """
                "where": {"step": 1, "solved": [0], "changed": "2015-06-02 09:24",
                  "steps": {"1": {"begun": "2015-06-02 09:22"}}},
                "test": {"step": 10, "finished": "2015-06-02", "marks": [40, 82], "shown": [2]}
                """),
            try learner("old", "\"rate\": {\"step\": 2, \"solved\": [0, 1]}"),
        ], order: ["where", "rate", "test"])
    }

    private func rows(_ table: ResultTable) -> [[Cell]] {
        (0..<table.rowCount).map { row in table.cells.map { $0[row] } }
    }

    @Test func whereEachIs() throws {
        #expect(rows(try report().places) == [
            [.text("fang"), .text("where"), .integer(2), .integer(3), .integer(2),
             .text("2015-06-02 09:11"), .integer(13), .bool(true)],
            [.text("qiang"), .text("where"), .integer(2), .integer(0), .integer(0),
             .text("2015-06-02 09:22"), .integer(2), .bool(false)],
            [.text("old"), .text("rate"), .integer(3), .integer(0), .integer(0), .none, .none,
             .bool(false)],
        ])
    }

    @Test func whatEachStepTook() throws {
        func row(_ lesson: String, _ numbers: [Int64]) -> [Cell] {
            [.text(lesson)] + numbers.map { .integer($0) }
        }
        #expect(rows(try report().steps) == [
            row("where", [1, 0, 0, 2, 1, 0, 0, 0]),
            row("where", [2, 2, 1, 0, 3, 2, 0, 0]),
            row("rate", [3, 1, 0, 0, 0, 0, 0, 0]),
            row("test", [3, 0, 0, 0, 0, 0, 1, 0]),
        ])
    }

    @Test("the newest mark stands with its learner")
    func marks() throws {
        let table = try report().table
        let mark = try #require(table.columns.firstIndex { $0.name.en == "mark" })
        #expect(table.cells[mark] == [.none, .integer(82), .none])
    }

    @Test("moments and steps that make no sense do no harm")
    func rubbish() throws {
        let report = ClassReport([try learner("a", """
            "rate": {"step": 1, "changed": "soon", "shown": [-3, 9223372036854775807],
              "steps": {"1": {"begun": "2015-13-99 99:99", "wrong": -4},
                "-7": {"wrong": 9223372036854775807}}}
            """)])
        #expect(rows(report.places) == [[.text("a"), .text("rate"), .integer(2), .integer(0),
                                         .integer(0), .text("2015-13-99 99:99"), .none,
                                         .bool(false)]])
        #expect(rows(report.steps).count == 1)
    }
}
