import MusterDiagnostics
import MusterBinding
import MusterPlan
import MusterStore

/// Volunteer associations, corps and teams.
enum Teams {
    static let table = "teams"

    static let schema = TableSchema(table, key: "id", fields: [
        FieldSchema("id", .text, required: true, unique: true),
        FieldSchema("name", .text),
        FieldSchema("unit", .reference(table: Units.table), required: true),
        FieldSchema("kind", .choice(Codes.teamKind.values.map(\.en))),
        FieldSchema("founded", .day),
    ])

    static let entity = EntityDefinition(
        table, rowNoun: Term("team", "志愿服务组织"), fields: [
            FieldDefinition("id", "编号", .plainText, gloss: Message(zh: "编号", en: "the id")),
            FieldDefinition("name", "名称", .plainText, gloss: Message(zh: "名称", en: "the name")),
            FieldDefinition("unit", "所在组织", .row(Units.table),
                            gloss: Message(zh: "所属组织", en: "the unit it belongs to")),
            FieldDefinition("kind", "类别", .text(.code(Codes.teamKind)),
                            gloss: Message(zh: "协会、总队、服务队、网络文明志愿者队",
                                           en: "association, corps, team or online team")),
            FieldDefinition("founded", "成立日期", .day,
                            gloss: Message(zh: "成立日期", en: "when it was founded")),
        ], labelField: "name", keyField: "id")
}
