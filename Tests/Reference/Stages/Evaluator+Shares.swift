import MusterDiagnostics
import MusterLanguage

/// A rate or share is 1 at most: beside a plain number greater than 1, a percentage was meant.
extension Evaluator {
    func checkShares(_ part: Part, _ shape: Shape) throws {
        switch part.expression.kind {
        case .binary(.equal, let a, let b), .binary(.notEqual, let a, let b),
             .binary(.less, let a, let b), .binary(.lessOrEqual, let a, let b),
             .binary(.greater, let a, let b), .binary(.greaterOrEqual, let a, let b):
            try refuse(b, beside: a, part.source, shape)
            try refuse(a, beside: b, part.source, shape)
        case .membership(let left, let right, _):
            try refuse(right, beside: left, part.source, shape)
        case .between(let middle, let lower, let upper):
            try refuse(lower, beside: middle, part.source, shape)
            try refuse(upper, beside: middle, part.source, shape)
        default: break
        }
    }

    private func refuse(_ number: Expression, beside share: Expression, _ source: SourceText,
                        _ shape: Shape) throws {
        switch number.kind {
        case .list(let all):
            for one in all { try refuse(one, beside: share, source, shape) }
        case .range(let lower, let upper):
            try refuse(lower, beside: share, source, shape)
            try refuse(upper, beside: share, source, shape)
        default:
            guard isOfNumbers(number, shape),
                  !Part(expression: number, source: source).typed.contains("%"),
                  let value = try? constant(number, shape, nil), Value.order(value, .integer(1)) > 0,
                  !value.isNone, isShare(share, shape) else { return }
            throw Refusal("a rate beside a number greater than 1")
        }
    }

    /// Numbers, and what is worked out of numbers alone.
    private func isOfNumbers(_ expression: Expression, _ shape: Shape) -> Bool {
        switch expression.kind {
        case .literal(.integer), .literal(.decimal): true
        case .unary(.minus, let a): isOfNumbers(a, shape)
        case .binary(let operation, let a, let b):
            [.add, .subtract, .multiply, .divide, .modulo].contains(operation)
                && isOfNumbers(a, shape) && isOfNumbers(b, shape)
        case .call(_, let name, let arguments):
            ["round", "floor", "ceil", "abs"].contains(Names.function(name.text))
                && arguments.allSatisfy { isOfNumbers($0.value, shape) }
        case .path(let names):
            names.count == 1 && shape.column(typed: names) == nil
                && definitions[names[0].text].map { $0.parameters.isEmpty
                    && isOfNumbers($0.value, shape) } ?? false
        default: false
        }
    }

    /// A rate, or a part of the whole.
    func isShare(_ expression: Expression, _ shape: Shape) -> Bool {
        switch expression.kind {
        case .path(let names):
            if let column = shape.column(typed: names) { return column.isShare }
            if names.count == 1, let definition = definitions[names[0].text] {
                return isShare(definition.value, shape)
            }
            return shape.table == .targets && steps(names) == ["rate"]
        case .call(_, let name, _): return Names.function(name.text) == "rate"
        case .binary(.divide, _, let whole):
            guard case .call(_, let name, _) = whole.kind else { return false }
            return Names.function(name.text) == "total"
        default: return false
        }
    }
}
