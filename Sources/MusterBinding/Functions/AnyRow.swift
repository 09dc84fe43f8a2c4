import MusterDiagnostics
import MusterPlan

/// `any(teams where kind = team)`: whether there is such a row.
enum AnyRow: Function {
    static let name = Term("any", "存在")
    static let synonyms = ["exists"]
    static let usage = Message(zh: "存在(下属行 筛选 条件)", en: "any(ROWS where C)")
    static let summary = Message(zh: "有没有这样的行", en: "whether there is such a row")
    static let isAggregate = true

    static func bind(_ call: Call, _ binder: Binder) throws -> Scalar {
        try call.expect(0...1)
        let list = try binder.measures(call)
        let count = list.add(.count, where: try Count.condition(call, binder, list), .integer)
        return Scalar(.compare(.greater, count, .constant(.int(0), .integer)), .bool)
    }
}
