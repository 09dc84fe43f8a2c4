import MusterDiagnostics
import MusterBinding
import MusterEngine
import MusterPlan
import MusterLanguage

/// `drill N [COLUMN] [into NAME]`: the rows behind a row of the last result.
enum DrillCommand: Command {
    static let signature = Signature(Term("drill", "展开"), [
        Slot("row", .number, shown: Message(zh: "行号", en: "ROW")),
        Slot("column", .column, required: false),
        Slot("name", keyword: Term("into", "存为"), .name, required: false),
    ])
    static let summary = Message(
        zh: "列出上一个结果第 N 行背后的各行；加 人数 只列已数的，加 差额 列还差的",
        en: "list the rows behind row N of the last result; with n those counted, with short "
            + "those missing")
    static let topics = ["名单", "花名册", "list", "roster"]
    static let synonyms = ["明细", "下钻", "穿透"]
    static let traits: CommandTraits = [.rehearsed, .goesOn]
    static let argument: CommandArgument? = .result

    static func effects(of call: CommandCall, in session: Session) throws -> [Effect] {
        guard let expression = call.expression("row") else { return [] }
        guard let last = session.answer else {
            throw Diagnostic("drill.none", Message(
                zh: "前面还没有结果", en: "there is no result yet"), at: call.span,
                hint: Message(zh: "先查询，再用 展开", en: "first a query, then drill"))
        }
        if let fault = last.fault(session.books, session.environment, at: call.span) {
            throw fault
        }
        let (value, _) = try session.value(of: expression, call.source)
        guard case .int(let number) = value, number >= 1, number <= last.table.rowCount else {
            throw Diagnostic("drill.row", Message(
                zh: "上一个结果有 \(last.table.rowCount) 行，没有这一行",
                en: "the last result has \(last.table.rowCount) rows, not that one"),
                at: expression.span)
        }
        let (part, pivoted) = try self.part(call, last.plan)
        do {
            let executor = Executor(session.newRun())
            let plan = try executor.drill(last.plan, row: Int(number) - 1, pivoted: pivoted, part)
            return [.open(plan, into: call.name("name"), call.source)]
        } catch let diagnostic as Diagnostic {
            throw diagnostic.span == nil ? diagnostic.placed(at: call.span) : diagnostic
        }
    }

    /// What a column asks for: who is counted in it, or missing; after a pivot also which value.
    private static func part(_ call: CommandCall, _ plan: Plan) throws
        -> (DrillPart, PivotValue?) {
        guard let expression = call.columns("column").first,
              case .path(let names) = expression.kind else { return (.base, nil) }
        let typed = names.map(\.text).joined(separator: ".")
        let shown = plan.schema.shown
        guard let column = shown.first(where: {
            $0.name.matches(typed) || $0.label?.matches(typed) == true
        }) else {
            throw Diagnostic("name.unknown", Message(
                zh: "结果里没有列“\(typed)”", en: "the result has no column \"\(typed)\""),
                at: expression.span, hint: suggestion(for: typed, among: shown.map(\.name)))
        }
        var name = column.name.en
        var pivoted: PivotValue?
        if case .pivot(let input, let pivot) = plan.node {
            for (value, cells) in zip(pivot.values, pivot.cells) {
                guard let place = cells.firstIndex(of: column.id) else { continue }
                pivoted = value
                name = input.schema[pivot.shown[place]]?.name.en ?? name
            }
        }
        return (name == ColumnNames.short.en ? .missing : .counted(column.id), pivoted)
    }
}
