import MusterDiagnostics
import MusterPlan
import MusterStore

/// `text(x)`: a value as it is written in csv; none stays none.
enum TextOf: Function {
    static let name = Term("text", "文字")
    static let usage = Message(zh: "文字(值)", en: "text(x)")
    static let summary = Message(zh: "数、日期、是否写成文字；空值仍为空",
                                 en: "a number, a day, yes or no as a text; none stays none")

    static func bind(_ call: Call, _ binder: Binder) throws -> Scalar {
        try call.expect(1...1)
        let value = try call.value(0, binder)
        if value.type.isText { return value }
        if case .row = value.type { throw Conversions.refused(call, value.type, binder) }
        if value.type == .none { return .constant(.none, .plainText) }
        return Scalar(.call(name.en, [value]), .plainText)
    }

    static let kernels = [FunctionKernel(name.en) { call in
        var builder = TextBuilder()
        return .text((0..<call.count).map { row in
            call.arguments[0].isNone(row) ? None.code
                : builder.code(call.arguments[0].constant(row).plain(as: call.types[0]))
        }, builder.dictionary)
    }]

    static let sql = [
        FunctionSQL(name(of: .integer), "cast({0} as text)",
                    ["spark": "cast({0} as string)"]),
        FunctionSQL(name(of: .day), "to_char({0}, 'YYYY-MM-DD')",
                    ["spark": "date_format({0}, 'yyyy-MM-dd')"]),
        FunctionSQL(name(of: .bool), "case when {0} then 'true' when not {0} then 'false' end"),
    ]

    /// What the SQL of a text made of a value of a type is called; such texts differ by type.
    package static func name(of type: ValueType) -> String {
        switch type {
        case .integer, .year: "text of a whole number"
        case .day: "text of a day"
        case .bool: "text of yes or no"
        default: "text of something else"
        }
    }
}
