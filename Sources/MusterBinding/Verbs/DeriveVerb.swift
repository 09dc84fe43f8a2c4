import MusterDiagnostics
import MusterLanguage
import MusterPlan

enum DeriveVerb: Verb {
    static let signature = Signature(Term("derive", "派生"), [
        Slot("columns", .bindings(named: true)),
        Slot("by", keyword: Term("by", "按"), .keys, required: false),
    ])
    static let summary = Message(zh: "增加算出来的列", en: "add computed columns")
    static let traits: VerbTraits = .addsColumns
    static let synonyms = [
        "mutate", "extend", "gen", "generate", "compute", "assign", "新增", "增加", "计算",
        "添加", "加列",
    ]
    static let kin = ["rename", "重命名", "改名", "replace", "add"]

    static func bind(_ stage: Stage, _ input: Plan, _ binder: Binder) throws -> Plan {
        var plan = input, looksAround = false
        _ = try binder.each(stage.bindings("columns")) { binding in
            let rows = NeighbourRows(plan, by: try SortVerb.groups(stage, plan, binder))
            plan = try add(binding, to: plan, rows, binder)
            looksAround = looksAround || rows.isUsed
        }
        if let first = stage.keys().first, !looksAround, binder.faults.isEmpty {
            throw Diagnostic("derive.by", Message(
                zh: "派生 的 按 只与 \(Prior.name.zh)、\(Next.name.zh) 同用",
                en: "by of derive goes with \(Prior.name.en) and \(Next.name.en) alone"),
                at: first.value.span, hint: Message(
                    zh: "分组求值用 汇总 … 按；组内占比用 占比 … 组内",
                    en: "values of groups come from summarize … by, shares of them from share … "
                        + "within"))
        }
        return plan
    }

    /// One column more; `rows` collects what it takes of other rows.
    static func add(_ binding: Binding, to input: Plan, _ rows: NeighbourRows? = nil,
                    _ binder: Binder) throws -> Plan {
        var scope = Scope(input)
        scope.neighbours = rows
        var bound = try Columns.bind(binding, scope, input, binder)
        if bound.info.type == .none, binder.faults.isEmpty { bound.info.type = .plainText }
        // Another column of the same values; the key itself stays where it is.
        if bound.isColumn { bound.info = bound.info.identified(binder.newID()) }
        bound.info.role = .value
        bound.info.keyIndex = nil
        var schema = input.schema
        var values = input.schema.columns.map(\.value)
        if let place = schema.columns.lastIndex(where: {
            !$0.isHidden && $0.name.collides(with: bound.info.name)
        }) {
            // Of that name there is one column; what rows are told apart by stays.
            let old = schema.columns[place]
            if old.isKey {
                throw binder.repeated(old.name, binding.alias?.span ?? binding.value.span)
            }
            for index in schema.columns.indices {
                if schema.columns[index].goal == old.id { schema.columns[index].goal = nil }
                let difference = schema.columns[index].difference
                if [difference?.minuend, difference?.subtrahend].contains(old.id) {
                    schema.columns[index].difference = nil
                }
            }
            schema.columns[place] = bound.info
            values[place] = bound.value
        } else {
            schema.columns.append(bound.info)
            values.append(bound.value)
        }
        return Plan(.project(rows?.plan ?? input, values), schema)
    }
}
