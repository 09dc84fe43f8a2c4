import MusterDiagnostics
import MusterLanguage
import MusterPlan

enum CountVerb: Verb {
    static let signature = Signature(Term("count", "计数"), [
        Slot("by", keyword: Term("by", "按"), .keys, required: false),
    ])
    static let summary = Message(zh: "数行数，可分组", en: "count rows, also by group")
    static let topics = ["分组", "分类", "group", "groups"]
    static let traits: VerbTraits = .regroups
    static let synonyms = ["tally", "人数", "数量", "个数"]
    static let kin = [
        "统计", "group", "groupby", "group_by", "分组", "分类", "tab", "tabulate", "table",
        "freq", "value_counts", "有多少",
    ]
    static let slips: [Slip] = [
        Slip(#"\|\s*count\s*\(\s*\*?\s*\)"#,
             "| \(signature.name.en)"),
        Slip(#"\|\s*(?:count|计数)\s+(?:where|if|筛选)\s+([^|]+?)<end>"#,
             "| \(WhereVerb.signature.name.en) $1 | \(signature.name.en) "),
        Slip(#"\|\s*<group>\s+([^|]+?)\s*\|\s*(?:count|tally|计数)\s*(?:\(\s*\))?<end>"#,
             "| \(signature.name.en) by $1 "),
        Slip(#"\|\s*(?:tab|tabulate|freq|value_counts)\s+([\w.]+)<end>"#,
             "| \(signature.name.en) by $1 "),
        Slip(#"\|\s*统计\s*(?=按|by\b|\||$)"#,
             "| \(signature.name.en) "),
        Slip(#"\|\s*按\s*([^|]+?)\s*(?:统计|分组\s*\|?\s*(?:计数|统计))<end>"#,
             "| \(signature.name.en) by $1 "),
        Slip(#"^\s*(?:count|计数|统计)\s*(<source>)(?![\w.])\s*((?:by\b|按)[^|]*)?(?=\||;|$)"#,
             "$1 | \(signature.name.en) $2"),
        Slip(#"^\s*(?:count|计数|统计)\s+(<source>)\s+(?:where|筛选)\s+([^|;]+?)\s*(?=;|$)"#,
             "$1 | \(WhereVerb.signature.name.en) $2 | \(signature.name.en)"),
        Slip(#"^\s*(?:how\s+many|number\s+of|多少|有多少)\s*(<source>)\s*[?？]?\s*$"#,
             "$1 | \(signature.name.en)"),
        Slip(#"^\s*(<source>)\s*(?:的\s*(?:人数|数量|个数|总数|计数)|有多少人?)\s*[?？]?\s*$"#,
             "$1 | \(signature.name.en)"),
    ]

    static func bind(_ stage: Stage, _ input: Plan, _ binder: Binder) throws -> Plan {
        let name = countsPersons(input, binder) ? ColumnNames.persons : ColumnNames.rows
        let keys = try binder.keys(stage.keys(), input)
        return try binder.aggregate(input, keys: keys, at: stage.span) { scope in
            let list = try binder.list(of: scope([]))
            return [(ColumnInfo(binder.newID(), [name], .integer),
                     list.add(.count, where: nil, .integer))]
        }
    }

    /// Whether a row of the plan is a person.
    static func countsPersons(_ input: Plan, _ binder: Binder) -> Bool {
        var plan: Plan? = input
        while let current = plan {
            switch current.node {
            case .scan(let scan):
                return binder.domain.entity(scan.entity)?.countsPersons == true
            case .aggregate, .table, .one, .pivot: return false
            default: plan = current.input
            }
        }
        return false
    }
}

extension Binder {
    func list(of scope: Scope) throws -> MeasureList {
        guard let list = scope.aggregates else {
            preconditionFailure("a grouping's scope has a list of measures")
        }
        return list
    }
}
