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

    /// The texts that say that there is nothing, as SQL asks for them.
    static func isBlank(_ text: String) -> String {
        "\(text) in ('', '-', '—', '——', '－', '/', '／', '无', 'NA', 'N/A', 'NULL', 'null')"
    }

    /// Whether a text is of a pattern in the part that all databases read alike. Where only a line
    /// feed ends a line, `$` is before a last one, too, which a number may have behind it.
    static func matches(_ text: String, _ pattern: String, _ dialect: String) -> String {
        dialect == "spark" ? "\(text) rlike '(?d)\(pattern)'" : "\(text) ~ '\(pattern)'"
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
