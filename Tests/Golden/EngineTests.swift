import Foundation
import MusterEngine
import TestEngines
import TestPostgres
import Testing

/// The golden cases once more, over the same snapshots whose rows stand in a database: what is
/// printed is the same.
struct EngineTests {
    /// Cases that are about files, or about where rows are: what they say differs with the place.
    static let apart: Set<String> = []

    @Test("golden in a database", .enabled(if: TestPostgres.isWanted), arguments: GoldenTests.all)
    func thoroughPostgres(_ one: GoldenTests.Case) throws {
        let file = GoldenFile(try String(contentsOfFile: one.path, encoding: .utf8))
        let outcomes = try GoldenRun(file, named: "postgres/" + one.testDescription) {
            try RemoteBooks.postgres($0)
        }.outcomes()
        for (block, outcome) in zip(file.blocks, outcomes) where outcome.lines != block.expected {
            Issue.record("""
                \(block.text)
                \(GoldenTests.difference(from: block.expected, to: outcome.lines))
                """)
        }
    }
}
