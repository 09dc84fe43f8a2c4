import MusterDiagnostics
import MusterStore

/// `round(x)`, `round(x, n)`: half away from zero.
enum Round: Function {
    static let name = Term("round", "四舍五入")
    static let usage = Message(zh: "四舍五入(数) · 四舍五入(数, 位数)", en: "round(x) · round(x, n)")
    static let example: String? = "members | summarize m = round(mean(hours), 1) by unit.district"
    static let summary = Message(zh: "四舍五入到指定的小数位数，不写则取整",
                                 en: "rounded to n decimals, half away from zero")

    static func bind(_ call: Call, _ binder: Binder) throws -> Scalar {
        try call.expect(1...2)
        let value = try call.number(0, binder)
        guard call.arguments.count == 2 else {
            return Rounding.toInteger(value, "round", binder) {
                $0.rounded(.toNearestOrAwayFromZero)
            }
        }
        guard case (.int(let digits), .integer) = try binder.constant(call.arguments[1].value),
              (0...12).contains(digits) else {
            throw Diagnostic.mismatch(Message(zh: "位数须是 0 到 12 的整数",
                                              en: "decimals are a whole number from 0 to 12"),
                                      at: call.arguments[1].value.span)
        }
        if value.type == .integer { return value }
        let number = binder.converted(value, to: .number)
        let kernel = FunctionKernel("round") { arguments, _ in
            guard case .double(let v) = arguments[0] else { return arguments[0] }
            return .double(v.map { Rounding.decimal($0, Int(digits)) })
        }
        return Scalar(.call(kernel, [number]), .number)
    }
}

enum Floor: Function {
    static let name = Term("floor", "向下取整")
    static let usage = Message(zh: "向下取整(数)", en: "floor(x)")
    static let example: String? = "members | select name, whole = floor(hours) | take 5"
    static let summary = Message(zh: "不大于该数的最大整数", en: "the greatest whole number up to x")

    static func bind(_ call: Call, _ binder: Binder) throws -> Scalar {
        try call.expect(1...1)
        return Rounding.toInteger(try call.number(0, binder), "floor", binder) {
            $0.rounded(.down)
        }
    }
}

enum Ceiling: Function {
    static let name = Term("ceil", "向上取整")
    static let usage = Message(zh: "向上取整(数)", en: "ceil(x)")
    static let example: String? = "members | select name, whole = ceil(hours) | take 5"
    static let summary = Message(zh: "不小于该数的最小整数", en: "the least whole number from x")

    static func bind(_ call: Call, _ binder: Binder) throws -> Scalar {
        try call.expect(1...1)
        return Rounding.toInteger(try call.number(0, binder), "ceil", binder) { $0.rounded(.up) }
    }
}

enum Absolute: Function {
    static let name = Term("abs", "绝对值")
    static let usage = Message(zh: "绝对值(数)", en: "abs(x)")
    static let example: String? = "members | rate registered by unit.district | against 95%"
        + " | derive off = abs(gap)"
    static let summary = Message(zh: "绝对值", en: "the value without its sign")

    static func bind(_ call: Call, _ binder: Binder) throws -> Scalar {
        try call.expect(1...1)
        let value = try call.number(0, binder)
        let kernel = FunctionKernel("abs") { arguments, _ in
            switch arguments[0] {
            case .int(let v): .int(v.map { $0 == None.integer ? $0 : abs($0) })
            case .double(let v): .double(v.map { abs($0) })
            default: arguments[0]
            }
        }
        return Scalar(.call(kernel, [value]), value.type)
    }
}

enum Rounding {
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

    static func toInteger(_ value: Scalar, _ name: String, _ binder: Binder,
                          _ body: @escaping @Sendable (Double) -> Double) -> Scalar {
        if value.type == .integer { return value }
        let number = binder.converted(value, to: .number)
        let kernel = FunctionKernel(name) { arguments, count in
            guard case .double(let v) = arguments[0] else { return arguments[0] }
            return .int(try v.map { value in
                if value.isNaN { return None.integer }
                let whole = body(value)
                guard abs(whole) < 9e18 else { throw Evaluator.overflow }
                return Int64(whole)
            })
        }
        return Scalar(.call(kernel, [number]), .integer)
    }
}
