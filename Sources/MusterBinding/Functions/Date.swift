import MusterDiagnostics
import MusterPlan
import MusterStore

/// `date(x)`: the day that a text says, in any form that a day may be written in.
enum DateOf: Function {
    static let name = Term("date", "日期")
    static let usage = Message(zh: "日期(文字)", en: "date(t)")
    static let summary = Message(
        zh: "文字写的日期（2015/6/3、2015年6月3日、20150603 …）；不是日期的为空",
        en: "the day that a text says (2015/6/3, 20150603 …); none where it says none")

    static func bind(_ call: Call, _ binder: Binder) throws -> Scalar {
        try call.expect(1...1)
        let value = try call.value(0, binder)
        switch value.type {
        case .day: return value
        case .none: return .constant(.none, .day)
        case .text, .integer: return Scalar(.call(name.en, [value]), .day)
        default: throw Conversions.refused(call, value.type, binder)
        }
    }

    static let kernels = [FunctionKernel(name.en) { call in
        switch call.arguments[0] {
        case .text(let codes, let texts):
            .day(Conversions.converted(codes, texts, none: None.day, call, LooseValue.day))
        case .int(let values):
            .day(values.map { value in
                if value == None.integer { return None.day }
                if let day = LooseValue.day(String(value)) { return day }
                call.lost(String(value))
                return None.day
            })
        case let other: other
        }
    }]

    /// Days written in one of the usual forms, and what says that there is none.
    static let sql = [FunctionSQL(name.en, isGuess: true) { types, dialect in
        let text = TextOf.written(types[0], "{0}", in: dialect) ?? "{0}"
        let plain = "translate(\(text), '/.年月日', '----')"
        func part(_ number: Int) -> String {
            "cast(split_part(\(plain), '-', \(number)) as integer)"
        }
        func digits(_ start: Int, _ count: Int) -> String {
            "cast(substring(\(text), \(start), \(count)) as integer)"
        }
        let unsaid = FunctionSQL.unsaid("date", in: dialect)
        return """
            case when {0} is null or \(Conversions.isBlank(text)) then null
            when \(Conversions.matches(text, separated, dialect)) then
            \(day(part(1), part(2), part(3), unsaid))
            when \(Conversions.matches(text, packed, dialect)) then
            \(day(digits(1, 4), digits(5, 2), digits(7, 2), unsaid))
            else \(unsaid) end
            """
    }]

    private static let packed = "^[1-9]" + String(repeating: "[0-9]", count: 7) + "$"
    private static let separated: String = {
        let ways = [("-", "-", ""), ("/", "/", ""), ("[.]", "[.]", ""), ("年", "月", "日")]
        return "^[1-9][0-9][0-9][0-9](" + ways.map {
            "\($0.0)[0-9][0-9]?\($0.1)[0-9][0-9]?\($0.2)"
        }.joined(separator: "|") + ")$"
    }()

    private static func day(_ year: String, _ month: String, _ day: String, _ unsaid: String)
        -> String {
        let isLeap = "\(year) % 4 = 0 and (\(year) % 100 <> 0 or \(year) % 400 = 0)"
        let last = "case when \(month) in (4, 6, 9, 11) then 30 when \(month) <> 2 then 31 "
            + "when \(isLeap) then 29 else 28 end"
        return "case when \(month) between 1 and 12 and \(day) between 1 and \(last) "
            + "then make_date(\(year), \(month), \(day)) else \(unsaid) end"
    }
}
