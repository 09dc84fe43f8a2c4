import class Foundation.NSRegularExpression
import struct Foundation.NSRange
import MusterDiagnostics
import MusterLanguage

extension Evaluator {
    func binary(_ operation: BinaryOperator, _ left: Expression, _ right: Expression,
                _ place: Place) throws -> Value {
        switch operation {
        case .and:
            let both = try (value(left, place).isTrue, value(right, place).isTrue)
            return .truth(both.0 && both.1)
        case .or:
            let both = try (value(left, place).isTrue, value(right, place).isTrue)
            return .truth(both.0 || both.1)
        case .under: return .truth(try isUnder(left, right, place))
        case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual:
            let (a, b) = try operands(left, right, place)
            return .truth(compare(operation, a, b))
        case .contains, .startsWith, .endsWith, .matches:
            return .truth(try compareTexts(operation, value(left, place), value(right, place)))
        case .add, .subtract, .multiply, .divide, .modulo:
            return try arithmetic(operation, value(left, place), value(right, place))
        }
    }

    /// Both sides of a comparison: a bare name or text beside a code field is a code, a text
    /// beside a unit names a unit, a whole number beside a day or period is a year.
    private func operands(_ left: Expression, _ right: Expression, _ place: Place) throws
        -> (Value, Value) {
        let a = try code(left, beside: right, place.shape) ?? value(left, place)
        let b = try code(right, beside: left, place.shape) ?? value(right, place)
        // A month lies in a year, but no year is a month that is written down.
        if case .year = a, case .literal(.month) = right.kind { throw Refusal("a year is no month") }
        if case .year = b, case .literal(.month) = left.kind { throw Refusal("a year is no month") }
        return try (beside(a, b, place), beside(b, a, place))
    }

    private func code(_ expression: Expression, beside other: Expression, _ shape: Shape)
        -> Value? {
        guard let codes = codes(other, shape) else { return nil }
        switch expression.kind {
        case .path(let names) where names.count == 1 && !names[0].isQuoted:
            return codes.code(names[0].text).map { .text($0) }
        case .literal(.text(let template)): return codes.code(text(template)).map { .text($0) }
        default: return nil
        }
    }

    private func beside(_ value: Value, _ other: Value, _ place: Place) throws -> Value {
        switch (value, other) {
        case (.text(let name), .unit): .unit(try chronicle.unit(named: name, in: place.at.snapshot))
        case (.integer(let year), .day), (.integer(let year), .month),
             (.integer(let year), .year): .year(year)
        default: value
        }
    }

    /// With none, equality is false, inequality true and order false. A day equals a period
    /// that it lies in, is less where it lies before it, and at most it up to its end.
    func compare(_ operation: BinaryOperator, _ a: Value, _ b: Value) -> Bool {
        if a.isNone || b.isNone { return operation == .notEqual }
        if let a = a.span, let b = b.span {
            let isPeriodFirst = a.last - a.first > b.last - b.first
            let (inner, outer) = isPeriodFirst ? (b, a) : (a, b)
            let isInside = inner.first >= outer.first && inner.last <= outer.last
            return switch operation {
            case .equal: isInside
            case .notEqual: !isInside
            case .less: isPeriodFirst ? b.first > a.last : a.last < b.first
            case .lessOrEqual: isPeriodFirst ? b.first >= a.first : a.last <= b.last
            case .greater: isPeriodFirst ? b.last < a.first : a.first > b.last
            default: isPeriodFirst ? b.last <= a.last : a.first >= b.first
            }
        }
        let order = Value.order(a, b)
        return switch operation {
        case .equal: order == 0
        case .notEqual: order != 0
        case .less: order < 0
        case .lessOrEqual: order <= 0
        case .greater: order > 0
        default: order >= 0
        }
    }

    // MARK: in, between, under

    func isMember(_ left: Expression, _ right: Expression, _ place: Place) throws -> Bool {
        switch right.kind {
        case .list(let elements):
            return try elements.contains { try isMember(left, $0, place) }
        case .range(let lower, let upper):
            return try isInside(value(left, place), value(lower, place), value(upper, place),
                                place)
        default:
            let (a, b) = try operands(left, right, place)
            return compare(.equal, a, b)
        }
    }

    /// From the first to the last of two bounds, the last period up to its end.
    func isInside(_ value: Value, _ lower: Value, _ upper: Value, _ place: Place) throws
        -> Bool {
        try compare(.greaterOrEqual, beside(value, lower, place), beside(lower, value, place))
            && compare(.lessOrEqual, beside(value, upper, place), beside(upper, value, place))
    }

    private func isUnder(_ left: Expression, _ right: Expression, _ place: Place) throws -> Bool {
        let tops = if case .list(let elements) = right.kind { elements } else { [right] }
        let units = try tops.map { top in
            switch try value(top, place) {
            case .text(let name): try chronicle.unit(named: name, in: place.at.snapshot)
            case .unit(let unit): unit
            default: throw Refusal("under takes a unit")
            }
        }
        let snapshot = place.at.snapshot
        guard case .unit(let number) = try value(left, place),
              let unit = chronicle.place(ofUnit: number, in: snapshot) else { return false }
        return units.compactMap { chronicle.place(ofUnit: $0, in: snapshot) }
            .contains { chronicle.rosters[snapshot].isUnder(unit, $0) }
    }

    // MARK: texts

    private func compareTexts(_ operation: BinaryOperator, _ a: Value, _ b: Value) throws -> Bool {
        guard let text = plainText(a), let part = plainText(b) else { return false }
        let bytes = Array(text.utf8), other = Array(part.utf8)
        switch operation {
        case .startsWith: return bytes.starts(with: other)
        case .endsWith: return bytes.reversed().starts(with: other.reversed())
        case .contains:
            if other.count > bytes.count { return false }
            return (0...(bytes.count - other.count)).contains {
                Array(bytes[$0..<($0 + other.count)]) == other
            }
        default:
            let expression = try NSRegularExpression(pattern: part)
            let range = NSRange(text.startIndex..., in: text)
            return expression.firstMatch(in: text, range: range) != nil
        }
    }

    func plainText(_ value: Value) -> String? {
        switch value {
        case .text(let text), .label(_, let text): text
        case .unit: chronicle.text(value)
        default: nil
        }
    }
}
