import MusterDiagnostics
import MusterLanguage
import MusterPlan

enum WhereVerb: Verb {
    static let keepsColumns = true
    static let signature = Signature(Term("where", "筛选"), [Slot("condition", .condition)])
    static let summary = Message(zh: "只留下符合条件的行", en: "keep the rows that meet a condition")

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
