/// Other exports of the same League: units and persons of the same ids, some of them moved,
/// renamed, renumbered, joined to others, dissolved or new, in another order.
extension RandomSnapshot {
    /// The books of a seed, seldom more than two, and which of them is current.
    package static func shelf(seed: UInt64) -> Shelf {
        var snapshot = RandomSnapshot(seed: seed)
        snapshot.fill()
        var books = [snapshot.book]
        let wanted = snapshot.random.pick([1, 1, 2, 2, 2, 3]) ?? 1
        while books.count < wanted {
            snapshot.change(books.count)
            let taken = books.map(\.asOf)
            let free = RandomSnapshot.asOfs.filter { !taken.contains($0) }
            snapshot.book.asOf = snapshot.random.pick(free) ?? 0
            books.append(snapshot.book)
        }
        let current = snapshot.random.pick(books)?.asOf ?? books[0].asOf
        return Shelf(books, current: current,
                     files: RandomFile.files(seed: seed, books: books))
    }

    private mutating func change(_ number: Int) {
        changeUnits(number)
        changePeople(number)
        changeRest(number)
        if random.chance(25) { fillTargets() }
    }

    // MARK: units

    private mutating func changeUnits(_ number: Int) {
        for id in book.units.map(\.id) where random.chance(12) {
            guard let unit = book.units.first(where: { $0.id == id }), unit.parent != nil else {
                continue
            }
            if random.chance(55) { join(unit) } else { dissolve(unit) }
        }
        for place in book.units.indices where random.chance(10) {
            renumber(place, as: "R\(number)\(book.units[place].id)")
        }
        for place in book.units.indices {
            if random.chance(12) {
                book.units[place].name = (random.pick(Self.unitNames) ?? "") + "\(place)"
            }
            if random.chance(12) { move(place) }
            if random.chance(8) { book.units[place].kind = random.pick(Self.kinds) }
            if random.chance(15) { book.units[place].planSubmitted = day(percent: 70) }
        }
        for new in 0..<random.below(3) { found("N\(number)\(new)") }
        if random.chance(50) { book.units = random.shuffled(book.units) }
    }

    private func rank(_ unit: Book.Unit) -> Int {
        RandomSnapshot.levels.firstIndex(of: unit.level) ?? 0
    }

    /// What stands above a unit is now above what stood below it.
    private mutating func close(_ unit: Book.Unit) {
        let ids = [unit.id] + unit.formerly
        for place in book.units.indices {
            if let parent = book.units[place].parent, ids.contains(parent) {
                book.units[place].parent = unit.parent
            }
        }
        book.units.removeAll { $0.id == unit.id }
    }

    /// Another unit takes it in, which bears its id from now on as a former one: that others may
    /// still use.
    private mutating func join(_ unit: Book.Unit) {
        close(unit)
        let others = book.units.indices.filter { rank(book.units[$0]) > 0 }
        guard let place = random.pick(others) ?? book.units.indices.first else { return }
        book.units[place].formerly += [unit.id] + unit.formerly
    }

    private mutating func dissolve(_ unit: Book.Unit) {
        let ids = [unit.id] + unit.formerly
        close(unit)
        let heir = unit.parent ?? ""
        for place in book.people.indices where ids.contains(book.people[place].unit) {
            book.people[place].unit = heir
        }
        for place in book.teams.indices where ids.contains(book.teams[place].unit) {
            book.teams[place].unit = heir
        }
        book.targets?.removeAll { $0.unit.map(ids.contains) ?? false }
    }

    private mutating func renumber(_ place: Int, as id: String) {
        book.units[place].formerly.insert(book.units[place].id, at: 0)
        book.units[place].id = id
    }

    private mutating func move(_ place: Int) {
        guard book.units[place].parent != nil else { return }
        let level = rank(book.units[place])
        let above = book.units.filter { rank($0) < level }
        if let parent = random.pick(above) { book.units[place].parent = parent.id }
    }

    private mutating func found(_ id: String) {
        guard let parent = random.pick(book.units.filter { rank($0) < 4 }) else { return }
        let level = random.from(rank(parent) + 1, to: 4)
        var unit = Book.Unit(id: id, name: (random.pick(Self.unitNames) ?? "") + "新",
                             parent: parent.id, level: RandomSnapshot.levels[level])
        unit.kind = random.chance(45) ? random.pick(Self.kinds) : nil
        unit.planSubmitted = day(percent: 60)
        book.units.append(unit)
    }

    // MARK: the rest

    private mutating func changePeople(_ number: Int) {
        book.people.removeAll { _ in random.chance(12) }
        for place in book.people.indices {
            if random.chance(20) { book.people[place].unit = someUnit() }
            if random.chance(10) {
                book.people[place].status = random.pick([nil, "activist"]) ?? nil
            }
            if random.chance(8) { book.people[place].name += "改" }
            for name in Book.personDays where random.chance(8) && name != "birth" {
                book.people[place].days[name] = day(percent: 75)
            }
        }
        for new in 0..<random.below(5) {
            var person = random.pick(book.people) ?? Book.Person(id: "", name: "新", unit: "")
            person.id = "Q\(number)\(new)"
            person.unit = someUnit()
            book.people.append(person)
        }
        if random.chance(40) { book.people = random.shuffled(book.people) }
        let known = Set(book.people.map(\.id))
        book.service.removeAll { !known.contains($0.member) || random.chance(15) }
    }

    private mutating func changeRest(_ number: Int) {
        for place in book.service.indices where random.chance(10) {
            book.service[place].certified = random.pick([true, false, nil]) ?? nil
        }
        for _ in 0..<random.below(6) {
            guard let person = random.pick(book.people) else { break }
            var record = Book.Service(member: person.id, date: day() ?? book.asOf,
                                      hours: random.pick([50, 100, 333, 2000]) ?? 100)
            record.certified = random.pick([true, true, nil]) ?? nil
            book.service.append(record)
        }
        if random.chance(30) { book.service = random.shuffled(book.service) }
        book.teams.removeAll { _ in random.chance(15) }
        for place in book.teams.indices where random.chance(15) {
            book.teams[place].unit = someUnit()
        }
        for new in 0..<random.below(3) {
            var team = Book.Team(id: "S\(number)\(new)", name: "服务队新", unit: someUnit())
            team.founded = day(percent: 80)
            book.teams.append(team)
        }
    }
}
