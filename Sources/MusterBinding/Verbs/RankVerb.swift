import MusterDiagnostics
import MusterLanguage
import MusterPlan

enum RankVerb: Verb {
    static let signature = Signature(Term("rank", "排名"), [
        Slot("keys", .sortKeys),
        Slot("by", keyword: Term("by", "按"), .keys, required: false),
        Slot("name", keyword: Term("as", "记为"), .name, required: false),
    ])
    static let summary = Message(zh: "加上名次（并列同名次：1 2 2 4，空值排在最后），可在每组内排",
                                 en: "add a rank (ties share one: 1 2 2 4; none comes last), "
                                     + "also within groups")
    static let topics = ["最多", "最高", "最少", "最低", "前几名", "top", "most", "best"]
    static let traits: VerbTraits = .addsColumns
    static let synonyms = ["排行", "排位"]

    static func bind(_ stage: Stage, _ input: Plan, _ binder: Binder) throws -> Plan {
        let terms = try SortVerb.terms(stage, input, binder)
        let groups = try SortVerb.groups(stage, input, binder)
        let term = stage.name("name").map { ColumnNames.term($0.text) } ?? ColumnNames.rank
        let column = ColumnInfo(binder.newID(), [term], .integer)
        return try binder.window(input, .rank(terms), by: groups, column, at: stage.span)
    }
}

extension Binder {
    /// The input with a column more, computed over rows that belong together.
    func window(_ input: Plan, _ kind: WindowKind, by groups: [Scalar], _ column: ColumnInfo,
                at span: Span) throws -> Plan {
        // A listing of an entity's rows that gets a column keeps its fields nameable.
        var schema = input.schema
        if schema.has(column.name) {
            throw repeated(column.name, span)
        }
        schema.columns.append(column)
        return Plan(.window(input, Window(column: column.id, kind: kind, by: groups)), schema)
    }
}
