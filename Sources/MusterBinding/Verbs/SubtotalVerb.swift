import MusterDiagnostics
import MusterLanguage
import MusterPlan

/// `subtotal k`: below each group of the keys before k a row over k.
enum SubtotalVerb: Verb {
    static let signature = Signature(Term("subtotal", "小计"), [Slot("columns", .columns)])
    static let summary = Message(
        zh: "每组下面加一行小计：按 甲, 乙 分组后写 小计 乙，每个甲的各乙之后有一行；从原始的行重新算",
        en: "a row below each group of the keys before: by g, k | subtotal k has one for each g, "
            + "computed from the underlying rows")
    static let topics = ["合计", "分组", "subtotals", "rollup"]
    static let traits: VerbTraits = .totals
    static let synonyms = ["subtotals", "小计行"]

    static func bind(_ stage: Stage, _ input: Plan, _ binder: Binder) throws -> Plan {
        let keys = try TotalVerb.grouping(stage, input, behindSubtotals: true)
        let chosen = try TotalVerb.keys(stage, input, keys, binder).sorted()
        guard let first = chosen.first, first > 0 else {
            throw Diagnostic("subtotal.first", Message(
                zh: "小计 的列之前须还有分组的列", en: "subtotal needs a key before the one it is over"),
                at: stage.span, hint: Message(zh: "对第一个分组的列写 合计",
                                              en: "over the first key write total"))
        }
        var schema = input.schema
        schema.hasTotals = true
        return Plan(.totals(input, Totals(sets: [chosen],
                                          rules: input.stagesOfGrouping.compactMap(\.totalsRule),
                                          below: first)), schema)
    }
}
