import Foundation
@testable import MusterLeague
import MusterStore
import Testing

/// Rows that break one rule and no other, and rows as near to it that break none.
struct RuleCase: Sendable, CustomTestStringConvertible {
    let rule: String
    let breaks: @Sendable () -> [(people: [Fields], service: [Fields])]
    let keeps: @Sendable () -> [(people: [Fields], service: [Fields])]
    var testDescription: String { rule }

    /// One person a case.
    init(_ rule: String, breaks: @escaping @Sendable () -> [Fields],
         keeps: @escaping @Sendable () -> [Fields]) {
        self.rule = rule
        self.breaks = { breaks().map { ([person("A", $0)], []) } }
        self.keeps = { keeps().map { ([person("A", $0)], []) } }
    }

    /// Two persons, the first as given, and their records.
    init(_ rule: String, _ first: @escaping @Sendable () -> Fields = { [:] },
         breaking: @escaping @Sendable () -> [[Fields]],
         keeping: @escaping @Sendable () -> [[Fields]]) {
        self.rule = rule
        breaks = { breaking().map { ([person("A", first()), person("B")], $0) } }
        keeps = { keeping().map { ([person("A", first()), person("B")], $0) } }
    }
}

struct RulesTests {
    @Test(arguments: cases)
    func aRowThatBreaksTheRuleIsFound(_ one: RuleCase) throws {
        for (people, service) in one.breaks() {
            let found = try RulesSnapshot(people, service: service).found()
            #expect(found == [Found(rule: one.rule, id: "A")], "\(people) \(service)")
        }
    }

    @Test(arguments: cases)
    func aNearMissIsNot(_ one: RuleCase) throws {
        for (people, service) in one.keeps() {
            let found = try RulesSnapshot(people, service: service).found()
            #expect(found == [], "\(people) \(service)")
        }
    }

    @Test func everyRuleHasACaseOfItsOwn() {
        let tested = Set(Self.cases.map(\.rule) + ["id_number_shared", "many_in_one_day"]
                            + UnitRules.all.map(\.name.en))
        #expect(tested == Set(Rules.all.map(\.name.en)))
    }

    @Test func rulesAreNamedOnceAndInBothLanguages() {
        #expect(Set(Rules.all.map(\.name.en)).count == Rules.all.count)
        #expect(Set(Rules.all.map(\.name.zh)).count == Rules.all.count)
        for rule in Rules.all {
            let word = rule.name.en.replacingOccurrences(of: "_", with: "a")
            #expect(word.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) })
            #expect(rule.name.zh.allSatisfy { !$0.isASCII }, "\(rule.name.zh)")
            #expect(!rule.meaning.en.isEmpty && rule.meaning.zh.contains { !$0.isASCII })
        }
    }

    static let cases: [RuleCase] = membership + registration + idNumbers + records

    private static let membership = [
        RuleCase("member_without_joined", breaks: { [["joined": NSNull()]] },
                 keeps: { [["joined": NSNull(), "status": "activist"]] }),
        RuleCase("without_birth",
                 breaks: { [["birth": NSNull()],
                            ["birth": NSNull(), "status": "activist", "joined": NSNull()]] },
                 keeps: { [[:]] }),
        // 14 on the very day; 29 February's birthday comes round on 1 March.
        RuleCase("joined_before_14",
                 breaks: { [["birth": "1997-05-05", "joined": "2011-05-04"],
                            ["birth": "2000-02-29", "joined": "2014-02-28"]] },
                 keeps: { [["birth": "1997-05-04", "joined": "2011-05-04"],
                           ["birth": "2000-02-29", "joined": "2014-03-01"]] }),
        RuleCase("left_before_joined", breaks: { [["left": "2011-05-03"]] },
                 keeps: { [["left": "2011-05-05"]] }),
        RuleCase("left_same_day", breaks: { [["left": "2011-05-04"]] },
                 keeps: { [["left": "2011-05-05"]] }),
        // 28 on the very day; the day after it is a birthday still to come.
        RuleCase("over_28_on_roll", breaks: { [["birth": "1989-12-31"], ["birth": "1980-01-01"]] },
                 keeps: { [["birth": "1990-01-01"],
                           ["birth": "1989-12-31", "cadre": "part_time"],
                           ["birth": "1989-12-31", "left": "2017-12-31"],
                           ["birth": "1989-12-31", "status": "activist"]] }),
        RuleCase("day_after_snapshot",
                 breaks: { ["joined", "party_joined", "nominated", "registered", "entered",
                            "trained", "unit_from", "cadre_from", "stars_on"]
                                .map { [$0: "2018-01-01"] }
                     + [["birth": "2018-01-01"]] },
                 keeps: { [["joined": "2017-12-31", "registered": "2017-12-31"],
                           ["insured_from": "2018-03-01", "insured_until": "2018-06-30",
                            "left": "2018-06-30"],
                           ["registered": "2016-01-01", "cancelled": "2018-06-30"]] }),
    ]

    private static let registration = [
        RuleCase("registered_before_14",
                 breaks: { [["birth": "2003-12-20", "registered": "2017-12-19"],
                            ["birth": "2000-02-29", "registered": "2014-02-28"],
                            ["birth": "2003-12-20", "registered": "2015-01-01",
                             "cancelled": "2015-06-01"]] },
                 keeps: { [["birth": "2003-12-20", "registered": "2017-12-20"],
                           ["birth": "2000-02-29", "registered": "2014-03-01"],
                           ["birth": "2010-01-01"]] }),
        RuleCase("cancelled_before_registered",
                 breaks: { [["registered": "2016-03-05", "cancelled": "2016-03-04"]] },
                 keeps: { [["registered": "2016-03-05", "cancelled": "2016-03-06"]] }),
        RuleCase("cancelled_same_day",
                 breaks: { [["registered": "2016-03-05", "cancelled": "2016-03-05"]] },
                 keeps: { [["registered": "2016-03-05", "cancelled": "2016-03-06"]] }),
        RuleCase("cancelled_without_registration", breaks: { [["cancelled": "2016-03-05"]] },
                 keeps: { [["registered": "2016-03-04", "cancelled": "2016-03-05"], [:]] }),
    ]

    /// Born on 1980-01-01, male: the standard's own example is 34052419800101001X.
    private static func holder(_ number: String, _ changes: Fields = [:]) -> Fields {
        let holder: Fields = ["id_number": number, "birth": "1980-01-01", "cadre": "full_time"]
        return holder.merging(changes) { _, new in new }
    }

    private static let idNumbers = [
        RuleCase("without_id_number", breaks: { [["id_number": NSNull()]] }, keeps: { [[:]] }),
        RuleCase("id_number_shape",
                 breaks: { ["34052419800101001", "340524800101001", "34052419800101001X ",
                            "34052419800101001Y", "3405241980010100１X", "",
                            "X4052419800101001X"].map { holder($0) } },
                 keeps: { [holder("34052419800101001x"), holder("340524198001010028",
                                                                ["gender": "女"])] }),
        RuleCase("id_number_check",
                 breaks: { ["340524198001010011", "340524198001010010"].map { holder($0) } },
                 // No area code is refused.
                 keeps: { [holder("34052419800101001X"), holder("000000198001010013")] }),
        RuleCase("id_number_birth",
                 breaks: { [holder("34052419800101001X", ["birth": "1980-01-02"]),
                            holder("340524198013010017"),
                            holder("340524197902290018", ["birth": "1979-02-28"])] },
                 keeps: { [holder("340524198001020015", ["birth": "1980-01-02"]),
                           holder("340524200002290017", ["birth": "2000-02-29"])] }),
        RuleCase("id_number_gender",
                 breaks: { [holder("34052419800101001X", ["gender": "女"]),
                            holder("340524198001010028", ["gender": "男"])] },
                 keeps: { [holder("340524198001010028", ["gender": "女"]),
                           holder("340524198001010028", ["gender": NSNull()])] }),
    ]

    private static func days(_ range: ClosedRange<Int>) -> [String] {
        range.map { "2016-03-" + ($0 < 10 ? "0" : "") + "\($0)" }
    }

    private static let records = [
        RuleCase("service_before_registration", { ["registered": "2016-03-05"] },
                 breaking: { [[service("2016-03-04")]] },
                 keeping: { [[service("2016-03-05")], [service("2016-03-04", by: "B")]] }),
        RuleCase("over_24_hours",
                 breaking: { [[service("2016-03-05", 12), service("2016-03-05", 12.01)],
                              [service("2016-03-05", 9), service("2016-03-04", 1),
                               service("2016-03-05", 9), service("2016-03-05", 9)]] },
                 keeping: { [[service("2016-03-05", 24)],
                             [service("2016-03-05", 12), service("2016-03-05", 12)],
                             [service("2016-03-05", 20), service("2016-03-06", 20)],
                             [service("2016-03-05", 20), service("2016-03-05", 20, by: "B")]] }),
        RuleCase("service_after_snapshot", breaking: { [[service("2018-01-01")]] },
                 keeping: { [[service("2017-12-31")]] }),
        RuleCase("same_hours_daily",
                 breaking: { [days(1...10).map { service($0) },
                              days(1...31).map { service($0, 3) }] },
                 keeping: { [days(1...9).map { service($0) },
                             (days(1...5) + days(7...12)).map { service($0) },
                             days(1...10).enumerated().map { service($1, $0 == 5 ? 3 : 2) },
                             days(1...10).enumerated().map {
                                 service($1, by: $0 == 5 ? "B" : "A")
                             }] }),
        RuleCase("finer_hours", breaking: { [[service("2016-03-05", 2.125)]] },
                 keeping: { [[service("2016-03-05", 2.12)]] }),
    ]
}
