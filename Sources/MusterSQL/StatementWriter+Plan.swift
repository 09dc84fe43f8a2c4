import MusterDiagnostics
import MusterPlan

extension StatementWriter {
    /// A whole plan as one statement: its shown columns, the part that a row belongs to where
    /// there are totals, and the reading where there are several, in the plan's order.
    package func whole(_ plan: Plan) throws -> WholeStatement {
        let rows = try stage(plan)
        let scope = rows.scope(self)
        let shown = plan.schema.shown
        var items: [SQL] = [], types: [ValueType] = []
        for info in shown {
            guard let name = rows.columns[info.id] else { throw Scope.unsaid(info.value) }
            items.append("r.\(name: name) as \(name: info.name.en)")
            types.append(info.type)
        }
        if !rows.totals.isEmpty { items.append("r._part"); types.append(.integer) }
        if let reading = scope.readingColumn { items.append(reading); types.append(.integer) }
        if items.isEmpty { items = ["1"]; types = [.integer] }
        let order = rows.inOrder.map { "r.\(name: $0)" as SQL }
        let sql = select(items, from: scope.source)
        let isOne = rows.order == [Rows.order] && plan.grouping?.keys.isEmpty == true
        let sorted: SQL = isOne ? sql : "\(sql)\norder by \(order.joined(", "))"
        return WholeStatement(statement: statement(sorted, types: types), totals: rows.totals,
                              readings: rows.readings)
    }

    /// A stage's rows; written once.
    func stage(_ plan: Plan) throws -> Rows {
        if let known = stages[plan] { return known }
        let rows = try written(plan)
        stages[plan] = rows
        return rows
    }

    private func written(_ plan: Plan) throws -> Rows {
        switch plan.node {
        case .scan: return try rows(plan)
        case .table: throw NotInSQL(Message(zh: "另存或装入的表", en: "a kept or loaded table"))
        case .append: throw NotInSQL(Message(zh: "并入的行", en: "rows of two queries"))
        case .one: throw NotInSQL(Message(zh: "不读任何行的查询", en: "a query that reads no rows"))
        case .filter(let input, let condition):
            return try filtered(stage(input), condition)
        case .project(let input, let values):
            return try projected(stage(input), plan.schema, values)
        case .aggregate(let input, let aggregation):
            return try grouped(input, aggregation)
        case .sort(let input, let terms): return try sorted(stage(input), terms)
        case .limit(let input, let count, let by): return try limited(stage(input), count, by)
        case .window(let input, let window): return try windowed(stage(input), window, plan)
        case .totals(let input, let totals): return try totalled(input, totals)
        case .pivot(let input, let pivot): return try pivoted(stage(input), input, pivot, plan)
        }
    }
}

/// A statement for a whole plan.
package struct WholeStatement: Sendable {
    /// The plan's shown columns, then the part where there are totals, and the reading where there
    /// are several.
    package let statement: SQLStatement
    /// For each part but 0 the keys that its rows are totals over.
    package let totals: [Set<Int>]
    package let readings: [Reading]
}
