import MusterDiagnostics
import MusterPlan

extension StatementWriter {
    /// Groups of rows that are read at several days, where the period is one of the keys and no
    /// other differs with the day: every row is looked at once, and counted for each day beside
    /// the others, instead of standing there once a day. Nil where that is not so.
    ///
    /// The keys and the measures bear the names that they have elsewhere.
    func onePass(_ input: Plan, _ aggregation: Aggregation) throws -> SQL? {
        guard let pass = OnePass(input, aggregation) else { return nil }
        let base = Rows(source: table(pass.scan.entity), name: pass.scan.entity,
                        entity: pass.scan.entity, readings: [pass.scan.readings[0]])
        let scope = base.scope(self)
        let common = try pass.conditions.filter { !pass.differs($0) }.map {
            try scope.conjunct($0)
        }
        let own = pass.conditions.filter(pass.differs)
        let keys = pass.keys.map { column($0.column) }
        var items = try zip(pass.keys, keys).map { key, name -> SQL in
            guard case .value(let scalar) = key.kind else { return "" }
            return "\(try scope.value(scalar)) as \(name: name)"
        }
        var lines: [[SQL]] = []
        for (place, reading) in pass.scan.readings.enumerated() {
            let period: SQL = "\(value: reading.period.map { .day($0) } ?? .none, pass.type)"
            let here = scope.reading(reading, columns: [pass.period: period])
            let holds = try own.map { try here.conjunct($0) }
            let all = holds.isEmpty ? nil : holds.joined(" and ")
            items.append("\(dialect.filtered("count(*)", all)) as \(name: "n_\(place)")")
            var line: [SQL] = [period, "g.\(name: "n_\(place)")"]
            for measure in aggregation.measures {
                let name = "\(measure.id.name)_\(place)"
                items.append("\(try here.measure(measure, where: holds)) as \(name: name)")
                line.append("g.\(name: name)")
            }
            lines.append(line)
            scope.take(here)
        }
        let groups = select(items, from: scope.source, where: common, groupBy: keys.count)
        let names = ["_period", "_rows"] + aggregation.measures.map(\.id.name)
        let columns = aggregation.keys.map { key -> SQL in
            let name = column(key.column)
            return key.column.role == .period ? "v._period as \(name: name)" : "g.\(name: name)"
        } + aggregation.measures.map { "v.\(name: $0.id.name)" }
        let spread = dialect.spread(lines, "v", names)
        // Only the groups that rows fall into.
        return select(columns, from: "(\n\(groups)\n) g\n  \(spread)", where: ["v._rows > 0"])
    }
}

/// What is asked of the rows, where they may be looked at once for all days.
private struct OnePass {
    let scan: Scan
    let period: ColumnID
    let type: ValueType
    /// The keys but the period.
    let keys: [GroupKey]
    /// What rows must meet.
    let conditions: [Scalar]

    /// So many days beside each other are the most.
    private static let most = 40

    init?(_ input: Plan, _ aggregation: Aggregation) {
        var conditions: [Scalar] = []
        var current = input
        while case .filter(let inner, let condition) = current.node {
            guard !condition.hasColumnTotal else { return nil }
            conditions = condition.conjuncts + conditions
            current = inner
        }
        guard case .scan(let scan) = current.node, let period = scan.period,
              (2...Self.most).contains(scan.readings.count),
              let info = current.schema[period] else { return nil }
        self.scan = scan
        self.period = period
        type = info.type
        self.conditions = (scan.condition?.conjuncts ?? []) + conditions
        var keys: [GroupKey] = [], hasPeriod = false
        for key in aggregation.keys {
            guard case .value(let scalar) = key.kind else { return nil }
            if scalar.column == period { hasPeriod = true; continue }
            guard !scalar.dependsOnDay, !scalar.columns.contains(period) else { return nil }
            keys.append(key)
        }
        guard hasPeriod, aggregation.keys.count == keys.count + 1,
              !keys.contains(where: { $0.column.type.isSensitive }) else { return nil }
        self.keys = keys
    }

    /// Whether a condition differs with the day.
    func differs(_ condition: Scalar) -> Bool {
        condition.dependsOnDay || condition.columns.contains(period)
    }
}
