import MusterValues
import MusterDiagnostics
import MusterPlan
import MusterStore

/// `add_months(d, n)`: the same day so many months later (earlier where n is negative); the last
/// of the month where that has no such day. None outside the years 1 to 9999.
enum AddMonths: Function {
    static let name = Term("add_months", "加月")
    static let usage = Message(zh: "加月(日期, 月数)", en: "add_months(d, n)")
    static let summary = Message(zh: "若干个月之后的同一天（月数为负则往前），没有这一天的取月末",
                                 en: "the same day n months later, or the last of that month")

    static func bind(_ call: Call, _ binder: Binder) throws -> Scalar {
        try call.expect(2...2)
        let day = try call.day(0, binder)
        let months = try call.value(1, binder, Message(zh: "整数", en: "a whole number")) {
            $0 == .integer
        }
        if day.type == .none || months.type == .none { return .constant(.none, .day) }
        return Scalar(.call(name.en, [day, months]), .day)
    }

    static let kernels = [FunctionKernel(name.en) { call in
        guard case .day(let days) = call.arguments[0],
              case .int(let months) = call.arguments[1] else {
            return .day([Int32](repeating: None.day, count: call.count))
        }
        return .day((0..<call.count).map { row in
            guard days[row] != None.day, months[row] != None.integer,
                  (-120_000...120_000).contains(months[row]) else { return None.day }
            let (year, month, day) = CivilDay.parts(days[row])
            let number = year * 12 + month - 1 + Int(months[row])
            guard number >= 12 else { return None.day }
            let last = CivilDay.length(ofMonth: number % 12 + 1, year: number / 12)
            return CivilDay.number(number / 12, number % 12 + 1, min(day, last)) ?? None.day
        })
    }]

    static let sql = [FunctionSQL(
        name.en, "cast({0} + make_interval(months => cast({1} as integer)) as date)",
        ["spark": "add_months({0}, cast({1} as int))"])]
}
