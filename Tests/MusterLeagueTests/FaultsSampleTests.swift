import Foundation
@testable import MusterLeague
import MusterStore
import Testing

/// The sample with faults has the rejects that the samples' text promises, and no others.
struct FaultsSampleTests {
    private static let samples = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "samples")

    private struct Fault: Hashable, Comparable, CustomStringConvertible {
        let table: String
        let line: Int
        let field: String
        let reason: RejectReason

        var description: String { "\(table) \(line) \(field) \(reason)" }
        static func < (a: Fault, b: Fault) -> Bool { (a.table, a.line) < (b.table, b.line) }
    }

    /// The rows of the text's table: `| teams | 8 | unit | 引用不存在 unknown reference |`.
    private static func promised() throws -> [Fault] {
        let text = try String(contentsOf: samples.appending(path: "README.md"), encoding: .utf8)
        return try text.split(separator: "\n").compactMap { line in
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            guard cells.count == 4, let number = Int(cells[1]) else { return nil }
            let reasons = RejectReason.allCases.filter {
                cells[3].hasPrefix($0.term.zh) && cells[3].contains($0.term.en)
            }
            try #require(reasons.count == 1, "\(line)")
            return Fault(table: cells[0], line: number, field: cells[2] == "–" ? "" : cells[2],
                         reason: reasons[0])
        }
    }

    @Test func theFaultsAreThoseOfTheText() throws {
        let snapshot = try SnapshotLoader(schema: League.schema)
            .load(Self.samples.appending(path: "faults.json").path)
        let found = try snapshot.rejects.map { reject in
            let reason = RejectReason.allCases.first { $0.term == reject.reason }
            return Fault(table: reject.table == People.table ? "members" : reject.table,
                         line: reject.line, field: reject.field, reason: try #require(reason))
        }
        let promised = try Self.promised()
        #expect(promised.count == 35)
        #expect(found.sorted() == promised.sorted())
        #expect(Set(found.map(\.reason)) == Set(RejectReason.allCases))
        #expect(snapshot.rejects.allSatisfy { $0.file == "faults.json" && !$0.raw.isEmpty })
    }
}
