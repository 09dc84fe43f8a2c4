import Foundation
import MusterEngine
import TestEngines
import TestPostgres
import Testing

/// The golden cases once more, over the same snapshots whose rows stand in a database: what is
/// printed is the same.
struct EngineTests {
    /// Statements that say how many rows a table has that, in memory, nothing has worked out yet.
    static let apart: Set<String> = ["tables", "表格"]

    @Test("golden in a database", .enabled(if: TestPostgres.isWanted), arguments: GoldenTests.all)
    func thoroughPostgres(_ one: GoldenTests.Case) throws {
        let file = GoldenFile(try String(contentsOfFile: one.path, encoding: .utf8))
        let outcomes = try GoldenRun(file, named: one.testDescription, in: "postgr") {
            try RemoteBooks.postgres($0)
        }.outcomes()
        for (block, outcome) in zip(file.blocks, outcomes) {
            let lines = outcome.lines.map {
                $0.replacingOccurrences(of: ".build/postgr/", with: ".build/golden/")
            }
            guard lines != block.expected, !Self.apart.contains(block.text) else { continue }
            Issue.record("""
                \(block.text)
                \(GoldenTests.difference(from: block.expected, to: lines))
                """)
        }
    }
}
