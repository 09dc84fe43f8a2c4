import Foundation
import MusterReference
import Testing

/// Rows of several snapshots are read each in its own: what a query says of one of them is what
/// the same query says of that snapshot alone. Units of one id are named, kept and placed
/// otherwise in each, and stand in another order.
@Suite struct SeveralSnapshotsTests {
    /// A query over snapshots, and the same over one: `#` stands for what differs.
    struct Question {
        let source: String
        let stages: [String]
        let keys: [String]
        let columns: [String]
        let behind: [String]

        func over(_ day: String) -> String {
            ([source + " over snapshots"] + stages + ["summarize " + columns.joined(separator: ", ")
                + " by " + (keys + ["snapshot"]).joined(separator: ", ")] + behind
                + ["where snapshot = \(day)", "select " + shown]).joined(separator: " | ")
        }

        var alone: String {
            ([source] + stages + ["summarize " + columns.joined(separator: ", ")
                + " by " + keys.joined(separator: ", ")] + behind + ["select " + shown])
                .joined(separator: " | ")
        }

        private var shown: String {
            (keys + columns + behind.filter { $0.hasPrefix("derive ") }
                .map { String($0.dropFirst("derive ".count)) })
                .map { name in name.split(separator: " = ").first.map(String.init) ?? name }
                .joined(separator: ", ")
        }
    }

    private static let keys = ["unit.district", "unit.committee", "unit", "unit.kind", "gender",
                               "cadre", "registered", "stars", "d = unit.district.name",
                               "y = year(joined)", "unit.parent", "unit.level"]
    private static let conditions = ["registered", "age < 18", "insured", "hours > 2",
                                     "unit.kind = district", "unit.kind != university",
                                     "gender = 女 or cadre is not none", "name contains \"王\"",
                                     "unit.district is not none", "count(service) > 0"]
    private static let columns = ["a = count()", "b = count(registered)", "c = sum(hours)",
                                  "e = max(joined)", "f = distinct(unit)", "g = rate(insured)",
                                  "h = mean(age)", "k = count(hours > 3)", "l = min(unit.name)"]
    private static let before = ["sort joined, id", "sort -name, id", "derive q = hours * 2",
                                 "rank -hours by unit.district, snapshot"]

    private static func question(_ random: inout RandomSource, ids: [String]) -> Question {
        var stages: [String] = []
        for _ in 0..<random.from(0, to: 2) {
            if random.chance(40), let id = random.pick(ids) {
                stages.append("where " + (random.pick([
                    "unit under \"\(id)\"", "unit = \"\(id)\"", "unit.district = \"\(id)\"",
                    "not unit under \"\(id)\"", "unit.parent = \"\(id)\"",
                    "unit.committee != \"\(id)\"",
                ]) ?? "registered"))
            } else { stages.append("where " + (random.pick(conditions) ?? "registered")) }
        }
        if random.chance(30), let stage = random.pick(before.dropLast()) { stages.append(stage) }
        let keys = random.some(keys, random.from(1, to: 2))
        var behind: [String] = []
        if keys.contains("unit.district"), random.chance(50) {
            behind.append("derive m = count(unit.district.members)")
        }
        if keys.contains("unit"), random.chance(50) { behind.append("derive m = unit.kind") }
        if random.chance(20) { behind.append("sort -a") }
        var columns = random.some(columns, random.from(1, to: 3))
        if !columns.contains("a = count()") { columns.append("a = count()") }
        return Question(source: random.chance(80) ? "members" : "people", stages: stages,
                        keys: keys, columns: columns, behind: behind)
    }

    private func check(_ seeds: Range<Int>, queriesEach: Int) throws {
        var asked = 0, rows = 0
        for seed in seeds {
            let first = RandomSnapshot.book(seed: UInt64(seed) &* 2 &+ 1)
            var other = UInt64(seed) &* 31 &+ 7
            while RandomSnapshot.book(seed: other).asOf == first.asOf { other &+= 1 }
            let books = [first, RandomSnapshot.book(seed: other)]
            let ids = books.map { Set($0.units.map(\.id)) }
            let common = ids[0].intersection(ids[1]).sorted()
            try withFolder(books[0]) { one in
                try withFolder(books[1]) { two in
                    let both = try EngineAnswer(snapshots: [one, two], threads: 1 + seed % 2)
                    let alone = try [one, two].map { try EngineAnswer(snapshot: $0) }
                    var random = RandomSource(seed: UInt64(seed))
                    for _ in 0..<queriesEach {
                        let question = Self.question(&random, ids: common)
                        for (book, engine) in zip(books, alone) {
                            let united = both.answer(question.over(DayCount.text(book.asOf)))
                            let single = engine.answer(question.alone)
                            asked += 1
                            rows += Self.lines(single).count
                            #expect(Self.lines(united) == Self.lines(single),
                                    "seed \(seed): \(question.over(DayCount.text(book.asOf)))")
                        }
                    }
                }
            }
        }
        #expect(asked == seeds.count * queriesEach * 2)
        #expect(rows > asked)
    }

    /// The rows of an answer, whatever their order: keys of units stand in the order of the
    /// current snapshot.
    private static func lines(_ answer: Answer) -> [String] {
        switch answer {
        case .csv(let text): text.split(separator: "\n").map(String.init).sorted()
        case .error(let message): [String(message.prefix { !$0.isNewline })]
        }
    }

    @Test("What is said of one of several snapshots is what is said of it alone")
    func some() throws { try check(0..<6, queriesEach: 25) }

    @Test("The same of thousands of queries")
    func thoroughMany() throws { try check(100..<160, queriesEach: 60) }
}
