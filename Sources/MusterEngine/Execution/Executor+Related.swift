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
        let data = run.data(place)
        let reading = data.map { Reading(snapshot: $0.asOf, day: place.day) }
        let ownerType = aggregate.owner.type
        let column = ColumnInfo(Executor.ownerID, [], ownerType, role: .key)
        let kind: GroupKey.Kind = if aggregate.includesBelow, let entity = ownerType.entity {
            .lineage(aggregate.owner, entity: entity)
        } else {
            .value(aggregate.owner)
        }
        let aggregation = Aggregation(keys: [GroupKey(kind: kind, column: column)],
                                      measures: aggregate.measures, outputs: [],
                                      readings: .fixed(reading))
        let state = try accumulate(aggregate, aggregation, reading, place)
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
        var group = [Int32](repeating: Int32(count), count: try rowCount(ownerType, data) + 1)
        if case .row(let found) = state.index.values(ofKey: 0) {
            for (number, row) in found.enumerated() where row >= 0 {
                group[Int(row)] = Int32(number)
            }
        }
        return values.gathered(group)
    }

    private func rowCount(_ type: ValueType, _ data: DataSet?) throws -> Int {
        switch type {
        case .row(let entity): data?.rowCount(entity) ?? 0
        case .tableRow(let table): try run.frame(table).count
        default: 0
        }
    }

    /// The related rows in groups by their owners.
    private func accumulate(_ aggregate: RelatedAggregate, _ aggregation: Aggregation,
                            _ reading: Reading?, _ place: Place) throws -> Accumulated {
        switch aggregate.rows {
        case .entity(let entity):
            let rows = Plan(.scan(Scan(entity: entity, condition: aggregate.condition,
                                       readings: [reading].compactMap { $0 }, period: nil)),
                            Schema(entity: entity, columns: []))
            return try accumulate(rows, aggregation, routing: nil, at: place)
        case .table(let table, let columns):
            let worker = GroupWorker(run, aggregation, nil)
            var state = worker.start()
            try worker.add(try localFrame(table, columns, place), to: &state)
            return state
        }
    }

    /// A plain table's rows as those of a place, rows in its columns numbered as there; without
    /// the total rows that a kept result may have.
    private func localFrame(_ table: TableReference, _ columns: [ColumnID], _ place: Place) throws
        -> Frame {
        let frame = try run.wholeFrame(.table(table, columns: columns), place)
        return frame.totals == nil ? frame : frame.gathered(frame.partition.ordinary)
    }
}
