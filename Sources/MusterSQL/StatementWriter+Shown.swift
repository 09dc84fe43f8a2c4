import MusterDiagnostics
import MusterPlan
import MusterValues

extension StatementWriter {
    /// A whole plan as a statement whose rows can be read as they come: rows of other tables by
    /// what they are called, exact decimals as such, months as `2015-06`, `total` where a key is
    /// totalled, hidden texts by their last character.
    package func shown(_ plan: Plan) throws -> SQLStatement {
        let rows = try stage(plan)
        let scope = rows.scope(self)
        let own = Set(plan.schema.shown.compactMap(\.keyIndex))
        let items = try plan.schema.shown.map { info -> SQL in
            guard let name = rows.columns[info.id] else { throw Scope.unsaid(info.value) }
            let value = scope.readable("r.\(name: name)", info.type)
            let keys = info.keyIndex.map { [$0] }
                ?? (plan.keysBehind(info.id) ?? []).subtracting(own)
            let parts = rows.totals.enumerated().filter { !$0.element.isDisjoint(with: keys) }
                .map { "\($0.offset + 1)" as SQL }
            guard !parts.isEmpty else { return "\(value) as \(name: info.name.en)" }
            return "case when r._part in (\(parts.joined(", "))) then 'total' "
                + "else \(dialect.text(value)) end as \(name: info.name.en)"
        }
        let order = rows.inOrder.map { "r.\(name: $0)" as SQL }
        let sql = select(items.isEmpty ? ["1"] : items, from: scope.source)
        return statement("\(sql)\norder by \(order.joined(", "))", types: [])
    }
}

extension Scope {
    /// A value as people read it.
    fileprivate func readable(_ value: SQL, _ type: ValueType) -> SQL {
        switch type {
        case .row(let entity):
            guard let definition = writer.context.domain.entity(entity),
                  let label = definition.labelField ?? definition.keyField else { return value }
            return "\(name: row(entity, value)).\(name: Layout.column(label))"
        case .decimal(let places): return dialect.decimal(value, places)
        case .month: return dialect.month(value)
        case .text(.sensitive): return dialect.masked(value)
        default: return value
        }
    }
}
