import MusterValues
import MusterDiagnostics
import MusterLanguage
import MusterPlan

/// `percentile(x, p)`: p as a fraction 0…1 (`0.9`, `90%`), or over 1 as 1…100.
enum Percentile: Function {
    static let name = Term("percentile", "分位数")
    static let usage = Message(zh: "分位数(数, 90%)", en: "percentile(x, 90%)")
    static let summary = Message(zh: "分位数（线性插值），后一个数写 0.9、90% 或 90",
                                 en: "a percentile (linear interpolation); p as 0.9, 90% or 90")
    static let isAggregate = true

    static func bind(_ call: Call, _ binder: Binder) throws -> Scalar {
        try call.expect(2...2)
        let list = try binder.measures(call)
        let value = binder.converted(try call.measuredNumber(0, binder, list), to: .number)
        let second = call.arguments[1].value
        guard second.isConstant else { throw refused(second.span) }
        let (constant, type) = try binder.constant(second)
        var fraction: Double? = switch constant {
        case .int(let v): FixedPoint.double(v, type.places)
        case .double(let v): v
        default: nil
        }
        if let whole = fraction, whole > 1 { fraction = whole / 100 }
        guard let fraction, (0...1).contains(fraction) else {
            throw refused(second.span)
        }
        return list.add(.quantile(value, fraction), where: try call.condition(0, binder, list),
                        .number)
    }

    private static func refused(_ span: Span) -> Diagnostic {
        Diagnostic.mismatch(Message(
            zh: "分位数须是 0 到 100% 之间的一个数，每行都相同",
            en: "a percentile is a number between 0 and 100%, the same for all rows"), at: span,
            hint: Message(zh: "例如 分位数(数值, 90%)", en: "such as percentile(NUMBER, 90%)"))
    }
}

extension Expression {
    /// Reads no row: it is made of literals and parameters.
    fileprivate var isConstant: Bool {
        switch kind {
        case .literal, .parameter: true
        case .unary(_, let a): a.isConstant
        case .binary(_, let a, let b): a.isConstant && b.isConstant
        default: false
        }
    }
}
