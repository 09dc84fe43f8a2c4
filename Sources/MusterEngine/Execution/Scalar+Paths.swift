import MusterPlan

extension Scalar {
    /// For a path of fields, the first step of it and the steps behind that.
    var path: (first: Scalar, steps: [Memory.Step])? {
        let own: Memory.Step, inner: Scalar
        switch bare.node {
        case .field(let entity, let column, let row):
            (own, inner) = (Memory.Step(entity: entity, column: column, isLevel: false), row)
        case .ancestor(let entity, let level, let row):
            (own, inner) = (Memory.Step(entity: entity, column: level, isLevel: true), row)
        default: return nil
        }
        guard let (first, steps) = inner.path else { return (self, []) }
        return (first, steps + [own])
    }

    /// The columns of rows that it reads, with their entities.
    var rowColumns: [ColumnID: String] {
        if case .column(let id) = node, case .row(let entity) = type { return [id: entity] }
        if case .inGroups(let keys, _) = node {
            return keys.reduce(into: [:]) { found, key in
                if case .value(let value) = key.kind {
                    found.merge(value.rowColumns) { first, _ in first }
                }
            }
        }
        return parts.reduce(into: [:]) { $0.merge($1.rowColumns) { first, _ in first } }
    }
}
