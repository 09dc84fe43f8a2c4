import MusterValues
import MusterDiagnostics
import MusterLanguage
import MusterPlan

enum SummarizeVerb: Verb {
    static let signature = Signature(Term("summarize", "汇总"), [
        Slot("outputs", .bindings(named: false)),
        Slot("by", keyword: Term("by", "按"), .keys, required: false),
    ])
    static let summary = Message(zh: "分组汇总：每组一行", en: "group rows: one row a group")
    static let topics = ["分组", "分类", "group", "groups"]
    static let traits: VerbTraits = .regroups
    static let synonyms = ["summarise", "aggregate", "agg"]
    static let kin = [
        "统计", "group", "groupby", "group_by", "collapse", "分组", "分类", "分类汇总", "小计",
        "sum", "avg", "average", "mean", "max", "min", "求和", "平均", "最大", "最小",
    ]
    static let slips: [Slip] = [
        Slip(#"\|\s*统计\s+(?=[^|]*[(（])"#,
             "| \(signature.name.en) "),
        Slip(#"\|\s*<group>\s+([^|]+?)\s*\|\s*(?:summari[sz]e|agg|aggregate|汇总)\s+([^|]+?)<end>"#,
             "| \(signature.name.en) $2 by $1 "),
        Slip(#"\|\s*count\s+distinct\s+([\w.]+)<end>"#,
             "| \(signature.name.en) distinct($1) "),
    ]

    static func bind(_ stage: Stage, _ input: Plan, _ binder: Binder) throws -> Plan {
        let outputs = stage.bindings("outputs").map { binding -> (ColumnInfo, Expression) in
            let term: Term
            if let alias = binding.alias {
                term = ColumnNames.term(alias.text)
                binder.note(alias.span, term)
            } else {
                term = Term(binder.sourceText(binding.value.span))
            }
            var info = ColumnInfo(binder.newID(), [term], .number)
            if term == ColumnNames.rate { info.display = .percent }
            if case .call(_, let name, _) = binding.value.kind, Rate.name.matches(name.text) {
                info.display = .percent
            }
            if term == ColumnNames.persons, !CountVerb.countsPersons(input, binder) {
                info.path = [ColumnNames.rows]
            }
            return (info, binding.value)
        }
        return try binder.aggregate(input, keys: stage.keys(), outputs: outputs)
    }
}
