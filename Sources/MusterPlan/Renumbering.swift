/// Gives columns other identities, one after the other as they are come by, so that what is the
/// same but for them becomes equal.
package struct Renumbering {
    private var known: [ColumnID: ColumnID] = [:]
    private let first: Int

    /// - Parameter first: the first identity that it gives.
    package init(from first: Int = 1) { self.first = first }

    private mutating func id(_ id: ColumnID) -> ColumnID {
        if let known = known[id] { return known }
        let next = ColumnID(first + known.count)
        known[id] = next
        return next
    }

    package mutating func plan(_ plan: Plan) -> Plan {
        let node: PlanNode = switch plan.node {
        case .scan(let scan): .scan(Scan(
            entity: scan.entity, condition: scan.condition.map { scalar($0) },
            readings: scan.readings, period: scan.period.map { id($0) }))
        case .table(let scan): .table(TableScan(
            scan.table, readings: scan.readings, period: scan.period.map { id($0) }))
        case .one: plan.node
        case .filter(let input, let condition): .filter(self.plan(input), scalar(condition))
        case .project(let input, let values): .project(self.plan(input), scalars(values))
        case .aggregate(let input, let aggregation):
            .aggregate(self.plan(input), self.aggregation(aggregation))
        case .sort(let input, let terms): .sort(self.plan(input), self.terms(terms))
        case .limit(let input, let count, let by):
            .limit(self.plan(input), count, by: scalars(by))
        case .window(let input, let window): .window(self.plan(input), self.window(window))
        case .totals(let input, let totals): .totals(self.plan(input), totals)
        case .pivot(let input, let pivot): .pivot(self.plan(input), self.pivot(pivot))
        case .append(let upper, let lower): .append(self.plan(upper), self.plan(lower))
        }
        return Plan(node, schema(plan.schema))
    }

    package mutating func related(_ related: RelatedAggregate) -> RelatedAggregate {
        RelatedAggregate(rows(related.rows), condition: related.condition.map { scalar($0) },
                         owner: scalar(related.owner), includesBelow: related.includesBelow,
                         measures: related.measures.map { measure($0) },
                         output: scalar(related.output))
    }

    private mutating func scalar(_ value: Scalar) -> Scalar {
        let node: ScalarNode? = switch value.node {
        case .column(let column): .column(id(column))
        case .subquery(let plan): .subquery(self.plan(plan))
        case .related(let aggregate, let row): .related(related(aggregate), scalar(row))
        case .inGroups(let keys, let groups): .inGroups(keys.map { key($0) }, groups)
        case .match(let match, let keys): .match(Match(
            upper: rows(match.upper), keys: scalars(match.keys), forms: match.forms,
            isOwn: match.isOwn), scalars(keys))
        default: nil
        }
        return node.map { Scalar($0, value.type) } ?? value.mapParts { scalar($0) }
    }

    private mutating func scalars(_ values: [Scalar]) -> [Scalar] { values.map { scalar($0) } }

    private mutating func rows(_ source: RowSource) -> RowSource {
        switch source {
        case .entity: source
        case .table(let table, let columns): .table(table, columns: columns.map { id($0) })
        }
    }

    private mutating func terms(_ terms: [SortTerm]) -> [SortTerm] {
        terms.map { SortTerm(value: scalar($0.value), isDescending: $0.isDescending) }
    }

    private mutating func aggregation(_ aggregation: Aggregation) -> Aggregation {
        Aggregation(
            keys: aggregation.keys.map { key($0) },
            measures: aggregation.measures.map { measure($0) },
            outputs: aggregation.outputs.map { output in
                Output(column: column(output.column), value: scalar(output.value),
                       shares: output.shares)
            },
            readings: aggregation.readings)
    }

    private mutating func measure(_ measure: Measure) -> Measure {
        let kind: Measure.Kind = switch measure.kind {
        case .count: .count
        case .sum(let a): .sum(scalar(a))
        case .minimum(let a): .minimum(scalar(a))
        case .maximum(let a): .maximum(scalar(a))
        case .distinct(let a): .distinct(scalar(a))
        case .quantile(let a, let fraction): .quantile(scalar(a), fraction)
        case .codeviation(let a, let b): .codeviation(scalar(a), scalar(b))
        }
        return Measure(id: id(measure.id), kind: kind,
                       condition: measure.condition.map { scalar($0) }, type: measure.type)
    }

    private mutating func key(_ key: GroupKey) -> GroupKey {
        let kind: GroupKey.Kind = switch key.kind {
        case .value(let value): .value(scalar(value))
        case .each(let labels, let conditions): .each(labels, scalars(conditions))
        case .lineage(let row, let entity): .lineage(scalar(row), entity: entity)
        }
        return GroupKey(kind: kind, column: column(key.column), domain: key.domain,
                        keepsNone: key.keepsNone)
    }

    private mutating func window(_ window: Window) -> Window {
        let kind: WindowKind = switch window.kind {
        case .rank(let keys): .rank(terms(keys))
        case .cumulate(let value): .cumulate(scalar(value))
        case .sum(let value): .sum(scalar(value))
        case .shifted(let value, let rows): .shifted(scalar(value), rows)
        case .previous(let value, let period, let same, let periods):
            .previous(scalar(value), period: id(period), same: scalars(same), periods: periods)
        case .benchmark(let row, let year):
            .benchmark(row: row.map { scalar($0) }, year: scalar(year))
        }
        return Window(column: id(window.column), kind: kind, by: scalars(window.by))
    }

    private mutating func pivot(_ pivot: Pivot) -> Pivot {
        Pivot(column: id(pivot.column), shown: pivot.shown.map { id($0) },
              keys: pivot.keys.map { id($0) }, values: pivot.values,
              cells: pivot.cells.map { cells in cells.map { id($0) } }, zero: pivot.zero,
              sortsRows: pivot.sortsRows, span: pivot.span)
    }

    private mutating func column(_ column: ColumnInfo) -> ColumnInfo {
        var copy = column.identified(id(column.id))
        copy.goal = column.goal.map { id($0) }
        copy.difference = column.difference.map {
            Difference(id($0.minuend), less: id($0.subtrahend))
        }
        return copy
    }

    private mutating func schema(_ schema: Schema) -> Schema {
        var copy = schema
        copy.columns = schema.columns.map { column($0) }
        copy.openPeriod = schema.openPeriod.map { id($0) }
        copy.table = schema.table.map { rows($0) }
        return copy
    }
}
