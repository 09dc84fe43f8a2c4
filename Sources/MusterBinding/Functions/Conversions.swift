import MusterDiagnostics
import MusterLanguage
import MusterPlan
import MusterStore

/// What `date`, `number` and `text` have in common.
enum Conversions {
    static func refused(_ call: Call, _ type: ValueType, _ binder: Binder) -> Diagnostic {
        let name = binder.domain.name(of: type)
        return Diagnostic.mismatch(Message(
            zh: "\(call.name.text) 不能转换\(name.zh)", en: "\(call.name.text) cannot convert \(name.en)"),
            at: call.arguments[0].value.span,
            hint: Message(zh: "写作：\(call.usage.zh)", en: "write \(call.usage.en)"))
    }

    /// Each text of a dictionary that rows have converted once; those that cannot be are told.
    static func converted<Value>(_ codes: [Int32], _ texts: TextDictionary, none: Value,
                                 _ call: KernelCall, _ convert: (String) -> Value?) -> [Value] {
        var known = [Value?](repeating: nil, count: texts.count)
        return codes.map { code in
            guard code >= 0 else { return none }
            if let value = known[Int(code)] { return value }
            let text = texts[code]
            let value = convert(text)
            if value == nil, !LooseValue.isBlank(text) { call.lost(text) }
            known[Int(code)] = value ?? none
            return value ?? none
        }
    }
}
