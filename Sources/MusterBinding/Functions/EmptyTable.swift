import MusterDiagnostics
import MusterLanguage
import MusterPlan

/// `empty(id: text, n: number)`: the shape of a table that a script takes, as its default.
enum EmptyTable: Function {
    static let name = Term("empty", "空表")
    static let usage = Message(zh: "空表(id: 文字, n: 数)", en: "empty(id: text, n: number)")
    static let summary = Message(
        zh: "只作表参数的默认值：写明表有哪些列，没有装载时是一张空表",
        en: "only as the default of a table parameter: its columns, and no rows")
    static let use = FunctionUse.declaration

    static func bind(_ call: Call, _ binder: Binder) throws -> Scalar {
        throw Diagnostic("empty.place", Message(
            zh: "空表() 只能作表参数的默认值", en: "empty() stands only as a table parameter's default"),
            at: call.span,
            hint: Message(zh: "例如 参数 上报: 表 = 空表(id: 文字, n: 数)",
                          en: "for example param reported: table = empty(id: text, n: number)"))
    }
}
