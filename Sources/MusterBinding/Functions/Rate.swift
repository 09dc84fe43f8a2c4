import MusterDiagnostics
import MusterLanguage
import MusterPlan

/// `rate(C)`: the rows that meet C over all; none without rows.
enum Rate: Function {
    static let name = Term("rate", "比率")
    static let synonyms = ["比例", "proportion"]
    static let usage = Message(zh: "比率(条件)", en: "rate(C)")
    static let summary = Message(zh: "符合条件的行占全部行的比率；没有行时为空",
                                 en: "the share of rows that meet the condition; none without rows")
    static let topics = ["占比", "比例", "百分比", "share", "percentage", "percent"]
    static let isAggregate = true

    static func bind(_ call: Call, _ binder: Binder) throws -> Scalar {
        try call.expect(1...1)
        let list = try binder.measures(call)
        let within = try call.condition(0, binder, list)
        let condition = try Count.condition(call, binder, list)
        list.add(binder.share(call.arguments[0].value, within: call.arguments[0].condition),
                 for: call.scope.target ?? name)
        let n = list.add(.count, where: condition, .integer)
        let of = list.add(.count, where: within, .integer)
        return binder.quotient(n, of)
    }
}
