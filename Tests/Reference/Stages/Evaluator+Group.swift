import MusterLanguage

extension Evaluator {
    func keys(_ stage: Stage, _ shape: Shape) -> [Key] {
        for slot in ["by", "keys"] {
            if case .keys(let keys)? = stage.arguments[slot] {
                return keys.map { named($0, shape) }
            }
        }
        return []
    }

    /// A key without an alias names a column, if one is called so.
    func named(_ key: Key, _ shape: Shape) -> Key {
        guard key.alias == nil else { return key }
        return Key(every: key.every, naming(key.value, shape), under: key.under,
                   orNone: key.orNone)
    }

    func group(_ stage: Stage, _ input: Relation) throws -> Relation {
        let keys = keys(stage, input.shape)
        let columns = try keys.map { key in
            let name = heading(key.alias, key.value, input.shape)
            var column = Column(name: name, codes: codes(key.value, input.shape), key: name,
                                isPeriod: isPeriod(key.value, input.shape))
            column.kind = kind(key.value, input.shape)
            column.isShare = isShare(key.value, input.shape)
            column.whole = try whole(key.value, in: chronicle.current)
            if case .path(let names) = key.value.kind {
                column.whole = input.shape.column(typed: names)?.whole
            }
            if key.alias == nil, case .path(let names) = key.value.kind {
                let old = input.shape.column(typed: names)
                (column.isFromFile, column.otherName) = (old?.isFromFile ?? false, old?.otherName)
            }
            return column
        }
        if input.isRepeated, !columns.contains(where: \.isPeriod) {
            throw Refusal("the first grouping after over must keep its column")
        }
        var input = input
        input.rename(columns)
        let outputs = try outputs(stage, input.shape)
        let measure = { (rows: [Row]) in
            try self.measured(outputs.map { ($0.name, $0.value) }, rows, input)
        }
        let domains = try keys.map { key in try key.every == nil ? nil : domain(key, input) }
        let groups = try groups(keys, columns, domains, input)
        let rows = try groups.map { values, rows in
            let row = Row(at: reading(values, columns, input), members: rows)
            for (column, value) in zip(columns, values) { row.values[column.name] = value }
            row.keys = row.values
            for (name, value) in try measure(rows) { row.values[name] = value }
            return row
        }
        var output = Relation(shape: Shape(arguments: input.shape.arguments), rows: rows,
                              at: input.at)
        output.isTable = false
        output.shape.columns = columns + outputs.map { output in
            var column = Column(name: output.name, isAdditive: output.isAdditive)
            column.isShare = output.value.map { isShare($0, input.shape) } ?? false
            return column
        }
        try refuseRepeated(output.shape.columns)
        output.grouping = Grouping(keys: Array(zip(columns, keys)),
                                   outputs: outputs.map { ($0.name, $0.value) }, measure: measure)
        if let periods = input.periods,
           columns.contains(where: { $0.name == periods.column }) {
            output.periods = periods
            output.readsOwn = input.readsOwn
        }
        output.recipe = Recipe(input, outputs.map { ($0.name, $0.value) })
        return output
    }

    /// A group is read at its period.
    func reading(_ values: [Value], _ columns: [Column], _ input: Relation) -> Reading {
        guard let periods = input.periods,
              let place = columns.firstIndex(where: { $0.name == periods.column }) else {
            return input.at
        }
        return periods.values.first { $0.0 == values[place] }?.1 ?? input.at
    }

    // MARK: outputs

    private struct Output {
        let name: String
        /// nil for the number of rows.
        let value: Expression?
        let isAdditive: Bool
    }

    private func outputs(_ stage: Stage, _ shape: Shape) throws -> [Output] {
        switch stage.verb {
        case "distinct": return []
        case "count": return [Output(name: "n", value: nil, isAdditive: true)]
        case "rate":
            guard case .expression(let condition)? = stage.arguments["condition"] else {
                throw Refusal("no condition")
            }
            func call(_ name: String) -> Expression {
                Expression(.call(path: [], Name(name, stage.span), [Argument(condition)]),
                           stage.span)
            }
            return [Output(name: "of", value: nil, isAdditive: true),
                    Output(name: "n", value: call("count"), isAdditive: true),
                    Output(name: "rate", value: call("rate"), isAdditive: false)]
        default:
            return try bindings(stage, "outputs").map { binding in
                Output(name: heading(binding.alias, binding.value, shape), value: binding.value,
                       isAdditive: isAdditive(binding.value))
            }
        }
    }

    /// Counts and sums, and what is added up from them.
    private func isAdditive(_ value: Expression) -> Bool {
        switch value.kind {
        case .call(_, let name, _):
            ["count", "sum", "distinct"].contains(Names.function(name.text))
        default: false
        }
    }

    /// The outputs over rows, total rows passed over; later ones may use those before.
    private func measured(_ outputs: [(name: String, value: Expression?)], _ rows: [Row],
                          _ input: Relation) throws -> [(String, Value)] {
        let rows = rows.filter { !$0.isTotal }
        var shape = input.shape, results: [(String, Value)] = []
        let row = Row(at: input.at)
        for (name, value) in outputs {
            var place = Place(row: row, shape: shape, at: input.at)
            place.group = rows
            let result = try value.map { try self.measured($0, place, input.shape) }
                ?? .integer(rows.count)
            results.append((name, result))
            row.values[name] = result
            if shape.column(name) == nil { shape.columns.append(Column(name: name)) }
        }
        return results
    }

    /// Aggregates see the rows as they came in, arithmetic around them the outputs so far.
    private func measured(_ expression: Expression, _ place: Place, _ inner: Shape) throws
        -> Value {
        switch expression.kind {
        case .binary(let operation, let left, let right):
            let a = try measured(left, place, inner), b = try measured(right, place, inner)
            switch operation {
            case .add, .subtract, .multiply, .divide, .modulo:
                return try arithmetic(operation, a, b)
            case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual:
                return .truth(compare(operation, a, b))
            default: throw Refusal("no aggregate")
            }
        case .call(let path, let name, let arguments):
            let function = Names.function(name.text)
            if arguments.count <= 1 || function == "percentile",
               !["round", "floor", "ceil", "abs"].contains(function) {
                var rows = place
                rows = Place(row: place.row, shape: inner, at: place.at, group: place.group)
                return try call(path, name, arguments, rows)
            }
            return try self.function(function, arguments.map {
                try measured($0.value, place, inner)
            })
        case .unary(.minus, let value):
            return try arithmetic(.subtract, .integer(0), measured(value, place, inner))
        case .conditional(let condition, let first, let second):
            return try measured(condition, place, inner).isTrue
                ? measured(first, place, inner) : measured(second, place, inner)
        default: return try value(expression, place)
        }
    }
}
