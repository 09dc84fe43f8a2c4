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

    /// Throws `NotInSQL` where no part of it can be said in SQL.
    package init(_ plan: Plan, _ run: Run, dialect: any Dialect) throws {
        let context = RemoteContext(run: run, dialect: dialect, mayBring: false)
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
        throw NotInSQL(reason ?? Message(""))
    }
}
