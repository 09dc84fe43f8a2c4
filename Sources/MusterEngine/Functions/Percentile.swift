import MusterDiagnostics

/// `percentile(x, p)`: p as a fraction 0…1 (`0.9`, `90%`), or over 1 as 1…100.
enum Percentile: Function {
    static let name = Term("percentile", "分位数")
    static let usage = "percentile(x, 90%)"
    static let summary = Message(zh: "分位数（线性插值），p 写 0.9、90% 或 90",
                                 en: "a percentile (linear interpolation); p as 0.9, 90% or 90")
    static let isAggregate = true

    static func bind(_ call: Call, _ binder: Binder) throws -> Scalar {
        try call.expect(2...2)
        let list = try binder.measures(call)
        let value = binder.converted(try call.measuredNumber(0, binder, list), to: .number)
        let (constant, type) = try binder.constant(call.arguments[1].value)
        var fraction: Double? = switch constant {
        case .int(let v): type == .hundredths ? Double(v) / 100 : Double(v)
        case .double(let v): v
        default: nil
        }
        if let whole = fraction, whole > 1 { fraction = whole / 100 }
        guard let fraction, (0...1).contains(fraction) else {
            throw Diagnostic.mismatch(Message(
                zh: "分位数须在 0 到 100% 之间", en: "a percentile lies between 0 and 100%"),
                at: call.arguments[1].value.span)
        }
        return list.add(.quantile(value, fraction), where: try call.condition(0, binder, list),
                        .number)
    }
}
