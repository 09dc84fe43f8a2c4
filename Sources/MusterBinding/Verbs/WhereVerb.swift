import MusterDiagnostics
import MusterLanguage
import MusterPlan

enum WhereVerb: Verb {
    static let keepsColumns = true
    static let signature = Signature(Term("where", "筛选"), [Slot("condition", .condition)])
    static let summary = Message(zh: "只留下符合条件的行", en: "keep the rows that meet a condition")
    static let examples = [
        Example("members | where registered and age < 18 | count",
                Message(zh: "十八岁以下已注册的团员人数", en: "registered members under 18")),
        Example("members | where unit under \"和平区\" | count",
                Message(zh: "和平区团委及其下级的团员人数", en: "members of 和平区 and below")),
    ]

    static func bind(_ stage: Stage, _ input: Plan, _ binder: Binder) throws -> Plan {
        guard let expression = stage.expression("condition") else { return input }
        let condition = try binder.condition(expression, Scope(input))
        var schema = input.schema
        schema.origin?.conditions.append(binder.words(expression))
        return Plan(.filter(input, condition), schema)
    }
}
