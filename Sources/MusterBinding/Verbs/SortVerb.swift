import MusterDiagnostics
import MusterLanguage
import MusterPlan

enum SortVerb: Verb {
    static let keepsColumns = true
    static let signature = Signature(Term("sort", "排序"), [Slot("keys", .sortKeys)])
    static let summary = Message(zh: "排序；前面加 - 为从大到小，空值在最后",
                                 en: "put rows in order; - for descending, none last")
    static let topics = ["最多", "最高", "最少", "最低", "前几名", "top", "most", "best"]
    static let traits: VerbTraits = .orders
    static let synonyms = ["order", "orderby", "arrange", "排列"]
    static let kin = ["order_by", "sort_values", "升序", "降序", "倒序", "desc"]
    private static let down =
        "desc|descending|降序|倒序|从大到小|从高到低|由大到小|由高到低|从多到少"
    private static let up =
        "asc|ascending|升序|从小到大|从低到高|由小到大|由低到高|从少到多"
    static let slips: [Slip] = [
        Slip(#"\|\s*(?:order\s*by|order_by|sort\s+by|sort_by|排序\s*按)\s*"#,
             "| \(signature.name.en) "),
        Slip(#"\|\s*按\s*([^|,，、]+?)\s*(?:\#(down))\s*(?:排序|排列|排)<end>"#,
             "| \(signature.name.en) -$1 "),
        Slip(#"\|\s*按\s*([^|]+?)\s*(?:\#(up))?\s*(?:排序|排列)<end>"#,
             "| \(signature.name.en) $1 "),
        Slip(#"(?<![\w.\-])([\w.]+?)\s*(?<![A-Za-z0-9_])(?:\#(down))(?!\w)"#,
             "-$1", .withinStage),
        Slip(#"\s*(?<![A-Za-z0-9_])(?:\#(up))(?!\w)"#,
             "", .withinStage),
        Slip(#"(?<![\w.\-])desc\s*\(\s*([\w.]+)\s*\)"#,
             "-$1", .withinStage),
    ]

    static func bind(_ stage: Stage, _ input: Plan, _ binder: Binder) throws -> Plan {
        Plan(.sort(input, try terms(stage, input, binder)), input.schema)
    }

    static func terms(_ stage: Stage, _ input: Plan, _ binder: Binder) throws -> [SortTerm] {
        let scope = Scope(input)
        return try stage.sortKeys("keys").map { key in
            let value = try binder.bind(binder.naming(key.value, scope), scope)
            try binder.refuseHidden(value, key.value.span)
            return SortTerm(value: value, isDescending: key.isDescending)
        }
    }

    /// The expressions behind `by` of a verb that works within groups.
    static func groups(_ stage: Stage, _ input: Plan, _ binder: Binder) throws -> [Scalar] {
        let scope = Scope(input)
        return try stage.keys().map { key in
            if let every = key.every {
                throw Diagnostic("every.place", Message(
                    zh: "这里的 按 不能用 每个", en: "every does not go with this by"), at: every)
            }
            return try binder.bind(binder.naming(key.value, scope), scope)
        }
    }
}
