import MusterLanguage

/// Units by the one directly below a named one, and the order in which codes are declared.
extension Evaluator {
    /// The unit that `part(…, "NAME")` names; nil for another expression.
    func whole(_ expression: Expression, in snapshot: Int) throws -> Value? {
        guard case .call(let path, let name, let arguments) = expression.kind, path.isEmpty,
              Names.function(name.text) == "part", arguments.count == 2,
              case .literal(.text(let template)) = arguments[1].value.kind else { return nil }
        return .unit(try chronicle.unit(named: text(template), in: snapshot))
    }

    /// Up from the unit to the one whose parent is the named one; that one itself for itself.
    func part(_ arguments: [Argument], _ place: Place) throws -> Value {
        guard arguments.count == 2, case .literal(.text(let template)) = arguments[1].value.kind
        else { throw Refusal("part takes a unit and a name") }
        let snapshot = place.at.snapshot, roster = chronicle.rosters[snapshot]
        let named = try chronicle.unit(named: text(template), in: snapshot)
        let own = try value(arguments[0].value, place)
        guard let top = chronicle.place(ofUnit: named, in: snapshot),
              case .unit(let number) = own,
              let bottom = chronicle.place(ofUnit: number, in: snapshot) else { return .none }
        if bottom == top { return own }
        guard let found = roster.line(up: bottom).first(where: { roster.parents[$0] == top })
        else { return .none }
        return chronicle.united(.unit(found), from: snapshot)
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
