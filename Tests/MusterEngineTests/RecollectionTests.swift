import MusterPlan
import MusterStore
import Testing
@testable import MusterEngine

/// What statements leave to those behind them.
@Suite("Recollection") struct RecollectionTests {
    private static let queries = [
        "members over years 2015..2017 | rate registered by unit.district, year | total",
        "members | summarize n = count(), h = sum(hours), m = median(age) by part(unit, root)",
        "members | count by gender, field = unit.kind | pivot gender show n",
        "service | summarize h = sum(hours) by year(date) | cumulate h | sort -h | take 2",
        "members | rate registered by g = each(\"a\": minor, \"b\": cadre is not none) | total",
        "units | select name, n = count(members where registered), above = parent.name",
        "members | where hours > (members | summarize mean(hours)) | rank -hours as place",
        "members over years 2015..2017 | rate registered by year | against target | select rate",
        "members over years 2015..2017 | rate registered by year | derive b = prior(rate)",
        "members | derive d = days(joined, registered.date) | summarize max(d) by every unit.kind",
        "people | distinct gender, cadre | take 1 by gender",
        "members | count by gender | share n",
        "members over years 2015..2017 | rate registered by year | against previous rate",
        "members | count by gender | append (members | count by cadre)",
    ]

    @Test("Columns of other identities give the same rows, and are the same plan",
          arguments: queries)
    func renumbered(_ query: String) throws {
        let (plan, environment) = try Evaluation.plan(query)
        var far = Renumbering(from: 1000), near = Renumbering(), again = Renumbering()
        let other = far.plan(plan)
        #expect(other != plan)
        #expect(near.plan(plan) == again.plan(other))
        let frame = try Executor(Run(environment)).execute(plan)
        let same = try Executor(Run(environment)).execute(other)
        #expect(same.count == frame.count)
        #expect(same.columns.map { column in (0..<column.count).map(column.datum) }
            == frame.columns.map { column in (0..<column.count).map(column.datum) })
    }

    @Test("Groups are kept for the same data at the same day, and for no other")
    func kept() throws {
        let (plan, environment) = try Evaluation.plan("members | count by gender")
        let recollection = Recollection()
        let run = Run(environment, recollection: recollection)
        let frame = try Executor(run).execute(plan)
        #expect(Run(environment, recollection: recollection).memory.withLock { $0.grouped.isEmpty })
        run.handOn()
        let next = Run(environment, recollection: recollection)
        #expect(next.memory.withLock { $0.grouped.count } == 1)
        #expect(try Executor(next).execute(plan).columns[0].count == frame.columns[0].count)
        var earlier = environment
        earlier.readingDay = environment.today.map { $0 - 400 }
        #expect(Run(earlier, recollection: recollection).memory.withLock { $0.grouped.isEmpty })
        let (_, other) = try Evaluation.plan("members | count")
        #expect(Run(other, recollection: recollection).memory.withLock { $0.grouped.isEmpty })
    }

    @Test("What a value was lost in is worked out anew, so that it is said again")
    func lost() throws {
        let (plan, environment) = try Evaluation.plan(
            "people | derive n = number(name) | summarize n = count(n is none)")
        let recollection = Recollection()
        let run = Run(environment, recollection: recollection)
        _ = try Executor(run).execute(plan)
        run.handOn()
        let next = Run(environment, recollection: recollection)
        _ = try Executor(next).execute(plan)
        #expect(!next.losses.isEmpty)
    }
}
