import MusterDiagnostics
import MusterLanguage
import MusterPlan
import MusterValues

/// Days, months and years beside one another.
extension Binder {
    /// A month lies in a year; that a year is a month which is written down is never meant: it
    /// would hold in all of the year.
    func refuseMonth(_ a: Scalar, beside b: Scalar, _ left: Span, _ right: Span) throws {
        func isMonth(_ month: Scalar, beside year: Scalar) -> Bool {
            month.type == .month && month.bare.constantValue != nil
                && year.type == .year && year.bare.constantValue == nil
        }
        let isRight = isMonth(b, beside: a)
        guard isRight || isMonth(a, beside: b),
              case .day(let month)? = (isRight ? b : a).bare.constantValue else { return }
        let year = "\(month / 12)"
        let name = ColumnNames.month
        let text = String(CivilDay.text(CivilDay.days(ofMonth: month).lowerBound).prefix(7))
        throw Diagnostic("period.month", Message(
            zh: "\(text) 是一个月，不是年度", en: "\(text) is a month and no year"),
            at: isRight ? right : left, hint: Message(
                zh: "整年写 \(year)；只要这个月，用月份或日期比较，例如 \(name.zh) = \(text)",
                en: "for the year write \(year); for that month compare a month or a day, "
                    + "as in \(name.en) = \(text)"))
    }

    /// Days and periods as spans of days: inside, before, up to the end.
    func times(_ op: ComparisonOperator, _ a: Scalar, _ b: Scalar) -> Scalar {
        if a.type == b.type { return Scalar(.compare(op, a, b), .bool) }
        // The longer one is the period that the other may lie in.
        if a.type.length > b.type.length { return times(op.mirrored, b, a) }
        let (start, end) = (first(a), last(a))
        let (from, to) = (first(b), last(b))
        func test(_ op: ComparisonOperator, _ a: Scalar, _ b: Scalar) -> Scalar {
            Scalar(.compare(op, a, b), .bool)
        }
        switch op {
        case .equal, .notEqual:
            let inside = Scalar(.and(test(.greaterOrEqual, start, from),
                                     test(.lessOrEqual, end, to)), .bool)
            return op == .equal ? inside : Scalar(.not(inside), .bool)
        case .less: return test(.less, end, from)
        case .lessOrEqual: return test(.lessOrEqual, end, to)
        case .greater: return test(.greater, start, to)
        case .greaterOrEqual: return test(.greaterOrEqual, start, from)
        }
    }

    /// The first day of a day or period.
    func first(_ scalar: Scalar) -> Scalar { edge(scalar, .firstDayOfMonth, .firstDayOfYear) }
    func last(_ scalar: Scalar) -> Scalar { edge(scalar, .lastDayOfMonth, .lastDayOfYear) }

    private func edge(_ scalar: Scalar, _ month: Conversion, _ year: Conversion) -> Scalar {
        guard scalar.type.isPeriod else { return scalar }
        let conversion = scalar.type == .month ? month : year
        guard case .day(let value)? = scalar.constantValue else {
            return Scalar(.convert(conversion, scalar), .day)
        }
        let days = scalar.type == .month ? CivilDay.days(ofMonth: value)
            : CivilDay.days(ofYear: value)
        let isFirst = conversion == .firstDayOfMonth || conversion == .firstDayOfYear
        return .constant(.day(isFirst ? days.lowerBound : days.upperBound), .day)
    }
}

extension ValueType {
    /// How long a stretch of time it is: a day in a month in a year.
    fileprivate var length: Int {
        switch self {
        case .month: 1
        case .year: 2
        default: 0
        }
    }
}
