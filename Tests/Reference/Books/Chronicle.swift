/// Books to be asked side by side, and the day of the current one.
package struct Shelf: Sendable {
    package var books: [Book]
    package var current: Int
    /// What lies beside them, to be loaded as plain tables.
    package var files: [PlainFile]

    package init(_ books: [Book], current: Int, files: [PlainFile] = []) {
        self.books = books
        self.current = current
        self.files = files
    }
}

/// Several books side by side, the earliest first, one of which is current. Units and persons are
/// numbered through all of them: those of the current book as they stand there, then what only
/// the others have, book by book. Whoever bears the same id is the same, as is who bears it as a
/// former one.
package final class Chronicle: Sendable {
    package let rosters: [Roster]
    package let current: Int
    /// Plain tables, by their names.
    package let plain: [String: PlainTable]
    private let units: Numbering
    private let people: Numbering
    private let teams: Numbering

    package convenience init(_ shelf: Shelf) {
        let rosters = shelf.books.sorted { $0.asOf < $1.asOf }.map(Roster.init)
        self.init(rosters, current: rosters.firstIndex { $0.book.asOf == shelf.current }
                  ?? rosters.count - 1,
                  plain: Dictionary(uniqueKeysWithValues: shelf.files.map {
                      ($0.name, PlainTable($0))
                  }))
    }

    init(_ rosters: [Roster], current: Int, plain: [String: PlainTable]) {
        self.rosters = rosters
        self.current = current
        self.plain = plain
        units = Numbering(rosters.map { $0.book.units.map { [$0.id] + $0.formerly } }, current)
        people = Numbering(rosters.map { $0.book.people.map { [$0.id] } }, current)
        teams = Numbering(rosters.map { $0.book.teams.map { [$0.id] } }, current)
    }

    /// The current book.
    package var roster: Roster { rosters[current] }

    /// Where a query reads that says nothing of days.
    var today: Reading { Reading(snapshot: current, day: roster.book.asOf) }

    /// The current book, then the others from the latest on.
    private var searched: [Int] { [current] + rosters.indices.reversed().filter { $0 != current } }

    // MARK: numbers

    /// A book's own value as one of all books.
    func united(_ value: Value, from snapshot: Int) -> Value {
        switch value {
        case .unit(let place): .unit(units.numbers[snapshot][place])
        case .person(let place): .person(people.numbers[snapshot][place])
        default: value
        }
    }

    /// Where a unit stands in a book; nil where the book does not have it.
    func place(ofUnit number: Int, in snapshot: Int) -> Int? {
        units.numbers[snapshot].firstIndex(of: number)
    }

    /// The row that a value names, in a book; nil for none, and where the book has no such row.
    func subject(_ value: Value, in snapshot: Int) -> Subject? {
        switch value {
        case .unit(let number): place(ofUnit: number, in: snapshot).map { Subject(.units, $0) }
        case .person(let number):
            people.numbers[snapshot].firstIndex(of: number).map { Subject(.people, $0) }
        default: nil
        }
    }

    /// A value of the same books with another one current.
    func adopted(_ value: Value, from other: Chronicle) -> Value {
        for index in other.searched {
            guard let subject = other.subject(value, in: index) else { continue }
            return united(subject.table == .units ? .unit(subject.place) : .person(subject.place),
                          from: index)
        }
        return value
    }

    /// What is the same row in other books, and what in no other.
    func identity(_ subject: Subject, in snapshot: Int) -> [Int] {
        let table = Table.allCases.firstIndex(of: subject.table) ?? 0
        switch subject.table {
        case .units: return [table, units.numbers[snapshot][subject.place]]
        case .people: return [table, people.numbers[snapshot][subject.place]]
        case .teams: return [table, teams.numbers[snapshot][subject.place]]
        case .service, .targets: return [table, subject.place, snapshot]
        }
    }

    /// A field of a row, read there; nil where its table has no such field.
    func value(_ subject: Subject, _ field: String, at reading: Reading) -> Value? {
        rosters[reading.snapshot].value(subject, field, at: reading.day)
            .map { united($0, from: reading.snapshot) }
    }

    // MARK: names of units

    /// The unit that a text names, as it is recognised in a book. The text is looked for in the
    /// current book, then in the others, the latest first.
    func unit(named text: String, in snapshot: Int) throws -> Int {
        for index in searched {
            guard let place = try rosters[index].unit(named: text) else { continue }
            return unit(ofKey: rosters[index].book.units[place].id, in: snapshot)
        }
        throw Refusal("no unit is named \(text)")
    }

    /// What bears an id in a book, also as a former one; else what bears it in any.
    private func unit(ofKey key: String, in snapshot: Int) -> Int {
        if let place = rosters[snapshot].place(ofKey: key) {
            return units.numbers[snapshot][place]
        }
        for index in [current] + rosters.indices.filter({ $0 != current }) {
            if let place = rosters[index].book.units.firstIndex(where: { $0.id == key }) {
                return units.numbers[index][place]
            }
        }
        return -1
    }

    // MARK: what is shown

    /// A value as csv shows it in English: units and persons as they are called in the book
    /// preferred, else in the current one, else in the latest that has them.
    func text(_ value: Value, preferring snapshot: Int? = nil) -> String {
        switch value {
        case .unit, .person:
            for index in [snapshot].compactMap({ $0 }) + searched {
                guard let subject = subject(value, in: index) else { continue }
                let book = rosters[index].book
                return subject.table == .units ? book.units[subject.place].name
                    : book.people[subject.place].name
            }
            return ""
        default: return value.plain
        }
    }

    /// A unit's id where it is called by its name.
    func id(ofUnit number: Int) -> String {
        for index in searched {
            if let place = place(ofUnit: number, in: index) {
                return rosters[index].book.units[place].id
            }
        }
        return ""
    }
}

/// In which book a row is read, and at which day.
struct Reading: Hashable {
    var snapshot: Int
    var day: Int
}

/// One number for each row of several books. Who bears the same id is the same. Of two ids, one of
/// which is the other's former one, or both of which one row bears or bore, the later met is the
/// earlier one's, if no book has rows of both: two rows of one book are two.
private struct Numbering: Sendable {
    /// For each book the numbers of its rows.
    let numbers: [[Int]]

    /// For each book the ids of each row, its own before its former ones.
    init(_ books: [[[String]]], _ current: Int) {
        var numberOfID: [String: Int] = [:], count = 0
        for index in [current] + books.indices.filter({ $0 != current }) {
            for id in books[index].map({ $0[0] }) where numberOfID[id] == nil {
                let kin = Numbering.kin(of: id, books)
                let own = Numbering.books(of: id, books)
                let candidates = Set(kin.compactMap { numberOfID[$0] }).sorted()
                let same = candidates.first { number in
                    numberOfID.filter { $0.value == number }.keys.allSatisfy {
                        Numbering.books(of: $0, books).isDisjoint(with: own)
                    }
                }
                numberOfID[id] = same ?? count
                if same == nil { count += 1 }
            }
        }
        numbers = books.map { $0.map { numberOfID[$0[0]] ?? -1 } }
    }

    private static func books(of id: String, _ books: [[[String]]]) -> Set<Int> {
        Set(books.indices.filter { books[$0].contains { $0[0] == id } })
    }

    /// Every id that leads from row to row to this one.
    private static func kin(of id: String, _ books: [[[String]]]) -> Set<String> {
        var kin: Set = [id]
        while true {
            let size = kin.count
            for ids in books.joined() where !kin.isDisjoint(with: ids) { kin.formUnion(ids) }
            if kin.count == size { return kin }
        }
    }
}
