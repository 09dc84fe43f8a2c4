import MusterDiagnostics
import MusterLanguage

enum RankVerb: Verb {
    static let signature = Signature(Term("rank", "排名"), [
        Slot("keys", .sortKeys),
        Slot("by", keyword: Term("by", "按"), .keys, required: false),
    ])
    static let summary = Message(zh: "加上名次（并列同名次：1 2 2 4），可在每组内排",
                                 en: "add a rank (ties share one: 1 2 2 4), also within groups")
    static let examples = [
        Example("members | rate registered by unit.district | rank -rate by unit.district.kind",
                Message(zh: "各单位注册率在同类中的名次", en: "each unit's rank within its kind")),
    ]

    static func bind(_ stage: Stage, _ input: Plan, _ binder: Binder) throws -> Plan {
        let terms = try SortVerb.terms(stage, input, binder)
        let groups = try SortVerb.groups(stage, input, binder)
        let column = ColumnInfo([ColumnNames.rank], .integer)
        return try binder.window(input, .rank(terms), by: groups, column, at: stage.span)
    }
}

extension Binder {
    /// The input with a column more, computed over rows that belong together.
    func window(_ input: Plan, _ kind: WindowKind, by groups: [Scalar], _ column: ColumnInfo,
                at span: Span) throws -> Plan {
        // A listing of an entity's rows that gets a column keeps its fields nameable.
        var schema = input.schema
        if schema.columns.contains(where: { $0.name == column.name }) {
            throw repeated(column.name, span)
        }
        schema.columns.append(column)
        return Plan(.window(input, kind, by: groups), schema)
    }
}
