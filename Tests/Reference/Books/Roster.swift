/// A book whose rows have found each other: the unit tree, persons' units and service.
package final class Roster: Sendable {
    package let book: Book
    let parents: [Int?]
    let unitOfPerson: [Int]
    let unitOfTeam: [Int]
    let personOfService: [Int]
    let serviceOfPerson: [[Int]]
    let kinds: [String?]
    let targets: [(target: Book.Target, unit: Int?)]
    private let placesOfKeys: [String: Int]

    package init(_ book: Book) {
        self.book = book
        var places: [String: Int] = [:]
        for (place, unit) in book.units.enumerated() {
            for id in unit.formerly where places[id] == nil { places[id] = place }
        }
        for (place, unit) in book.units.enumerated() { places[unit.id] = place }
        placesOfKeys = places
        let parents = book.units.map { $0.parent.flatMap { places[$0] } }
        self.parents = parents
        unitOfPerson = book.people.map { places[$0.unit] ?? 0 }
        unitOfTeam = book.teams.map { places[$0.unit] ?? 0 }
        var persons: [String: Int] = [:]
        for (place, person) in book.people.enumerated() { persons[person.id] = place }
        personOfService = book.service.map { persons[$0.member] ?? 0 }
        var service = book.people.map { _ in [Int]() }
        for (place, person) in personOfService.enumerated() { service[person].append(place) }
        serviceOfPerson = service
        kinds = book.units.indices.map { unit in
            var at: Int? = unit
            while let place = at {
                if let kind = book.units[place].kind { return kind }
                at = parents[place]
            }
            return nil
        }
        targets = (book.targets ?? Book.noticeTargets).map { target in
            (target, target.unit.flatMap { places[$0] })
        }
    }

    // MARK: the tree

    /// A unit, its parent, and so on up to the root.
    func line(up unit: Int) -> [Int] {
        var all = [unit]
        while let parent = parents[all[all.count - 1]] { all.append(parent) }
        return all
    }

    func isUnder(_ unit: Int?, _ top: Int) -> Bool {
        unit.map { line(up: $0).contains(top) } ?? false
    }

    func ancestor(of unit: Int, level: String) -> Int? {
        line(up: unit).first { book.units[$0].level == level }
    }

    /// The unit that bears an id, or else bore it.
    func place(ofKey key: String) -> Int? { placesOfKeys[key] }

    /// The unit that a text names: exact name, else id, else part of a name; nil where nothing is
    /// called so. Throws where several are.
    func unit(named text: String) throws -> Int? {
        let all = book.units.indices
        let named = all.filter { book.units[$0].name == text }
        if !named.isEmpty { return try one(of: named, text) }
        if let place = place(ofKey: text) { return place }
        let partly = all.filter { book.units[$0].name.contains(text) }
        return partly.isEmpty ? nil : try one(of: partly, text)
    }

    private func one(of matches: [Int], _ text: String) throws -> Int {
        let top = matches.first { candidate in matches.allSatisfy { isUnder($0, candidate) } }
        guard let top else { throw Refusal("no single unit is named \(text)") }
        return top
    }

    // MARK: targets

    /// A unit's own target of a year or its nearest ancestor's, else the year's; in millionths.
    func target(of unit: Int?, year: Int) -> Int? {
        for place in unit.map(line(up:)) ?? [] {
            if let own = targets.first(where: { $0.unit == place && $0.target.year == year }) {
                return own.target.rate
            }
        }
        return target(year: year)
    }

    func target(year: Int) -> Int? {
        targets.first { $0.target.unit == nil && $0.target.year == year }?.target.rate
    }
}
