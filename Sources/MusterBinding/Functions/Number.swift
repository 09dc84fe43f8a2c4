import MusterDiagnostics
import MusterPlan
import MusterStore

/// `number(x)`: the number that a text says.
enum NumberOf: Function {
    static let name = Term("number", "数值")
    static let usage = Message(zh: "数值(文字)", en: "number(t)")
    static let summary = Message(
        zh: "文字写的数（1,234、007、12.50、95% …）；不是数的为空",
        en: "the number that a text says (1,234, 007, 12.50, 95% …); none where it says none")

    static func bind(_ call: Call, _ binder: Binder) throws -> Scalar {
        try call.expect(1...1)
        let value = try call.value(0, binder)
        if value.type.isNumeric { return value }
        switch value.type {
        case .none: return .constant(.none, .number)
        case .text: return Scalar(.call(name.en, [value]), .number)
        default: throw Conversions.refused(call, value.type, binder)
        }
    }

    static let kernels = [FunctionKernel(name.en) { call in
        guard case .text(let codes, let texts) = call.arguments[0] else {
            return call.arguments[0]
        }
        return .double(Conversions.converted(codes, texts, none: None.double, call,
                                             LooseValue.number))
    }]

    /// Numbers of up to fifteen digits, which are the nearest doubles everywhere, percentages that
    /// are whole, and what says that there is none. Nothing is −0.
    static let sql = [FunctionSQL(name.en, isGuess: true) { types, dialect in
        let double = dialect == "spark" ? "double" : "double precision"
        return """
            case when {0} is null or \(Conversions.isBlank("{0}")) then null
            when length({0}) > 16 then \(FunctionSQL.unsaid(double, in: dialect))
            when \(Conversions.matches("{0}", "^-?[0-9]+([.][0-9]+)?$", dialect))
            then cast({0} as \(double)) + 0
            when \(Conversions.matches("{0}", "^-?[0-9]+%$", dialect))
            then cast(translate({0}, '%', '') as \(double)) / 100 + 0
            else \(FunctionSQL.unsaid(double, in: dialect)) end
            """
    }]
}
