import MusterDiagnostics
import MusterPlan

extension StatementWriter {
    /// The rows with the totals behind them, of exactly the groups that are left.
    func totalled(_ input: Plan, _ totals: Totals) throws -> Rows {
        guard let bottom = input.chain.first(where: {
            if case .aggregate = $0.node { true } else { false }
        }), case .aggregate(let source, let aggregation) = bottom.node else {
            return try stage(input)
        }
        let rows = try stage(input)
        guard totals.below == nil else {
            throw NotInSQL(Message(zh: "小计", en: "subtotals"))
        }
        guard rows.totals.isEmpty, rows.readings.count < 2 || aggregation.readings == .own else {
            throw NotInSQL(Message(zh: "合计的合计", en: "totals of totals"))
        }
        let maker = TotalsWriter(self, source, aggregation, try stage(bottom),
                                 input.stagesOfGrouping, totals.rules, survivors: rows)
        // Two columns of the plan may be one here.
        var names: Set<String> = []
        let carried = input.schema.columns.filter { info in
            rows.columns[info.id].map { names.insert($0).inserted } ?? false
        }
        let own = carried.compactMap { rows.columns[$0.id] }.map { "r.\(name: $0)" as SQL }
        let order = rows.inOrder.map { "r.\(name: $0)" as SQL }
        let reading: [SQL] = rows.readings.count > 1 ? ["r._reading", "r._day"] : []
        let number = over([], order)
        var sql = select(own + reading + ["row_number() \(number) as _order", "r._group",
                                          "0 as _part"], from: "\(rows.source) r")
        for (place, set) in totals.sets.enumerated() {
            let part = try maker.rows(set)
            let values = carried.map { info -> SQL in
                guard let name = part.columns[info.id] else {
                    return "\(value: .none, info.type)"
                }
                return "r.\(name: name)"
            }
            let none: SQL = "\(value: .none, .integer)"
            let total = select(values + reading + ["r._of as _order", "\(none) as _group",
                                                   "\(place + 1) as _part"],
                               from: "\(part.source) r")
            sql = "\(sql)\nunion all\n\(total)"
        }
        var result = rows.from(add("total", sql))
        result.order = [Rows.part, Rows.order]
        result.totals = totals.sets.map { Set($0) }
        return result
    }
}

/// Writes the total rows over one set of keys, stage by stage.
struct TotalsWriter {
    let writer: StatementWriter
    let source: Plan
    let aggregation: Aggregation
    let grouped: Rows
    let stages: [Plan]
    let rules: [TotalsRule]
    let survivors: Rows

    init(_ writer: StatementWriter, _ source: Plan, _ aggregation: Aggregation, _ grouped: Rows,
         _ stages: [Plan], _ rules: [TotalsRule], survivors: Rows) {
        self.writer = writer
        self.source = source
        self.aggregation = aggregation
        self.grouped = grouped
        self.stages = stages
        self.rules = rules
        self.survivors = survivors
    }

    func rows(_ set: [Int]) throws -> Rows {
        let rest = aggregation.keys.indices.filter { !set.contains($0) }
        let members = try self.members(rest)
        var rows = try measured(set, rest, members)
        for (stage, rule) in zip(stages, rules) {
            rows = try replayed(stage, rule, rows, members)
        }
        return rows
    }

    /// For each group that is left, with its keys, the total that it goes into, by number in the
    /// order of keys.
    private func members(_ rest: [Int]) throws -> String {
        let scope = grouped.scope(writer)
        let order = try rest.map { place -> SQL in
            let column = aggregation.keys[place].column
            return try scope.order("r.\(name: grouped.columns[column.id] ?? "")", column,
                                   labels: writer.labels[column.id])
        }
        let number: SQL = order.isEmpty ? "1" : "dense_rank() \(writer.over([], order))"
        let keys = aggregation.keys.compactMap { grouped.columns[$0.column.id] }
        return writer.add("members", writer.select(
            ["r._group"] + keys.map { "r.\(name: $0)" } + ["\(number) as _of"],
            from: "\(grouped.source) r\n  join \(survivors.source) s on s._group = r._group"))
    }

    /// The totals' keys, measures and outputs.
    private func measured(_ set: [Int], _ rest: [Int], _ members: String) throws -> Rows {
        let isMerged = !aggregation.overlaps && aggregation.measures.allSatisfy(\.followsFromGroups)
        let keys = rest.compactMap { grouped.columns[aggregation.keys[$0].column.id] }
        let reading: [SQL] = grouped.readings.count > 1 ? ["r._reading", "r._day"] : []
        let ofKeys = keys.map { "r.\(name: $0)" as SQL } + reading
        let sql: SQL
        if isMerged {
            let sums = aggregation.measures.map { measure -> SQL in
                "\(measure.merged("r.\(name: measure.id.name)", writer.dialect)) "
                    + "as \(name: measure.id.name)"
            }
            sql = writer.select(["m._of"] + ofKeys + sums,
                                from: "\(grouped.source) r\n  join \(name: members) m "
                                    + "on m._group = r._group", groupBy: 1 + ofKeys.count)
        } else {
            let again = try measuredAgain(members)
            let examples = writer.select(["m._of"] + ofKeys, from: "\(grouped.source) r\n  join "
                                             + "\(name: members) m on m._group = r._group",
                                         groupBy: 1 + ofKeys.count)
            // A total may be of groups without rows.
            let own = aggregation.measures.map { measure -> SQL in
                let value: SQL = "a.\(name: measure.id.name)"
                return measure.isAdditive
                    ? "coalesce(\(value), 0) as \(name: measure.id.name)" : value
            }
            sql = writer.select(["r.*"] + own, from: "(\n\(examples)\n) r\n  left join "
                                    + "\(name: again) a on a._of = r._of")
        }
        var columns: [ColumnID: String] = [:]
        for place in rest {
            let id = aggregation.keys[place].column.id
            columns[id] = grouped.columns[id]
        }
        for measure in aggregation.measures { columns[measure.id] = measure.id.name }
        let part = writer.add("totals", sql)
        let scope = Scope(writer, "r", from: "\(name: part) r", entity: nil,
                          columns: try withNone(columns, set), readings: grouped.readings)
        var items: [SQL] = ["r.*"]
        for output in aggregation.outputs {
            let value = aggregation.expanded(output.value)
            if let own = value.column, let name = columns[own] {
                columns[output.column.id] = name
                continue
            }
            let name = writer.column(output.column)
            columns[output.column.id] = name
            items.append("\(try scope.value(value)) as \(name: name)")
        }
        let whole = items.count == 1 ? part
            : writer.add("totals", writer.select(items, from: scope.source))
        return Rows(source: "\(name: whole)", name: "totals", entity: nil, columns: columns,
                    readings: grouped.readings, order: ["_of"])
    }

    /// What columns are; a key that is totalled has no value.
    private func withNone(_ columns: [ColumnID: String], _ set: [Int]) throws -> [ColumnID: SQL] {
        var all = columns.mapValues { "r.\(name: $0)" as SQL }
        for place in set {
            let column = aggregation.keys[place].column
            all[column.id] = "\(value: .none, column.type)"
        }
        return all
    }

    /// Measures that do not follow from those of the groups: of the rows beneath them, each once.
    private func measuredAgain(_ members: String) throws -> String {
        let rows = try writer.stage(source)
        let lines = try writer.lines[aggregation] ?? writer.lines(rows, aggregation)
        writer.lines[aggregation] = lines
        let same = zip(aggregation.keys, aggregation.lineNames).map { key, name -> SQL in
            let own = grouped.columns[key.column.id] ?? ""
            return writer.isSame("m.\(name: own)", "r.\(name: name)", key.column.type)
        }
        let from: SQL = "\(name: lines) r\n  join \(name: members) m on "
            + (same.isEmpty ? "true" : same.joined(" and "))
        return writer.add("again", try writer.regrouped(rows, aggregation, from, into: "m._of"))
    }
}

extension Measure {
    fileprivate func merged(_ column: SQL, _ dialect: any Dialect) -> SQL {
        switch kind {
        case .minimum(let a):
            return a.type == .bool ? "bool_and(\(column))"
                : "min(\(a.type.isText ? dialect.byCodePoint(column) : column))"
        case .maximum(let a):
            return a.type == .bool ? "bool_or(\(column))"
                : "max(\(a.type.isText ? dialect.byCodePoint(column) : column))"
        default: return dialect.total("sum(\(column))", type)
        }
    }
}
