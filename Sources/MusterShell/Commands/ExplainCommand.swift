import MusterDiagnostics
import MusterBinding
import MusterEngine
import MusterPlan
import MusterLanguage
import MusterSQL

/// `explain QUERY`: in words what is counted and when, then what is done step by step, with row
/// counts. `explain plan QUERY`: the plan as engines read it; `explain sql QUERY`: as a database is
/// asked.
enum ExplainCommand: Command {
    static let signature = Signature(Term("explain", "解释"), [
        Slot("form", .word([Term("plan", "计划"), sql]), required: false),
        Slot("query", .statement, shown: Message(zh: "查询", en: "QUERY")),
    ])
    static let summary = Message(
        zh: "用文字说明一个查询算的是什么、截至何时，并列出每步的行数；解释 计划 … 显示执行计划，"
            + "解释 SQL … 显示数据库的写法",
        en: "says in words what a query counts and when, then its steps with their rows; "
            + "explain plan … shows the plan itself, explain sql … what a database is asked")
    private static let sql = Term("sql", "SQL")
    static let traits: CommandTraits = .needsSnapshot

    static func effects(of call: CommandCall, in session: Session) throws -> [Effect] {
        let names = session.environment.domain.words.hints
        let hint = Message(
            zh: "例如 解释 \(names.source.zh) | 比率 \(names.condition.zh)",
            en: "such as explain \(names.source.en) | rate \(names.condition.en)")
        guard let statement = call.statement("query"),
              case .query(let expression) = statement.kind else {
            throw Diagnostic("explain.query", Message(
                zh: "“解释”之后应为查询", en: "explain takes a query"), at: call.span,
                hint: hint)
        }
        let masked = session.environment.domain.words.sensitive.masked
        let run = session.newRun()
        let binder = Binder(session.environment, run: run, source: call.source)
        let plan = try binder.bind(statement: expression, text: "")
        try session.account(for: binder.sought, call.source.slice(call.span), at: nil)
        if let form = call.word("form"), sql.matches(form) {
            let server = session.environment.data?.remote?.server
            let lines = try session.inSQL(plan, server?.dialect ?? Dialects.all[0], run)
            return [.show([.text(lines)])]
        }
        if call.word("form") != nil {
            let lines = PlanText(plan).lines.joined(separator: "\n")
            return [.show([.text(Message(masked(lines)))])]
        }
        let words = Explanation.words(plan) + binder.relationsNamed
        let steps = try Explanation(session.environment, Executor(run)).steps(plan)
        return [.show([.text(Message(
            zh: masked(words.map(\.zh).joined(separator: "\n")),
            en: masked(words.map(\.en).joined(separator: "\n"))))]),
                .list([Term("step", "步骤"), Term("rows", "行数"), Term("written", "写法")],
                      steps.map { step in
            let written = binder.stage(of: step.plan) ?? Message("")
            // How many rows a step leaves may be how many persons there are.
            let rows = session.environment.publishesFrom == nil ? "\(step.rows)" : ""
            return [step.text, Message(rows),
                    Message(zh: masked(written.zh), en: masked(written.en))]
        })]
    }
}
