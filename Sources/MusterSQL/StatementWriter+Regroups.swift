import MusterPlan

extension Aggregation {
    /// What the keys are called where rows stand as often as they fall into a group.
    var lineNames: [String] { keys.map { "_k\($0.column.id.number)" } }
}

extension StatementWriter {
    /// Every row as often as it falls into a group, with the groups' keys.
    func lines(_ rows: Rows, _ aggregation: Aggregation) throws -> String {
        let scope = rows.scope(self)
        var items: [SQL] = ["r.*"]
        for (key, name) in zip(aggregation.keys, aggregation.lineNames) {
            items.append("\(try self.key(key, scope)) as \(name: name)")
        }
        let ordinary: [SQL] = rows.totals.isEmpty ? [] : ["r._part = 0"]
        return add("lines", select(items, from: scope.source, where: ordinary + scope.required))
    }

    /// The measures of rows that stand there as `r`, by what they go into, each row once.
    func regrouped(_ rows: Rows, _ aggregation: Aggregation, _ lines: SQL, into target: SQL) throws
        -> SQL {
        var columns: [SQL] = ["r.*", "\(target) as _of"]
        if aggregation.overlaps {
            let row = rows.inOrder.map { "r.\(name: $0)" as SQL }
            columns.append("row_number() \(over([target] + row, row)) as _line")
        }
        let own = Scope(self, "r", from: "(\n\(select(columns, from: lines))\n) r",
                        entity: rows.entity, columns: rows.columns.mapValues { "r.\(name: $0)" },
                        readings: rows.readings)
        let measures = try aggregation.measures.map { measure -> SQL in
            "\(try own.measure(measure)) as \(name: measure.id.name)"
        }
        let once: [SQL] = aggregation.overlaps ? ["r._line = 1"] : []
        return select(["r._of"] + measures, from: own.source, where: once, groupBy: 1)
    }

    /// Groups that are known put together: by the number of what they go into the measures of the
    /// rows beneath them.
    /// - Parameter groups: their keys, then what they go into.
    package func regrouped(_ input: Plan, _ aggregation: Aggregation, _ groups: [BroughtColumn])
        throws -> SQLStatement {
        let rows = try rows(input)
        let lines = try self.lines(rows, aggregation)
        let part = try brought(groups, as: .groups(aggregation))
        let same = zip(aggregation.keys, aggregation.lineNames).enumerated().map { place, key in
            isSame("g.\(name: "c\(place)")", "r.\(name: key.1)", key.0.column.type)
        }
        let from: SQL = "\(name: lines) r\n  join \(name: part) g on "
            + (same.isEmpty ? "true" : same.joined(" and "))
        let sql = try regrouped(rows, aggregation, from, into: "g.\(name: "c\(same.count)")")
        return statement(sql, types: [.integer] + aggregation.measures.map(\.type))
    }
}
