/// Which columns are rates, or parts of a whole: 1 at most.
extension Plan {
    /// Whether a column is a rate or a share, by whatever name and behind whatever stage.
    package func isShare(_ id: ColumnID) -> Bool {
        if let info = schema[id], info.display == .percent || info.isShare { return true }
        func isShare(_ value: Scalar, in input: Plan) -> Bool {
            value.isPart || value.column.map(input.isShare) == true
        }
        switch node {
        case .scan, .table, .one, .append: return false
        case .filter(let input, _), .sort(let input, _), .limit(let input, _, _),
             .totals(let input, _): return input.isShare(id)
        case .project(let input, let values):
            return schema.position(of: id).map { isShare(values[$0], in: input) } ?? false
        case .window(let input, let window):
            guard id == window.column else { return input.isShare(id) }
            switch window.kind {
            case .previous(let value, _, _, _), .shifted(let value, _):
                return isShare(value, in: input)
            case .rank, .cumulate, .sum, .benchmark: return false
            }
        case .aggregate(let input, let aggregation):
            if let output = aggregation.outputs.first(where: { $0.column.id == id }) {
                return output.value.isPart
            }
            guard case .value(let key)? = aggregation.keys.first(where: { $0.column.id == id })?
                .kind else { return false }
            return isShare(key, in: input)
        case .pivot(let input, let pivot):
            for cells in pivot.cells {
                guard let place = cells.firstIndex(of: id) else { continue }
                return input.isShare(pivot.shown[place])
            }
            return pivot.keys.contains(id) && input.isShare(id)
        }
    }
}

extension Scalar {
    /// `x / total(y)`, or how many of the related rows meet a condition.
    package var isPart: Bool {
        switch bare.node {
        case .arithmetic(.divide, _, let whole): return whole.isTotal
        case .related(let aggregate, _):
            guard case .arithmetic(.divide, _, _) = aggregate.output.node else { return false }
            return aggregate.measures.allSatisfy { $0.kind == .count }
        default: return false
        }
    }

    private var isTotal: Bool {
        switch bare.node {
        case .columnTotal: true
        case .convert(_, let inner): inner.isTotal
        case .arithmetic(.multiply, let a, let b): a.isTotal || b.isTotal
        default: false
        }
    }
}
