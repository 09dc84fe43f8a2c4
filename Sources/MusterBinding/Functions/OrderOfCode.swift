import MusterDiagnostics
import MusterLanguage
import MusterPlan

/// `order(code)`: the place of a code in its declared list, from 1; those that are not in it come
/// behind, together.
enum OrderOfCode: Function {
    static let name = Term("order", "次序")
    static let usage = Message(zh: "次序(代码)", en: "order(code)")
    static let summary = Message(
        zh: "代码在规定的列表中排第几，从 1 起；列表之外的排在其后。用来按规定的次序排序",
        en: "a code's place in its declared list, from 1, others behind: to sort as declared")
    static let topics = ["排序", "顺序"]

    static func bind(_ call: Call, _ binder: Binder) throws -> Scalar {
        try call.expect(1...1)
        let code = try call.value(0, binder, Message(zh: "代码", en: "a code")) {
            $0.codes != nil
        }
        guard let codes = code.type.codes else { return .constant(.none, .integer) }
        func place(_ number: Int) -> Scalar { .constant(.int(Int64(number)), .integer) }
        var value = place(codes.values.count + 1)
        for (index, term) in codes.values.enumerated().reversed() {
            let isIt = Scalar(.compare(.equal, code, .constant(.text(term.en), code.type)), .bool)
            value = Scalar(.conditional(isIt, place(index + 1), value), .integer)
        }
        return Scalar(.conditional(Scalar(.isNone(code), .bool), .constant(.none, .integer), value),
                      .integer)
    }
}
