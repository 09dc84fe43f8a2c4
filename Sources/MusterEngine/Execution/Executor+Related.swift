import MusterDiagnostics
import MusterStore

extension Executor {
    /// An aggregate of the rows that belong to each row of the owner's table, at a day.
    func related(_ aggregate: RelatedAggregate, dataSet: Int, day: Int32) throws -> Vector {
        let instant = Instant(dataSet: dataSet, day: day, period: nil, isRunning: false)
        let rows = aggregate.rows.reading([instant])
        let column = ColumnInfo([Term("owner")], .row(aggregate.ownerEntity), role: .key)
        let key = GroupKey(
            kind: aggregate.includesBelow
                ? .lineage(aggregate.owner, entity: aggregate.ownerEntity)
                : .value(aggregate.owner),
            column: column, domain: nil)
        let aggregation = Aggregation(keys: [key], measures: aggregate.measures, outputs: [])
        let state = try accumulate(rows, aggregation, routing: nil)
        // One group more, without rows: what owners have that nothing belongs to.
        let count = state.index.count
        var columns: [Vector] = []
        for (accumulator, measure) in zip(state.accumulators, aggregate.measures) {
            if accumulator.overflowed { throw Evaluator.overflow }
            var grown = accumulator
            grown.grow(to: count + 1)
            columns.append(grown.result(count + 1, type: measure.type))
        }
        let frame = Frame(count: count + 1, columns: columns, days: .same(day), dataSet: dataSet)
        let values = try Evaluator(run).evaluate(aggregate.output, frame)
        let owners = run.dataSets[dataSet].rowCount(aggregate.ownerEntity)
        var place = [Int32](repeating: Int32(count), count: owners)
        if case .row(let found) = state.index.values(ofKey: 0) {
            for (group, row) in found.enumerated() where row >= 0 {
                place[Int(row)] = Int32(group)
            }
        }
        return values.gathered(place)
    }
}

extension Plan {
    /// The same plan over other readings of its source.
    func reading(_ instants: [Instant]) -> Plan {
        switch node {
        case .scan(let entity, let condition, _):
            Plan(.scan(entity: entity, condition: condition, instants: instants), schema)
        case .filter(let input, let condition):
            Plan(.filter(input.reading(instants), condition), schema)
        case .project(let input, let keep, let add):
            Plan(.project(input.reading(instants), keep: keep, add: add), schema)
        default: self
        }
    }
}
