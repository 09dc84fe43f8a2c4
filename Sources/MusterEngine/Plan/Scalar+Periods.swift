extension Scalar {
    /// Whether it holds for a row in one period at most: it demands that a stored day, month or
    /// year lies in the period, as in `registered.date in month`. What is counted so happened
    /// within its period, and counts of several periods add up.
    func pins(_ period: Int) -> Bool {
        let parts = conjuncts
        return parts.contains { part in
            guard case .compare(let op, let a, let b) = part.node else { return false }
            switch op {
            case .equal:
                return a.column == period && b.isStored || b.column == period && a.isStored
            case .greaterOrEqual:
                guard b.edge?.column == period, b.edge?.isFirst == true,
                      let path = a.unedged.storedPath else { return false }
                return parts.contains { other in
                    guard case .compare(.lessOrEqual, let c, let d) = other.node else {
                        return false
                    }
                    return d.edge?.column == period && d.edge?.isFirst == false
                        && c.unedged.storedPath == path
                }
            default: return false
            }
        }
    }

    private var conjuncts: [Scalar] {
        if case .and(let a, let b) = node { a.conjuncts + b.conjuncts } else { [self] }
    }

    fileprivate var column: Int? { if case .column(let index) = node { index } else { nil } }

    /// A constant, or a stored value: the same at every day.
    private var isStored: Bool { constantValue != nil || unedged.storedPath != nil }

    /// For the first or last day of a column's month or year: the column, and which it is.
    private var edge: (column: Int, isFirst: Bool)? {
        guard case .convert(let conversion, let inner) = node, let column = inner.column else {
            return nil
        }
        return switch conversion {
        case .firstDayOfMonth, .firstDayOfYear: (column, true)
        case .lastDayOfMonth, .lastDayOfYear: (column, false)
        default: nil
        }
    }

    /// Without turning a month or year into its first or last day, or a day into its month.
    private var unedged: Scalar {
        if case .convert(let conversion, let inner) = node {
            switch conversion {
            case .firstDayOfMonth, .firstDayOfYear, .lastDayOfMonth, .lastDayOfYear,
                 .dayToMonth, .dayToYear, .monthToYear: return inner.unedged
            default: break
            }
        }
        return self
    }

    /// The steps of a path of stored columns from the row itself.
    private var storedPath: [String]? {
        switch node {
        case .rowNumber: []
        case .field(let entity, let column, let row): row.storedPath.map { $0 + [entity, column] }
        default: nil
        }
    }
}

extension Plan {
    /// Whether what is counted of its rows under a condition lies in one period at most, by the
    /// condition itself or one that the rows have passed. `period` is the column of the period.
    func pins(_ period: Int, _ condition: Scalar?) -> Bool {
        if condition?.pins(period) == true { return true }
        switch node {
        case .filter(let input, let passed):
            let both = condition.map { Scalar(.and(passed, $0), .bool) } ?? passed
            return input.pins(period, both)
        case .sort(let input, _), .limit(let input, _, _):
            return input.pins(period, condition)
        case .window(let input, _, _):
            let own = input.schema.columns.count
            return input.pins(period, condition?.substituting { $0 < own ? nil : .unknown })
        case .project(let input, let keep, let add):
            func below(_ index: Int) -> Scalar {
                keep.indices.contains(index)
                    ? Scalar(.column(keep[index]), schema.columns[index].type)
                    : add.indices.contains(index - keep.count) ? add[index - keep.count] : .unknown
            }
            guard let period = below(period).column else { return false }
            return input.pins(period, condition?.substituting(below))
        default: return false
        }
    }
}

extension Scalar {
    /// Stands for a value of which nothing is known here: no stored one.
    fileprivate static let unknown = Scalar(.day, .day)
}
