import Foundation
import MusterBinding
import MusterEngine
import MusterPlan
@testable import MusterLeague
import Testing

/// The samples: the small one against the list in its own text, the city against rules worked
/// out here from the files, apart from the engine.
struct RulesSamplesTests {
    private static let samples = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "samples")

    @Test func theSmallSampleHasTheFindingsOfItsText() throws {
        let snapshot = try RulesSnapshot(path: Self.samples.appending(path: "small").path)
        let expected = [
            ("id_number_check", ["S10"]), ("over_28_on_roll", ["S10"]),
            ("id_number_shared", ["S27", "S28"]), ("id_number_birth", ["S28"]),
            ("id_number_gender", ["S28"]), ("service_before_registration", ["S21"]),
            ("over_24_hours", ["S25"]), ("finer_hours", ["S31"]),
            ("registered_before_14", ["S36"]), ("member_without_joined", ["S38"]),
            ("without_birth", ["S38"]), ("cancelled_same_day", ["S04"]),
        ].flatMap { rule, ids in ids.map { Found(rule: rule, id: $0) } }
        let found = try snapshot.found()
        #expect(found.count == expected.count)
        #expect(Set(found) == Set(expected))
    }

    @Test(arguments: [("city", "2017-12-31"), ("city-2015", "2015-10-31")])
    func theCitysFindingsAreThoseOfItsFiles(name: String, asOf: String) throws {
        let folder = Self.samples.appending(path: name)
        let people = try Self.rows(folder.appending(path: "members.ndjson"))
        let records = try Self.rows(folder.appending(path: "service.ndjson"))
        var expected = Set(people.flatMap { Self.broken($0, asOf) })
        let holders = Dictionary(grouping: people) { $0.text("id_number") ?? "" }
        for (number, rows) in holders where rows.count > 1 && number != "" {
            expected.formUnion(rows.map {
                Found(rule: "id_number_shared", id: $0.text("id") ?? "")
            })
        }
        let registered = Dictionary(uniqueKeysWithValues: people.map {
            ($0.text("id") ?? "", $0.text("registered") ?? "")
        })
        var days: [String: Double] = [:]
        for record in records {
            let member = record.text("member") ?? "", date = record.text("date") ?? ""
            days[member + " " + date, default: 0] += record["hours"] as? Double ?? 0
            if date < registered[member] ?? "" {
                expected.insert(Found(rule: "service_before_registration", id: member))
            }
        }
        for (day, hours) in days where hours > 24.001 {
            expected.insert(Found(rule: "over_24_hours", id: String(day.split(separator: " ")[0])))
        }
        let found = try RulesSnapshot(path: folder.path).found()
        #expect(Set(found).subtracting(expected).map(\.description).sorted() == [])
        #expect(expected.subtracting(found).map(\.description).sorted() == [])
        #expect(expected.count > 50)
    }

    /// What a person's own row breaks, by texts alone: ISO days compare as they are written.
    private static func broken(_ row: [String: Any], _ asOf: String) -> [Found] {
        let birth = row.text("birth"), joined = row.text("joined"), left = row.text("left")
        let registered = row.text("registered"), cancelled = row.text("cancelled")
        let isMember = row.text("status") ?? "member" == "member"
        var rules: [String] = []
        func rule(_ name: String, _ isBroken: Bool) { if isBroken { rules.append(name) } }
        rule("member_without_joined", isMember && joined == nil)
        rule("without_birth", birth == nil)
        if let joined, let left {
            rule("left_before_joined", left < joined)
            rule("left_same_day", left == joined)
        }
        if let birth, let registered {
            rule("registered_before_14", registered < later(birth, by: 14))
        }
        if let registered, let cancelled {
            rule("cancelled_before_registered", cancelled < registered)
            rule("cancelled_same_day", cancelled == registered)
        }
        rule("cancelled_without_registration", registered == nil && cancelled != nil)
        if isMember, let birth, let joined, row.text("cadre") == nil {
            let hasLeft = left.map { $0 >= joined && $0 <= asOf } ?? false
            rule("over_28_on_roll", joined <= asOf && !hasLeft && later(birth, by: 28) <= asOf)
        }
        if let number = row.text("id_number") {
            let digits = number.prefix(17).compactMap(\.wholeNumberValue)
            let sum = zip(digits, [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2])
                .reduce(0) { $0 + $1.0 * $1.1 }
            rule("id_number_check", Array("10X98765432")[sum % 11] != number.last)
            let date = number.dropFirst(6).prefix(8)
            if let birth {
                rule("id_number_birth", birth.replacingOccurrences(of: "-", with: "") != date)
            }
            if let gender = row.text("gender") {
                rule("id_number_gender", (gender == "男") != (digits[16] % 2 == 1))
            }
        }
        return rules.map { Found(rule: $0, id: row.text("id") ?? "") }
    }

    /// The same day some years later, as a text; 29 February where there is none sorts behind
    /// the 28th and before 1 March, as it should.
    private static func later(_ day: String, by years: Int) -> String {
        "\((Int(day.prefix(4)) ?? 0) + years)" + day.dropFirst(4)
    }

    private static func rows(_ file: URL) throws -> [[String: Any]] {
        try Data(contentsOf: file).split(separator: 0x0A).map(GeneratedSnapshot.object)
    }
}
