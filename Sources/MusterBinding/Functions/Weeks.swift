import MusterDiagnostics
import MusterPlan
import MusterStore
import MusterValues

/// `week(d)`: the week's number as ISO 8601 counts them.
enum Week: Function {
    static let name = Term("week", "周")
    static let synonyms = ["isoweek", "weekofyear", "week_of_year", "周数", "第几周"]
    static let usage = Message(zh: "周(日期)", en: "week(d)")
    static let summary = Message(
        zh: "日期在第几周，1 到 53：周从星期一起，年初、年末几天算在有四天以上的那一年（ISO 8601）",
        en: "the number of a day's week, 1 to 53, as ISO 8601 counts: from Monday, in the year "
            + "that has most of it")

    static func bind(_ call: Call, _ binder: Binder) throws -> Scalar {
        try Weeks.bind(call, binder, name.en)
    }

    static let kernels = [Weeks.kernel(name.en, Weeks.week)]
    static let sql = [FunctionSQL(name.en, "cast(extract(week from {0}) as bigint)")]
}

/// `weekday(d)`: 1 is Monday, 7 Sunday.
enum Weekday: Function {
    static let name = Term("weekday", "星期")
    static let synonyms = ["isodow", "星期几", "周几"]
    static let usage = Message(zh: "星期(日期)", en: "weekday(d)")
    static let summary = Message(zh: "星期几，1（星期一）到 7（星期日）",
                                 en: "the day of the week, 1 (Monday) to 7 (Sunday)")
    static let topics = ["dayofweek", "周末", "weekend"]

    static func bind(_ call: Call, _ binder: Binder) throws -> Scalar {
        try Weeks.bind(call, binder, name.en)
    }

    static let kernels = [Weeks.kernel(name.en, Weeks.weekday)]
    static let sql = [FunctionSQL(name.en, "cast(extract(isodow from {0}) as bigint)",
                                  ["spark": "cast(extract(dayofweek_iso from {0}) as bigint)"])]
}

/// `quarter(d)`: 1 to 4.
enum Quarter: Function {
    static let name = Term("quarter", "季度")
    static let synonyms = ["季", "第几季度"]
    static let usage = Message(zh: "季度(日期)", en: "quarter(d)")
    static let summary = Message(zh: "日期或月份在第几季度，1 到 4",
                                 en: "the quarter of a day or month, 1 to 4")

    static func bind(_ call: Call, _ binder: Binder) throws -> Scalar {
        try call.expect(1...1)
        let value = try call.value(0, binder, Message(zh: "日期或月份", en: "a day or month")) {
            $0 == .day || $0 == .month
        }
        if value.type == .none { return .constant(.none, .integer) }
        return Scalar(.call(name.en, [binder.first(value)]), .integer)
    }

    static let kernels = [Weeks.kernel(name.en) { (CivilDay.parts($0).month + 2) / 3 }]
    static let sql = [FunctionSQL(name.en, "cast(extract(quarter from {0}) as bigint)")]
}

enum Weeks {
    /// 1970-01-01 was a Thursday.
    static func weekday(_ day: Int32) -> Int {
        let days = (Int(day) + 3) % 7
        return (days < 0 ? days + 7 : days) + 1
    }

    /// A week belongs to the year of its Thursday.
    static func week(_ day: Int32) -> Int {
        let thursday = day + 4 - Int32(weekday(day))
        return Int(thursday - CivilDay.days(ofYear: CivilDay.year(of: thursday)).lowerBound) / 7 + 1
    }

    fileprivate static func bind(_ call: Call, _ binder: Binder, _ name: String) throws -> Scalar {
        try call.expect(1...1)
        let day = try call.day(0, binder)
        if day.type == .none { return .constant(.none, .integer) }
        return Scalar(.call(name, [day]), .integer)
    }

    fileprivate static func kernel(_ name: String, _ body: @escaping @Sendable (Int32) -> Int)
        -> FunctionKernel {
        FunctionKernel(name) { call in
            guard case .day(let days) = call.arguments[0] else {
                return .int([Int64](repeating: None.integer, count: call.count))
            }
            return .int(days.map { $0 == None.day ? None.integer : Int64(body($0)) })
        }
    }
}
