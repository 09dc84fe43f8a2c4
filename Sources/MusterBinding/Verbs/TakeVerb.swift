import MusterDiagnostics
import MusterLanguage
import MusterPlan

enum TakeVerb: Verb {
    static let keepsColumns = true
    static let signature = Signature(Term("take", "取前"), [
        Slot("count", .number),
        Slot("by", keyword: Term("by", "按"), .keys, required: false),
    ])
    static let summary = Message(zh: "前 N 行，可在每组内取", en: "the first N rows, also of each group")

    static func bind(_ stage: Stage, _ input: Plan, _ binder: Binder) throws -> Plan {
        guard let expression = stage.expression("count") else { return input }
        guard case (.int(let count), .integer) = try binder.constant(expression),
              (0...Int64(Int32.max)).contains(count) else {
            throw Diagnostic.mismatch(Message(zh: "取前 后面须是整数", en: "take needs a whole number"),
                                      at: expression.span,
                                      hint: Message(zh: "例如 取前 10", en: "for example take 10"))
        }
        let groups = try SortVerb.groups(stage, input, binder)
        if let first = stage.keys().first, let last = stage.keys().last {
            try binder.remarkOnSmallGroups(input, Int(count), by: groups,
                                           at: first.value.span.union(last.value.span))
        }
        return Plan(.limit(input, Int(count), by: groups), input.schema)
    }
}
