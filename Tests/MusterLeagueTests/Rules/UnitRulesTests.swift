import Foundation
@testable import MusterLeague
import Testing

/// Rules on units, teams and many records together: what breaks them, and what nearly does.
struct UnitRulesTests {
    private static func members(_ count: Int, of unit: String) -> [Fields] {
        (0..<count).map { person("\(unit)\($0)", ["unit": unit]) }
    }

    private static func branch(_ id: String) -> Fields {
        ["id": id, "name": "支部\(id)", "level": "branch", "parent": "D"]
    }

    /// The findings on such branches; those on persons with one number apart.
    private func found(_ sizes: [String: Int]) throws -> [Found] {
        let units = sizes.keys.sorted()
        return try RulesSnapshot(units.flatMap { Self.members(sizes[$0] ?? 0, of: $0) },
                                 units: units.map { Self.branch($0) }).found()
            .filter { !$0.rule.hasPrefix("id_number") }
    }

    @Test func aBranchHasThreeToFiftyMembers() throws {
        #expect(try found(["P": 3, "Q": 50]) == [])
        #expect(try found(["P": 0, "Q": 2, "R": 51]) == [
            Found(rule: "branch_under_3", id: "P"), Found(rule: "branch_under_3", id: "Q"),
            Found(rule: "branch_over_50", id: "R"),
        ])
    }

    @Test func onlyABranchHasNothingBelow() throws {
        let units: [Fields] = [["id": "E", "name": "乙区", "level": "district"],
                               ["id": "C", "name": "丙中学", "level": "committee", "parent": "D"]]
        #expect(try RulesSnapshot([], units: units).found() == [
            Found(rule: "nothing_below", id: "E"), Found(rule: "nothing_below", id: "C"),
        ])
    }

    @Test func aTeamHasAUnit() throws {
        let teams: [Fields] = [["id": "T1", "name": "甲队", "unit": "D", "kind": "team"],
                               ["id": "T2", "name": "乙队", "kind": "team"]]
        let snapshot = try RulesSnapshot([], teams: teams)
        #expect(try snapshot.found() == [Found(rule: "team_without_unit", id: "T2")])
        #expect(try snapshot.texts("findings | select table") == ["teams"])
        #expect(try snapshot.texts("findings | select detail") == ["name 乙队"])
    }

    @Test(arguments: [(100, "2", true, true), (99, "2", true, false), (100, "mixed", true, false),
                      (100, "2", false, false)])
    func aHundredPersonsOfACommitteeInOneDay(count: Int, hours: String, isCertified: Bool,
                                             isFound: Bool) throws {
        let units: [Fields] = [
            ["id": "C", "name": "丙中学", "level": "committee", "parent": "D"],
            ["id": "P", "name": "一班", "level": "branch", "parent": "C"],
            ["id": "Q", "name": "二班", "level": "branch", "parent": "C"],
        ]
        let people = (0..<count).map { number in
            person("p\(number)", ["unit": number % 2 == 0 ? "P" : "Q", "id_number": NSNull()])
        }
        let records = (0..<count).map { number -> Fields in
            var record = service("2016-03-05", hours == "mixed" ? Double(number % 3 + 1) : 2,
                                 by: "p\(number)")
            record["certified"] = isCertified
            return record
        }
        // Another record of one of them makes no person more.
        let twice = count == 99 ? [records[0]] : []
        let found = try RulesSnapshot(people, service: records + twice, units: units).found()
            .filter { $0.rule == "many_in_one_day" }
        #expect(found == (isFound ? [Found(rule: "many_in_one_day", id: "p0")] : []))
    }
}
