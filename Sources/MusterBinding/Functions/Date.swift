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
}
