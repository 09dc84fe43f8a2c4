import Foundation
import MusterReference
import TestEngines
import Testing

/// Random queries over the same snapshots, in memory and with their rows in a database: the same
/// answers, or the database says that it cannot.
@Suite struct DatabaseTests {
    struct Tally {
        /// `pushed`: those for which the database was asked.
        var same = 0, refused = 0, pushed = 0
        var different: [String] = []
    }

    static let wanted = ProcessInfo.processInfo.environment["MUSTER_DATABASE_QUERIES"]
        .flatMap { Int($0) }

    @Test("The same in a database", .enabled(if: RemoteBooks.Engine.postgres.isWanted))
    func thoroughQueries() throws {
        try Self.demandSame(try Self.run(.postgres, 40_000..<40_008, queriesEach: 60))
    }

    @Test("The same over Spark", .enabled(if: RemoteBooks.Engine.spark.isWanted
        && RemoteBooks.areDemanded))
    func thoroughSparkQueries() throws {
        try Self.demandSame(try Self.run(.spark, 50_000..<50_001, queriesEach: 60))
    }

    private static func demandSame(_ tally: Tally) throws {
        for difference in tally.different { Issue.record("\(difference)") }
        #expect(tally.refused * 10 < tally.same, "\(tally.refused) refused, \(tally.same) the same")
    }

    /// `MUSTER_DATABASE_QUERIES=10000`; `MUSTER_RANDOM_SEED` for others, `MUSTER_DATABASE=spark`
    /// for Spark.
    @Test("As many queries as asked for", .enabled(if: wanted != nil))
    func thoroughLongRun() throws {
        let first = ProcessInfo.processInfo.environment["MUSTER_RANDOM_SEED"]
            .flatMap { Int($0) } ?? 41_000
        let isSpark = ProcessInfo.processInfo.environment["MUSTER_DATABASE"] == "spark"
        let count = max(1, (Self.wanted ?? 0) / 250)
        let tally = try Self.run(isSpark ? .spark : .postgres, first..<(first + count),
                                 queriesEach: 250)
        for difference in tally.different { Issue.record("\(difference)") }
        print("\(tally.same) the same, \(tally.pushed) pushed, \(tally.refused) refused by the "
            + "database, \(tally.different.count) different")
    }

    private static func run(_ engine: RemoteBooks.Engine, _ seeds: Range<Int>, queriesEach: Int)
        throws -> Tally {
        var tally = Tally()
        for seed in seeds where tally.different.count < 12 {
            let shelf = RandomSnapshot.shelf(seed: UInt64(seed))
            let chronicle = Chronicle(shelf)
            try withFolders(shelf.books) { folders in
                let here = try EngineAnswer(snapshots: folders, current: shelf.current,
                                            files: shelf.files)
                let there = try EngineAnswer(snapshots: folders, current: shelf.current,
                                             files: shelf.files) {
                    try RemoteBooks.placed($0, in: engine)
                }
                for number in 0..<queriesEach where tally.different.count < 12 {
                    let own = UInt64(seed) &* 1_000_003 &+ UInt64(number)
                    let text = RandomQuery.draft(chronicle, seed: own, number: number).text
                    let before = RemoteBooks.statements
                    let answer = there.answer(text)
                    if RemoteBooks.statements > before { tally.pushed += 1 }
                    compare(text, here.answer(text), answer, seed, &tally)
                }
            }
        }
        return tally
    }

    private static func compare(_ text: String, _ here: MusterReference.Answer,
                                _ there: MusterReference.Answer, _ seed: Int,
                                _ tally: inout Tally) {
        switch (here, there) {
        case (.csv(let a), .csv(let b)) where isSame(a, b): tally.same += 1
        case (.error, .error): tally.same += 1
        case (.csv, .error(let message)) where message.contains("the database cannot"):
            tally.refused += 1
        default:
            tally.different.append("snapshot \(seed)\n\(text)\nhere: \(here)\nthere: \(there)")
        }
    }

    /// Doubles may be added up in another order there.
    private static func isSame(_ a: String, _ b: String) -> Bool {
        if a == b { return true }
        let x = a.split(separator: "\n", omittingEmptySubsequences: false)
        let y = b.split(separator: "\n", omittingEmptySubsequences: false)
        guard x.count == y.count else { return false }
        return zip(x, y).allSatisfy { line, other in
            let cells = line.split(separator: ",", omittingEmptySubsequences: false)
            let others = other.split(separator: ",", omittingEmptySubsequences: false)
            return cells.count == others.count && zip(cells, others).allSatisfy { cell, other in
                guard cell != other else { return true }
                guard let a = Double(cell), let b = Double(other) else { return false }
                return abs(a - b) <= 1e-9 * max(abs(a), abs(b))
            }
        }
    }
}
