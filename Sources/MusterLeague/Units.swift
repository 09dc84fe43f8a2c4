import MusterDiagnostics
import MusterBinding
import MusterPlan
import MusterStore

/// Organisations: the tree of committees and branches.
enum Units {
    static let table = "units"

    static let schema = TableSchema(
        table, required: true, key: "id", parent: "parent", aliases: "formerly",
        inherited: ["kind"], fields: [
            FieldSchema("id", .text, required: true, unique: true),
            FieldSchema("name", .text, required: true),
            FieldSchema("parent", .reference(table: table)),
            FieldSchema("level", .choice(Codes.level.values.map(\.en)), required: true),
            FieldSchema("kind", .text),
            FieldSchema("plan_submitted", .day),
            FieldSchema("formerly", .text),
        ])

    static let entity = EntityDefinition(
        table, rowNoun: Term("unit", "组织"), fields: [
            FieldDefinition("id", "组织编号", .plainText,
                            gloss: Message(zh: "组织编号", en: "the unit's id")),
            FieldDefinition("name", "名称", .plainText,
                            gloss: Message(zh: "组织名称", en: "the unit's name")),
            FieldDefinition("unit", "所在组织", .row(table), .itself, listed: false,
                            gloss: Message(zh: "组织自身", en: "the unit itself")),
            FieldDefinition("parent", "上级", .row(table),
                            gloss: Message(zh: "上级组织", en: "the unit above")),
            FieldDefinition("level", "层级", .text(.code(Codes.level)),
                            gloss: Message(zh: "层级", en: "the level in the organisation")),
            FieldDefinition("kind", "类别", .text(.code(Codes.unitKind)),
                            gloss: Message(zh: "类别；未填的随最近的上级",
                                           en: "the kind; where absent, the nearest ancestor's")),
            FieldDefinition("plan_submitted", "已报计划", .bool,
                            .expression("plan_submitted.date <= as_of"), listed: false,
                            gloss: Message(zh: "到截至日已报送年度计划",
                                           en: "has handed in its yearly plan by the day")),
            FieldDefinition("plan_submitted.date", "计划报送日", .day, .stored("plan_submitted"),
                            gloss: Message(zh: "计划报送日", en: "when the plan was handed in")),
            FieldDefinition("formerly", "曾用编号", .plainText,
                            gloss: Message(zh: "曾用编号", en: "earlier ids")),
        ],
        relations: [
            RelationDefinition("members", "团员", source: "members", path: ["unit"],
                               includesBelow: true),
            RelationDefinition("activists", "入团积极分子", source: "activists", path: ["unit"],
                               includesBelow: true),
            RelationDefinition("people", "人员", source: "people", path: ["unit"],
                               includesBelow: true),
            RelationDefinition("service", "服务记录", source: "service",
                               path: ["member", "unit"], includesBelow: true),
            RelationDefinition("teams", "志愿服务组织", source: "teams", path: ["unit"]),
            RelationDefinition("own_members", "直属团员", source: "members", path: ["unit"]),
            RelationDefinition("children", "下级组织", source: "units", path: ["parent"]),
        ],
        labelField: "name", keyField: "id", parentField: "parent", levelField: "level",
        levels: Codes.level.values)
}
