import MusterLanguage

extension Evaluator {
    private struct Term {
        let value: Value
        let isDescending: Bool
    }

    private func sortKeys(_ stage: Stage, _ shape: Shape) throws -> [SortKey] {
        guard case .sortKeys(let keys)? = stage.arguments["keys"] else { throw Refusal("no keys") }
        return keys.map { SortKey(naming($0.value, shape), isDescending: $0.isDescending) }
    }

    private func terms(_ keys: [SortKey], _ row: Row, _ shape: Shape) throws -> [Term] {
        try keys.map { Term(value: try value($0.value, place(row, shape)),
                            isDescending: $0.isDescending) }
    }

    /// -1, 0 or 1; none is last, ascending and descending.
    private func order(_ a: [Term], _ b: [Term]) -> Int {
        for (a, b) in zip(a, b) {
            let order = Value.order(a.value, b.value)
            if order == 0 { continue }
            if a.value.isNone || b.value.isNone { return order }
            return a.isDescending ? -order : order
        }
        return 0
    }

    /// Rows in order; equal ones stay as they were.
    private func ordered(_ rows: [(Row, [Term])]) -> [(Row, [Term])] {
        rows.enumerated().sorted { a, b in
            let order = order(a.element.1, b.element.1)
            return order == 0 ? a.offset < b.offset : order < 0
        }.map(\.element)
    }

    func sort(_ stage: Stage, _ input: Relation) throws -> Relation {
        let keys = try sortKeys(stage, input.shape)
        var output = input
        if input.subtotals.isEmpty {
            let rows = try input.ordinary.map { ($0, try terms(keys, $0, input.shape)) }
            output.rows = ordered(rows).map(\.0) + input.totals
        } else {
            output.rows = try sortedInBlocks(keys, input)
        }
        output.isSorted = true
        // What goes from row to row behind it goes so through the totals too.
        output.grouping?.later.append(.order { [shape = input.shape] totals in
            self.ordered(totals.map { row in
                // What is asked of a totalled key is none: `length` of a total.
                (row, keys.map { key in
                    (try? self.terms([key], row, shape))?.first
                        ?? Term(value: .none, isDescending: key.isDescending)
                })
            }).map(\.0)
        })
        return output
    }

    /// Terms that are made of the keys before a subtotal alone, as long as they come first, put its
    /// groups in order, the others the rows within them.
    private func sortedInBlocks(_ keys: [SortKey], _ input: Relation) throws -> [Row] {
        var rest = keys[...], order: [(Row) throws -> Term] = []
        for (index, depth) in input.subtotals.enumerated() {
            while let key = rest.first,
                  let own = keyPlaces(key.value, input), own.allSatisfy({ $0 < depth }) {
                order.append { try self.terms([key], $0, input.shape)[0] }
                rest = rest.dropFirst()
            }
            order.append { Term(value: .integer($0.blocks[index].number), isDescending: false) }
            order.append {
                Term(value: .integer($0.blocks[index].isFoot ? 1 : 0), isDescending: false)
            }
        }
        order += rest.map { key in { row in
            (try? self.terms([key], row, input.shape))?.first
                ?? Term(value: .none, isDescending: key.isDescending)
        } }
        let inside = input.rows.filter { !$0.isTotal || $0.isSubtotal }
        let rows = ordered(try inside.map { row in (row, try order.map { try $0(row) }) })
            .map(\.0)
        // Groups are numbered as they come now.
        for index in input.subtotals.indices {
            var numbers: [Int: Int] = [:]
            for row in rows {
                let old = row.blocks[index].number
                let number = numbers[old] ?? numbers.count
                numbers[old] = number
                row.blocks[index].number = number
            }
        }
        return rows + input.rows.filter { $0.isTotal && !$0.isSubtotal }
    }

    /// The places of the grouping's keys that an expression is made of; nil where it is made of
    /// anything else.
    private func keyPlaces(_ expression: Expression, _ input: Relation) -> Set<Int>? {
        func all(_ parts: [Expression]) -> Set<Int>? {
            parts.reduce(Set<Int>?.some([])) { found, part in
                found.flatMap { found in keyPlaces(part, input).map { found.union($0) } }
            }
        }
        switch expression.kind {
        case .literal: return []
        case .path(let names):
            let column = (1...names.count).reversed().lazy
                .compactMap { input.shape.column(typed: Array(names.prefix($0))) }.first
            guard let key = column?.key,
                  let place = input.grouping?.keys.firstIndex(where: { $0.column.name == key })
            else { return nil }
            return [place]
        case .call(let path, _, let arguments):
            guard path.isEmpty, arguments.allSatisfy({ $0.condition == nil }) else { return nil }
            return all(arguments.map(\.value))
        case .unary(_, let a), .isNone(let a, _): return all([a])
        case .binary(_, let a, let b), .membership(let a, let b, _), .range(let a, let b):
            return all([a, b])
        case .between(let a, let b, let c), .conditional(let a, let b, let c):
            return all([a, b, c])
        case .list(let parts): return all(parts)
        default: return nil
        }
    }

    /// The values behind `by` of a verb that works within groups.
    func within(_ stage: Stage, _ row: Row, _ shape: Shape) throws -> [Value] {
        guard case .keys(let keys)? = stage.arguments["by"] else { return [] }
        return try keys.map { try value(named($0, shape).value, place(row, shape)) }
    }

    func take(_ stage: Stage, _ input: Relation) throws -> Relation {
        guard case .expression(let expression)? = stage.arguments["count"],
              case .integer(let count) = try constant(expression, input.shape, nil) else {
            throw Refusal("no number")
        }
        var taken: [[Value]: Int] = [:]
        var output = input
        output.rows = try input.rows.filter { row in
            if row.isTotal { return true }
            taken[try within(stage, row, input.shape), default: 0] += 1
            return taken[try within(stage, row, input.shape), default: 0] <= count
        }
        return output
    }

    /// One more than the number of rows before it, within its group; none comes last.
    func rank(_ stage: Stage, _ input: Relation) throws -> Relation {
        let keys = try sortKeys(stage, input.shape)
        var name = "rank"
        if case .name(let given)? = stage.arguments["name"] { name = given.text }
        let change = { [name] (rows: [Row]) in
            let all = try rows.map { row in
                (row, try self.terms(keys, row, input.shape),
                 try self.within(stage, row, input.shape))
            }
            return all.map { row, terms, group in
                let before = all.filter { $0.2 == group && self.order($0.1, terms) < 0 }
                return row.with(name, .integer(before.count + 1))
            }
        }
        return try extend(input, Column(name: name), change) { [name] rows in
            rows.map { $0.with(name, .none) }
        }
    }

    /// Which keys a total row is over: rows of different sets of totals do not add up.
    private func totalled(_ row: Row) -> [Value] {
        row.keys.filter { $0.value == .total }.keys.sorted().map { .text($0) }
    }

    /// The running sum of a column, in row order within each group.
    func cumulate(_ stage: Stage, _ input: Relation) throws -> Relation {
        guard case .columns(let columns)? = stage.arguments["column"], let path = columns.first,
              case .path = path.kind else { throw Refusal("no column") }
        let name = "cumulative_" + heading(nil, path, input.shape)
        let change = { (rows: [Row]) in
            var sums: [[Value]: Value] = [:]
            return try rows.map { row in
                let group = try self.within(stage, row, input.shape) + self.totalled(row)
                let sum = try self.sum([sums[group] ?? .integer(0),
                                        self.value(path, self.place(row, input.shape))])
                sums[group] = sum
                return row.with(name, sum)
            }
        }
        var apart: Set<String> = []
        if case .keys(let keys)? = stage.arguments["by"] {
            for case .path(let names) in keys.map(\.value.kind) {
                if let key = input.shape.column(typed: names)?.key { apart.insert(key) }
            }
        }
        return try extend(input, Column(name: name), change, totals: change, later: .along(
            rows: input.ordinary, apart: apart, columns: [name], change))
    }
}
