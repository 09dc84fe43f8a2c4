import MusterLanguage

extension Evaluator {
    /// Total rows, computed once more from the rows of exactly the groups that are left.
    func total(_ stage: Stage, _ input: Relation) throws -> Relation {
        guard let grouping = input.grouping, !grouping.keys.isEmpty, !input.isPivoted else {
            throw Refusal("total needs groups")
        }
        guard input.totals.allSatisfy(\.isSubtotal) else { throw Refusal("totals already") }
        var chosen = try chosenKeys(stage, input, grouping)
        let isWhole = chosen.isEmpty && !input.subtotals.isEmpty
        if isWhole {
            // One row over everything; periods never add up.
            chosen = grouping.keys.indices.filter { !grouping.keys[$0].column.isPeriod }
        } else if chosen.isEmpty {
            chosen = [0]
        }
        if chosen.contains(where: { grouping.keys[$0].column.isPeriod }) {
            throw Refusal("no total over periods")
        }
        var output = input
        for set in isWhole ? [chosen] : subsets(chosen) {
            let totals = try made(combined(input.ordinary, over: set, grouping), set, grouping,
                                  through: grouping.later.count)
            // They stand in the order of their keys, whatever a sort did to what they hold.
            for total in totals {
                total.blocks = input.subtotals.map { _ in (number: .max, isFoot: false) }
            }
            output.rows += totals
        }
        return output
    }

    /// The places of the keys that are named.
    private func chosenKeys(_ stage: Stage, _ input: Relation, _ grouping: Grouping) throws
        -> [Int] {
        var chosen: [Int] = []
        if case .columns(let columns)? = stage.arguments["columns"] {
            for case .path(let names) in columns.map(\.kind) {
                let key = input.shape.column(typed: names)?.key
                guard let place = grouping.keys.firstIndex(where: { $0.column.name == key })
                else { throw Refusal("no key \(names)") }
                if !chosen.contains(place) { chosen.append(place) }
            }
        }
        return chosen
    }

    /// For each combination of the keys before those named a row over these, below its group.
    func subtotal(_ stage: Stage, _ input: Relation) throws -> Relation {
        guard let grouping = input.grouping, !input.isPivoted else {
            throw Refusal("subtotal needs groups")
        }
        guard input.totals.allSatisfy(\.isSubtotal) else { throw Refusal("totals already") }
        let set = try chosenKeys(stage, input, grouping).sorted()
        guard let depth = set.first, depth > 0 else { throw Refusal("no key before") }
        if set.contains(where: { grouping.keys[$0].column.isPeriod }) {
            throw Refusal("no subtotal over periods")
        }
        func before(_ row: Row) -> [Value] {
            grouping.keys.prefix(depth).map { row.keys[$0.column.name] ?? Value.none }
        }
        var output = input, numbers: [[Value]: Int] = [:]
        for row in input.rows {
            let number = numbers[before(row)] ?? numbers.count
            numbers[before(row)] = number
            row.blocks.append((number, false))
        }
        let made = try made(combined(input.ordinary, over: set, grouping), set, grouping,
                            through: grouping.later.count)
        for row in made {
            // In the groups of the subtotals before it lies where its first group lies.
            row.blocks = row.groups[0].blocks.dropLast().map { ($0.number, false) }
            row.blocks.append((numbers[before(row)] ?? 0, true))
        }
        output.rows += made
        output.subtotals.append(depth)
        return output
    }

    /// Each subtotal below the rows of its group; groups as they come.
    func inBlocks(_ rows: [Row]) -> [Row] {
        func place(_ row: Row) -> [Int] {
            row.blocks.flatMap { [$0.number, $0.isFoot ? 1 : 0] }
        }
        let inside = rows.filter { !$0.isTotal || $0.isSubtotal }
        return inside.enumerated().sorted { a, b in
            let (first, second) = (place(a.element), place(b.element))
            return first == second ? a.offset < b.offset : first.lexicographicallyPrecedes(second)
        }.map(\.element) + rows.filter { $0.isTotal && !$0.isSubtotal }
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

    /// The groups of each total, one for each combination of the other keys, in their order.
    private func combined(_ groups: [Row], over set: [Int], _ grouping: Grouping) -> [[Row]] {
        Dictionary(grouping: groups) { totalKeys($0, set, grouping) }
            .sorted { precedes($0.key, $1.key, grouping.keys.map(\.column)) }.map(\.value)
    }

    private func totalKeys(_ group: Row, _ set: [Int], _ grouping: Grouping) -> [Value] {
        grouping.keys.enumerated().map { place, key in
            set.contains(place) ? .total : group.keys[key.column.name] ?? Value.none
        }
    }

    /// The totals of some groups behind the first stages that follow the grouping.
    private func made(_ lists: [[Row]], _ set: [Int], _ grouping: Grouping, through count: Int,
                      isOrdered: Bool = false) throws -> [Row] {
        var totals = try lists.map { try totalRow(of: $0, set, grouping) }
        for (place, stage) in grouping.later.prefix(count).enumerated() {
            switch stage {
            case .each(let change): totals = try change(totals)
            case .order(let change): if isOrdered { totals = try change(totals) }
            case .along(let rows, let apart, let columns, let change):
                let line = try change(line(totals, rows, set, grouping, place, apart))
                totals = totals.map { total in
                    let same = line.first { $0.keys == total.keys }
                    var values = total.values
                    for column in columns { values[column] = same?[column] ?? Value.none }
                    return total.having(values)
                }
            case .compared(let rows, let before, let change):
                let lists = earlier(totals, rows, set, grouping, before)
                var made = try made(lists.filter { !$0.isEmpty }, set, grouping, through: place)
                totals = try zip(totals, lists).map { total, list in
                    try change(total, list.isEmpty ? nil : made.removeFirst())
                }
            }
        }
        return totals
    }

    /// The totals among which a stage goes from row to row: as they would stand there, had they
    /// been made there of the groups that agree with one that is left in all but what the stage
    /// goes along.
    private func line(_ totals: [Row], _ rows: [Row], _ set: [Int], _ grouping: Grouping,
                      _ place: Int, _ apart: Set<String>) throws -> [Row] {
        let kept = grouping.keys.enumerated().filter { index, key in
            set.contains(index) || apart.contains(key.column.name)
        }.map(\.element.column.name)
        func identity(_ row: Row) -> [Value] { kept.map { row.keys[$0] ?? Value.none } }
        let left = Set(totals.flatMap(\.groups).map(identity))
        return try made(combined(rows.filter { left.contains(identity($0)) }, over: set, grouping),
                        set, grouping, through: place, isOrdered: true)
    }

    /// For each total the groups of the period before that it is compared with: of those of which
    /// one is left, without what a later stage took from the total's own period.
    private func earlier(_ totals: [Row], _ rows: [Row], _ set: [Int], _ grouping: Grouping,
                         _ before: (Value) -> Value?) -> [[Row]] {
        guard let period = grouping.period else { return totals.map { _ in [] } }
        func own(_ row: Row) -> Value { row.keys[period] ?? Value.none }
        func identity(_ row: Row) -> [Value] {
            grouping.keys.filter { $0.column.name != period }
                .map { row.keys[$0.column.name] ?? Value.none }
        }
        let left = Set(totals.flatMap(\.groups).map(identity))
        return totals.map { total in
            guard let earlier = before(own(total)) else { return [] }
            let present = Set(total.groups.map(identity))
            let taken = Set(rows.filter { own($0) == own(total) }.map(identity))
                .subtracting(present)
            return rows.filter { row in
                let rest = totalKeys(row, set, grouping).enumerated().allSatisfy { place, value in
                    let name = grouping.keys[place].column.name
                    return name == period || value == total.keys[name] ?? Value.none
                }
                return own(row) == earlier && rest && left.contains(identity(row))
                    && !taken.contains(identity(row))
            }
        }
    }

    private func totalRow(of groups: [Row], _ set: [Int], _ grouping: Grouping) throws -> Row {
        var seen: Set<ObjectIdentifier> = []
        let members = groups.flatMap(\.members).filter {
            seen.insert(ObjectIdentifier($0)).inserted
        }
        let row = Row(at: groups[0].at, members: members, groups: groups)
        for (key, value) in zip(grouping.keys, totalKeys(groups[0], set, grouping)) {
            row.values[key.column.name] = value
        }
        row.keys = row.values
        for (name, value) in try grouping.measure(members) { row.values[name] = value }
        return row
    }
}
