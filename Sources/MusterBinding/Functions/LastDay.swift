import MusterDiagnostics
import MusterLanguage
import MusterPlan
import MusterStore

/// `last_day(p)`: the last day of a year or month; of a day, the last of its month.
enum LastDay: Function {
    static let name = Term("last_day", "末日")
    static let usage = Message(zh: "末日(期间)", en: "last_day(p)")
    static let summary = Message(zh: "年度或月份的最后一天；日期则取当月的最后一天",
                                 en: "the last day of a year or month; of a day, of its month")

    static func bind(_ call: Call, _ binder: Binder) throws -> Scalar {
        try call.expect(1...1)
        let wanted = Message(zh: "年度、月份或日期", en: "a year, month or day")
        // A whole number of four digits is a year, as it is behind `as of`.
        if case .literal(.integer(let year)) = call.arguments[0].value.kind,
           (1000...9999).contains(year) {
            return Scalar(.convert(.lastDayOfYear, .constant(.day(Int32(year)), .year)), .day)
        }
        let value = try call.value(0, binder, wanted) { $0.isTemporal }
        switch value.type {
        case .year: return Scalar(.convert(.lastDayOfYear, value), .day)
        case .month: return Scalar(.convert(.lastDayOfMonth, value), .day)
        case .day:
            return Scalar(.convert(.lastDayOfMonth,
                                   Scalar(.convert(.dayToMonth, value), .month)), .day)
        default: return .constant(.none, .day)
        }
    }
}
