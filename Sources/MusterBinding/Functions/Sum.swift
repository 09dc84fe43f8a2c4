import MusterDiagnostics
import MusterPlan

/// `sum(x)`, `sum(x where C)`: 0 without rows; none is passed over.
enum Sum: Function {
    static let name = Term("sum", "求和")
    static let synonyms = ["总和", "求和值", "加总", "合计值"]
    static let usage = Message(zh: "求和(数) · 求和(数 筛选 条件)", en: "sum(x) · sum(x where C)")
    static let summary = Message(zh: "各行之和；没有行时为 0",
                                 en: "the sum over the rows; 0 without rows")
    static let isAggregate = true

    static func bind(_ call: Call, _ binder: Binder) throws -> Scalar {
        try call.expect(1...1)
        let list = try binder.measures(call)
        let value = try call.measuredNumber(0, binder, list)
        try binder.refuseAddingOverPeriods(value, list, call)
        return list.add(.sum(value), where: try call.condition(0, binder, list), value.type)
    }
}
