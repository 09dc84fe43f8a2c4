import MusterDiagnostics
import MusterPlan

/// `distinct(x)`: how many different values; none is not one.
enum DistinctCount: Function {
    static let name = Term("distinct", "去重计数")
    static let synonyms = [
        "nunique", "n_distinct", "dcount", "count_distinct", "countdistinct", "不重复计数",
        "去重数",
    ]
    static let usage = Message(zh: "去重计数(列)", en: "distinct(x)")
    static let summary = Message(zh: "不同值的个数",
                                 en: "how many different values")
    static let isAggregate = true

    static func bind(_ call: Call, _ binder: Binder) throws -> Scalar {
        try call.expect(1...1)
        let list = try binder.measures(call)
        return list.add(.distinct(try call.measured(0, binder, list)),
                        where: try call.condition(0, binder, list), .integer)
    }
}
