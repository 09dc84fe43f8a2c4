import Foundation
import MusterReference

/// Random queries on random snapshots, answered by the program and by the reference.
struct RandomRun {
    private(set) var queries = 0
    private(set) var refused = 0
    /// How often each thing was exercised by a query that both sides answered alike.
    private(set) var coverage: [String: Int] = [:]
    private(set) var failures: [String] = []

    static let mostFailures = 5

    /// So many queries on each of the snapshots with these seeds. Stops where five have failed.
    init(snapshots: Range<Int>, queriesEach: Int, progress: (RandomRun) -> Void = { _ in }) throws {
        for seed in snapshots where failures.count < RandomRun.mostFailures {
            try run(snapshot: seed, queriesEach)
            progress(self)
        }
    }

    private mutating func run(snapshot seed: Int, _ count: Int) throws {
        let shelf = RandomSnapshot.shelf(seed: UInt64(seed))
        let chronicle = Chronicle(shelf)
        try withFolders(shelf.books) { folders in
            // Now on one thread, now on two: an answer never depends on their number.
            let engine = try EngineAnswer(snapshots: folders, current: shelf.current,
                                          files: shelf.files, threads: 1 + seed % 2)
            for number in 0..<count {
                let querySeed = UInt64(seed) &* 1_000_003 &+ UInt64(number)
                let draft = RandomQuery.draft(chronicle, seed: querySeed, number: number)
                queries += 1
                let verdict = Trial.judge(draft.text, chronicle, engine.answer(draft.text))
                if verdict == .same {
                    for tag in draft.tags { coverage[tag, default: 0] += 1 }
                } else if verdict.isFine {
                    refused += 1
                    for tag in draft.tags where tag.hasPrefix("refusal:") {
                        coverage[tag, default: 0] += 1
                    }
                } else {
                    failures.append(report(seed, querySeed, shelf, draft.text, verdict))
                    if failures.count >= RandomRun.mostFailures { return }
                }
            }
        }
    }

    private func report(_ snapshot: Int, _ query: UInt64, _ shelf: Shelf, _ text: String,
                        _ verdict: Trial.Verdict) -> String {
        let small = Shrinking.shrunk(shelf, text, verdict, attempts: 400, judge: RandomRun.judge)
        let books = small.shelf.books.map { book in
            """
            \(book.asOf == small.shelf.current ? "current" : "other") snapshot of \
            \(book.units.count) units, \(book.people.count) persons, \
            \(book.service.count) service records:
            \(book.lines.joined(separator: "\n"))
            """
        }
        let files = small.shelf.files.filter { small.text.contains($0.name) }
            .map { "\($0.fileName):\n\($0.content)" }
        return """
            snapshot \(snapshot), query \(query): \(small.verdict)
            \(small.text)
            \(books.joined(separator: "\n"))
            \(files.joined(separator: "\n"))
            made smaller from
            \(text)

            """
    }

    private static func judge(_ shelf: Shelf, _ text: String) -> Trial.Verdict {
        let answer = try? withFolders(shelf.books) {
            try EngineAnswer(snapshots: $0, current: shelf.current, files: shelf.files)
                .answer(text)
        }
        return answer.map { Trial.judge(text, Chronicle(shelf), $0) } ?? .same
    }

    /// What of these was never exercised.
    func missing(_ tags: [String]) -> [String] { tags.filter { coverage[$0] == nil } }
}
