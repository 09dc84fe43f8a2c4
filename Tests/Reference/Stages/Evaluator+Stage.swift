import MusterLanguage

extension Evaluator {
    func apply(_ stage: Stage, to input: Relation) throws -> Relation {
        try check(stage, input)
        var output = try applied(stage, to: input)
        if !output.subtotals.isEmpty {
            output.rows = inBlocks(output.rows, output.subtotals)
        }
        return output
    }

    private func applied(_ stage: Stage, to input: Relation) throws -> Relation {
        switch stage.verb {
        case "where": return try filter(stage, input)
        case "select": return try select(stage, input)
        case "derive": return try derive(stage, input)
        case "summarize", "rate", "count", "distinct": return try group(stage, input)
        case "sort": return try sort(stage, input)
        case "take": return try take(stage, input)
        case "rank": return try rank(stage, input)
        case "label": return try label(stage, input)
        case "against": return try against(stage, input)
        case "total": return try total(stage, input)
        case "subtotal": return try subtotal(stage, input)
        case "pivot": return try pivot(stage, input)
        case "cumulate": return try cumulate(stage, input)
        case "append": return try append(stage, input)
        case "into": return input
        default: throw Refusal("no verb \(stage.verb)")
        }
    }

    func place(_ row: Row, _ shape: Shape) -> Place { Place(row: row, shape: shape, at: row.at) }

    /// Does the same to the ordinary rows, to the total rows at the foot, and to those that a
    /// later `total` makes.
    func extend(_ input: Relation, _ column: Column,
                _ change: @escaping ([Row]) throws -> [Row],
                totals: @escaping ([Row]) throws -> [Row], later: Later? = nil) throws
        -> Relation {
        guard input.shape.column(column.name) == nil else {
            throw Refusal("two columns are called \(column.name)")
        }
        var output = input
        output.shape.columns.append(column)
        output.rows = try change(input.ordinary) + totals(input.totals)
        output.grouping?.later.append(later ?? .each(totals))
        return output
    }

    private func filter(_ stage: Stage, _ input: Relation) throws -> Relation {
        guard case .expression(let condition)? = stage.arguments["condition"] else {
            throw Refusal("no condition")
        }
        var output = input
        output.rows = try input.rows.filter {
            try $0.isTotal || value(condition, place($0, input.shape)).isTrue
        }
        return output
    }

    /// Headings change no value; the column must be there. Shown in percent, it is a share.
    private func label(_ stage: Stage, _ input: Relation) throws -> Relation {
        guard case .columns(let columns)? = stage.arguments["column"], let path = columns.first
        else { throw Refusal("no column") }
        let row = Row(subject: input.shape.table.map { Subject($0, 0) }, at: input.at)
        if input.shape.table == nil { _ = try value(path, place(row, input.shape)) }
        guard case .word(let display, _)? = stage.arguments["display"],
              case .path(let names) = path.kind, let column = input.shape.column(typed: names),
              let place = input.shape.columns.firstIndex(where: { $0.name == column.name })
        else { return input }
        var output = input
        // How it is shown changes no value: a rate stays one.
        if display == "percent" { output.shape.columns[place].isShare = true }
        return output
    }

    // MARK: columns

    func bindings(_ stage: Stage, _ slot: String) throws -> [Binding] {
        guard case .bindings(let list)? = stage.arguments[slot] else { throw Refusal("no columns") }
        return list
    }

    /// What heads a column: its alias, its path in English, or its text.
    func heading(_ alias: Name?, _ expression: Expression, _ shape: Shape) -> String {
        if let alias { return alias.text }
        if case .path(let names) = expression.kind {
            if let column = shape.column(typed: names) { return column.name }
            let isDefined = names.count == 1 && definitions[names[0].text] != nil
            return isDefined ? names[0].text : steps(names).joined(separator: ".")
        }
        return slice(expression)
    }

    func slice(_ expression: Expression) -> String {
        let bytes = Array(source.text.utf8)
        return String(decoding: bytes[expression.span.lower..<expression.span.upper],
                      as: UTF8.self)
    }

    private func select(_ stage: Stage, _ input: Relation) throws -> Relation {
        let bindings = try bindings(stage, "columns").map { binding in
            binding.alias == nil ? Binding(naming(binding.value, input.shape)) : binding
        }
        let columns = bindings.map { binding in
            let name = heading(binding.alias, binding.value, input.shape)
            var column = Column(name: name, codes: codes(binding.value, input.shape))
            column.kind = kind(binding.value, input.shape)
            column.isShare = isShare(binding.value, input.shape)
            if case .path(let names) = binding.value.kind,
               let old = input.shape.column(typed: names) {
                column.key = old.key
                column.whole = old.whole
                column.isAdditive = old.isAdditive
                column.isPeriod = old.isPeriod
                if binding.alias == nil {
                    column.isFromFile = old.isFromFile
                    column.otherName = old.otherName
                }
            }
            return column
        }
        try refuseRepeated(columns)
        if input.isRepeated, !columns.contains(where: \.isPeriod) {
            throw Refusal("select behind over must keep its column")
        }
        let whole = input.ordinary
        let change = { (rows: [Row]) in
            try rows.map { row in
                var values: [String: Value] = [:]
                var place = self.place(row, input.shape)
                place.whole = whole
                for (binding, column) in zip(bindings, columns) {
                    values[column.name] = try self.value(binding.value, place)
                }
                return row.having(values)
            }
        }
        var output = input
        output.rows = try change(input.rows)
        output.shape.columns = columns
        output.rename(columns)
        (output.shape.table, output.shape.plain) = (nil, nil)
        output.isTable = false
        output.grouping?.later.append(.each(change))
        return output
    }

    /// Whether an expression is the period column and nothing else.
    func isPeriod(_ expression: Expression, _ shape: Shape) -> Bool {
        guard case .path(let names) = expression.kind else { return false }
        return shape.column(typed: names)?.isPeriod ?? false
    }

    func refuseRepeated(_ columns: [Column]) throws {
        let names = columns.map(\.name)
        if Set(names).count < names.count { throw Refusal("two columns of one name") }
    }

    private func derive(_ stage: Stage, _ input: Relation) throws -> Relation {
        var output = input
        for binding in try bindings(stage, "columns") {
            let shape = output.shape, whole = output.ordinary
            let name = heading(binding.alias, binding.value, shape)
            let change = { (rows: [Row]) in
                try rows.map { row in
                    var place = self.place(row, shape)
                    place.whole = whole
                    return row.with(name, try self.value(binding.value, place))
                }
            }
            // Another column of the same values: a key itself stays where it is.
            var column = Column(name: name, codes: codes(binding.value, shape))
            column.kind = kind(binding.value, shape)
            column.isShare = isShare(binding.value, shape)
            output = try extend(output, column, change, totals: change)
        }
        return output
    }
}
