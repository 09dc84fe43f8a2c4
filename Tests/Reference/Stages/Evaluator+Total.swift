import MusterLanguage

extension Evaluator {
    /// Total rows, computed once more from the rows of exactly the groups that are left.
    func total(_ stage: Stage, _ input: Relation) throws -> Relation {
        guard let grouping = input.grouping, !grouping.keys.isEmpty, !input.isPivoted else {
            throw Refusal("total needs groups")
        }
        guard input.totals.isEmpty else { throw Refusal("there are totals already") }
        var chosen: [Int] = []
        if case .columns(let columns)? = stage.arguments["columns"] {
            for case .path(let names) in columns.map(\.kind) {
                let name = heading(nil, Expression(.path(names), stage.span))
                guard let place = grouping.keys.firstIndex(where: { $0.column.name == name })
                else { throw Refusal("no key \(name)") }
                if !chosen.contains(place) { chosen.append(place) }
            }
        } else {
            chosen = [0]
        }
        if chosen.contains(where: { grouping.keys[$0].column.isPeriod }) {
            throw Refusal("no total over periods")
        }
        var output = input
        for set in subsets(chosen) {
            var totals = try totalRows(over: set, grouping, input)
            let order = totals.map { ObjectIdentifier($0.groups[0]) }
            for stage in grouping.later { totals = try stage(totals) }
            // They stand in the order of their keys, whatever a sort did to what they hold.
            output.rows += order.compactMap { first in
                totals.first { ObjectIdentifier($0.groups[0]) == first }
            }
        }
        return output
    }

    /// Every subset but the empty one, by size, then in the order of the keys written.
    private func subsets(_ keys: [Int]) -> [[Int]] {
        var all: [[Int]] = [[]]
        for key in keys { all += all.map { $0 + [key] } }
        return all.dropFirst().map { $0 }.sorted { a, b in
            if a.count != b.count { return a.count < b.count }
            let places = { (set: [Int]) in set.compactMap { keys.firstIndex(of: $0) } }
            return places(a).lexicographicallyPrecedes(places(b))
        }
    }

    private func totalRows(over set: [Int], _ grouping: Grouping, _ input: Relation) throws
        -> [Row] {
        var combined: [[Value]: [Row]] = [:]
        for row in input.ordinary {
            let values = grouping.keys.enumerated().map { place, key in
                set.contains(place) ? .total : row[key.column.name]
            }
            combined[values, default: []].append(row)
        }
        let ordered = combined.sorted { precedes($0.key, $1.key) }
        return try ordered.map { values, groups in
            var seen: Set<ObjectIdentifier> = []
            let members = groups.flatMap(\.members).filter {
                seen.insert(ObjectIdentifier($0)).inserted
            }
            let row = Row(day: groups[0].day, members: members, groups: groups)
            for (key, value) in zip(grouping.keys, values) { row.values[key.column.name] = value }
            for (name, value) in try grouping.measure(members) { row.values[name] = value }
            return row
        }
    }
}
