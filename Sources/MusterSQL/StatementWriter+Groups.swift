import MusterDiagnostics
import MusterPlan

extension StatementWriter {
    /// The groups of rows: their keys, then the measures, in no order.
    package func groups(_ input: Plan, _ aggregation: Aggregation) throws -> SQLStatement {
        let types = aggregation.keys.map(\.column.type) + aggregation.measures.map(\.type)
        if let sql = try onePass(input, aggregation) { return statement(sql, types: types) }
        let rows = try rows(input)
        let scope = rows.scope(self)
        let keys = try aggregation.keys.map { try key($0, scope) }
        let measures = try aggregation.measures.map { try scope.measure($0) }
        let named = zip(aggregation.keys, keys).map { key, sql -> SQL in
            "\(sql) as \(name: "\(key.column.name.en)_\(key.column.id.number)")"
        } + zip(aggregation.measures, measures).map { measure, sql in
            "\(sql) as \(name: "m\(measure.id.number)")"
        }
        let items = named.isEmpty ? ["1"] : named
        var sql = select(items, from: scope.source, where: scope.required,
                         groupBy: aggregation.keys.count)
        if aggregation.keys.contains(where: { $0.column.type.isSensitive }) {
            // Hidden texts have no order but that in which they come.
            sql = "\(sql)\norder by \(rows.firstRow)"
        }
        return statement(sql, types: named.isEmpty ? [.integer]
            : types)
    }

    /// What a row falls under. A row that has several values of a key has as many lines.
    func key(_ key: GroupKey, _ scope: Scope) throws -> SQL {
        switch key.kind {
        case .value(let scalar):
            labels[key.column.id] = scalar.column.flatMap { labels[$0] }
            return try scope.value(scalar)
        case .each(let labels, let conditions):
            self.labels[key.column.id] = labels
            let alias = alias("each")
            let lines = labels.enumerated().map { place, label -> [SQL] in
                ["\(place)", "\(value: .text(label), .plainText)"]
            }
            scope.add("cross join \(dialect.rows(lines, alias, ["_number", "_label"]))")
            let cases = try conditions.enumerated().map { place, condition -> SQL in
                "when \(place) then \(try scope.condition(condition))"
            }
            scope.require("case \(name: alias)._number \(cases.joined(" ")) end")
            return "\(name: alias)._label"
        case .lineage(let scalar, let entity):
            let row = try scope.value(scalar)
            let alias = alias("above")
            scope.add("join \(table(Layout.closure(entity))) \(name: alias) "
                          + "on \(name: alias).\(name: Layout.below) = \(row)")
            return "\(name: alias).\(name: Layout.above)"
        }
    }
}
