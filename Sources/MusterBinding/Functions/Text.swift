import MusterDiagnostics
import MusterPlan
import MusterStore

/// `text(x)`: a value as it is written in csv; none stays none.
enum TextOf: Function {
    static let name = Term("text", "文字")
    static let usage = Message(zh: "文字(值)", en: "text(x)")
    static let summary = Message(zh: "数、日期、是否写成文字；空值仍为空",
                                 en: "a number, a day, yes or no as a text; none stays none")

    static func bind(_ call: Call, _ binder: Binder) throws -> Scalar {
        try call.expect(1...1)
        let value = try call.value(0, binder)
        if value.type.isText { return value }
        if case .row = value.type { throw Conversions.refused(call, value.type, binder) }
        if value.type == .none { return .constant(.none, .plainText) }
        return Scalar(.call(name.en, [value]), .plainText)
    }

    static let kernels = [FunctionKernel(name.en) { call in
        var builder = TextBuilder()
        return .text((0..<call.count).map { row in
            call.arguments[0].isNone(row) ? None.code
                : builder.code(call.arguments[0].constant(row).plain(as: call.types[0]))
        }, builder.dictionary)
    }]

    static let sql = [FunctionSQL(name.en) { types, dialect in
        types.first.flatMap { written($0, "{0}", in: dialect) }
    }]

    /// A value as its text in SQL; nil where no database writes it as it is written here.
    static func written(_ type: ValueType, _ value: String, in dialect: String) -> String? {
        let isSpark = dialect == "spark", text = isSpark ? "string" : "text"
        switch type {
        case .text: return value
        case .none: return "cast(null as \(text))"
        case .integer, .year: return "cast(\(value) as \(text))"
        case .bool: return "case when \(value) then 'true' when not \(value) then 'false' end"
        case .day:
            return isSpark ? "date_format(\(value), 'yyyy-MM-dd')"
                : "to_char(\(value), 'YYYY-MM-DD')"
        case .month:
            let day = "make_date(cast(floor(\(value) / 12) as integer), \(value) % 12 + 1, 1)"
            return isSpark ? "date_format(\(day), 'yyyy-MM')" : "to_char(\(day), 'YYYY-MM')"
        case .decimal(let places):
            // With one place at the least: 14.0.
            let zeros = String(repeating: "0", count: places)
            let unit = "1" + zeros, last = "0." + zeros.dropLast() + "1"
            return "trim(trailing '0' from "
                + "cast(cast(\(value) as decimal(19, 0)) * \(last) as \(text))) "
                + "|| case when \(value) % \(unit) = 0 then '0' else '' end"
        case .number, .row, .tableRow: return nil
        }
    }
}
