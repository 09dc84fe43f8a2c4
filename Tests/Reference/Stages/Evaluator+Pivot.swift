import MusterLanguage

extension Evaluator {
    /// One column for each value of a key and shown column. Rows are in key order, and behind a
    /// `sort` in order of first appearance; totals stay at the foot.
    func pivot(_ stage: Stage, _ input: Relation) throws -> Relation {
        guard input.grouping != nil, !input.isPivoted else {
            throw Refusal("pivot needs groups")
        }
        if !input.subtotals.isEmpty {
            throw Refusal("pivoted subtotals are not compared", isOutside: true)
        }
        let name = try columnNames(stage, "column", input.shape)[0]
        guard input.shape.column(name)?.isKey == true else { throw Refusal("\(name) is no key") }
        let own = input.shape.column(name)?.key
        var shown = try columnNames(stage, "show", input.shape)
        if shown.isEmpty {
            shown = input.shape.columns.filter { !$0.isKey }.map(\.name)
        }
        // A key that is shown tells no rows apart.
        let keys = input.shape.columns.filter {
            $0.isKey && $0.key != own && !shown.contains($0.name)
        }
        let isExact = input.rows.contains { if case .hundredths = $0[name] { true } else { false } }
        // A sum over nothing does not know that it is one of hours: it is called like the others.
        func pivoted(_ row: Row) -> Value {
            if isExact, case .integer(let whole) = row[name] { return .hundredths(whole * 100) }
            return row[name]
        }
        let pivotedKey = input.shape.column(name) ?? Column(name: name)
        let values = Set(input.rows.map(pivoted)).sorted { precedes([$0], [$1], [pivotedKey]) }
        let headings = headings(values)
        func heading(_ value: Value, _ column: String) -> String {
            let text = headings[value] ?? ""
            return shown.count == 1 ? text : text + " " + column
        }
        var rows: [Row] = [], places: [[Value]: Int] = [:], filled: Set<Cell> = []
        // What rows there are, for the values and for their total: other totals are not known.
        func kind(_ row: Row) -> [String] {
            row.keys.filter { $0.value == .total && $0.key != own }.keys.sorted()
        }
        let kinds = Dictionary(grouping: input.rows) { $0[name] == .total }
            .mapValues { Set($0.map(kind)) }
        for row in input.rows {
            // Rows that are totals over other keys are others, whether the keys are shown or not.
            let totalled = row.keys.filter { $0.value == .total && $0.key != own }.keys.sorted()
            let combination = keys.map { row[$0.name] } + totalled.map { .text($0) }
            let place = places[combination] ?? rows.count
            if place == rows.count {
                places[combination] = place
                let new = Row(at: reading(combination, keys, input),
                              groups: totalled.isEmpty ? [] : row.groups)
                for key in keys { new.values[key.name] = row[key.name] }
                for column in shown {
                    let isAdditive = input.shape.column(column)?.isAdditive ?? false
                    for value in values {
                        let isKnown = kinds[value == .total]?.contains(totalled) ?? false
                        new[heading(value, column)] = isAdditive && isKnown ? .integer(0) : .none
                    }
                }
                rows.append(new)
            }
            let cell = Cell(row: place, value: pivoted(row))
            guard filled.insert(cell).inserted else { throw Refusal("several rows in one cell") }
            rows[place].members += row.members
            for column in shown {
                let heading = heading(pivoted(row), column)
                rows[place].values[heading] = row[column]
            }
        }
        if !input.isSorted {
            rows = rows.enumerated().sorted { a, b in
                if a.element.isTotal || b.element.isTotal {
                    if a.element.isTotal != b.element.isTotal { return b.element.isTotal }
                    return a.offset < b.offset
                }
                return precedes(keys.map { a.element[$0.name] },
                                keys.map { b.element[$0.name] }, keys)
            }.map(\.element)
        }
        var output = Relation(shape: Shape(), rows: rows, at: input.at)
        output.recipe = input.recipe
        output.shape.columns = keys + values.flatMap { value in
            shown.map { shownName in
                var column = Column(name: heading(value, shownName))
                column.isShare = input.shape.column(shownName)?.isShare ?? false
                if shown.count == 1 {
                    column.otherName = otherName(value, input.shape.column(name))
                }
                return column
            }
        }
        if Set(output.shape.columns.map(\.name)).count < output.shape.columns.count {
            throw Refusal("two columns of one name")
        }
        output.isTable = false
        output.isPivoted = true
        if let periods = input.periods, keys.contains(where: { $0.name == periods.column }) {
            output.periods = periods
            output.readsOwn = input.readsOwn
        }
        return output
    }

    private struct Cell: Hashable {
        let row: Int
        let value: Value
    }

    /// What the pivoted columns are called; units that share a name bear their ids as well.
    private func headings(_ values: [Value]) -> [Value: String] {
        func text(_ value: Value) -> String { value.isNone ? "none" : chronicle.text(value) }
        let texts = Dictionary(grouping: values, by: text)
        return Dictionary(uniqueKeysWithValues: values.map { value in
            guard case .unit(let unit) = value, texts[text(value)]?.count ?? 0 > 1 else {
                return (value, text(value))
            }
            return (value, "\(text(value)) (\(chronicle.id(ofUnit: unit)))")
        })
    }

    /// What the other language calls a value that became a heading.
    private func otherName(_ value: Value, _ key: Column?) -> String? {
        switch value {
        case .truth(let isTrue): isTrue ? "是" : "否"
        case .total: "合计"
        case .text(let text): key?.codes?.codes.first { $0.en == text }?.zh
        default: nil
        }
    }

    private func columnNames(_ stage: Stage, _ slot: String, _ shape: Shape) throws -> [String] {
        guard case .columns(let columns)? = stage.arguments[slot] else { return [] }
        return try columns.map { column in
            guard case .path(let names) = column.kind else { throw Refusal("no column") }
            guard let found = shape.column(typed: names) else {
                throw Refusal("no column \(steps(names))")
            }
            return found.name
        }
    }
}
