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
            ("joined_before_14", ["S05"]), ("without_id_number", ["S38"]),
            ("branch_under_3", ["120101-01-002", "120101-02-002", "120101-001",
                                "120117-01-001", "12U01-02-001"]),
            ("nothing_below", ["120117-02", "12B01", "12-01"]),
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
        expected.formUnion(try Self.onUnits(folder, people, asOf))
        expected.formUnion(try Self.inSeries(records, people, folder))
        let found = try RulesSnapshot(path: folder.path).found()
        #expect(Set(found).subtracting(expected).map(\.description).sorted() == [])
        #expect(expected.subtracting(found).map(\.description).sorted() == [])
        #expect(expected.count > 50)
    }

    /// Who is a member on the roll at the day.
    private static func isOnRoll(_ row: [String: Any], _ asOf: String) -> Bool {
        guard row.text("status") ?? "member" == "member", let joined = row.text("joined"),
              joined <= asOf else { return false }
        guard let left = row.text("left"), left >= joined else { return true }
        return left > asOf
    }

    private static func onUnits(_ folder: URL, _ people: [[String: Any]], _ asOf: String) throws
        -> [Found] {
        let units = try rows(folder.appending(path: "units.ndjson"))
        let sizes = Dictionary(grouping: people.filter { isOnRoll($0, asOf) }) {
            $0.text("unit") ?? ""
        }.mapValues(\.count)
        let above = Set(units.compactMap { $0.text("parent") })
        let found = units.flatMap { unit -> [Found] in
            let id = unit.text("id") ?? "", size = sizes[id] ?? 0
            guard unit.text("level") == "branch" else {
                return above.contains(id) ? [] : [Found(rule: "nothing_below", id: id)]
            }
            return size < 3 ? [Found(rule: "branch_under_3", id: id)]
                : size > 50 ? [Found(rule: "branch_over_50", id: id)] : []
        }
        let teams = try rows(folder.appending(path: "teams.ndjson"))
        return found + teams.filter { $0.text("unit") == nil }.map {
            Found(rule: "team_without_unit", id: $0.text("id") ?? "")
        }
    }

    /// Ten days and more with the same hours; a hundred persons of a committee on a day.
    private static func inSeries(_ records: [[String: Any]], _ people: [[String: Any]],
                                 _ folder: URL) throws -> [Found] {
        let format = Date.ISO8601FormatStyle().year().month().day()
        func number(_ day: String) throws -> Int {
            Int(try format.parse(day).timeIntervalSince1970 / 86_400)
        }
        var found: Set<Found> = []
        for (member, own) in Dictionary(grouping: records, by: { $0.text("member") ?? "" }) {
            let days = try own.map { (try number($0.text("date") ?? ""), $0["hours"] as? Double) }
                .sorted { $0.0 < $1.0 }
            var length = 1
            for (last, next) in zip(days, days.dropFirst()) {
                length = next.0 == last.0 + 1 && next.1 == last.1 ? length + 1 : 1
                if length >= 10 { found.insert(Found(rule: "same_hours_daily", id: member)) }
            }
        }
        let units = Dictionary(uniqueKeysWithValues:
            try rows(folder.appending(path: "units.ndjson")).map { ($0.text("id") ?? "", $0) })
        func committee(_ id: String?) -> String? {
            guard let id, let unit = units[id] else { return nil }
            return unit.text("level") == "committee" ? id : committee(unit.text("parent"))
        }
        let homes = Dictionary(uniqueKeysWithValues: people.map {
            ($0.text("id") ?? "", committee($0.text("unit")))
        })
        let groups = Dictionary(grouping: records.filter { $0["certified"] as? Bool == true }) {
            "\((homes[$0.text("member") ?? ""] ?? nil) ?? "") \($0.text("date") ?? "") "
                + "\($0["hours"] as? Double ?? 0)"
        }
        for (key, own) in groups where !key.hasPrefix(" ") {
            guard Set(own.compactMap { $0.text("member") }).count >= 100 else { continue }
            found.insert(Found(rule: "many_in_one_day", id: own[0].text("member") ?? ""))
        }
        return Array(found)
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
        if let birth, let joined { rule("joined_before_14", joined < later(birth, by: 14)) }
        rule("without_id_number", row.text("id_number") == nil)
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
