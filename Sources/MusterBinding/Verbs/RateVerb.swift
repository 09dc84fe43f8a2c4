import MusterValues
import MusterDiagnostics
import MusterLanguage
import MusterPlan

enum RateVerb: Verb {
    static let signature = Signature(Term("rate", "比率"), [
        Slot("condition", .condition),
        Slot("by", keyword: Term("by", "按"), .keys, required: false),
    ])
    static let summary = Message(zh: "符合条件的人数占总数的比率", en: "the share that meets a condition")
    static let topics = [
        "占比", "比例", "百分比", "share", "percentage", "percent", "分组", "分类", "group",
        "groups",
    ]
    static let traits: VerbTraits = [.regroups, .countsPart]
    static let synonyms = ["比例"]
    static let kin = ["百分比", "percent", "percentage", "率", "比重", "注册率"]

    static func bind(_ stage: Stage, _ input: Plan, _ binder: Binder) throws -> Plan {
        guard let expression = stage.expression("condition") else { return input }
        let isPersons = CountVerb.countsPersons(input, binder)
        let keys = try binder.keys(stage.keys(), input)
        return try binder.aggregate(input, keys: keys, at: stage.span) { scope in
            let list = try binder.list(of: scope([]))
            let condition = try binder.condition(expression, list.rows)
            list.add(binder.share(expression), for: ColumnNames.rate)
            let of = list.add(.count, where: nil, .integer)
            let n = list.add(.count, where: condition, .integer)
            let rate = binder.quotient(n, of)
            var rateColumn = ColumnInfo(binder.newID(), [ColumnNames.rate], .number)
            rateColumn.display = .percent
            return [
                (ColumnInfo(binder.newID(), [ColumnNames.of], .integer), of),
                (ColumnInfo(binder.newID(), [isPersons ? ColumnNames.persons : ColumnNames.rows],
                            .integer), n),
                (rateColumn, rate),
            ]
        }
    }
}
