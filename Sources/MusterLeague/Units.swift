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
        table, rowNoun: Term("unit", "组织"), counter: Term("units", "个"),
        fields: [
            FieldDefinition("id", "组织编号", .plainText,
                            headings: ["编号", "团组织编号", "单位编号", "代码", "组织代码",
                                       "unit_id"],
                            gloss: Message(zh: "组织编号", en: "the unit's id")),
            FieldDefinition("name", "名称", .plainText,
                            headings: ["组织名称", "团组织名称", "单位名称", "单位", "全称",
                                       "组织全称", "团组织全称"],
                            gloss: Message(zh: "组织名称", en: "the unit's name")),
            FieldDefinition("unit", "所在组织", .row(table), .itself, listed: false,
                            gloss: Message(zh: "组织自身", en: "the unit itself")),
            FieldDefinition("parent", "上级", .row(table),
                            headings: ["上级组织", "上级团组织", "上级编号", "上级组织编号",
                                       "上级组织名称", "所属上级", "隶属", "parent_id"],
                            gloss: Message(zh: "上级组织", en: "the unit above")),
            FieldDefinition("level", "层级", .text(.code(Codes.level)),
                            headings: ["级别", "组织层级", "组织级别"],
                            words: ["city": ["市", "团市委", "市级团委"],
                                    "district": ["区", "区级", "区县", "区县级", "局级",
                                                 "区县局", "团区委"],
                                    "committee": ["团委", "基层", "团工委", "学校团委"],
                                    "general_branch": ["总支", "总支部"],
                                    "branch": ["支部", "班级"]],
                            gloss: Message(zh: "层级", en: "the level in the organisation")),
            FieldDefinition("kind", "类别", .text(.code(Codes.unitKind)),
                            headings: ["单位类别", "组织类别", "单位性质", "类型", "组织类型"],
                            words: ["enterprise": ["国企", "企业", "国有企业", "集团公司"],
                                    "university": ["大学", "高等院校", "高等学校"],
                                    "central": ["中央驻津"],
                                    "vocational_school": ["中职学校", "职校", "中专"],
                                    "government": ["政府机关", "党政机关"],
                                    "street": ["街道", "乡镇", "镇"]],
                            gloss: Message(zh: "类别；未填的随最近的上级",
                                           en: "the kind; where absent, the nearest ancestor's")),
            FieldDefinition("plan_submitted", "已报计划", .bool,
                            .expression("plan_submitted.date <= as_of"), listed: false,
                            gloss: Message(zh: "到截至日已报送年度计划",
                                           en: "has handed in its yearly plan by the day")),
            FieldDefinition("plan_submitted.date", "计划报送日", .day, .stored("plan_submitted"),
                            headings: ["计划报送日期", "计划报送时间", "计划上报日期",
                                       "年度计划报送日"],
                            gloss: Message(zh: "计划报送日", en: "when the plan was handed in")),
            FieldDefinition("formerly", "曾用编号", .plainText,
                            headings: ["原编号", "旧编号", "曾用组织编号"],
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
