import MusterLanguage

extension Evaluator {
    /// The groups of rows in key order: those that occur, and for `every` those that might.
    func groups(_ keys: [Key], _ columns: [Column], _ domains: [[Value]?], _ input: Relation)
        throws -> [([Value], [Row])] {
        var groups: [[Value]: [Row]] = [:], others: Set<[Value]> = []
        let plain = keys.indices.filter { domains[$0] == nil }
        for row in input.ordinary {
            for combination in try combinations(keys, row, input) {
                // A row outside a domain of units, or none in any, belongs to no group, but its
                // other values occur. A list of codes is open: other codes are kept.
                others.insert(plain.map { combination[$0] })
                let isOutside = keys.indices.contains { place in
                    guard let domain = domains[place] else { return false }
                    if case .unit = combination[place] {
                        return !domain.contains(combination[place])
                            && columns[place].whole != combination[place]
                    }
                    return combination[place].isNone
                }
                if !isOutside { groups[combination, default: []].append(row) }
            }
        }
        if keys.isEmpty, groups.isEmpty { groups[[]] = [] }
        // Each value of every domain with each combination of the other keys that occurs.
        if plain.count < keys.count {
            for other in plain.isEmpty ? [[]] : others {
                var empty: [[Value]] = [[]]
                for place in keys.indices {
                    let values = domains[place] ?? plain.firstIndex(of: place).map { [other[$0]] }
                    empty = empty.flatMap { begun in (values ?? []).map { begun + [$0] } }
                }
                for combination in empty where groups[combination] == nil {
                    groups[combination] = []
                }
            }
        }
        return groups.map { ($0.key, $0.value) }.sorted { precedes($0.0, $1.0, columns) }
    }

    /// What belongs to the whole directly comes behind its parts.
    func precedes(_ a: [Value], _ b: [Value], _ columns: [Column]) -> Bool {
        for (place, (a, b)) in zip(a, b).enumerated() {
            let order = Value.order(a, b)
            if order == 0 { continue }
            if let whole = columns[place].whole, case .unit = a, case .unit = b,
               a == whole || b == whole { return b == whole }
            return order < 0
        }
        return false
    }

    /// The combinations of key values that a row belongs to: several or none under `each`.
    private func combinations(_ keys: [Key], _ row: Row, _ input: Relation) throws -> [[Value]] {
        var all: [[Value]] = [[]]
        for key in keys {
            let values = try values(key, row, input)
            all = all.flatMap { begun in values.map { begun + [$0] } }
        }
        return all
    }

    private func values(_ key: Key, _ row: Row, _ input: Relation) throws -> [Value] {
        let place = place(row, input.shape)
        guard case .call(let path, let name, let arguments) = key.value.kind, path.isEmpty,
              Names.function(name.text) == "each" else {
            return [try value(key.value, place)]
        }
        return try arguments.enumerated().compactMap { index, argument in
            guard let label = argument.label, case .literal(.text(let template)) = label.kind else {
                throw Refusal("each takes labels")
            }
            return try value(argument.value, place).isTrue
                ? .label(index, text(template)) : nil
        }
    }

    /// All that a key might be.
    func domain(_ key: Key, _ input: Relation) throws -> [Value] {
        if let parts = try parts(key.value, input) { return parts }
        guard case .path(let names) = key.value.kind else { throw Refusal("every takes a path") }
        let steps = steps(names)
        if let periods = input.periods, steps == [periods.column] {
            return periods.values.map(\.0)
        }
        if let codes = codes(key.value, input.shape) { return codes.codes.map { .text($0.en) } }
        switch steps.last {
        case "stars", "certified_stars": return (0...5).map { .integer($0) }
        case let level? where Names.levels.contains { $0.0 == level }:
            return try units(level: level, under: key.under, input)
        default: throw Refusal("every has no domain for \(steps)")
        }
    }

    /// The units of a level in every book that is read, each under what the name means there.
    private func units(level: String, under: Expression?, _ input: Relation) throws -> [Value] {
        let elements = switch under?.kind {
        case .list(let all)?: all
        default: [under].compactMap { $0 }
        }
        let names = try elements.map { element in
            guard case .literal(.text(let template)) = element.kind else {
                throw Refusal("under takes a unit")
            }
            return text(template)
        }
        let readings = input.periods?.values.map(\.1) ?? [input.at]
        let all = try Set(readings.map(\.snapshot)).flatMap { snapshot in
            let roster = chronicle.rosters[snapshot]
            let tops = try names.compactMap { name in
                chronicle.place(ofUnit: try chronicle.unit(named: name, in: snapshot),
                                in: snapshot)
            }
            return roster.book.units.indices.filter { unit in
                roster.book.units[unit].level == level
                    && (names.isEmpty || tops.contains { roster.isUnder(unit, $0) })
            }.map { chronicle.united(.unit($0), from: snapshot) }
        }
        return Array(Set(all)).sorted { Value.order($0, $1) < 0 }
    }
}
