import Foundation
import Testing

/// A sample's rows as Foundation reads them, with definitions of their own: the other side of
/// the comparison. Days are texts `2015-10-31`, which sort as they should.
final class Books: Sendable {
    struct Unit: Sendable {
        let id, name, level, kind: String
        let parent: String?
        let planSubmitted: String?
    }
    struct Person: Sendable {
        let id, name, unit: String
        let isMember: Bool
        let birth, joined, left, cadre, partyJoined, nominated: String?
        let registered, cancelled, entered, trained, insuredUntil: String?
        let certifiedStars: Int?
    }
    struct Record: Sendable {
        let member, date: String
        let hours: Double
        let field, project: String?
        let isCertified: Bool
    }
    struct Team: Sendable {
        let unit: String
        let kind, founded: String?
    }

    let asOf: String
    /// Millionths by year; those of single units under `year unit`.
    let targets: [String: Int]
    let units: [Unit]
    let people: [Person]
    let service: [Record]
    let teams: [Team]
    /// Each unit's id, and each earlier one, with the unit.
    private let unitByID: [String: Unit]
    let recordsByPerson: [String: [Record]]

    init(_ sample: String) throws {
        func rows(_ table: String) throws -> [[String: Any]] {
            let data = try Data(contentsOf: URL(
                filePath: Project.path("samples/\(sample)/\(table).ndjson")))
            return try data.split(separator: 0x0A).map {
                try #require(try JSONSerialization.jsonObject(with: $0) as? [String: Any])
            }
        }
        let manifest = try #require(try JSONSerialization.jsonObject(with: Data(contentsOf: URL(
            filePath: Project.path("samples/\(sample)/manifest.json")))) as? [String: Any])
        asOf = manifest["as_of"] as? String ?? ""
        var rates: [String: Int] = [:]
        for target in manifest["targets"] as? [[String: Any]] ?? [] {
            let year = (target["year"] as? NSNumber)?.stringValue ?? ""
            let rate = ((target["rate"] as? NSNumber)?.doubleValue ?? 0) * 1_000_000
            let key = [year, target["unit"] as? String].compactMap(\.self).joined(separator: " ")
            rates[key] = Int(rate.rounded())
        }
        targets = rates
        var known: [String: Unit] = [:]
        // Parents come before children in the samples.
        units = try rows("units").map { row in
            let parent = row["parent"] as? String
            let kind = row["kind"] as? String ?? parent.flatMap { known[$0]?.kind }
            let unit = Unit(id: row["id"] as? String ?? "", name: row["name"] as? String ?? "",
                            level: row["level"] as? String ?? "", kind: kind ?? "",
                            parent: parent, planSubmitted: row["plan_submitted"] as? String)
            known[unit.id] = unit
            if let former = row["formerly"] as? String { known[former] = unit }
            for former in row["formerly"] as? [String] ?? [] { known[former] = unit }
            return unit
        }
        unitByID = known
        people = try rows("members").map { row in
            func text(_ key: String) -> String? { row[key] as? String }
            return Person(
                id: text("id") ?? "", name: text("name") ?? "", unit: text("unit") ?? "",
                isMember: (text("status") ?? "member") == "member", birth: text("birth"),
                joined: text("joined"), left: text("left"), cadre: text("cadre"),
                partyJoined: text("party_joined"), nominated: text("nominated"),
                registered: text("registered"), cancelled: text("cancelled"),
                entered: text("entered"), trained: text("trained"),
                insuredUntil: text("insured_until"), certifiedStars: row["certified_stars"] as? Int)
        }
        service = try rows("service").map { row in
            let hours = (row["hours"] as? NSNumber)?.doubleValue ?? 0
            return Record(member: row["member"] as? String ?? "",
                          date: row["date"] as? String ?? "",
                          hours: (hours * 100).rounded() / 100, field: row["field"] as? String,
                          project: row["project"] as? String,
                          isCertified: row["certified"] as? Bool ?? false)
        }
        teams = try rows("teams").map {
            Team(unit: $0["unit"] as? String ?? "", kind: $0["kind"] as? String,
                 founded: $0["founded"] as? String)
        }
        recordsByPerson = Dictionary(grouping: service, by: \.member)
    }

    static let city = Result { try Books("city") }
    static let city2015 = Result { try Books("city-2015") }

    func unit(_ id: String) -> Unit? { unitByID[id] }

    /// The unit of a level at or above another.
    func ancestor(_ id: String, _ level: String) -> Unit? {
        var current = unitByID[id]
        while let unit = current {
            if unit.level == level { return unit }
            current = unit.parent.flatMap { unitByID[$0] }
        }
        return nil
    }

    func district(_ person: Person) -> String {
        ancestor(person.unit, "district")?.name ?? "(none)"
    }

    /// The district-level units by name, in the order of the file.
    var districts: [String] { units.filter { $0.level == "district" }.map(\.name) }

    /// The target of a district-level unit by its name, in millionths; the city's for others.
    func target(_ name: String, _ year: String) -> Int {
        let own = units.first { $0.level == "district" && $0.name == name }
        return own.flatMap { targets["\(year) \($0.id)"] } ?? targets[year] ?? 0
    }

    /// How many people are missing for a target.
    func short(_ of: Int, _ n: Int, _ target: Int) -> Int? {
        of == 0 ? nil : max(0, (target * of + 999_999) / 1_000_000 - n)
    }

    // MARK: what a person is at a day

    func isOnRoll(_ person: Person, _ day: String) -> Bool {
        guard person.isMember, let joined = person.joined, joined <= day else { return false }
        guard let left = person.left, left >= joined else { return true }
        return left > day
    }

    func isRegistered(_ person: Person, _ day: String) -> Bool {
        guard let from = person.registered, from <= day else { return false }
        guard let until = person.cancelled, until >= from else { return true }
        return until > day
    }

    func isInsured(_ person: Person, _ day: String) -> Bool {
        isRegistered(person, day) && (person.insuredUntil ?? "") >= day
    }

    func age(_ person: Person, _ day: String) -> Int? {
        guard let birth = person.birth, let born = Int(birth.prefix(4)),
              let now = Int(day.prefix(4)) else { return nil }
        return now - born - (day.dropFirst(4) < birth.dropFirst(4) ? 1 : 0)
    }

    func members(_ day: String) -> [Person] { people.filter { isOnRoll($0, day) } }

    /// Hours of a person up to a day, in hundredths summed as whole numbers.
    func hours(_ person: Person, _ day: String, in year: String? = nil, certified: Bool = true)
        -> Double {
        let hundredths = (recordsByPerson[person.id] ?? []).reduce(0) { sum, record in
            guard record.date <= day, record.isCertified || !certified,
                  year.map({ record.date.hasPrefix($0) }) ?? true else { return sum }
            return sum + Int((record.hours * 100).rounded())
        }
        return Double(hundredths) / 100
    }

    func stars(_ person: Person, _ day: String) -> Int {
        guard isRegistered(person, day) else { return 0 }
        return [100.0, 300, 600, 1000, 1500].filter { hours(person, day) >= $0 }.count
    }
}

/// Days from one to another.
func days(_ from: String, _ to: String) -> Int {
    let parts = { (text: String) in text.split(separator: "-").compactMap { Int($0) } }
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = .gmt
    func date(_ text: String) -> Date {
        let p = parts(text)
        let components = DateComponents(year: p[0], month: p[1], day: p[2])
        return calendar.date(from: components) ?? .distantPast
    }
    return Int((date(to).timeIntervalSince(date(from)) / 86_400).rounded())
}

func dayAfter(_ from: String, plus count: Int) -> String {
    let parts = from.split(separator: "-").compactMap { Int($0) }
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = .gmt
    let start = calendar.date(from: DateComponents(year: parts[0], month: parts[1], day: parts[2]))
    let end = calendar.dateComponents(
        [.year, .month, .day],
        from: (start ?? .distantPast).addingTimeInterval(Double(count) * 86_400))
    return String(format: "%04d-%02d-%02d", end.year ?? 0, end.month ?? 0, end.day ?? 0)
}

func median(_ values: [Double]) -> Double? {
    guard !values.isEmpty else { return nil }
    let sorted = values.sorted(), half = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2
}

func share(_ part: Int, _ whole: Int) -> Double? {
    whole == 0 ? nil : Double(part) / Double(whole)
}

extension Array where Element == Books.Person {
    func count(_ condition: (Element) -> Bool) -> Int { filter(condition).count }
}

/// Persons in groups: every district-level unit, those without one where there are any, and all.
extension Books {
    func byDistrict(_ persons: [Person], _ figures: ([Person]) -> [String])
        -> [String: String] {
        let groups = Dictionary(grouping: persons, by: district)
        var result = ["total": line(figures(persons))]
        for name in districts { result[name] = line(figures(groups[name] ?? [])) }
        if let others = groups["(none)"] { result["(none)"] = line(figures(others)) }
        return result
    }
}
