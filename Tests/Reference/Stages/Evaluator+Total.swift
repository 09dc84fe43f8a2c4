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
                let key = input.shape.column(typed: names)?.key
                guard let place = grouping.keys.firstIndex(where: { $0.column.name == key })
                else { throw Refusal("no key \(names)") }
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
            let totals = try made(input.ordinary, set, grouping, through: grouping.later.count)
            // They stand in the order of their keys, whatever a sort did to what they hold.
            output.rows += totals
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

    /// The totals of some groups behind the first stages that follow the grouping.
    private func made(_ groups: [Row], _ set: [Int], _ grouping: Grouping, through count: Int,
                      isOrdered: Bool = false) throws -> [Row] {
        var totals = try totalRows(over: set, grouping, groups)
        for (place, stage) in grouping.later.prefix(count).enumerated() {
            switch stage {
            case .each(let change): totals = try change(totals)
            case .order(let change): if isOrdered { totals = try change(totals) }
            case .along(let rows, let apart, let isPeriod, let columns, let change):
                let line = try change(line(groups, rows, set, grouping, place, apart, isPeriod))
                totals = totals.map { total in
                    let same = line.first { $0.keys == total.keys }
                    var values = total.values
                    for column in columns { values[column] = same?[column] ?? Value.none }
                    return total.having(values)
                }
            }
        }
        return totals
    }

    /// The totals among which a stage goes from row to row: as they would stand there, had they
    /// been made there of the groups that agree with one that is left in all but what the stage
    /// goes along.
    private func line(_ groups: [Row], _ rows: [Row], _ set: [Int], _ grouping: Grouping,
                      _ place: Int, _ apart: Set<String>, _ isPeriod: Bool) throws -> [Row] {
        let kept = grouping.keys.enumerated().filter { index, key in
            isPeriod ? !key.column.isPeriod
                : set.contains(index) || apart.contains(key.column.name)
        }.map(\.element.column.name)
        func identity(_ row: Row) -> [Value] { kept.map { row.keys[$0] ?? Value.none } }
        let left = Set(groups.map(identity))
        return try made(rows.filter { left.contains(identity($0)) }, set, grouping,
                        through: place, isOrdered: true)
    }

    private func totalRows(over set: [Int], _ grouping: Grouping, _ groups: [Row]) throws
        -> [Row] {
        var combined: [[Value]: [Row]] = [:]
        for row in groups {
            let values = grouping.keys.enumerated().map { place, key in
                set.contains(place) ? .total : row.keys[key.column.name] ?? Value.none
            }
            combined[values, default: []].append(row)
        }
        let ordered = combined.sorted { precedes($0.key, $1.key) }
        return try ordered.map { values, groups in
            var seen: Set<ObjectIdentifier> = []
            let members = groups.flatMap(\.members).filter {
                seen.insert(ObjectIdentifier($0)).inserted
            }
            let row = Row(at: groups[0].at, members: members, groups: groups)
            for (key, value) in zip(grouping.keys, values) { row.values[key.column.name] = value }
            row.keys = row.values
            for (name, value) in try grouping.measure(members) { row.values[name] = value }
            return row
        }
    }
}
