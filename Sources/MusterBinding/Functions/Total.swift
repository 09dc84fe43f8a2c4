import MusterDiagnostics
import MusterPlan

/// `total(x)`: x's sum over the rows of the result, total rows not counted; for shares.
enum Total: Function {
    static let name = Term("total", "合计")
    static let usage = Message(zh: "合计(列)", en: "total(x)")
    static let summary = Message(zh: "该列各行之和，用来算占比：h / 合计(h)",
                                 en: "a column's sum over the rows, for shares: h / total(h)")
    static let use = FunctionUse.result

    static func bind(_ call: Call, _ binder: Binder) throws -> Scalar {
        try call.expect(1...1)
        guard call.scope.aggregates == nil else {
            throw Diagnostic("total.place", Message(
                zh: "合计() 写在 派生 里，汇总里用 求和()",
                en: "total() stands in derive; in summarize use sum()"), at: call.span)
        }
        let value = try call.number(0, binder)
        if let rows = call.scope.rows {
            try binder.refuseAddingRatios(value, rows, call.span)
            if rows.additivity(of: value).repeatsPersons
                || value.columns.contains(where: { rows.additivity(of: $0).repeatsPersons }) {
                throw binder.addingOverPeriods(call.span)
            }
            try binder.refuseAddingPeriods(value, rows, call.span)
        }
        return Scalar(.columnTotal(value), value.type)
    }
}
