import MusterDiagnostics
import MusterPlan

/// `each("a": C, …)`: a grouping key under whose labels a row falls as often as it fits.
enum Each: Function {
    static let name = Term("each", "各类")
    static let usage = Message(zh: "各类(\"甲\": 条件, \"乙\": 条件)", en: "each(\"A\": C, \"B\": D)")
    static let summary = Message(zh: "只作分组键：一行归入每一个符合条件的类",
                                 en: "as a grouping key: a row falls under every label that fits")
    static let topics = ["分组", "分类", "group", "groups"]
    static let use = FunctionUse.key

    static func bind(_ call: Call, _ binder: Binder) throws -> Scalar {
        throw Diagnostic("each.place", Message(
            zh: "各类() 只能作分组键", en: "each() stands only as a grouping key"), at: call.span,
            hint: Message(zh: "例如 按 类别 = 各类(\"甲\": 条件)",
                          en: "for example by g = each(\"a\": condition)"))
    }
}
