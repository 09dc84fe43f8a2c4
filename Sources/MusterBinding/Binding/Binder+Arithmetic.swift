import MusterDiagnostics
import MusterLanguage
import MusterPlan
import MusterStore
import MusterValues

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
        case (.multiply, .decimal, .integer): return Scalar(.arithmetic(op, a, b), a.type)
        case (.multiply, .integer, .decimal): return Scalar(.arithmetic(op, a, b), b.type)
        case (.multiply, _, _):
            return Scalar(.arithmetic(op, converted(a, to: .number), converted(b, to: .number)),
                          .number)
        default:
            let type = a.type.common(with: b.type)
            return Scalar(.arithmetic(op, converted(a, to: type), converted(b, to: type)), type)
        }
    }

    /// One division, of whole numbers where both sides are exact: 18 ÷ 0.76 is 1800 ÷ 76, for 0.76
    /// is not exact as a number.
    func quotient(_ a: Scalar, _ b: Scalar) -> Scalar {
        let places = max(a.type.places, b.type.places)
        /// The units of the last place, as a number.
        func units(_ side: Scalar) -> Scalar {
            let factor = Double(FixedPoint.unit(places - side.type.places))
            if let value = side.constantValue, case .int(let raw) = value {
                return .constant(.double(Double(raw) * factor), .number)
            }
            let raw = Scalar(.convert(.integerToNumber, side), .number)
            return factor == 1 ? raw
                : Scalar(.arithmetic(.multiply, raw, .constant(.double(factor), .number)), .number)
        }
        guard a.type.isExact, b.type.isExact, places > 0 else {
            return Scalar(.arithmetic(.divide, converted(a, to: .number),
                                      converted(b, to: .number)), .number)
        }
        return Scalar(.arithmetic(.divide, units(a), units(b)), .number)
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
            if case .decimal(let places) = right.type, case .int(let value)? = right.constantValue,
               value % FixedPoint.unit(places) == 0 {
                let whole = Scalar.constant(.int(value / FixedPoint.unit(places)), .integer)
                return Scalar(.arithmetic(op, left, whole), left.type)
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
        if scalar.type == .none { return .constant(.none, type) }
        guard scalar.type != type, let conversion = scalar.type.conversion(to: type) else {
            return scalar
        }
        let whole = Scalar(.convert(conversion, scalar), type)
        guard case .int(let value)? = scalar.constantValue else { return whole }
        switch conversion {
        case .integerToNumber, .decimalToNumber:
            return .constant(.double(FixedPoint.double(value, scalar.type.places)), type)
        case .scaled(let places):
            let (product, overflow) = value.multipliedReportingOverflow(
                by: FixedPoint.unit(places))
            return overflow ? whole : .constant(.int(product), type)
        default: return whole
        }
    }
}
