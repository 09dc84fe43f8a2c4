import MusterDiagnostics
import MusterPlan

/// `median(x)`: the middle value, or the mean of the two in the middle.
enum Median: Function {
    static let name = Term("median", "中位数")
    static let synonyms = ["中值"]
    static let usage = Message(zh: "中位数(数)", en: "median(x)")
    static let summary = Message(zh: "中位数（线性插值）", en: "the median (linear interpolation)")
    static let isAggregate = true

    static func bind(_ call: Call, _ binder: Binder) throws -> Scalar {
        try call.expect(1...1)
        let list = try binder.measures(call)
        let value = binder.converted(try call.measuredNumber(0, binder, list), to: .number)
        return list.add(.quantile(value, 0.5), where: try call.condition(0, binder, list), .number)
    }
}
