import MusterDiagnostics
import MusterLanguage

/// Rows of a plain table that belong to rows of another table: `relate p1.a to p2.b as up, down`.
struct Related {
    enum Side: Hashable {
        case plain(String)
        case table(Table)
    }

    let lower: String
    let lowerKeys: [Expression]
    let upper: Side
    let upperKeys: [Expression]
    let up: String
    let down: String
    /// For each snapshot, what each lower row belongs to.
    var owners: [Int: [Owner?]] = [:]
}

/// A row that others may belong to: of a plain table by its place, or of the books.
enum Owner: Hashable {
    case plain(String, Int)
    case subject(Table, Int)
}

/// A row of a plain table, by its place in the file.
struct PlainRow {
    let table: String
    let index: Int
}

extension Evaluator {
    func relate(_ arguments: [String: SlotValue]) throws {
        guard case .keyed(let lower)? = arguments["lower"],
              case .keyed(let upper)? = arguments["upper"],
              case .words(let names)? = arguments["names"], names.count == 2,
              let plain = chronicle.plain[lower.table.text] else { throw Refusal("not a relation") }
        let side: Related.Side, shape: Shape
        if let other = chronicle.plain[upper.table.text] {
            (side, shape) = (.plain(upper.table.text), relation(other, upper.table.text).shape)
        } else {
            guard let table: Table = ["people": .people, "units": .units][
                Names.source(upper.table.text)] else { throw Refusal("no whole table") }
            (side, shape) = (.table(table), Shape(table: table))
        }
        let own = relation(plain, lower.table.text).shape
        guard lower.keys.count == upper.keys.count else { throw Refusal("as many keys") }
        for (a, b) in zip(lower.keys, upper.keys) {
            guard let a = kind(a, own), let b = kind(b, shape), a.meets(b) else {
                throw Refusal("keys of two types")
            }
        }
        related.removeAll { $0.lower == lower.table.text && $0.up == names[0].text }
        related.append(Related(lower: lower.table.text, lowerKeys: lower.keys, upper: side,
                               upperKeys: upper.keys, up: names[0].text, down: names[1].text))
    }

    // MARK: who owns whom

    /// What each row of the lower table belongs to in a snapshot: the only upper row that has all
    /// of its keys.
    private func owners(_ number: Int, in snapshot: Int) throws -> [Owner?] {
        if let known = related[number].owners[snapshot] { return known }
        let relation = related[number]
        let uppers = try keys(of: relation.upper, relation.upperKeys, in: snapshot)
        let lowers = try keys(of: .plain(relation.lower), relation.lowerKeys, in: snapshot)
        let owners = lowers.map { lower -> Owner? in
            guard !lower.keys.contains(where: \.isNone) else { return nil }
            let found = uppers.filter { upper in
                zip(lower.keys, upper.keys).allSatisfy { compare(.equal, $0, $1) }
            }
            return found.count == 1 ? found[0].owner : nil
        }
        related[number].owners[snapshot] = owners
        return owners
    }

    private func keys(of side: Related.Side, _ keys: [Expression], in snapshot: Int) throws
        -> [(owner: Owner, keys: [Value])] {
        let at = Reading(snapshot: snapshot, day: chronicle.rosters[snapshot].book.asOf)
        switch side {
        case .plain(let name):
            guard let plain = chronicle.plain[name] else { return [] }
            let rows = relation(plain, name, at: at)
            return try rows.rows.enumerated().map { index, row in
                let place = Place(row: row, shape: rows.shape, at: at)
                return (.plain(name, index), try keys.map { try value($0, place) })
            }
        case .table(let table):
            let source = table == .people ? "people" : "units"
            let subjects = chronicle.rosters[snapshot].rows(of: source, at: at.day)?.1 ?? []
            return try subjects.map { subject in
                // A key is what the row says, whenever it began.
                let ever = Reading(snapshot: snapshot, day: DayCount.day(9999, 12, 31))
                let place = Place(row: Row(subject: subject, at: ever),
                                  shape: Shape(table: table), at: ever)
                return (.subject(table, subject.place), try keys.map { try value($0, place) })
            }
        }
    }

    // MARK: up

    /// Whether the rows of a plain table lead to others.
    func leadsUp(_ table: String) -> Bool { related.contains { $0.lower == table } }

    /// The value of a path that begins with the way up; nil where it does not.
    func relatedValue(_ names: [Name], _ place: Place) throws -> Value? {
        guard let row = place.row.plain, place.shape.plain == row.table else { return nil }
        return try relatedValue(names, of: row, at: place.at)
    }

    private func relatedValue(_ names: [Name], of row: PlainRow, at reading: Reading) throws
        -> Value? {
        guard let number = related.lastIndex(where: {
            $0.lower == row.table && $0.up == names[0].text
        }) else { return nil }
        let rest = Array(names.dropFirst())
        switch try owners(number, in: reading.snapshot)[row.index] {
        case nil: return Value.none
        case .plain(let table, let index)?:
            guard let first = rest.first else { return .integer(index) }
            guard let plain = chronicle.plain[table],
                  let column = relation(plain, table).shape.column(typed: rest) else {
                return try relatedValue(rest, of: PlainRow(table: table, index: index),
                                        at: reading)
                    .orRefusal("no column \(first.text)")
            }
            return relation(plain, table).rows[index][column.name]
        case .subject(let table, let place)?:
            let value: Value = table == .units ? .unit(place) : .person(place)
            let united = chronicle.united(value, from: reading.snapshot)
            guard !rest.isEmpty else { return united }
            return try follow(united, steps(rest), at: reading)
        }
    }

    // MARK: down

    /// The rows that belong to a row, where a path begins with a relation's name for them, and
    /// what is left of the path.
    func relatedPlaces(_ names: [Name], _ place: Place) throws -> (places: [Place], rest: [Name])? {
        guard let first = names.first, let number = related.lastIndex(where: {
            $0.down == first.text
        }), let owner = owner(related[number].upper, place),
              let plain = chronicle.plain[related[number].lower] else { return nil }
        var rows = relation(plain, related[number].lower, at: place.at)
        rows.shape.arguments = place.shape.arguments
        let owners = try owners(number, in: place.at.snapshot)
        let own = zip(rows.rows, owners).filter { $1 == owner }.map(\.0)
        return (own.map { Place(row: $0, shape: rows.shape, at: place.at) },
                Array(names.dropFirst()))
    }

    /// The row that stands at a place, where it is one of that table.
    private func owner(_ side: Related.Side, _ place: Place) -> Owner? {
        switch side {
        case .plain(let table):
            guard let row = place.row.plain, row.table == table, place.shape.plain == table
            else { return nil }
            return .plain(table, row.index)
        case .table(let table):
            guard place.shape.table == table, let subject = place.row.subject else { return nil }
            return .subject(table, subject.place)
        }
    }
}

extension Value? {
    fileprivate func orRefusal(_ text: String) throws -> Value {
        guard let self else { throw Refusal(text) }
        return self
    }
}
