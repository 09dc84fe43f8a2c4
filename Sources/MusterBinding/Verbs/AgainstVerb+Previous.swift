import MusterDiagnostics
import MusterLanguage
import MusterPlan

extension AgainstVerb {
    /// `against previous c`: the period before, and the change since.
    static func previous(_ stage: Stage, _ input: Plan, _ binder: Binder) throws -> Plan {
        guard let period = input.schema.columns.first(where: { $0.role == .period }) else {
            let names = binder.domain.words.hints
            throw Diagnostic("previous.period", Message(
                zh: "对照 上期 前面须有 历年 或 历月，并保留年度或月份",
                en: "against previous needs over, with its period kept"), at: stage.span,
                hint: Message(zh: "例如 \(names.source.zh) 历年 2015..2017 | 比率 \(names.condition.zh) 按 年度 | 对照 上期",
                              en: "for example \(names.source.en) over years 2015..2017 | rate "
                                  + "\(names.condition.en) by year | against previous"))
        }
        var measured = input.schema.shown.last { $0.name.en == ColumnNames.rate.en }
        if let named = stage.columns("column").first, case .path(let names) = named.kind {
            measured = try binder.resolve(names, Scope(input)).column
        }
        guard let measured, measured.type.isNumeric else {
            throw Diagnostic("previous.column", Message(
                zh: "请写明与上期比较哪一列（数）", en: "say which column of numbers to compare"),
                at: stage.span, hint: Message(zh: "例如 对照 上期 人数",
                                              en: "for example against previous n"))
        }
        var before = measured.identified(binder.newID())
        before.path = [ColumnNames.previous]
        (before.role, before.keyIndex, before.label, before.goal) = (.value, nil, nil, nil)
        let plan = try binder.window(
            input, .previous(measured.value, period: period.id, same: identity(input),
                             periods: periods(input)),
            by: [], before, at: stage.span)
        let isRate = measured.display == .percent && measured.type == .number
        let change = isRate
            ? Scalar(.call(RateChange.name, [measured.value, before.value]), .number)
            : try binder.arithmetic(.subtract, measured.value, before.value, stage.span)
        var info = ColumnInfo(binder.newID(), [ColumnNames.change], change.type)
        info.difference = Difference(measured.id, less: before.id)
        info.display = measured.display == .percent ? .points : measured.display
        var schema = plan.schema
        if schema.has(info.name) {
            throw binder.repeated(info.name, stage.span)
        }
        schema.columns.append(info)
        return Plan(.project(plan, plan.schema.columns.map(\.value) + [change]), schema)
    }

    /// What tells a row from others of its period: the grouping's other keys, or the row itself.
    private static func identity(_ input: Plan) -> [Scalar] {
        if let entity = input.rowEntity { return [Scalar(.row, .row(entity))] }
        return input.schema.columns.filter { $0.role == .key }.map(\.value)
    }

    private static func periods(_ input: Plan) -> [Int32] {
        var periods: [Int32] = []
        for value in input.readings.compactMap(\.period) where !periods.contains(value) {
            periods.append(value)
        }
        return periods
    }
}
