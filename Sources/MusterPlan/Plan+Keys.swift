extension Plan {
    /// The grouping's keys that a value over its rows is worked out of alone; nil where it reads
    /// anything else, or there is no grouping.
    package func keysBehind(_ value: Scalar) -> Set<Int>? {
        if value.contains(where: {
            switch $0 {
            case .columnTotal, .day, .related, .inForce, .subquery: true
            default: false
            }
        }) { return nil }
        var keys: Set<Int> = []
        for column in value.columns {
            guard let behind = keysBehind(column) else { return nil }
            keys.formUnion(behind)
        }
        return keys
    }

    /// The grouping's keys that a column is worked out of alone; nil where it reads anything
    /// else, or there is no grouping.
    package func keysBehind(_ id: ColumnID) -> Set<Int>? {
        switch node {
        case .filter(let input, _), .sort(let input, _), .limit(let input, _, _),
             .totals(let input, _): return input.keysBehind(id)
        case .window(let input, let window):
            return id == window.column ? nil : input.keysBehind(id)
        case .project(let input, let values):
            guard let place = schema.position(of: id) else { return nil }
            let value = values[place]
            return input.keysBehind(value)
        case .aggregate(_, let aggregation):
            return aggregation.keys.firstIndex { $0.column.id == id }.map { [$0] }
        case .scan, .table, .one, .pivot: return nil
        }
    }
}
