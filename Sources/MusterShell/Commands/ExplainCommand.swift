import MusterDiagnostics
import MusterBinding
import MusterEngine
import MusterPlan
import MusterLanguage
import MusterSQL

/// `explain QUERY`: in a few lines what is counted and when. `explain steps QUERY`: also what is
/// done step by step, with row counts. `explain plan QUERY`: the plan as engines read it; `explain
/// sql QUERY`: as a database is asked.
enum ExplainCommand: Command {
    static let signature = Signature(Term("explain", "解释"), [
        Slot("form", .word([steps, Term("plan", "计划"), sql]), required: false),
        Slot("query", .statement, shown: Message(zh: "查询", en: "QUERY")),
    ])
    static let summary = Message(
        zh: "用几行字说明一个查询算的是什么、截至何时；解释 步骤 … 列出每步和行数，解释 计划 … 显示执行计划，"
            + "解释 SQL … 显示数据库的写法",
        en: "says in a few lines what a query counts and when; explain steps … lists its steps "
            + "with their rows, explain plan … shows the plan itself, explain sql … what a "
            + "database is asked")
    private static let steps = Term("steps", "步骤")
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
        let isLong = call.word("form").map(steps.matches) == true
        if call.word("form") != nil, !isLong {
            let lines = PlanText(plan).lines.joined(separator: "\n")
            return [.show([.text(Message(masked(lines)))])]
        }
        // How many rows a step leaves may be how many persons there are.
        let tellsRows = session.environment.publishesFrom == nil
        var words = Explanation.words(plan, isLong: isLong) + binder.relationsNamed
        let explanation = Explanation(session.environment, Executor(run))
        if !isLong, tellsRows { words.append(try explanation.rows(plan)) }
        let said = Effect.show([.text(Message(
            zh: masked(words.map(\.zh).joined(separator: "\n")),
            en: masked(words.map(\.en).joined(separator: "\n"))))])
        guard isLong else { return [said] }
        return (words.isEmpty ? [] : [said]) + [
                .list([Term("step", "步骤"), Term("rows", "行数"), Term("written", "写法")],
                      try explanation.steps(plan).map { step in
            let written = binder.stage(of: step.plan) ?? Message("")
            return [step.text, Message(tellsRows ? "\(step.rows)" : ""),
                    Message(zh: masked(written.zh), en: masked(written.en))]
        })]
    }
}
