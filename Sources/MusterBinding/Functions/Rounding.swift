import MusterDiagnostics
import MusterPlan
import MusterStore
import MusterValues

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
        ["spark": Rounding.form("round({0})")]), Rounding.decimalSQL(decimals)]
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
    /// nearest to 2.675 lies below it. From 10¹⁵ on nothing is rounded.
    static func decimal(_ value: Double, _ digits: Int) -> Double {
        guard value.isFinite, abs(value) < 1e15 else { return value }
        let unit = Double(FixedPoint.unit(digits)), scaled = value * unit
        let nearest = scaled.rounded(.toNearestOrAwayFromZero)
        let fromHalf = abs(abs(scaled - scaled.rounded(.towardZero)) - 0.5)
        // Of two whole numbers that doubles hold the quotient is the nearest to what is meant.
        if abs(nearest) < 0x1p53, fromHalf > abs(scaled) * 0x1p-50 { return nearest / unit + 0 }
        return written(value, digits)
    }

    /// By the digits that the double is written with.
    private static func written(_ value: Double, _ digits: Int) -> Double {
        let parts = "\(abs(value))".split(separator: "e")
        let exponent = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
        let halves = parts[0].split(separator: ".", omittingEmptySubsequences: false)
        let all = halves.joined()
        // How many of the digits stay.
        let kept = halves[0].count + exponent + digits
        guard kept < all.count else { return value }
        let whole = kept > 0 ? Int64(all.prefix(kept)) ?? 0 : 0
        let next = kept >= 0 ? all.dropFirst(kept).first?.wholeNumberValue ?? 0 : 0
        let rounded = Double("\(whole + (next >= 5 ? 1 : 0))e-\(digits)") ?? abs(value)
        return value < 0 ? 0 - rounded : rounded
    }

    /// PostgreSQL writes a double with as few digits, and Spark rounds what it writes.
    static func decimalSQL(_ name: String) -> FunctionSQL {
        func form(_ rounded: String) -> String {
            "case when abs({0}) >= 1e15 then {0} else \(rounded) end"
        }
        return FunctionSQL(name, form("cast(round(cast(cast({0} as text) as numeric), "
            + "cast({1} as integer)) as double precision)"),
            ["spark": form("round({0}, cast({1} as int))")])
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
