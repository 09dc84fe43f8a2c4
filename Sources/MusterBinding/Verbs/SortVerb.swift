import MusterDiagnostics
import MusterLanguage
import MusterPlan

enum SortVerb: Verb {
    static let keepsColumns = true
    static let signature = Signature(Term("sort", "排序"), [Slot("keys", .sortKeys)])
    static let summary = Message(zh: "排序；前面加 - 为从大到小，空值在最后",
                                 en: "put rows in order; - for descending, none last")

    static func bind(_ stage: Stage, _ input: Plan, _ binder: Binder) throws -> Plan {
        Plan(.sort(input, try terms(stage, input, binder)), input.schema)
    }

    static func terms(_ stage: Stage, _ input: Plan, _ binder: Binder) throws -> [SortTerm] {
        let scope = Scope(input)
        return try stage.sortKeys("keys").map { key in
            SortTerm(value: try binder.bind(binder.naming(key.value, scope), scope),
                     isDescending: key.isDescending)
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
