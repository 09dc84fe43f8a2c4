import MusterDiagnostics
import MusterPlan

extension StatementWriter {
    /// The rows of a source, with its filters and projections above.
    func rows(_ plan: Plan) throws -> Rows {
        switch plan.node {
        case .scan(let scan): return try rows(scan, plan.schema)
        case .filter(let input, let condition): return try filtered(rows(input), condition)
        case .project(let input, let values):
            return try projected(rows(input), plan.schema, values)
        default: throw NotInSQL(Message(zh: "分组之后的步骤", en: "a stage behind a grouping"))
        }
    }

    /// A table's rows, once for each reading where there are several.
    func fanOut(_ entity: String, _ readings: [Reading], period: ValueType?) -> SQL {
        let own = table(entity)
        guard readings.count > 1 || period != nil else { return own }
        let lines = readings.enumerated().map { place, reading -> [SQL] in
            var line: [SQL] = ["\(place)", "\(value: .day(reading.day), .day)"]
            if let period {
                line.append("\(value: reading.period.map { .day($0) } ?? .none, period)")
            }
            return line
        }
        let names = [Rows.reading, Rows.day] + (period == nil ? [] : ["_period"])
        let values = dialect.rows(lines, "readings", names)
        return "(select t.*, readings.* from \(own) t cross join \(values))"
    }

    private func rows(_ scan: Scan, _ schema: Schema) throws -> Rows {
        guard scan.readings.allSatisfy({ $0.snapshot == snapshot }) else {
            throw NotInSQL(Message(zh: "几份快照", en: "several snapshots"))
        }
        let period = scan.period.flatMap { schema[$0] }
        var rows = Rows(source: fanOut(scan.entity, scan.readings, period: period?.type),
                        name: scan.entity, entity: scan.entity, readings: scan.readings)
        if let period { rows.columns[period.id] = "_period" }
        return try scan.condition.map { try filtered(rows, $0, as: scan.entity) } ?? rows
    }

    func filtered(_ rows: Rows, _ condition: Scalar, as name: String = "where") throws -> Rows {
        let scope = rows.scope(self)
        scope.ordinary = rows
        let conditions = try condition.conjuncts.map { try scope.conjunct($0) }
        // A total was made of the rows it was made of; a condition does not judge it.
        let kept = rows.totals.isEmpty ? conditions
            : ["(r._part <> 0 or \(conditions.joined(" and ")))"]
        let sql = select(["r.*"], from: scope.source, where: kept)
        return rows.from(add(name, sql))
    }

    func projected(_ rows: Rows, _ schema: Schema, _ values: [Scalar]) throws -> Rows {
        let scope = rows.scope(self)
        scope.ordinary = rows
        var columns: [ColumnID: String] = [:]
        var items: [SQL] = ["r.*"]
        for (info, value) in zip(schema.columns, values) {
            if let own = value.column, let name = rows.columns[own] {
                columns[info.id] = name
                labels[info.id] = labels[own]
                continue
            }
            let name = column(info)
            columns[info.id] = name
            items.append("\(try scope.value(value)) as \(name: name)")
        }
        guard items.count > 1 else { return rows.renamed(columns) }
        return rows.from(add("derive", select(items, from: scope.source)), columns: columns)
    }

    /// What a column of the plan is called in the statement.
    func column(_ info: ColumnInfo) -> String { "\(info.name.en)_\(info.id.number)" }

    /// The rows themselves: the number of each, the reading where there are several, and the
    /// columns of the plan, in the order of the source.
    package func listing(_ plan: Plan, _ entity: String) throws -> SQLStatement {
        let rows = try rows(plan)
        let scope = rows.scope(self)
        var items: [SQL] = ["r.\(name: Layout.row)"], types: [ValueType] = [.row(entity)]
        var order: [SQL] = ["r.\(name: Layout.row)"]
        if let reading = scope.readingColumn {
            items.append(reading)
            types.append(.integer)
            order.insert(reading, at: 0)
        }
        for info in plan.schema.columns {
            guard let name = rows.columns[info.id] else { continue }
            items.append("r.\(name: name)")
            types.append(info.type)
        }
        let sql = select(items, from: scope.source)
        return statement("\(sql)\norder by \(order.joined(", "))", types: types)
    }
}

extension Scope {
    /// A condition beside others that must hold, too.
    func conjunct(_ scalar: Scalar) throws -> SQL {
        if case .or = scalar.bare.node { return "(\(try condition(scalar)))" }
        if case .inGroups = scalar.bare.node { return "(\(try condition(scalar)))" }
        return try condition(scalar)
    }
}
