import MusterDiagnostics
import MusterPlan
import MusterSQL
import MusterStore

extension Executor {
    /// How many rows a plan has; those in a database are counted there.
    package func count(_ plan: Plan) throws -> Int {
        let id = ColumnID(-2)
        let count = Measure(id: id, kind: .count, condition: nil, type: .integer)
        let whole = Aggregation(keys: [], measures: [count], outputs: [], readings: .fixed(nil))
        let worker = GroupWorker(run, whole, nil)
        guard let state = try remoteGroups(plan, whole, worker, at: nil),
              case .int(let counts) = state.accumulators[0].result(1, type: .integer) else {
            return try execute(plan).count
        }
        return Int(counts[0])
    }

    /// The rows of a plan that reads a database, all of it worked out there; nil where it reads
    /// none, or where a part of it cannot be.
    package func executeWhole(_ plan: Plan) throws -> Frame? {
        guard plan.chain.count > 1, let reading = plan.readings.first,
              let data = run.universe.dataSets.first(where: { $0.asOf == reading.snapshot }),
              let remote = data.remote, plan.readings.allSatisfy({ $0.snapshot == data.asOf })
        else { return nil }
        return try guessing { try executed(plan, data, remote.server.dialect) }
    }

    private func executed(_ plan: Plan, _ data: DataSet, _ dialect: any Dialect) throws -> Frame? {
        let context = RemoteContext(run: run, dialect: dialect)
        let whole: WholeStatement
        do {
            whole = try StatementWriter(context, snapshot: data.asOf).whole(plan)
        } catch is NotInSQL { return nil }
        var columns = try fetch(whole.statement, data)
        let count = columns.first?.count ?? 0
        let shown = plan.schema.shown
        try run.checkCells(rows: count, columns: shown.count)
        let places = try whole.readings.map { try run.universe.place($0) }
        var frame = Frame(count: count, ids: shown.map(\.id), columns: [],
                          places: .same(places.first ?? run.usual))
        if whole.readings.count > 1, case .int(let numbers) = columns.removeLast() {
            frame.places = .each(numbers.map { Int32($0) }, of: places)
        }
        if !whole.totals.isEmpty, case .int(let parts) = columns.removeLast() {
            let marks = [0] + whole.totals.map { $0.reduce(0) { $0 | Frame.mark($1) } }
            frame.totals = parts.map { marks[Int($0)] }
        }
        frame.columns = try zip(columns, shown).map { try adopted($0, $1.type, data) }
        return frame
    }
}
