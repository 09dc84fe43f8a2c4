/// What adding up a column of counts or sums over periods would do.
package enum PeriodMeasure: String, Sendable, Hashable, Codable {
    /// The same persons again in each period: never to be added up over them.
    case stock
    /// What happened within its period: it adds up.
    case flow
}

/// Whether the values of a column may be added up. Derived from the plan, here and nowhere else.
package struct Additivity: Sendable, Hashable, Codable {
    /// A rate or mean: adding it up means nothing.
    package var isRatio = false
    /// Made of counts or sums of rows that are repeated over periods.
    package var overPeriods: PeriodMeasure?
    /// A count of one period, made a column by a pivot.
    package var isOfOnePeriod = false

    /// Counts the same persons again in each of the periods that it is over.
    package var repeatsPersons: Bool { overPeriods == .stock && !isOfOnePeriod }

    package init() {}

    static let free = Additivity()

    /// That of a column whose values come from columns of both.
    package func combined(with other: Additivity) -> Additivity {
        var result = Additivity()
        result.isRatio = isRatio || other.isRatio
        let counts = [self, other].filter { $0.overPeriods != nil }
        result.overPeriods = counts.contains { $0.overPeriods == .stock } ? .stock
            : counts.first?.overPeriods
        result.isOfOnePeriod = !counts.isEmpty && counts.allSatisfy(\.isOfOnePeriod)
        return result
    }
}

extension Plan {
    package func additivity(of id: ColumnID) -> Additivity {
        switch node {
        case .scan, .one: return .free
        case .table, .append: return schema[id]?.kept ?? .free
        case .filter(let input, _), .sort(let input, _), .limit(let input, _, _),
             .totals(let input, _): return input.additivity(of: id)
        case .project(let input, let values):
            guard let place = schema.position(of: id) else { return .free }
            return input.additivity(of: values[place])
        case .aggregate(let input, let aggregation):
            return aggregation.additivity(of: id, over: input)
        case .window(let input, let window):
            guard id == window.column else { return input.additivity(of: id) }
            switch window.kind {
            case .rank, .benchmark: return .free
            case .previous(let value, _, _, _), .shifted(let value, _):
                return input.additivity(of: value)
            case .cumulate(let value), .sum(let value):
                var additivity = input.additivity(of: value)
                // Sums up to each period hold what those before held.
                if additivity.overPeriods != nil { additivity.overPeriods = .stock }
                return additivity
            }
        case .pivot(let input, let pivot):
            for row in pivot.cells {
                guard let place = row.firstIndex(of: id) else { continue }
                var additivity = input.additivity(of: pivot.shown[place])
                additivity.isOfOnePeriod = additivity.overPeriods != nil
                    && input.schema[pivot.column]?.role == .period
                return additivity
            }
            return input.additivity(of: id)
        }
    }

    /// The same of an expression over its columns.
    package func additivity(of value: Scalar) -> Additivity {
        if let id = value.column { return additivity(of: id) }
        var result = Additivity()
        guard value.type.isNumeric else { return result }
        let read = value.columns.map { additivity(of: $0) }
        if value.addsUp {
            let kinds = read.compactMap(\.overPeriods)
            result.overPeriods = kinds.contains(.stock) ? .stock : kinds.first
            if let period = schema.openPeriod, !value.isConstant {
                // Rows repeated over periods: what is worked out of them is repeated too.
                result.overPeriods = value.happens(within: period) ? .flow : .stock
            } else if let period = schema.columns.first(where: { $0.role == .period }),
                      value.asksOfRows, !value.happens(within: period.id) {
                // So is what is asked of the keys of groups that stand for a period each.
                result.overPeriods = .stock
            }
        }
        let counts = read.filter { $0.overPeriods != nil }
        result.isOfOnePeriod = !counts.isEmpty && counts.allSatisfy(\.isOfOnePeriod)
        result.isRatio = value.divides || value.sources.contains { additivity(of: $0).isRatio }
        return result
    }

    /// Whether a column counts or sums rows: a combination without rows is 0 and not none.
    package func isAmount(_ id: ColumnID) -> Bool {
        switch node {
        case .scan, .one, .table, .append: return false
        case .filter(let input, _), .sort(let input, _), .limit(let input, _, _),
             .totals(let input, _), .window(let input, _): return input.isAmount(id)
        case .project(let input, let values):
            guard let place = schema.position(of: id), let own = values[place].column else {
                return false
            }
            return input.isAmount(own)
        case .aggregate(_, let aggregation):
            guard let value = aggregation.outputs.first(where: { $0.column.id == id })?.value
            else { return false }
            return aggregation.measures.contains { $0.id == value.column && $0.isAdditive }
        case .pivot(let input, let pivot):
            for row in pivot.cells {
                if let place = row.firstIndex(of: id) { return input.isAmount(pivot.shown[place]) }
            }
            return input.isAmount(id)
        }
    }
}

extension Aggregation {
    fileprivate func additivity(of id: ColumnID, over input: Plan) -> Additivity {
        guard let output = outputs.first(where: { $0.column.id == id }) else { return .free }
        let value = expanded(output.value)
        var result = Additivity()
        guard value.type.isNumeric else { return result }
        let used = measures.filter { value.columns.contains($0.id) }
        result.isRatio = value.divides || measures.contains { measure in
            switch measure.kind {
            case .quantile, .codeviation: value.sources.contains(measure.id)
            default: false
            }
        }
        guard value.addsUp, !used.isEmpty else { return result }
        if let period = input.schema.openPeriod {
            let isFlow = used.allSatisfy { measure in
                // The same things may be counted again in the next period.
                if case .distinct = measure.kind { return false }
                return input.pins(period, measure.condition)
            }
            result.overPeriods = isFlow ? .flow : .stock
        } else if keys.contains(where: { $0.column.role == .period }), used.contains(where: {
            $0.measured.flatMap(\.columns).contains { input.additivity(of: $0).overPeriods != nil }
        }) {
            result.overPeriods = .stock
        }
        return result
    }

    /// An output in terms of the measures.
    package func expanded(_ value: Scalar) -> Scalar {
        value.substituting { id in
            outputs.first { $0.column.id == id }.map { expanded($0.value) }
        }
    }
}

extension Scalar {
    /// Made of sums and counts without a division: adding it up makes (or would make) sense.
    package var addsUp: Bool {
        switch node {
        case .arithmetic(.divide, _, _), .compare, .isNone: false
        // What chooses between two values is not added up itself.
        case .conditional(_, let a, let b): a.addsUp && b.addsUp
        default: parts.allSatisfy(\.addsUp)
        }
    }

    /// Whether it reads more than the columns of its row: fields and related rows of what these
    /// name, a table, the day.
    fileprivate var asksOfRows: Bool {
        contains {
            switch $0 {
            case .field, .ancestor, .related, .day, .inForce, .lookUp, .match, .cell: true
            default: false
            }
        }
    }

    /// Whether it is made by a division.
    package var divides: Bool {
        switch node {
        case .arithmetic(.divide, _, _): true
        case .arithmetic(_, let a, let b): a.divides || b.divides
        case .convert(_, let a), .named(_, let a): a.divides
        // What decides between two values is none of them; a rounded quotient is a whole number.
        case .conditional(_, let a, let b): a.divides || b.divides
        case .call(_, let arguments): type == .number && arguments.contains { $0.divides }
        default: false
        }
    }

    /// The columns that it is a sum or difference of, or is itself.
    package var summands: Set<ColumnID> {
        switch node {
        case .column(let id): [id]
        case .arithmetic(.add, let a, let b), .arithmetic(.subtract, let a, let b):
            a.summands.union(b.summands)
        case .convert(_, let a), .named(_, let a): a.summands
        case .conditional(_, let a, let b): a.summands.union(b.summands)
        default: []
        }
    }

    /// The columns that its value is made of; what only decides between two values is not.
    package var sources: Set<ColumnID> {
        switch node {
        case .column(let id): [id]
        case .conditional(_, let a, let b): a.sources.union(b.sources)
        default: parts.reduce(into: []) { $0.formUnion($1.sources) }
        }
    }
}

extension Plan {
    /// The value of a pivot for which a column stands, as it is or worked out of such alone.
    package func pivotValue(of id: ColumnID) -> PivotValue? {
        switch node {
        case .pivot(_, let pivot):
            return zip(pivot.values, pivot.cells).first { $1.contains(id) }?.0
        case .project(let input, let values):
            guard let place = schema.position(of: id) else { return nil }
            let found = Set(values[place].columns.map(input.pivotValue))
            return found.count == 1 ? found.first ?? nil : nil
        default: return input?.pivotValue(of: id)
        }
    }
}
