import Foundation
import MusterReference
import Testing

/// The program against the reference evaluator, which has its own definition of everything.
@Suite struct RandomQueryTests {
    static let verbs = (RandomQuery.verbs + ["into", "append"]).map { "verb:\($0)" }
    static let drills = ["all", "n", "short"].map { "drill:\($0)" }
    static let fields = (RandomQuery.asOfFields + ["as_of"]).map { "field:\($0)" }
    static let sources = ["members", "activists", "people", "units", "service", "teams", "targets",
                          "bracket"].map { "source:\($0)" }
    static let times = ["over:years", "over:months", "over:snapshots", "as of:source", "as of:name",
                        "as of:expression", "as of:relative", "period:value", "period:relative"]
    static let keys = ["path", "alias", "expression", "every", "every under", "every period",
                       "every part", "part", "root", "order", "each", "hidden"].map { "key:\($0)" } + ["by:within", "total:1", "total:2", "subtotal:1"]
    static let lets = ["rows", "expression", "pipeline", "parameters",
                       "rows with parameters"].map { "let:\($0)" }
    static let operators = [
        "and", "or", "not", "if", "=", "!=", "<", "<=", ">", ">=", "+", "-", "*", "/", "%", "in",
        "not in", "between", "contains", "starts with", "ends with", "matches", "is none",
        "is not none", "under", "not under",
    ].map { "operator:\($0)" }
    static let functions = [
        "year", "month", "day", "days", "round", "floor", "ceil", "abs", "min", "max", "lower",
        "upper", "length", "concat", "week", "weekday", "quarter", "substring", "coalesce", "total", "any", "path",
    ].map { "function:\($0)" } + [
        "count", "count(C)", "sum", "sum(e)", "mean", "median", "variance", "stddev", "min", "max", "percentile",
        "distinct", "rate", "where", "arithmetic", "unnamed",
    ].map { "aggregate:\($0)" }
    static let below = ["service", "members", "activists", "people", "own_members", "teams",
                        "children", "where"].map { "down:\($0)" }
        + ["count", "sum", "min", "max", "mean", "median", "distinct", "prefix",
           "query"].map { "below:\($0)" }

    static let plain = ["truth", "day", "whole", "double", "text", "decimal(places: 2)",
                        "decimal(places: 6)"].map { "plain:\($0)" }
        + ["source:plain", "name:literal", "refusal:literal", "refusal:lookup"]
        + ["from plain", "from books", "into books", "found"].map { "lookup:\($0)" }
    static let relations = ["key", "keys", "to plain", "to units", "to people", "up", "down", "any",
                            "at a day"].map { "relate:\($0)" } + ["refusal:relate"]
    static let pivots = ["computed", "plain", "years", "codes", "yes and no", "bare"]
        .map { "pivot:\($0)" }
        + ["derive", "where", "sort", "select", "rank", "cumulate", "summarize"]
        .map { "pivot>\($0)" }

    private func expectAgreement(_ run: RandomRun) {
        for failure in run.failures { Issue.record("\(failure)") }
    }

    @Test("The same answers as the reference, and nothing left out")
    func someQueries() throws {
        let run = try RandomRun(snapshots: 0..<20, queriesEach: 50)
        expectAgreement(run)
        #expect(run.missing(Self.plain + Self.pivots + Self.relations) == [])
        #expect(run.missing(Self.verbs + Self.fields + Self.sources + Self.times) == [])
        #expect(run.missing(Self.keys + Self.lets + Self.drills) == [])
        #expect(run.refused < run.queries / 10)
    }

    @Test("Thousands of queries: every operator, function and path, every pair of verbs")
    func thoroughQueries() throws {
        let run = try RandomRun(snapshots: 1000..<1060, queriesEach: 150)
        expectAgreement(run)
        guard run.failures.isEmpty else { return }
        #expect(run.missing(Self.verbs + Self.fields + Self.sources + Self.times) == [])
        #expect(run.missing(Self.keys + Self.lets + Self.operators) == [])
        #expect(run.missing(Self.plain + Self.pivots + Self.relations) == [])
        #expect(run.missing(Self.functions + Self.below + Self.drills) == [])
        // Nearly every pair of verbs; the long run below demands them all.
        #expect(run.missing(RandomQuery.legalPairs.map { "pair:\($0)>\($1)" }).count <= 3)
    }

    @Test("What was once answered differently", arguments: [
        20_000_014, 20_000_029, 20_000_060, 20_000_210, 20_000_264, 31_000_040, 31_000_050,
    ])
    func thoroughOnceDifferent(_ snapshot: Int) throws {
        expectAgreement(try RandomRun(snapshots: snapshot..<(snapshot + 1), queriesEach: 250))
    }

    static let wanted = ProcessInfo.processInfo.environment["MUSTER_RANDOM_QUERIES"]
        .flatMap { Int($0) }

    /// `MUSTER_RANDOM_QUERIES=100000`, best with `-c release`; `MUSTER_RANDOM_SEED` for others.
    @Test("As many queries as asked for", .enabled(if: wanted != nil))
    func thoroughLongRun() throws {
        let environment = ProcessInfo.processInfo.environment
        let first = environment["MUSTER_RANDOM_SEED"].flatMap { Int($0) } ?? 10_000
        let each = 250, snapshots = (Self.wanted ?? 0) / each + 1
        let run = try RandomRun(snapshots: first..<(first + snapshots), queriesEach: each) { run in
            if run.queries % 10_000 < each {
                print("\(run.queries) queries, \(run.refused) refused by both sides")
            }
        }
        expectAgreement(run)
        print("\(run.queries) queries, \(run.refused) refused by both sides, "
            + "\(run.failures.count) answered differently")
        guard run.queries >= 20_000 else { return }
        #expect(run.missing(RandomQuery.legalPairs.map { "pair:\($0)>\($1)" }) == [])
    }
}
