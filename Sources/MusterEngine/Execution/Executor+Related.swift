import MusterDiagnostics
import MusterPlan
import MusterStore

extension Executor {
    /// The key of related rows: who owns them. No plan's column has it.
    static let ownerID = ColumnID(-1)

    /// An aggregate of the rows that belong to each row of the owner's table, at a place; by the
    /// owner's row there. The last value is that of an owner to whom nothing belongs, which holds
    /// for every row that is not there.
    func related(_ aggregate: RelatedAggregate, _ place: Place) throws -> Vector {
        let data = run.universe.dataSets[place.dataSet]
        let reading = Reading(snapshot: data.asOf, day: place.day)
        let rows = Plan(.scan(Scan(entity: aggregate.entity, condition: aggregate.condition,
                                   readings: [reading], period: nil)),
                        Schema(entity: aggregate.entity, columns: []))
        let column = ColumnInfo(Executor.ownerID, [], .row(aggregate.ownerEntity), role: .key)
        let key = GroupKey(
            kind: aggregate.includesBelow
                ? .lineage(aggregate.owner, entity: aggregate.ownerEntity)
                : .value(aggregate.owner),
            column: column)
        let aggregation = Aggregation(keys: [key], measures: aggregate.measures, outputs: [],
                                      readings: .fixed(reading))
        let state = try accumulate(rows, aggregation, routing: nil, at: place)
        // One group more, without rows: what owners have that nothing belongs to.
        let count = state.index.count
        var frame = Frame(count: count + 1, ids: [], columns: [], places: .same(place),
                          isLocal: true)
        for (accumulator, measure) in zip(state.accumulators, aggregate.measures) {
            if accumulator.overflowed { throw Diagnostic.overflow }
            var grown = accumulator
            grown.grow(to: count + 1)
            frame.append(measure.id, grown.result(count + 1, type: measure.type))
        }
        let values = try Evaluator(run).evaluate(aggregate.output, frame)
        var group = [Int32](repeating: Int32(count),
                            count: data.rowCount(aggregate.ownerEntity) + 1)
        if case .row(let found) = state.index.values(ofKey: 0) {
            for (number, row) in found.enumerated() where row >= 0 {
                group[Int(row)] = Int32(number)
            }
        }
        return values.gathered(group)
    }
}
