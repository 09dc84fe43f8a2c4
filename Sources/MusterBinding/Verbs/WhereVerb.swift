import MusterDiagnostics
import MusterLanguage
import MusterPlan

enum WhereVerb: Verb {
    static let keepsColumns = true
    static let signature = Signature(Term("where", "筛选"), [Slot("condition", .condition)])
    static let summary = Message(zh: "只留下符合条件的行", en: "keep the rows that meet a condition")
    static let topics = ["条件", "过滤", "filter", "condition"]
    static let traits: VerbTraits = .filters
    static let synonyms = ["filter", "having", "过滤", "筛", "查找", "只看"]
    static let kin = ["keep", "选择", "查询", "条件", "挑选"]
    static let slips: [Slip] = [
        Slip(#"\|\s*(?:keep|include)\s+if\s+"#,
             "| \(signature.name.en) "),
        Slip(#"\|\s*drop\s+if\s+([^|]+?)<end>"#,
             "| \(signature.name.en) not ($1) "),
    ]

    static func bind(_ stage: Stage, _ input: Plan, _ binder: Binder) throws -> Plan {
        guard let expression = stage.expression("condition") else { return input }
        let condition = try binder.condition(expression, Scope(input))
        try binder.remarkOnRowsBelow(condition, input, at: expression.span)
        try binder.remarkOnNothingFound(condition, input, at: expression.span)
        var schema = input.schema
        schema.origin?.conditions.append(binder.words(expression))
        return Plan(.filter(input, condition), schema)
    }
}
