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
    /// The unit that is asked for: these are its people and units, and its own.
    let scope: Unit
    /// Millionths by year; those of single units under `year unit`.
    let targets: [String: Int]
    let units: [Unit]
    let people: [Person]
    let service: [Record]
    let teams: [Team]
    /// Each unit's id, and each earlier one, with the unit.
    private let unitByID: [String: Unit]
    let recordsByPerson: [String: [Record]]

    /// - Parameter scope: a unit's name; nil for the one above all.
    init(_ sample: String, scope name: String? = nil) throws {
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
        let all = try rows("units").map { row in
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
        let top = try #require(all.first { unit in
            name.map { unit.name == $0 } ?? (unit.parent == nil)
        })
        scope = top
        func isInside(_ id: String) -> Bool {
            var next = known[id]
            while let unit = next, unit.id != top.id { next = unit.parent.flatMap { known[$0] } }
            return next != nil
        }
        units = all.filter { isInside($0.id) }
        let everybody = try rows("members").map { row in
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
        let inside = everybody.filter { isInside($0.unit) }
        people = inside
        let ids = Set(inside.map(\.id))
        service = try rows("service").map { row in
            let hours = (row["hours"] as? NSNumber)?.doubleValue ?? 0
            return Record(member: row["member"] as? String ?? "",
                          date: row["date"] as? String ?? "",
                          hours: (hours * 100).rounded() / 100, field: row["field"] as? String,
                          project: row["project"] as? String,
                          isCertified: row["certified"] as? Bool ?? false)
        }.filter { ids.contains($0.member) }
        teams = try rows("teams").map {
            Team(unit: $0["unit"] as? String ?? "", kind: $0["kind"] as? String,
                 founded: $0["founded"] as? String)
        }.filter { isInside($0.unit) }
        recordsByPerson = Dictionary(grouping: service, by: \.member)
    }

    static let city = Result { try Books("city") }
    static let city2015 = Result { try Books("city-2015") }
    static let district = Result { try Books("city", scope: "和平区团委") }
    static let university = Result { try Books("city-2015", scope: "南开大学团委") }
    static let committee = Result { try Books("city", scope: "和平区第一中学团委") }

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

    /// The unit directly below the scope that another lies in; `direct` for the scope itself.
    func part(ofUnit id: String) -> String {
        var current = unitByID[id]
        while let unit = current {
            if unit.id == scope.id { return "direct" }
            if unit.parent == scope.id { return unit.name }
            current = unit.parent.flatMap { unitByID[$0] }
        }
        return "outside"
    }

    func part(_ person: Person) -> String { part(ofUnit: person.unit) }

    /// The units directly below the scope, in the order of the file.
    var parts: [Unit] { units.filter { $0.parent == scope.id } }

    /// The target of a unit directly below the scope by its name, in millionths: its own, that of
    /// the nearest above it, the one for all.
    func target(_ name: String, _ year: String) -> Int {
        var unit: Unit? = name == "direct" || name == "total" ? scope
            : parts.first { $0.name == name }
        while let current = unit {
            if let own = targets["\(year) \(current.id)"] { return own }
            unit = current.parent.flatMap { unitByID[$0] }
        }
        return targets[year] ?? 0
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

/// Persons in groups: every unit directly below the scope, those of itself where there are any,
/// and all.
extension Books {
    func byPart(_ persons: [Person], _ figures: ([Person]) -> [String]) -> [String: String] {
        let groups = Dictionary(grouping: persons, by: part)
        var result = ["total": line(figures(persons))]
        for unit in parts { result[unit.name] = line(figures(groups[unit.name] ?? [])) }
        if let own = groups["direct"] { result["direct"] = line(figures(own)) }
        return result
    }
}
