import MusterDiagnostics
import MusterEngine
import MusterLanguage

/// `explain QUERY`: what is read and done, step by step, with row counts.
enum ExplainCommand: Command {
    static let signature = Signature(Term("explain", "解释"), [Slot("query", .statement)])
    static let summary = Message(zh: "说明一个查询怎样算，每步多少行",
                                 en: "how a query is computed, with the rows at each step")

    static func run(_ call: CommandCall, _ session: Session) throws {
        guard let statement = call.statement("query"),
              case .query(let expression) = statement.kind else {
            throw Diagnostic("explain.query", Message(
                zh: "解释 后面须是一个查询", en: "explain takes a query"), at: call.span)
        }
        guard session.environment.current != nil else { throw session.noSnapshot(call.span) }
        let run = session.newRun()
        let binder = Binder(session.environment, run: run, source: call.source)
        let plan = try binder.bind(statement: expression, text: "")
        let steps = try Explanation(session.environment, Executor(run)).steps(plan)
        session.list([Term("step", "步骤"), Term("rows", "行数")],
                     steps.map { [$0.text, Message("\($0.rows)")] })
    }
}
