extension Plan {
    /// The kept and plain tables that it reads, those of queries and look-ups within it too.
    package var tables: Set<TableReference> {
        steps.reduce(into: []) { found, step in
            if case .table(let scan) = step.node { found.insert(scan.table) }
            for value in step.scalars { found.formUnion(value.tables) }
        }
    }
}

extension Scalar {
    fileprivate var tables: Set<TableReference> {
        var found: Set<TableReference> = []
        switch node {
        case .lookUp(let lookUp, _): found.insert(lookUp.table)
        case .cell(let table, _, _): found.insert(table)
        case .match(let match, _): found = match.tables
        case .subquery(let plan): found = plan.tables
        case .related(let aggregate, _):
            if let table = aggregate.rows.table { found.insert(table) }
            let inner = [aggregate.owner, aggregate.condition].compactMap { $0 }
                + aggregate.measures.flatMap(\.scalars)
            for value in inner { found.formUnion(value.tables) }
        default: break
        }
        return parts.reduce(into: found) { $0.formUnion($1.tables) }
    }
}

extension Match {
    fileprivate var tables: Set<TableReference> {
        keys.reduce(into: Set([upper.table].compactMap { $0 })) { $0.formUnion($1.tables) }
    }
}
