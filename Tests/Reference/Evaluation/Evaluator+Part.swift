import MusterLanguage

/// Units by the one directly below a named one, and the order in which codes are declared.
extension Evaluator {
    /// The unit that `part(…, "NAME")` names; nil for another expression.
    func whole(_ expression: Expression, in snapshot: Int) throws -> Value? {
        guard case .call(let path, let name, let arguments) = expression.kind, path.isEmpty,
              Names.function(name.text) == "part", arguments.count == 2 else { return nil }
        return .unit(try named(arguments[1].value, in: snapshot))
    }

    /// The unit that a text or `root` means.
    private func named(_ expression: Expression, in snapshot: Int) throws -> Int {
        switch expression.kind {
        case .literal(.text(let template)):
            return try chronicle.unit(named: text(template), in: snapshot)
        case .path(let names) where names.count == 1 && ["root", "顶级"].contains(names[0].text):
            // It is the current snapshot's top, wherever it is asked for.
            let roster = chronicle.roster
            let tops = roster.book.units.indices.filter { roster.parents[$0] == nil }
            guard tops.count == 1,
                  case .unit(let top) = chronicle.united(.unit(tops[0]), from: chronicle.current)
            else { throw Refusal("no single top") }
            return top
        default: throw Refusal("a unit by its name")
        }
    }

    /// The way up from a unit to a named one: both their places, with those between; nil where it
    /// is not below it.
    private func way(_ arguments: [Argument], _ place: Place) throws -> [Int]? {
        guard arguments.count == 2 else { throw Refusal("a unit and a name") }
        let snapshot = place.at.snapshot, roster = chronicle.rosters[snapshot]
        let named = try named(arguments[1].value, in: snapshot)
        guard let top = chronicle.place(ofUnit: named, in: snapshot),
              case .unit(let number) = try value(arguments[0].value, place),
              let bottom = chronicle.place(ofUnit: number, in: snapshot) else { return nil }
        let line = roster.line(up: bottom)
        return line.firstIndex(of: top).map { Array(line[...$0]) }
    }

    /// Up from the unit to the one whose parent is the named one; that one itself for itself.
    func part(_ arguments: [Argument], _ place: Place) throws -> Value {
        guard let way = try way(arguments, place) else { return .none }
        let found = way.count == 1 ? way[0] : way[way.count - 2]
        return chronicle.united(.unit(found), from: place.at.snapshot)
    }

    /// The names from below the named unit down to the unit; none for that one itself.
    func path(_ arguments: [Argument], _ place: Place) throws -> Value {
        guard let way = try way(arguments, place), way.count > 1 else { return .none }
        let units = chronicle.rosters[place.at.snapshot].book.units
        return .text(way.dropLast().reversed().map { units[$0].name }.joined(separator: " / "))
    }

    /// The place of a code among those declared, from 1; behind them all others.
    func order(_ arguments: [Argument], _ place: Place) throws -> Value {
        guard arguments.count == 1, let list = codes(arguments[0].value, place.shape) else {
            throw Refusal("order takes a code")
        }
        guard case .text(let code) = try value(arguments[0].value, place) else { return .none }
        let number = list.codes.firstIndex { $0.en == code } ?? list.codes.count
        return .integer(number + 1)
    }

    /// The units directly below the named one, in every book that is read.
    func parts(_ expression: Expression, _ input: Relation) throws -> [Value]? {
        guard try whole(expression, in: chronicle.current) != nil else { return nil }
        let readings = input.periods?.values.map(\.1) ?? [input.at]
        let all = try Set(readings.map(\.snapshot)).flatMap { snapshot -> [Value] in
            let roster = chronicle.rosters[snapshot]
            guard case .unit(let named)? = try whole(expression, in: snapshot),
                  let top = chronicle.place(ofUnit: named, in: snapshot) else { return [] }
            return roster.book.units.indices.filter { roster.parents[$0] == top }
                .map { chronicle.united(.unit($0), from: snapshot) }
        }
        return Array(Set(all)).sorted { Value.order($0, $1) < 0 }
    }
}
