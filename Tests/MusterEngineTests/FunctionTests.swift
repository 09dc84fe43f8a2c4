import MusterValues
import MusterStore
import Testing
@testable import MusterBinding
@testable import MusterEngine
import MusterPlan

@Suite("Functions")
struct FunctionTests {
    private static let roundings: [(Double, Int, Double)] = [
        (2.675, 2, 2.68), (1.005, 2, 1.01), (-1.005, 2, -1.01), (2.5, 0, 3), (-2.5, 0, -3),
        (0.5, 0, 1), (1.4, 0, 1), (0.285, 2, 0.29),
        (1_000_000_000_000_000.5, 0, 1_000_000_000_000_000.5), (0, 5, 0),
        (123_456.789_5, 3, 123_456.79), (0.30000000000000004, 1, 0.3),
        (0.888_888_889, 1, 0.9), (0.333_333_333, 4, 0.3333),
    ]

    @Test("Rounded as what is written, half away from zero", arguments: roundings)
    func decimal(_ value: Double, _ digits: Int, _ expected: Double) {
        #expect(Rounding.decimal(value, digits) == expected)
    }

    @Test("None stays none, and so does infinity")
    func odd() {
        #expect(Rounding.decimal(None.double, 2).isNaN)
        #expect(Rounding.decimal(.infinity, 2) == .infinity)
    }

    private static let ages: [(String, String, Int64)] = [
        ("2000-02-29", "2017-02-28", 16), ("2000-02-29", "2017-03-01", 17),
        ("2000-02-29", "2016-02-28", 15), ("2000-02-29", "2016-02-29", 16),
        ("1999-11-20", "2017-11-19", 17), ("1999-11-20", "2017-11-20", 18),
        ("2000-03-01", "2016-02-29", 15), ("2000-03-01", "2016-03-01", 16),
        ("2015-06-01", "2015-06-01", 0), ("2015-06-01", "2015-05-31", -1),
    ]

    @Test("A birthday counts from the day itself, 29 February's from 1 March", arguments: ages)
    func fullYears(_ from: String, _ to: String, _ years: Int64) throws {
        #expect(try Evaluation.value("full_years(\(from), \(to))") == .int(years))
    }

    @Test("The guess from the number of days is what the calendar says", arguments: [
        (2017, 12, 31), (2016, 2, 29), (2017, 2, 28), (2017, 3, 1), (2000, 2, 29), (2100, 3, 1),
    ])
    func guessedYears(_ year: Int, _ month: Int, _ day: Int) throws {
        let end = try #require(CivilDay.number(year, month, day))
        let years = YearsUntil(end)
        let wrong = (end - 60_000...end + 800).filter { years.since($0) != years.plainly($0) }
        #expect(wrong.isEmpty)
    }

    private static let values: [(String, Constant)] = [
        ("1 + 2 * 3", .int(7)), ("7 % 4", .int(3)), ("-7 % 4", .int(-3)),
        ("1 / 0", .none), ("none + 1", .none), ("coalesce(none, 2)", .int(2)),
        ("min(3, 2)", .int(2)), ("abs(-3)", .int(3)), ("floor(-1.5)", .int(-2)),
        ("ceil(-1.5)", .int(-1)), ("round(2.5)", .int(3)), ("length(\"团员ab\")", .int(4)),
        ("upper(\"ab\")", .text("AB")), ("concat(\"a\", 1, 2015-06)", .text("a12015-06")),
        ("days(2016-02-28, 2016-03-01)", .int(2)), ("month(2015-10-31)", .int(10)),
        ("2015-12-31 <= 2015", .bool(true)), ("2016-01-01 <= 2015", .bool(false)),
        ("2015-01-01 < 2015", .bool(false)), ("2015-06 = 2015", .bool(true)),
        ("2015-06-30 + 1 = 2015-07", .bool(true)), ("if none then 1 else 2", .int(2)),
        ("not (none < 1)", .bool(true)), ("none != 1", .bool(true)), ("none = 1", .bool(false)),
        ("3 in (1, 3)", .bool(true)), ("3 in 4..5", .bool(false)), ("3 not in 4..5", .bool(true)),
        ("3 between 1 and 3", .bool(true)), ("95% = 0.95", .bool(true)),
        ("1.1 + 2.2 = 3.3", .bool(true)), ("0.1 + 0.2 = 0.3", .bool(true)),
        ("\"团员\" matches \"^团.$\"", .bool(true)), ("\"abc\" contains \"\"", .bool(true)),
    ]

    @Test("Values of expressions", arguments: values)
    func expressions(_ text: String, _ expected: Constant) throws {
        #expect(try Evaluation.value(text) == expected)
    }

    @Test("What does not fit or does not go together is an error", arguments: [
        "9223372036854775807 + 1", "9223372036854775807 * 2", "9999-12-31 + 1",
        "0001-01-01 - 1", "1 + \"a\"", "true + 1", "2015-06-01 + 2015-06-01", "\"a\" < 1",
        "\"a\" matches \"(\"", "round(1, 99)", "nosuch(1)", "days(1, 2)", "sum(1)",
    ])
    func errors(_ text: String) {
        #expect(throws: (any Error).self) { try Evaluation.value(text) }
    }
}
