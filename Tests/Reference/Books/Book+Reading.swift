import Foundation

extension Book {
    /// Reads a snapshot folder. Rows that the loader must reject are left out.
    package static func read(folder: String) throws -> Book {
        let url = URL(fileURLWithPath: folder)
        let manifest = try JSONSerialization.jsonObject(
            with: Data(contentsOf: url.appendingPathComponent("manifest.json")))
        guard let manifest = manifest as? [String: Any],
              let asOf = (manifest["as_of"] as? String).flatMap(DayCount.read) else {
            throw Refusal("no manifest in \(folder)")
        }
        var book = Book(asOf: asOf)
        book.targets = (manifest["targets"] as? [[String: Any]])?.compactMap(target)
        book.units = try rows(url, "units").compactMap(unit)
        book.people = try rows(url, "members").compactMap(person)
        book.service = try rows(url, "service").compactMap(service)
        book.teams = try rows(url, "teams").compactMap(team)
        book.leaveOutRejects()
        return book
    }

    private static func rows(_ folder: URL, _ table: String) throws -> [[String: Any]] {
        let url = folder.appendingPathComponent(table + ".ndjson")
        guard FileManager.default.fileExists(atPath: url.path) else { return [] }
        return try Data(contentsOf: url).split(separator: 10).compactMap {
            try JSONSerialization.jsonObject(with: Data($0)) as? [String: Any]
        }
    }

    private static func days(_ row: [String: Any], _ names: [String]) -> [String: Int]? {
        var all: [String: Int] = [:]
        for name in names {
            guard let value = row[name], !(value is NSNull) else { continue }
            guard let day = (value as? String).flatMap(DayCount.read) else { return nil }
            all[name] = day
        }
        return all
    }

    private static func unit(_ row: [String: Any]) -> Unit? {
        guard let id = row["id"] as? String, let name = row["name"] as? String,
              let level = row["level"] as? String,
              let days = days(row, ["plan_submitted"]) else { return nil }
        var unit = Unit(id: id, name: name, parent: row["parent"] as? String, level: level)
        unit.kind = row["kind"] as? String
        unit.planSubmitted = days["plan_submitted"]
        unit.formerly = row["formerly"] as? [String]
            ?? (row["formerly"] as? String).map { [$0] } ?? []
        return unit
    }

    private static func person(_ row: [String: Any]) -> Person? {
        guard let id = row["id"] as? String, let name = row["name"] as? String,
              let unit = row["unit"] as? String, let days = days(row, personDays) else {
            return nil
        }
        var person = Person(id: id, name: name, unit: unit)
        person.gender = row["gender"] as? String
        person.status = row["status"] as? String
        person.cadre = row["cadre"] as? String
        person.days = days
        person.certifiedStars = (row["certified_stars"] as? NSNumber)?.intValue
        return person
    }

    private static func service(_ row: [String: Any]) -> Service? {
        guard let member = row["member"] as? String, let days = days(row, ["date"]),
              let date = days["date"], let hours = (row["hours"] as? NSNumber)?.doubleValue,
              hours > 0, hours <= 24 else { return nil }
        let hundredths = Int((hours * 100).rounded(.toNearestOrAwayFromZero))
        var service = Service(member: member, date: date, hours: hundredths)
        service.field = row["field"] as? String
        service.project = row["project"] as? String
        service.certified = row["certified"] as? Bool
        return service
    }

    private static func team(_ row: [String: Any]) -> Team? {
        guard let id = row["id"] as? String, let name = row["name"] as? String,
              let unit = row["unit"] as? String, let days = days(row, ["founded"]) else {
            return nil
        }
        var team = Team(id: id, name: name, unit: unit)
        team.kind = row["kind"] as? String
        team.founded = days["founded"]
        return team
    }

    private static func target(_ row: [String: Any]) -> Target? {
        guard let year = row["year"] as? Int,
              let rate = (row["rate"] as? NSNumber)?.doubleValue else { return nil }
        return Target(year: year, rate: Int((rate * 1_000_000).rounded()),
                      by: (row["by"] as? String).flatMap(DayCount.read),
                      unit: row["unit"] as? String)
    }

    private mutating func leaveOutRejects() {
        let known = Set(units.flatMap { [$0.id] + $0.formerly })
        var seen: Set<String> = []
        people = people.filter { known.contains($0.unit) && seen.insert($0.id).inserted }
        service = service.filter { seen.contains($0.member) }
        teams = teams.filter { known.contains($0.unit) }
    }
}
