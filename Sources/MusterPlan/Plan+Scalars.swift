extension Plan {
    /// The expressions of its own step.
    package var scalars: [Scalar] {
        switch node {
        case .table, .one, .append, .totals, .pivot: []
        case .scan(let scan): [scan.condition].compactMap { $0 }
        case .filter(_, let condition): [condition]
        case .project(_, let values): values
        case .sort(_, let terms): terms.map(\.value)
        case .limit(_, _, let by): by
        case .window(_, let window): window.scalars
        case .aggregate(_, let aggregation):
            aggregation.keys.flatMap(\.scalars)
                + aggregation.measures.flatMap(\.scalars)
                + aggregation.outputs.map(\.value)
        }
    }
}

extension Window {
    fileprivate var scalars: [Scalar] {
        switch kind {
        case .rank(let terms): terms.map(\.value) + by
        case .cumulate(let value), .sum(let value), .shifted(let value, _): [value] + by
        case .previous(let value, _, let same, _): [value] + same + by
        case .benchmark(let row, let year): [row, year].compactMap { $0 } + by
        }
    }
}

extension GroupKey {
    fileprivate var scalars: [Scalar] {
        switch kind {
        case .value(let value), .lineage(let value, _): [value]
        case .each(_, let conditions): conditions
        }
    }
}
