import MusterDiagnostics
import MusterLanguage
import MusterPlan
import MusterStore
import MusterValues

/// Rates and shares are numbers up to 1: beside 90, 90% was meant.
extension Binder {
    /// Throws where one side is a rate and the other a number greater than 1, written out or
    /// worked out of numbers alone, without a percentage in it.
    func refuseWholePercent(_ value: Scalar, beside other: Scalar, _ span: Span, _ scope: Scope)
        throws {
        guard let number = number(value), number > 1, isShare(other, scope),
              let typed = source?.slice(span), !typed.contains("%"), !typed.contains("％")
        else { return }
        let plain = asciiForms(typed)
        guard plain.allSatisfy({ $0.isNumber || $0 == "." }) else {
            let shown = Int64(exactly: number).map { "\($0)" } ?? "\(number)"
            throw Diagnostic("rate.percent", Message(
                zh: "比率最大为 1（即 100%），\(typed) 是 \(shown)",
                en: "a rate is 1 (100%) at most: \(typed) is \(shown)"), at: span,
                hint: Message(zh: "若指百分数，写 \(shown)%",
                              en: "if a percentage is meant, write \(shown)%"))
        }
        let percent = plain + "%"
        throw Diagnostic("rate.percent", Message(
            zh: "比率最大为 1（即 100%），\(typed) 不是百分比",
            en: "a rate is 1 (100%) at most: \(typed) is no percentage"), at: span,
            hint: Message(zh: "写作 \(percent)", en: "write \(percent)"),
            fixes: [Fix(span, percent)])
    }

    /// What an expression of numbers alone comes to, as near as a double can say; nil for any
    /// other.
    private func number(_ scalar: Scalar) -> Double? {
        let type = scalar.type
        switch scalar.bare.node {
        case .constant(.int(let value)) where type.isExact:
            return FixedPoint.double(value, type.places)
        case .constant(.double(let value)): return value
        case .convert(.integerToNumber, let part):
            // Of an exact decimal these are the units of its last place.
            return number(part).map { $0 * Double(FixedPoint.unit(part.type.places)) }
        case .convert(.decimalToNumber, let part), .convert(.scaled, let part),
             .convert(.scaledToCompare, let part): return number(part)
        case .arithmetic(let operation, let a, let b):
            guard let x = number(a), let y = number(b) else { return nil }
            return switch operation {
            case .add: x + y
            case .subtract: x - y
            case .multiply: x * y
            case .divide: y == 0 ? nil : x / y
            case .modulo: y == 0 ? nil : x.truncatingRemainder(dividingBy: y)
            }
        case .call(let name, let arguments):
            let numbers = arguments.compactMap(number)
            guard type.isNumeric, numbers.count == arguments.count,
                  let kernel = registry.kernel(named: name) else { return nil }
            let types = arguments.map(\.type)
            let vectors = zip(numbers, types).compactMap { number, type -> Vector? in
                guard type.isExact else { return .double([number]) }
                return Int64(exactly: (number * Double(FixedPoint.unit(type.places))).rounded())
                    .map { .int([$0]) }
            }
            guard vectors.count == types.count else { return nil }
            guard let result = try? kernel.evaluate(
                KernelCall(arguments: vectors, types: types, count: 1)) else { return nil }
            return self.number(.constant(result.constant(0), type))
        default: return nil
        }
    }

    /// A rate, or a part of the whole.
    private func isShare(_ scalar: Scalar, _ scope: Scope) -> Bool {
        switch scalar.bare.node {
        case .column(let id):
            if scope.columns.first(where: { $0.id == id })?.display == .percent { return true }
            return scope.rows?.isShare(id) ?? false
        case .field(let entity, let column, _):
            return domain.entity(entity)?.fields.contains {
                $0.origin == .stored(column) && $0.display == .percent
            } ?? false
        default: return scalar.isPart
        }
    }
}
