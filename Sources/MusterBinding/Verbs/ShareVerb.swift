import MusterDiagnostics
import MusterLanguage
import MusterPlan

enum ShareVerb: Verb {
    static let signature = Signature(Term("share", "占比"), [
        Slot("column", .column),
        Slot("by", keyword: Term("within", "组内"), .keys, required: false),
        Slot("name", keyword: Term("as", "记为"), .name, required: false),
    ])
    static let summary = Message(
        zh: "加上一列占全部行之和的百分比；写 组内 则占该组之和（交叉表的行占比、列占比）",
        en: "add a column's share of its sum over the rows; within k of the sum of each k, for the "
            + "row and column shares of a cross table")
    static let topics = ["百分比", "比重", "构成", "percentage", "proportion"]
    static let kin = ["比重", "构成比", "prop.table", "proportions"]
    static let traits: VerbTraits = .addsColumns

    static func bind(_ stage: Stage, _ input: Plan, _ binder: Binder) throws -> Plan {
        let hint = Message(zh: "先用 计数 按 … 或 汇总 分组", en: "count by … or summarize first")
        guard let (column, span) = try binder.addedColumn(stage, input, signature.name, hint: hint)
        else { return input }
        let groups = try SortVerb.groups(stage, input, binder)
        let keepsPeriod = groups.contains { group in
            group.column.flatMap { input.schema[$0] }?.role == .period
        }
        if input.additivity(of: column.id).repeatsPersons, !keepsPeriod {
            throw binder.addingOverPeriods(span)
        }
        let name = stage.name("name").map { ColumnNames.term($0.text) } ?? signature.name
        var share = ColumnInfo(binder.newID(), [name], .number)
        share.display = .percent
        var whole = column.identified(binder.newID())
        (whole.isHidden, whole.role, whole.keyIndex) = (true, .value, nil)
        guard !input.schema.has(name) else { throw binder.repeated(name, stage.span) }
        var schema = input.schema
        schema.columns.append(whole)
        let sums = Plan(.window(input, Window(column: whole.id, kind: .sum(column.value),
                                              by: groups)), schema)
        schema = input.schema
        schema.columns.append(share)
        return Plan(.project(sums, input.schema.columns.map(\.value)
            + [binder.quotient(column.value, whole.value)]), schema)
    }
}
