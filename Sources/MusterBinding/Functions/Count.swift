import MusterDiagnostics
import MusterPlan

/// `count()`, `count(C)`, `count(C where D)`: how many rows.
enum Count: Function {
    static let name = Term("count", "计数")
    static let synonyms = ["countif", "count_if", "个数", "数量", "n", "人数"]
    static let usage = Message(zh: "计数() · 计数(条件)", en: "count() · count(C)")
    static let summary = Message(zh: "行数；带条件时只数符合的行",
                                 en: "how many rows; with a condition, how many meet it")
    static let isAggregate = true

    static func bind(_ call: Call, _ binder: Binder) throws -> Scalar {
        try call.expect(0...1)
        let list = try binder.measures(call)
        return list.add(.count, where: try condition(call, binder, list), .integer)
    }

    /// The condition and what stands behind its `where`, together.
    static func condition(_ call: Call, _ binder: Binder, _ list: MeasureList) throws -> Scalar? {
        guard let argument = call.arguments.first else { return nil }
        let condition = try binder.condition(argument.value, list.rows)
        guard let further = try call.condition(0, binder, list) else { return condition }
        return Scalar(.and(condition, further), .bool)
    }
}
