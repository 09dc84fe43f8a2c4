/// A table of the snapshot.
package enum Table: String, Sendable, CaseIterable {
    case people, units, service, teams, targets

    /// The codes of a field.
    func codes(_ field: String) -> CodeList? {
        switch (self, field) {
        case (.people, "gender"): .gender
        case (.people, "status"): .status
        case (.people, "cadre"): .cadre
        case (.units, "level"): .level
        case (.units, "kind"): .unitKind
        case (.service, "field"): .serviceField
        case (.teams, "kind"): .teamKind
        default: nil
        }
    }

    /// Fields that `drill` lists, each of one step.
    var fields: [String] {
        switch self {
        case .people: ["id", "name", "gender", "birth", "unit", "status", "joined",
                       "left", "cadre", "party_joined", "nominated.date", "registered.date",
                       "cancelled", "entered.date", "trained.date", "insured_until",
                       "certified_stars", "id_number"]
        case .units: ["id", "name", "parent", "level", "kind", "plan_submitted.date", "formerly"]
        case .service: ["member", "date", "hours", "field", "project", "certified"]
        case .teams: ["id", "name", "unit", "kind", "founded"]
        case .targets: ["year", "rate", "by", "unit"]
        }
    }

    /// The table whose row a field of this one holds.
    func table(of field: String) -> Table? {
        switch (self, field) {
        case (.people, "unit"), (.teams, "unit"), (.targets, "unit"), (.units, "unit"),
             (.units, "parent"): .units
        case (.units, let level) where Names.levels.contains { $0.0 == level }: .units
        case (.service, "member"): .people
        default: nil
        }
    }

    /// The table of the rows below a row of this one, for paths down.
    func below(_ relation: String) -> Table? {
        switch (self, relation) {
        case (.people, "service"), (.units, "service"): .service
        case (.units, "members"), (.units, "activists"), (.units, "people"),
             (.units, "own_members"): .people
        case (.units, "teams"): .teams
        case (.units, "children"): .units
        default: nil
        }
    }
}

/// One row of a table.
struct Subject: Hashable {
    let table: Table
    let place: Int

    init(_ table: Table, _ place: Int) {
        self.table = table
        self.place = place
    }
}

extension Roster {
    func count(_ table: Table) -> Int {
        switch table {
        case .people: book.people.count
        case .units: book.units.count
        case .service: book.service.count
        case .teams: book.teams.count
        case .targets: targets.count
        }
    }

    /// The rows of a source at a day, in file order; nil where there is no such source.
    func rows(of source: String, at now: Int) -> (Table, [Subject])? {
        func all(_ table: Table, _ keep: (Int) -> Bool = { _ in true }) -> (Table, [Subject]) {
            (table, (0..<count(table)).filter(keep).map { Subject(table, $0) })
        }
        switch source {
        case "members": return all(.people) { isMember($0) && isOnRoll($0, at: now) }
        case "activists": return all(.people) { !isMember($0) }
        case "people": return all(.people)
        case "units": return all(.units)
        case "service": return all(.service) { book.service[$0].date <= now }
        case "teams": return all(.teams) { book.teams[$0].founded.map { $0 <= now } ?? false }
        case "targets": return all(.targets)
        default: return nil
        }
    }

    /// The rows below a row, at a day: persons and service of a unit from its whole subtree,
    /// teams, own members and children its own.
    func rows(below subject: Subject, _ relation: String, at now: Int) -> [Subject] {
        let source = switch relation {
        case "own_members": "members"
        case "children": "units"
        default: relation
        }
        guard let (_, all) = rows(of: source, at: now) else { return [] }
        return all.filter { row in
            switch (subject.table, relation) {
            case (.people, _): personOfService[row.place] == subject.place
            case (_, "children"): parents[row.place] == subject.place
            case (_, "teams"): unitOfTeam[row.place] == subject.place
            case (_, "own_members"): unit(ofPerson: row.place, at: now) == subject.place
            case (_, "service"):
                isUnder(unit(ofPerson: personOfService[row.place], at: now), subject.place)
            default: isUnder(unit(ofPerson: row.place, at: now), subject.place)
            }
        }
    }

    /// A field's value; nil where the table has no such field.
    func value(_ subject: Subject, _ field: String, at now: Int) -> Value? {
        switch subject.table {
        case .people: person(subject.place, field, at: now)
        case .units: unit(subject.place, field, at: now)
        case .service: service(subject.place, field)
        case .teams: team(subject.place, field)
        case .targets: target(subject.place, field)
        }
    }

    private func person(_ place: Int, _ field: String, at now: Int) -> Value? {
        let row = book.people[place]
        switch field {
        case "id": return .text(row.id)
        case "name": return .text(row.name)
        // Invented persons have none.
        case "id_number": return Value.none
        case "unit": return unit(ofPerson: place, at: now).map { .unit($0) } ?? Value.none
        case "gender": return .text(optional: row.gender)
        case "status": return .text(row.status ?? "member")
        case "cadre": return .text(optional: cadre(place, at: now))
        case "certified_stars": return .integer(optional: certifiedStars(place, at: now))
        case "insured_until": return .day(optional: insuredUntil(place, at: now))
        case "birth", "joined", "left", "party_joined", "cancelled", "unit_from", "cadre_from",
             "insured_from", "stars_on":
            return .day(optional: row.days[field])
        case "registered.date", "entered.date", "trained.date", "nominated.date":
            return .day(optional: row.days[String(field.dropLast(5))])
        case "on_roll": return .truth(isOnRoll(place, at: now))
        case "registered": return .truth(isRegistered(place, at: now))
        case "entered", "trained", "nominated":
            return .truth(hasHappened(place, field, by: now))
        case "party": return .truth(hasHappened(place, "party_joined", by: now))
        case "insured": return .truth(isInsured(place, at: now))
        case "age": return .integer(optional: age(place, at: now))
        case "minor": return .truth(age(place, at: now).map { $0 < 18 } ?? false)
        case "hours": return .hundredths(hours(place, upTo: now, certified: true))
        case "recorded_hours": return .hundredths(hours(place, upTo: now, certified: false))
        case "year_hours": return .hundredths(yearHours(place, at: now))
        case "stars": return .integer(stars(place, at: now))
        default: return nil
        }
    }

    private func unit(_ place: Int, _ field: String, at now: Int) -> Value? {
        let row = book.units[place]
        switch field {
        case "id": return .text(row.id)
        case "name": return .text(row.name)
        case "unit": return .unit(place)
        case "parent": return parents[place].map { .unit($0) } ?? Value.none
        case "level": return .text(row.level)
        case "kind": return .text(optional: kinds[place])
        case "formerly":
            return row.formerly.isEmpty ? Value.none : .text(row.formerly.joined(separator: " "))
        case "plan_submitted": return .truth(hasPlan(place, at: now))
        case "plan_submitted.date": return .day(optional: row.planSubmitted)
        default:
            guard Names.levels.contains(where: { $0.0 == field }) else { return nil }
            return ancestor(of: place, level: field).map { .unit($0) } ?? Value.none
        }
    }

    private func service(_ place: Int, _ field: String) -> Value? {
        let row = book.service[place]
        switch field {
        case "member": return .person(personOfService[place])
        case "date": return .day(row.date)
        case "hours": return .hundredths(row.hours)
        case "field": return .text(optional: row.field)
        case "project": return .text(optional: row.project)
        case "certified": return row.certified.map { .truth($0) } ?? Value.none
        default: return nil
        }
    }

    private func team(_ place: Int, _ field: String) -> Value? {
        let row = book.teams[place]
        switch field {
        case "id": return .text(row.id)
        case "name": return .text(row.name)
        case "unit": return .unit(unitOfTeam[place])
        case "kind": return .text(optional: row.kind)
        case "founded": return .day(optional: row.founded)
        default: return nil
        }
    }

    private func target(_ place: Int, _ field: String) -> Value? {
        let (row, unit) = targets[place]
        switch field {
        case "year": return .year(row.year)
        case "rate": return .target(row.rate)
        case "by": return .day(optional: row.by)
        case "unit": return unit.map { .unit($0) } ?? Value.none
        default: return nil
        }
    }
}
