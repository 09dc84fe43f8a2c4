extension Scalar {
    /// Whether it holds for a row in one period at most: it demands that a stored day, month or
    /// year lies in the period, as in `registered.date in month`. What is counted so happened
    /// within its period, and counts of several periods add up.
    package func pins(_ period: ColumnID) -> Bool {
        let parts = conjuncts.map(\.bare)
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

    /// Whether it is other than 0 or none in one period at most.
    func happens(within period: ColumnID) -> Bool {
        guard case .conditional(let condition, _, let other) = bare.node else { return false }
        let isNothing = switch other.constantValue {
        case .none?, .int(0)?, .double(0)?: true
        default: false
        }
        return isNothing && condition.pins(period)
    }

    /// A constant, or a stored value: the same at every day.
    private var isStored: Bool { constantValue != nil || unedged.storedPath != nil }

    /// For the first or last day of a column's month or year: the column, and which it is.
    private var edge: (column: ColumnID, isFirst: Bool)? {
        guard case .convert(let conversion, let inner) = bare.node, let column = inner.column
        else { return nil }
        return switch conversion {
        case .firstDayOfMonth, .firstDayOfYear: (column, true)
        case .lastDayOfMonth, .lastDayOfYear: (column, false)
        default: nil
        }
    }

    /// Without turning a month or year into its first or last day, or a day into its month.
    private var unedged: Scalar {
        if case .convert(let conversion, let inner) = bare.node {
            switch conversion {
            case .firstDayOfMonth, .lastDayOfMonth, .firstDayOfYear, .lastDayOfYear,
                 .dayToMonth, .dayToYear, .monthToYear: return inner.unedged
            default: break
            }
        }
        return self
    }

    /// The steps of a path of stored columns from the row itself.
    private var storedPath: [String]? {
        switch bare.node {
        case .row: []
        case .field(let entity, let column, let row), .ancestor(let entity, let column, let row):
            row.storedPath.map { $0 + [entity, column] }
        // What is none before its day is the same or nothing.
        case .conditional(_, let none, let value) where none.constantValue == Constant.none:
            value.storedPath
        default: nil
        }
    }

    /// Stands for a value of which nothing is known here: no stored one.
    fileprivate static let unknown = Scalar(.day, .day)
}

extension Plan {
    /// Whether what is counted of its rows under a condition lies in one period at most, by the
    /// condition itself or one that the rows have passed. `period` is the column of the period.
    package func pins(_ period: ColumnID, _ condition: Scalar?) -> Bool {
        if condition?.pins(period) == true { return true }
        switch node {
        case .filter(let input, let passed):
            return input.pins(period, Scalar.all([passed] + [condition].compactMap { $0 }))
        case .sort(let input, _), .limit(let input, _, _):
            return input.pins(period, condition)
        case .window(let input, let window):
            return input.pins(period, condition?.substituting {
                $0 == window.column ? .unknown : nil
            })
        case .project(let input, let values):
            func below(_ id: ColumnID) -> Scalar {
                schema.position(of: id).map { values[$0] } ?? .unknown
            }
            guard let own = below(period).column else { return false }
            return input.pins(own, condition?.substituting(below))
        default: return false
        }
    }
}
