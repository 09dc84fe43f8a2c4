import MusterDiagnostics
import MusterPlan
import MusterStore

/// `min(x)` over rows, `min(a, b)` of values. The same code serves `max`.
enum Minimum: Function {
    static let name = Term("min", "最小")
    static let synonyms = ["minimum", "最小值"]
    static let usage = Message(zh: "最小(数) · 最小(数, 数)", en: "min(x) · min(a, b)")
    static let summary = Message(zh: "最小值；空值不算在内", en: "the least; none is passed over")
    static let isAggregate = true

    static func bind(_ call: Call, _ binder: Binder) throws -> Scalar {
        try Extremes.bind(call, binder, isMinimum: true)
    }
}

enum Maximum: Function {
    static let name = Term("max", "最大")
    static let synonyms = ["maximum", "最大值"]
    static let usage = Message(zh: "最大(数) · 最大(数, 数)", en: "max(x) · max(a, b)")
    static let summary = Message(zh: "最大值；空值不算在内", en: "the greatest; none is passed over")
    static let isAggregate = true

    static func bind(_ call: Call, _ binder: Binder) throws -> Scalar {
        try Extremes.bind(call, binder, isMinimum: false)
    }
}

enum Extremes {
    static func bind(_ call: Call, _ binder: Binder, isMinimum: Bool) throws -> Scalar {
        try call.expect(1...8)
        guard call.arguments.count == 1 else { return try ofValues(call, binder, isMinimum) }
        let list = try binder.measures(call)
        let value = try call.measured(0, binder, list)
        try binder.refuseHidden(value, call.arguments[0].value.span)
        if case .row = value.type {
            throw Diagnostic.mismatch(Message(
                zh: "\(call.name.text) 要的是数、日期或文字",
                en: "\(call.name.text) takes numbers, days or texts"),
                at: call.arguments[0].value.span)
        }
        return list.add(isMinimum ? .minimum(value) : .maximum(value),
                        where: try call.condition(0, binder, list), value.type)
    }

    /// Of two values the lesser or greater; a none is passed over.
    private static func ofValues(_ call: Call, _ binder: Binder, _ isMinimum: Bool) throws
        -> Scalar {
        var best = try call.value(0, binder)
        for index in 1..<call.arguments.count {
            let other = try call.value(index, binder)
            let (a, b) = try binder.united(best, other, call.span)
            let wins = try binder.compare(isMinimum ? .lessOrEqual : .greaterOrEqual, a, b,
                                          call.span, call.span)
            let takesFirst = Scalar(.or(wins, Scalar(.isNone(b), .bool)), .bool)
            best = Scalar(.conditional(takesFirst, a, b), a.type)
        }
        return best
    }
}
