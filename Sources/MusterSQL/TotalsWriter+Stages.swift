import MusterDiagnostics
import MusterPlan

extension TotalsWriter {
    /// What a stage between the grouping and the totals makes of the total rows.
    func replayed(_ stage: Plan, _ rule: TotalsRule, _ rows: Rows, _ members: String) throws
        -> Rows {
        switch (rule, stage.node) {
        case (.recomputed, .project(let input, let values)):
            return try projected(rows, stage.schema, values, try writer.stage(input))
        case (.none, .window(_, let window)):
            let type = stage.schema[window.column]?.type ?? .integer
            return with(window.column, stage, rows, "\(value: .none, type)", "none")
        case (.common, .window(_, let window)):
            guard case .benchmark(let row, let year) = window.kind else { return rows }
            return try common(rows, stage, window.column, row, year, members)
        case (.amongTotals, .window(_, let window)): return try series(rows, stage, window)
        default: return rows
        }
    }

    private func scope(_ rows: Rows, from source: SQL? = nil) -> Scope {
        var columns = rows.columns.mapValues { "r.\(name: $0)" as SQL }
        for key in aggregation.keys where columns[key.column.id] == nil {
            columns[key.column.id] = "\(value: .none, key.column.type)"
        }
        return Scope(writer, "r", from: source ?? "\(rows.source) r", entity: nil,
                     columns: columns, readings: rows.readings)
    }

    private func projected(_ rows: Rows, _ schema: Schema, _ values: [Scalar], _ ordinary: Rows)
        throws -> Rows {
        let scope = scope(rows)
        scope.ordinary = ordinary
        var columns: [ColumnID: String] = [:]
        var items: [SQL] = ["r.*"]
        for (info, value) in zip(schema.columns, values) {
            if let own = value.column {
                if let name = rows.columns[own] { columns[info.id] = name }
                if rows.columns[own] != nil || isTotalled(own, rows) { continue }
            }
            let name = writer.column(info)
            columns[info.id] = name
            items.append("\(try scope.value(value)) as \(name: name)")
        }
        guard items.count > 1 else { return rows.renamed(columns) }
        return rows.from(writer.add("derive", writer.select(items, from: scope.source)),
                         columns: columns)
    }

    private func isTotalled(_ id: ColumnID, _ rows: Rows) -> Bool {
        aggregation.keys.contains { $0.column.id == id } && rows.columns[id] == nil
    }

    private func with(_ id: ColumnID, _ stage: Plan, _ rows: Rows, _ value: SQL, _ name: String,
                      from source: SQL? = nil) -> Rows {
        guard let info = stage.schema[id] else { return rows }
        let column = writer.column(info)
        let sql = writer.select(["r.*", "\(value) as \(name: column)"],
                                from: source ?? "\(rows.source) r")
        var result = rows.from(writer.add(name, sql))
        result.columns[id] = column
        return result
    }

    /// The target that all the groups of a total share, else the year's.
    private func common(_ rows: Rows, _ stage: Plan, _ id: ColumnID, _ row: Scalar?,
                        _ year: Scalar, _ members: String) throws -> Rows {
        let ordinary = try writer.stage(stage)
        guard let own = ordinary.columns[id] else { return rows }
        let rate: SQL = "o.\(name: own)"
        let shared = writer.select(
            ["m._of", "min(\(rate)) as _rate",
             "count(distinct \(rate)) + count(distinct case when \(rate) is null then 1 end) "
                 + "as _different"],
            from: "\(name: members) m\n  join \(ordinary.source) o on o._group = m._group",
            groupBy: 1)
        let part = writer.add("shared", shared)
        let scope = scope(rows)
        let general = try scope.benchmark(nil, year)
        scope.add("join \(name: part) c on c._of = r._of")
        return with(id, stage, rows, "case when c._different = 1 then c._rate else \(general) end",
                    "target", from: scope.source)
    }

    /// A running total of the totals, where all groups that stood there are left and nothing was
    /// sorted before: then the totals themselves stood there, in the order of their keys.
    private func series(_ rows: Rows, _ stage: Plan, _ window: Window) throws -> Rows {
        let isPlain = stages.allSatisfy { step in
            switch step.node {
            case .filter, .limit, .sort: false
            default: true
            }
        }
        let isSum = switch window.kind {
        case .cumulate, .sum: true
        default: false
        }
        guard isPlain, isSum else {
            throw NotInSQL(Message(zh: "合计行的累计或上期",
                                   en: "running totals or earlier periods of total rows"))
        }
        let value = try writer.windowValue(rows, scope(rows), window)
        return with(window.column, stage, rows, value, "cumulate")
    }
}
