import MusterDiagnostics
import MusterPlan

extension StatementWriter {
    /// The groups of rows: their keys, then the measures, in no order. A column more says where
    /// hidden keys come first, or that there is nothing else to say.
    package func groups(_ input: Plan, _ aggregation: Aggregation) throws -> SQLStatement {
        let types = aggregation.keys.map(\.column.type) + aggregation.measures.map(\.type)
        if let sql = try onePass(input, aggregation) { return statement(sql, types: types) }
        let isHidden = aggregation.hasHiddenKey
        let keys = aggregation.keys.map { column($0.column) }
        let sql = try groupedRows(try rows(input), aggregation, keys)
        let isEmpty = types.isEmpty
        // Hidden texts have no order but that in which they come.
        return statement(isHidden ? "\(sql)\norder by _first" : sql,
                         types: types + (isHidden || isEmpty ? [.integer] : []))
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
