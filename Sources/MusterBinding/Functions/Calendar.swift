import MusterValues
import MusterDiagnostics
import MusterPlan
import MusterStore

/// `year(d)`: the year that a day or month lies in.
enum Year: Function {
    static let name = Term("year", "年")
    static let synonyms = ["yr", "年份"]
    static let usage = Message(zh: "年(日期)", en: "year(d)")
    static let summary = Message(zh: "日期或月份所在的年度", en: "the year of a day or month")

    static func bind(_ call: Call, _ binder: Binder) throws -> Scalar {
        try call.expect(1...1)
        let value = try call.value(0, binder, Message(zh: "日期", en: "a day")) { $0.isTemporal }
        switch value.type {
        case .month: return Scalar(.convert(.monthToYear, value), .year)
        case .day: return Scalar(.convert(.dayToYear, value), .year)
        default: return value.type == .none ? .constant(.none, .year) : value
        }
    }
}

/// `month(d)`: 1 to 12.
enum Month: Function {
    static let name = Term("month", "月")
    static let synonyms = ["mon", "月份"]
    static let usage = Message(zh: "月(日期)", en: "month(d)")
    static let summary = Message(zh: "日期的月份，1 到 12", en: "the month of a day, 1 to 12")

    static func bind(_ call: Call, _ binder: Binder) throws -> Scalar {
        try call.expect(1...1)
        let value = try call.value(0, binder, Message(zh: "日期或月份", en: "a day or month")) {
            $0 == .day || $0 == .month
        }
        return Scalar(.convert(.monthOfYear, binder.first(value)), .integer)
    }
}

/// `year_month(d)`: the month that a day lies in, with its year.
enum YearMonth: Function {
    static let name = Term("year_month", "年月")
    static let usage = Message(zh: "年月(日期)", en: "year_month(d)")
    static let summary = Message(zh: "日期所在的月份（连同年度），如 2015-06",
                                 en: "the month of a day with its year, such as 2015-06")

    static func bind(_ call: Call, _ binder: Binder) throws -> Scalar {
        try call.expect(1...1)
        let value = try call.value(0, binder, Message(zh: "日期", en: "a day")) {
            $0 == .day || $0 == .month
        }
        switch value.type {
        case .day: return Scalar(.convert(.dayToMonth, value), .month)
        default: return value.type == .none ? .constant(.none, .month) : value
        }
    }
}

/// `day(d)`: 1 to 31.
enum Day: Function {
    static let name = Term("day", "日")
    static let usage = Message(zh: "日(日期)", en: "day(d)")
    static let summary = Message(zh: "日期的日，1 到 31", en: "the day of the month, 1 to 31")

    static func bind(_ call: Call, _ binder: Binder) throws -> Scalar {
        try call.expect(1...1)
        return Scalar(.convert(.dayOfMonth, try call.day(0, binder)), .integer)
    }
}

/// `days(a, b)`: b − a.
enum Days: Function {
    static let name = Term("days", "相隔天数")
    static let usage = Message(zh: "相隔天数(早, 晚)", en: "days(a, b)")
    static let summary = Message(zh: "两个日期相隔的天数（晚减早）",
                                 en: "the days from a to b (b − a)")

    static func bind(_ call: Call, _ binder: Binder) throws -> Scalar {
        try call.expect(2...2)
        let from = try call.day(0, binder), to = try call.day(1, binder)
        if from.type == .none || to.type == .none { return .constant(.none, .integer) }
        return Scalar(.arithmetic(.subtract, to, from), .integer)
    }
}

/// `full_years(a, b)`: whole years from a to b; a 29 February comes round on 1 March.
enum FullYears: Function {
    static let name = Term("full_years", "周年数")
    static let usage = Message(zh: "周年数(早, 晚)", en: "full_years(a, b)")
    static let summary = Message(zh: "从早到晚满几年（2 月 29 日在平年算到 3 月 1 日）",
                                 en: "whole years from a to b (29 February counts from 1 March)")

    static func bind(_ call: Call, _ binder: Binder) throws -> Scalar {
        try call.expect(2...2)
        let from = try call.day(0, binder), to = try call.day(1, binder)
        return Scalar(.call(name.en, [from, to]), .integer)
    }

    static let kernels = [FunctionKernel(name.en) { call in
        guard case .day(let from) = call.arguments[0],
              case .day(let to) = call.arguments[1] else {
            return .int([Int64](repeating: None.integer, count: call.count))
        }
        var years = YearsUntil(to.first ?? None.day)
        return .int((0..<call.count).map { row in
            guard from[row] != None.day, to[row] != None.day else { return None.integer }
            if to[row] != years.end {
                let isAlone = row + 1 == call.count || to[row + 1] != to[row]
                years = YearsUntil(to[row], forMany: !isAlone)
            }
            return Int64(years.since(from[row]))
        })
    }]

    static let sql = [FunctionSQL(
        name.en, "cast(extract(year from {1}) - extract(year from {0}) - case when "
            + "extract(month from {1}) * 100 + extract(day from {1}) < "
            + "extract(month from {0}) * 100 + extract(day from {0}) then 1 else 0 end as bigint)")]
}

/// Whole years until one day.
struct YearsUntil {
    let end: Int32
    private let parts: (year: Int, month: Int, day: Int)
    /// For each number of years the last day on which that many could begin: a guess from the
    /// number of days is put right with two looks, without working out a calendar day.
    private var latest: [Int32] = []
    private static let most = 150

    /// - Parameter forMany: it is asked for many beginnings, for which the table is worth making.
    init(_ end: Int32, forMany: Bool = true) {
        self.end = end
        guard end != None.day else { parts = (0, 0, 0); return }
        parts = CivilDay.parts(end)
        guard forMany, parts.year > Self.most + 1 else { return }
        latest = (0...Self.most + 1).map { years in
            let year = parts.year - years
            let last = CivilDay.length(ofMonth: parts.month, year: year)
            return CivilDay.number(year, parts.month, min(parts.day, last)) ?? None.day
        }
    }

    func since(_ start: Int32) -> Int {
        let days = Int(end) - Int(start), guess = days * 400 / 146_097
        guard days >= 0, guess < Self.most, !latest.isEmpty else { return plainly(start) }
        if start > latest[guess] { return guess - 1 }
        return start <= latest[guess + 1] ? guess + 1 : guess
    }

    /// By the calendar alone.
    func plainly(_ start: Int32) -> Int {
        let begin = CivilDay.parts(start)
        // 29 February sorts behind 28 February and before 1 March by itself.
        let isBefore = (parts.month, parts.day) < (begin.month, begin.day)
        return parts.year - begin.year - (isBefore ? 1 : 0)
    }
}

/// `in_force(from, until)`: begun by the row's day and not ended by it.
enum InForce: Function {
    static let name = Term("in_force", "生效")
    static let usage = Message(zh: "生效(起, 止)", en: "in_force(from, until)")
    static let summary = Message(
        zh: "到截至日已开始且未结束；早于开始的结束不算，同日结束等于没有",
        en: "begun by the row's day and not ended; an end before the beginning is ignored, "
            + "one on the same day leaves nothing")

    static func bind(_ call: Call, _ binder: Binder) throws -> Scalar {
        try call.expect(2...2)
        return Scalar(.inForce(from: try call.day(0, binder), until: try call.day(1, binder)),
                      .bool)
    }
}
