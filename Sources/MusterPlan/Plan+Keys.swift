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
        case .scan, .table, .one, .append, .pivot: return nil
        }
    }

    /// What a column was derived as, where that reads nothing but rows of a source.
    package func origin(of id: ColumnID) -> Scalar? {
        switch node {
        case .project(let input, let values):
            guard let place = schema.position(of: id) else { return nil }
            return values[place].column.map { input.origin(of: $0) } ?? values[place]
        case .filter(let input, _), .sort(let input, _), .limit(let input, _, _):
            return input.origin(of: id)
        case .window(let input, let window):
            return window.column == id ? nil : input.origin(of: id)
        case .scan, .table, .one, .append, .aggregate, .totals, .pivot: return nil
        }
    }
}

extension Aggregation {
    /// For each key the key of rows with a domain that it is worked out of alone: it goes along
    /// with that one's rows. `unit.kind` beside `every unit`.
    package var leaders: [Int?] {
        let domains = keys.indices.filter {
            keys[$0].domain != nil && keys[$0].column.type.entity != nil
        }
        return keys.indices.map { place in
            guard keys[place].domain == nil, case .value(let own) = keys[place].kind else {
                return nil
            }
            return domains.first { own.reads(only: keys[$0]) }
        }
    }
}

extension Scalar {
    /// Whether it is worked out of a key's value alone, whatever the day.
    fileprivate func reads(only key: GroupKey) -> Bool {
        guard case .value(let leader) = key.kind, let id = leader.column, columns == [id],
              !dependsOnDay else { return false }
        return !contains {
            switch $0 {
            case .row, .columnTotal, .subquery, .related, .inGroups, .benchmark: true
            default: false
            }
        }
    }
}
