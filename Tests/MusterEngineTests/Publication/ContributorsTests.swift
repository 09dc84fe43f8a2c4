import MusterBinding
import MusterPlan
import MusterStore
import Testing
@testable import MusterEngine

/// Counting the persons behind its figures changes none of a result's.
@Suite struct ContributorsTests {
    static let queries = [
        "members | rate registered by unit.district | against target | total",
        "members | count by unit.district, gender | total gender, unit.district",
        "members over years 2015..2017 | rate registered by unit.district, year "
            + "| against previous | where year > 2015 | total unit.district",
        "members over years 2015..2017 | rate registered by unit.district, year "
            + "| against previous | sort -change | take 4 | select unit.district, year, change",
        "members over years 2015..2017 | rate registered by unit.district, year "
            + "| total unit.district | pivot year show n, rate",
        "members over months 2015-01..2015-12 "
            + "| summarize new = count(registered.date in month) by month, unit.district "
            + "| cumulate new by unit.district | total unit.district",
        "service | summarize h = sum(hours), p = distinct(member), m = median(hours) by field | total",
        "units | where level = district "
            + "| derive of = count(members), r = count(members where registered) / of | sort -r",
        "members | count by unit.district | summarize s = sum(n), m = max(n)",
        "members | rate registered by every unit.district or none, gender | rank -rate | total",
        "members | count by k = each(\"a\": registered, \"b\": insured) | total",
        "units | count by level", "members | summarize a = mean(age), h = sum(hours) by gender",
    ]

    @Test("The table is the same", arguments: queries)
    func sameTable(_ query: String) throws {
        let (bound, environment) = try Evaluation.plan(query)
        let plan = Results(environment).listing(bound)
        let people = Contributors.Persons(entity: "people", references: ["service": "member"])
        let counted = Contributors(plan, people)
        func table(_ plan: Plan) throws -> ResultTable {
            let run = Run(environment, threads: 2, isCancelled: { false })
            return try Results(environment).table(plan, try Executor(run).execute(plan), run)
        }
        #expect(try table(plan) == (try table(counted.plan)))
        #expect(counted.plan.schema.shown == plan.schema.shown)
    }

    @Test("A total has its own persons, not a sum of shares")
    func personsOfTotals() throws {
        let (plan, environment) = try Evaluation.plan(
            "members | rate registered by unit.district | total")
        let counted = Contributors(plan, .init(entity: "people", references: [:]))
        let frame = try Executor(Run(environment, threads: 2, isCancelled: { false })).execute(counted.plan)
        func numbers(_ name: String) -> [Int64] {
            guard let column = plan.schema.shown.first(where: { $0.name.en == name }),
                  let behind = counted.behind[column.id] else { return [] }
            return behind.sorted().flatMap { id -> [Int64] in
                if case .int(let values)? = frame[id] { values } else { [] }
            }
        }
        func shown(_ name: String) -> [Int64] {
            guard let column = plan.schema.shown.first(where: { $0.name.en == name }),
                  case .int(let values)? = frame[column.id] else { return [] }
            return values
        }
        #expect(numbers("n") == shown("n") && shown("n").count == 5)
        #expect(numbers("of") == shown("of"))
        #expect(Set(numbers("rate")) == Set(shown("n") + shown("of")))
    }
}
