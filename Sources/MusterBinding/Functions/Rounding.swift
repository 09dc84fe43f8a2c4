import MusterDiagnostics
import MusterPlan
import MusterStore

/// `round(x)`, `round(x, n)`: half away from zero.
enum Round: Function {
    static let name = Term("round", "四舍五入")
    static let usage = Message(zh: "四舍五入(数) · 四舍五入(数, 位数)", en: "round(x) · round(x, n)")
    static let summary = Message(zh: "四舍五入到指定的小数位数，不写则取整",
                                 en: "rounded to n decimals, half away from zero")

    static func bind(_ call: Call, _ binder: Binder) throws -> Scalar {
        try call.expect(1...2)
        let value = try call.number(0, binder)
        guard call.arguments.count == 2 else {
            return Rounding.toInteger(value, name.en, binder)
        }
        guard case (.int(let digits), .integer) = try binder.constant(call.arguments[1].value),
              (0...12).contains(digits) else {
            throw Diagnostic.mismatch(Message(zh: "位数须是 0 到 12 的整数",
                                              en: "decimals are a whole number from 0 to 12"),
                                      at: call.arguments[1].value.span)
        }
        if value.type == .integer { return value }
        let number = binder.converted(value, to: .number)
        return Scalar(.call(decimals, [number, .constant(.int(digits), .integer)]), .number)
    }

    private static let decimals = "round_to"

    static let kernels = [
        Rounding.kernel(name.en) { $0.rounded(.toNearestOrAwayFromZero) },
        FunctionKernel(decimals) { call in
            guard case .double(let v) = call.arguments[0], case .int(let digits) = call.arguments[1]
            else { return call.arguments[0] }
            return .double(zip(v, digits).map { Rounding.decimal($0, Int($1)) })
        },
    ]

    static let sql = [FunctionSQL(
        name.en, Rounding.form("trunc({0}) + case when abs({0} - trunc({0})) >= 0.5 "
            + "then sign({0}) else 0 end"),
        ["spark": Rounding.form("round({0})")])]
}

enum Floor: Function {
    static let name = Term("floor", "向下取整")
    static let usage = Message(zh: "向下取整(数)", en: "floor(x)")
    static let summary = Message(zh: "不大于该数的最大整数", en: "the greatest whole number up to x")

    static func bind(_ call: Call, _ binder: Binder) throws -> Scalar {
        try call.expect(1...1)
        return Rounding.toInteger(try call.number(0, binder), name.en, binder)
    }

    static let kernels = [Rounding.kernel(name.en) { $0.rounded(.down) }]
    static let sql = [FunctionSQL(name.en, Rounding.form("floor({0})"))]
}

enum Ceiling: Function {
    static let name = Term("ceil", "向上取整")
    static let synonyms = ["ceiling"]
    static let usage = Message(zh: "向上取整(数)", en: "ceil(x)")
    static let summary = Message(zh: "不小于该数的最小整数", en: "the least whole number from x")

    static func bind(_ call: Call, _ binder: Binder) throws -> Scalar {
        try call.expect(1...1)
        return Rounding.toInteger(try call.number(0, binder), name.en, binder)
    }

    static let kernels = [Rounding.kernel(name.en) { $0.rounded(.up) }]
    static let sql = [FunctionSQL(name.en, Rounding.form("ceil({0})"))]
}

enum Absolute: Function {
    static let name = Term("abs", "绝对值")
    static let synonyms = ["absolute"]
    static let usage = Message(zh: "绝对值(数)", en: "abs(x)")
    static let summary = Message(zh: "绝对值", en: "the value without its sign")

    static func bind(_ call: Call, _ binder: Binder) throws -> Scalar {
        try call.expect(1...1)
        let value = try call.number(0, binder)
        return Scalar(.call(name.en, [value]), value.type)
    }

    static let kernels = [FunctionKernel(name.en) { call in
        switch call.arguments[0] {
        case .int(let v): .int(v.map { $0 == None.integer ? $0 : abs($0) })
        case .double(let v): .double(v.map { abs($0) })
        default: call.arguments[0]
        }
    }]
    static let sql = [FunctionSQL(name.en, "abs({0})")]
}

enum Rounding {
    /// A double that is whole as an integer.
    static func form(_ whole: String) -> String { "cast(\(whole) as bigint)" }

    /// As a person rounds what is written: 2.675 to two decimals is 2.68, though the double
    /// nearest to 2.675 lies below it.
    static func decimal(_ value: Double, _ digits: Int) -> Double {
        guard value.isFinite, abs(value) < 1e15 else { return value }
        var scale = 1.0
        for _ in 0..<digits { scale *= 10 }
        let scaled = value * scale
        let nearest = scaled.rounded(.toNearestOrAwayFromZero)
        // A product that is a rounding error away from the half counts as the half.
        let half = scaled.rounded(.towardZero) + (scaled < 0 ? -0.5 : 0.5)
        if abs(scaled - half) <= abs(scaled) * 4e-16 {
            return (half + (half < 0 ? -0.5 : 0.5)) / scale
        }
        return nearest / scale
    }

    /// The call of a function that makes whole numbers; a whole number is one already.
    static func toInteger(_ value: Scalar, _ name: String, _ binder: Binder) -> Scalar {
        if value.type == .integer { return value }
        return Scalar(.call(name, [binder.converted(value, to: .number)]), .integer)
    }

    static func kernel(_ name: String, _ body: @escaping @Sendable (Double) -> Double)
        -> FunctionKernel {
        FunctionKernel(name) { call in
            guard case .double(let v) = call.arguments[0] else { return call.arguments[0] }
            return .int(try v.map { value in
                if value.isNaN { return None.integer }
                let whole = body(value)
                guard abs(whole) < 9e18 else { throw Diagnostic.overflow }
                return Int64(whole)
            })
        }
    }
}
