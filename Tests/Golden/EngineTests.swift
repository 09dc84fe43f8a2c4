import Foundation
import MusterEngine
import TestEngines
import Testing

/// The golden cases once more, over the same snapshots whose rows stand in a database: what is
/// printed is the same.
struct EngineTests {
    /// Statements that say how many rows a table has that, in memory, nothing has worked out yet.
    static let apart: Set<String> = ["tables", "表格"]

    @Test("golden in a database", .enabled(if: RemoteBooks.Engine.postgres.isWanted),
          arguments: GoldenTests.all)
    func thoroughPostgres(_ one: GoldenTests.Case) throws { try compare(one, .postgres) }

    /// A query takes Spark a second where it takes others a few thousandths: all cases where the
    /// engines are demanded, those of some folders where MUSTER_SPARK_CASES names them
    /// (`chinese,edges`), else those of one file.
    static let overSpark = GoldenTests.all.filter { one in
        let environment = ProcessInfo.processInfo.environment
        if let folders = environment["MUSTER_SPARK_CASES"] {
            return folders.split(separator: ",").contains { one.path.contains("/cases/\($0)/") }
        }
        return RemoteBooks.areDemanded
            || one.path.hasSuffix("/totals/totals.test")
    }

    @Test("golden over Spark", .enabled(if: RemoteBooks.Engine.spark.isWanted),
          arguments: overSpark)
    func thoroughSpark(_ one: GoldenTests.Case) throws { try compare(one, .spark) }

    private func compare(_ one: GoldenTests.Case, _ engine: RemoteBooks.Engine) throws {
        let file = GoldenFile(try String(contentsOfFile: one.path, encoding: .utf8))
        let shelf = engine == .spark ? "sparks" : "postgr"
        let outcomes = try GoldenRun(file, named: one.testDescription, in: shelf) {
            try RemoteBooks.placed($0, in: engine)
        }.outcomes()
        for (block, outcome) in zip(file.blocks, outcomes) {
            let lines = outcome.lines.map {
                $0.replacingOccurrences(of: ".build/\(shelf)/", with: ".build/golden/")
            }
            guard lines != block.expected, !Self.apart.contains(block.text) else { continue }
            Issue.record("""
                \(block.text)
                \(GoldenTests.difference(from: block.expected, to: lines))
                """)
        }
    }
}
