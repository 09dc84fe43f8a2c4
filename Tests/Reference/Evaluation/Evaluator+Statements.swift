import MusterDiagnostics
import MusterLanguage

extension Evaluator {
    /// The answers of a text's queries, in order.
    package func run(_ text: String) throws -> [Sheet] {
        source = SourceText(text: text)
        let headings = chronicle.plain.values.flatMap { $0.columns.map(\.heading) }
        let script = parse(source, vocabulary: ReferenceVocabulary(headings: headings))
        if let fault = script.diagnostics.first(where: { $0.severity == .error }) {
            throw Refusal("syntax: \(fault.message.en)")
        }
        var sheets: [Sheet] = []
        for statement in script.statements {
            switch statement.kind {
            case .assignment(let name, let parameters, let value):
                definitions[name.text] = Definition(parameters: parameters, value: value,
                                                    source: source)
            case .query(let expression):
                let relation = try result(expression)
                last = relation
                if let name = kept(expression) {
                    tables[name] = frozen(relation)
                } else {
                    sheets.append(try sheet(relation))
                }
            case .command("use", _, let arguments): try use(arguments)
            case .command("drill", _, let arguments): try drill(arguments)
            case .command("relate", _, let arguments): try relate(arguments)
            case .parameter, .command: throw Refusal("not a query")
            }
        }
        return sheets
    }

    private func result(_ expression: Expression) throws -> Relation {
        switch expression.kind {
        case .pipeline(let pipeline): try relation(pipeline)
        default: try relation(of: expression, at: nil)
        }
    }

    private func sheet(_ relation: Relation) throws -> Sheet {
        guard !relation.isTable else {
            throw Refusal("a bare table is not compared", isOutside: true)
        }
        let columns = relation.shape.columns.map(\.name)
        return Sheet(columns: columns, rows: relation.rows.map { row in
            columns.map { column in
                if row.isSubtotal, row[column] == .total { return "subtotal" }
                return chronicle.text(row[column], preferring: row.at.snapshot)
            }
        }, isExact: relation.rows.map { row in columns.map { row[$0].exact != nil } })
    }

    // MARK: kept tables

    /// The name behind `into`, at the end.
    private func kept(_ expression: Expression) -> String? {
        guard case .pipeline(let pipeline) = expression.kind, let stage = pipeline.stages.last,
              stage.verb == "into", case .name(let name)? = stage.arguments["name"] else {
            return nil
        }
        return name.text
    }

    /// Values and where they were read, without the recipe.
    private func frozen(_ relation: Relation) -> Relation {
        var frozen = relation
        frozen.shape = Shape(columns: relation.shape.columns.map { column in
            var kept = column.alone
            // A target is a share, as a field and as a column.
            kept.isShare = column.isShare
                || relation.shape.table == .targets && column.name == "rate"
            return kept
        })
        frozen.rows = relation.rows.map { row in
            let values = relation.shape.columns.map { ($0.name, row[$0.name]) }
            return Row(at: row.at, values: Dictionary(values) { first, _ in first },
                       groups: row.groups)
        }
        (frozen.grouping, frozen.periods, frozen.recipe) = (nil, nil, nil)
        (frozen.isRepeated, frozen.isTable) = (false, false)
        return frozen
    }

    /// A kept table as it is read now: groups of its rows where all of them were read, and where
    /// they were read at several days, where the query is.
    func kept(_ table: Relation) -> Relation {
        var kept = table
        if table.readsOwn {
            let readings = Set(table.rows.map(\.at))
            kept.at = readings.count == 1 ? readings.first ?? chronicle.today : chronicle.today
        }
        kept.isSorted = false
        return kept
    }

    // MARK: commands

    /// Another snapshot is current from now on: rows are numbered anew, but stay what they are.
    private func use(_ arguments: [String: SlotValue]) throws {
        guard case .expression(let expression)? = arguments["day"],
              case .day(let day) = try constant(expression, Shape(), nil),
              let index = chronicle.rosters.firstIndex(where: { $0.book.asOf == day }) else {
            throw Refusal("no snapshot of that day")
        }
        let next = Chronicle(chronicle.rosters, current: index, plain: chronicle.plain)
        for (name, table) in tables {
            tables[name]?.rows = table.rows.map { row in
                row.having(row.values.mapValues { next.adopted($0, from: chronicle) })
            }
        }
        chronicle = next
        last = nil
    }

    /// The rows behind a row of the last result, in the order that they had, kept as a table.
    private func drill(_ arguments: [String: SlotValue]) throws {
        guard let last, let recipe = last.recipe, let table = recipe.source.shape.table else {
            throw Refusal("no rows behind the last result")
        }
        guard case .expression(let expression)? = arguments["row"],
              case .integer(let number) = try constant(expression, Shape(), nil),
              last.rows.indices.contains(number - 1),
              case .name(let name)? = arguments["name"] else { throw Refusal("no such row") }
        let source = recipe.source
        let behind = Set(last.rows[number - 1].members.map(ObjectIdentifier.init))
        var rows = source.rows.filter { behind.contains(ObjectIdentifier($0)) }
        if case .columns(let columns)? = arguments["column"], let path = columns.first,
           case .path(let names) = path.kind {
            rows = try counted(steps(names).joined(separator: "."), rows, recipe)
        }
        var drilled = source
        let fields = table.fields
        drilled.shape.columns += fields.map { Column(name: $0, codes: table.codes($0)) }
        drilled.rows = try rows.map { row in
            var values = row.values
            for field in fields {
                values[field] = try value([Name(field, expression.span)],
                                          place(row, source.shape))
            }
            return row.having(values)
        }
        tables[name.text] = frozen(drilled)
    }

    /// Of rows behind a group those that its column n counts, or for `short` those that it does
    /// not.
    private func counted(_ column: String, _ rows: [Row], _ recipe: Recipe) throws
        -> [Row] {
        let isMissing = column == "short"
        let output = recipe.outputs.first { $0.name == (isMissing ? "n" : column) }
        guard let output else { throw Refusal("no column \(column)") }
        guard case .call(_, _, let arguments)? = output.value?.kind,
              let condition = arguments.first else {
            if isMissing { throw Refusal("n counts all") }
            return rows
        }
        return try rows.filter {
            try value(condition.value, place($0, recipe.source.shape)).isTrue != isMissing
        }
    }
}
