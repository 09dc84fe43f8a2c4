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
        FieldSchema("unit", .reference(table: Units.table)),
        FieldSchema("kind", .choice(Codes.teamKind.values.map(\.en))),
        FieldSchema("founded", .day),
    ])

    static let entity = EntityDefinition(
        table, rowNoun: Term("team", "志愿服务组织"), counter: Term("teams", "个"),
        fields: [
            FieldDefinition("id", "编号", .plainText, headings: ["组织编号", "队伍编号"],
                            gloss: Message(zh: "编号", en: "the id")),
            FieldDefinition("name", "名称", .plainText,
                            headings: ["志愿服务组织名称", "队伍名称", "服务队名称", "协会名称",
                                       "志愿服务组织"],
                            gloss: Message(zh: "名称", en: "the name")),
            FieldDefinition("unit", "所在组织", .row(Units.table),
                            headings: ["所属组织", "所属单位", "单位", "单位名称", "所属团组织",
                                       "主管单位", "所在团组织"],
                            gloss: Message(zh: "所属组织", en: "the unit it belongs to")),
            FieldDefinition("kind", "类别", .text(.code(Codes.teamKind)),
                            headings: ["队伍类别", "类型", "组织类别", "队伍类型"],
                            words: ["association": ["志愿者协会"], "corps": ["志愿服务总队"],
                                    "team": ["志愿服务队", "队伍"],
                                    "online": ["网络文明志愿者", "网络文明队"]],
                            gloss: Message(zh: "协会、总队、服务队、网络文明志愿者队",
                                           en: "association, corps, team or online team")),
            FieldDefinition("founded", "成立日期", .day,
                            headings: ["成立时间", "成立年月", "组建时间"], month: true,
                            gloss: Message(zh: "成立日期", en: "when it was founded")),
        ], labelField: "name", keyField: "id")
}
