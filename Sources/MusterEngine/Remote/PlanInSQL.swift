import MusterDiagnostics
import MusterPlan
import MusterSQL
import MusterStore

/// A plan as a statement that gives its table, and what is left to be done here with what
/// comes back.
package struct PlanInSQL: Sendable {
    package let statement: SQLStatement
    /// The plan that the statement is of: all of the one given, or what is beneath `rest`.
    package let pushed: Plan
    /// The stages that are carried out here, from the first on.
    package let rest: [Plan]
    /// Why the first of them is.
    package let reason: Message?

    /// Throws a `Diagnostic` where no part of it can be said in SQL.
    package init(_ plan: Plan, _ run: Run, dialect: any Dialect) throws {
        let context = RemoteContext(run: run, dialect: dialect)
        var rest: [Plan] = [], reason: Message?
        for step in plan.chain {
            do {
                guard let snapshot = step.readings.first?.snapshot else {
                    throw NotInSQL(Message(zh: "不读快照的查询",
                                           en: "a query that reads no snapshot"))
                }
                statement = try StatementWriter(context, snapshot: snapshot).shown(step)
                (pushed, self.rest, self.reason) = (step, rest.reversed(), reason)
                return
            } catch let fault as NotInSQL {
                reason = fault.what
                rest.append(step)
            }
        }
        throw Diagnostic.notInDatabase(reason ?? Message(""))
    }
}

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
        let context = RemoteContext(run: run, dialect: remote.server.dialect)
        let whole: WholeStatement
        do {
            whole = try StatementWriter(context, snapshot: data.asOf).whole(plan)
        } catch is NotInSQL { return nil }
        var columns = try remote.server.columns(of: whole.statement,
                                                isCancelled: run.isCancelledNow)
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
