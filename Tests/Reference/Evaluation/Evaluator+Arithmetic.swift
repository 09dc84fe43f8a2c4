import struct Foundation.Decimal
import class Foundation.NSDecimalNumber
import func Foundation.NSDecimalRound
import func Foundation.fmod
import MusterLanguage

extension Evaluator {
    /// none with anything is none, as is division by zero; beyond 64 bits there is no answer.
    func arithmetic(_ operation: BinaryOperator, _ a: Value, _ b: Value) throws -> Value {
        if a.isNone || b.isNone { return .none }
        switch (a, b) {
        case (.total, _), (_, .total): return .none
        case (.day(let day), .integer(let days)):
            return .day(try whole(operation, day, days))
        case (.integer(let days), .day(let day)): return .day(try whole(operation, day, days))
        case (.month(let month), .integer(let count)):
            return .month(try whole(operation, month, count))
        case (.year(let year), .integer(let count)):
            return .year(try whole(operation, year, count))
        case (.integer(let x), .integer(let y)) where operation != .divide:
            if operation == .modulo, y == 0 { return .none }
            return .integer(try whole(operation, x, y))
        default: break
        }
        if let x = a.exact, let y = b.exact { return try exact(operation, x, y) }
        guard let x = a.double, let y = b.double else {
            throw Refusal("no arithmetic of \(a), \(b)")
        }
        switch operation {
        case .add: return .number(x + y)
        case .subtract: return .number(x - y)
        case .multiply: return .number(x * y)
        case .divide: return y == 0 ? .none : .number(x / y)
        default: return y == 0 ? .none : .number(fmod(x, y))
        }
    }

    private func whole(_ operation: BinaryOperator, _ x: Int, _ y: Int) throws -> Int {
        let (result, overflow) = switch operation {
        case .add: x.addingReportingOverflow(y)
        case .subtract: x.subtractingReportingOverflow(y)
        case .multiply: x.multipliedReportingOverflow(by: y)
        default: x.remainderReportingOverflow(dividingBy: y)
        }
        if overflow { throw Refusal("beyond 64 bits") }
        return result
    }

    /// Exact decimals with exact decimals or whole numbers, at the larger number of places.
    private func exact(_ operation: BinaryOperator, _ a: (value: Int, places: Int),
                       _ b: (value: Int, places: Int)) throws -> Value {
        let places = max(a.places, b.places)
        let power = Value.power
        switch operation {
        case .multiply where a.places == 0 || b.places == 0:
            return .exact(try whole(.multiply, a.value, b.value), places: places)
        case .multiply:
            return .number(Double(a.value) * Double(b.value) / (power(a.places) * power(b.places)))
        case .divide:
            return b.value == 0 ? .none
                : .number(Double(a.value) * power(places - a.places)
                    / (Double(b.value) * power(places - b.places)))
        default:
            let x = try whole(.multiply, a.value, Int(power(places - a.places)))
            let y = try whole(.multiply, b.value, Int(power(places - b.places)))
            if operation == .modulo, y == 0 { return .none }
            return .exact(try whole(operation, x, y), places: places)
        }
    }

    /// A function of one row's values.
    func function(_ name: String, _ values: [Value]) throws -> Value {
        if name == "coalesce" { return values.first { !$0.isNone } ?? .none }
        if values.contains(where: \.isNone) { return .none }
        switch (name, values.count) {
        case ("year", 1): return .year(DayCount.parts(try day(values[0])).year)
        case ("month", 1): return .integer(DayCount.parts(try day(values[0])).month)
        case ("day", 1): return .integer(DayCount.parts(try day(values[0])).day)
        case ("days", 2): return .integer(try day(values[1]) - day(values[0]))
        case ("week", 1): return .integer(DayCount.week(try day(values[0])))
        case ("weekday", 1): return .integer(DayCount.weekday(try day(values[0])))
        case ("quarter", 1):
            return .integer((DayCount.parts(try day(values[0])).month - 1) / 3 + 1)
        case ("round", 2):
            guard case .integer(let places) = values[1] else { throw Refusal("no places") }
            return try rounded(values[0], places: places)
        case ("floor", 1): return try rounded(values[0], mode: .down)
        case ("ceil", 1): return try rounded(values[0], mode: .up)
        case ("abs", 1):
            return Value.order(values[0], .integer(0)) < 0
                ? try arithmetic(.subtract, .integer(0), values[0]) : values[0]
        case ("min", 2): return Value.order(values[0], values[1]) <= 0 ? values[0] : values[1]
        case ("max", 2): return Value.order(values[0], values[1]) >= 0 ? values[0] : values[1]
        case ("lower", 1): return .text(try text(values[0]).lowercased())
        case ("upper", 1): return .text(try text(values[0]).uppercased())
        case ("length", 1): return .integer(try text(values[0]).unicodeScalars.count)
        case ("substring", 3):
            guard case .integer(let from) = values[1], case .integer(let count) = values[2]
            else { throw Refusal("no places") }
            let scalars = Array(try text(values[0]).unicodeScalars)
            let places = (from..<from + count).filter { (1...max(1, scalars.count)).contains($0) }
            return .text(String(String.UnicodeScalarView(places.compactMap {
                scalars.indices.contains($0 - 1) ? scalars[$0 - 1] : nil
            })))
        case ("concat", _): return .text(try values.map(text).joined())
        default: throw Refusal("no function \(name)")
        }
    }

    private func day(_ value: Value) throws -> Int {
        guard case .day(let day) = value else { throw Refusal("not a day: \(value)") }
        return day
    }

    private func text(_ value: Value) throws -> String {
        guard let text = plainText(value) else { throw Refusal("not a text: \(value)") }
        return text
    }

    /// An exact decimal with fewer places.
    private func shortened(_ exact: (value: Int, places: Int), to places: Int,
                           _ mode: NSDecimalNumber.RoundingMode) -> Value {
        guard exact.places > places else { return .exact(exact.value, places: exact.places) }
        let unit = Int(Value.power(exact.places - places))
        let (whole, rest) = exact.value.quotientAndRemainder(dividingBy: unit)
        let step = switch mode {
        case .down: rest < 0 ? -1 : 0
        case .up: rest > 0 ? 1 : 0
        default: rest.magnitude * 2 >= unit.magnitude ? rest.signum() : 0
        }
        return .exact(whole + step, places: places)
    }

    /// Half away from zero, in decimals: 0.575 to two places is 0.58.
    private func rounded(_ value: Value, places: Int = 0,
                         mode: NSDecimalNumber.RoundingMode = .plain) throws -> Value {
        if case .integer = value, places >= 0 { return value }
        if let exact = value.exact, places >= 0 { return shortened(exact, to: places, mode) }
        guard let number = value.double, var decimal = Decimal(string: "\(number)") else {
            throw Refusal("not a number: \(value)")
        }
        var result = Decimal()
        NSDecimalRound(&result, &decimal, places, mode)
        guard let double = Double("\(result)") else { throw Refusal("not a number: \(value)") }
        if places <= 0, mode != .plain || places == 0, abs(double) < 1e15 {
            return .integer(Int(double))
        }
        return .number(double)
    }
}
