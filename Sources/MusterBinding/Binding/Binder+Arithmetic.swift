import MusterDiagnostics
import MusterLanguage
import MusterPlan
import MusterStore

extension Binder {
    func arithmetic(_ op: ArithmeticOperator, _ a: Scalar, _ b: Scalar, _ span: Span) throws
        -> Scalar {
        if a.type.isTemporal || b.type.isTemporal { return try shift(op, a, b, span) }
        if a.type == .none || b.type == .none { return .constant(.none, .number) }
        guard a.type.isNumeric, b.type.isNumeric else {
            let wrong = a.type.isNumeric ? b : a
            throw Diagnostic.mismatch(Message(
                zh: "\(domain.name(of: wrong.type).zh)不能做加减乘除",
                en: "\(domain.name(of: wrong.type).en) cannot be computed with"), at: span,
                hint: wrong.type == .bool
                    ? Message(zh: "数人用 计数(条件)", en: "to count, use count(condition)")
                    : wrong.type.isText
                    ? Message(zh: "连接文字用 连接(…, …)", en: "texts are joined by concat(…, …)") : nil)
        }
        switch (op, a.type, b.type) {
        case (.divide, _, _): return quotient(a, b)
        case (_, .number, _), (_, _, .number):
            return Scalar(.arithmetic(op, converted(a, to: .number), converted(b, to: .number)),
                          .number)
        case (_, .integer, .integer): return Scalar(.arithmetic(op, a, b), .integer)
        case (.multiply, .hundredths, .integer), (.multiply, .integer, .hundredths):
            return Scalar(.arithmetic(op, a, b), .hundredths)
        case (.multiply, _, _):
            return Scalar(.arithmetic(op, converted(a, to: .number), converted(b, to: .number)),
                          .number)
        default:
            return Scalar(.arithmetic(op, converted(a, to: .hundredths),
                                      converted(b, to: .hundredths)), .hundredths)
        }
    }

    /// One division, of whole numbers where both sides are exact: 18 ÷ 0.76 is 1800 ÷ 76, for 0.76
    /// is not exact as a number.
    func quotient(_ a: Scalar, _ b: Scalar) -> Scalar {
        func hundredths(_ side: Scalar) -> Scalar {
            let whole = converted(side, to: .number)
            if let value = side.constantValue, case .int(let raw) = value {
                let scale: Double = side.type == .hundredths ? 1 : 100
                return .constant(.double(Double(raw) * scale), .number)
            }
            return side.type == .hundredths
                ? Scalar(.convert(.integerToNumber, side), .number)
                : Scalar(.arithmetic(.multiply, whole, .constant(.double(100), .number)), .number)
        }
        let isExact = [a, b].allSatisfy { $0.type == .integer || $0.type == .hundredths }
        guard isExact, a.type != .integer || b.type != .integer else {
            return Scalar(.arithmetic(.divide, converted(a, to: .number),
                                      converted(b, to: .number)), .number)
        }
        return Scalar(.arithmetic(.divide, hundredths(a), hundredths(b)), .number)
    }

    /// Days and periods: plus or minus whole numbers; a period minus a period is a number.
    private func shift(_ op: ArithmeticOperator, _ a: Scalar, _ b: Scalar, _ span: Span) throws
        -> Scalar {
        let left = a, right = asYear(b, beside: a)
        if op == .add, left.type == .integer, right.type.isTemporal {
            return Scalar(.arithmetic(.add, right, left), right.type)
        }
        if op == .add || op == .subtract, left.type.isTemporal {
            if right.type == .integer {
                return Scalar(.arithmetic(op, left, right), left.type)
            }
            if right.type == .hundredths, case .int(let value)? = right.constantValue,
               value % 100 == 0 {
                return Scalar(.arithmetic(op, left, .constant(.int(value / 100), .integer)),
                              left.type)
            }
            if op == .subtract, left.type == right.type, left.type.isPeriod {
                return Scalar(.arithmetic(op, left, right), .integer)
            }
        }
        let isDays = left.type == .day && right.type == .day && op == .subtract
        throw Diagnostic.mismatch(Message(
            zh: "\(domain.name(of: left.type).zh)与\(domain.name(of: right.type).zh)不能这样计算",
            en: "\(domain.name(of: left.type).en) and \(domain.name(of: right.type).en) "
                + "cannot be computed like this"),
            at: span, hint: isDays
                ? Message(zh: "相隔天数用 相隔天数(早, 晚)", en: "use days(earlier, later)")
                : Message(zh: "日期可以加减整数天，例如 截至日 + 60",
                          en: "a day takes whole days, for example as_of + 60"))
    }

    /// A four-digit whole number beside a day or period is a year.
    func asYear(_ scalar: Scalar, beside other: Scalar) -> Scalar {
        guard other.type.isTemporal, scalar.type == .integer,
              case .int(let number)? = scalar.constantValue, (1000...9999).contains(number)
        else { return scalar }
        return .constant(.day(Int32(number)), .year)
    }

    /// The value as another numeric type; constants at once.
    func converted(_ scalar: Scalar, to type: ValueType) -> Scalar {
        switch (scalar.type, type, scalar.constantValue) {
        case (let from, let to, _) where from == to: return scalar
        case (.none, _, _): return .constant(.none, type)
        case (.integer, .number, .int(let v)?): return .constant(.double(Double(v)), .number)
        case (.hundredths, .number, .int(let v)?):
            return .constant(.double(Double(v) / 100), .number)
        case (.integer, .hundredths, .int(let v)?):
            let (value, overflow) = v.multipliedReportingOverflow(by: 100)
            return overflow ? Scalar(.convert(.integerToHundredths, scalar), .hundredths)
                : .constant(.int(value), .hundredths)
        case (.integer, .number, _): return Scalar(.convert(.integerToNumber, scalar), .number)
        case (.hundredths, .number, _):
            return Scalar(.convert(.hundredthsToNumber, scalar), .number)
        case (.integer, .hundredths, _):
            return Scalar(.convert(.integerToHundredths, scalar), .hundredths)
        default: return scalar
        }
    }
}
