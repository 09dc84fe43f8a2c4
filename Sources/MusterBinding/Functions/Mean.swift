import MusterDiagnostics
import MusterPlan

/// `mean(x)`: the sum over the number of rows that have a value.
enum Mean: Function {
    static let name = Term("mean", "平均")
    static let synonyms = ["avg", "average", "平均值", "均值", "平均数"]
    static let usage = Message(zh: "平均(数) · 平均(数 筛选 条件)", en: "mean(x) · mean(x where C)")
    static let summary = Message(zh: "平均数；空值不算在内", en: "the mean; none is passed over")
    static let isAggregate = true

    static func bind(_ call: Call, _ binder: Binder) throws -> Scalar {
        try call.expect(1...1)
        let list = try binder.measures(call)
        let value = try call.measuredNumber(0, binder, list)
        let condition = try call.condition(0, binder, list)
        let has = Scalar(.not(Scalar(.isNone(value), .bool)), .bool)
        let sum = list.add(.sum(value), where: condition, value.type)
        let count = list.add(.count, where: condition.map { Scalar(.and($0, has), .bool) } ?? has,
                             .integer)
        return binder.quotient(sum, count)
    }
}
