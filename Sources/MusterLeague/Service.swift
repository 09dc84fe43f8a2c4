import MusterDiagnostics
import MusterBinding
import MusterPlan
import MusterStore

/// Records of voluntary service.
enum Service {
    static let table = "service"

    static let schema = TableSchema(table, fields: [
        FieldSchema("member", .reference(table: People.table), required: true),
        FieldSchema("date", .day, required: true),
        FieldSchema("hours", .hundredths(over: 0, upTo: 24), required: true),
        FieldSchema("field", .text),
        FieldSchema("project", .text),
        FieldSchema("certified", .bool),
    ])

    static let entity = EntityDefinition(
        table, rowNoun: Term("service record", "服务记录"), counter: Term("records", "条"),
        fields: [
            FieldDefinition("member", "服务者", .row(People.table),
                            headings: ["服务人员编号", "志愿者编号"],
                            gloss: Message(zh: "服务的人员", en: "the person who served")),
            FieldDefinition("date", "日期", .day,
                            headings: ["服务日期", "活动日期", "服务时间", "活动时间",
                                       "开展日期", "参加日期", "服务年月日", "志愿服务日期"],
                            gloss: Message(zh: "服务日期", en: "the day of service")),
            FieldDefinition("hours", "时长", .decimal(2),
                            headings: ["服务时长", "服务小时", "服务小时数", "小时数", "小时",
                                       "志愿时长", "志愿服务时长", "时长（小时）", "工时",
                                       "服务时间（小时）", "活动时长", "服务时数"],
                            gloss: Message(zh: "小时数，不含路程", en: "hours, without the way there")),
            FieldDefinition("field", "服务领域", .text(.code(Codes.serviceField)),
                            headings: ["领域", "服务类别", "服务类型", "活动类别"],
                            gloss: Message(zh: "十一个服务领域之一", en: "the field of service")),
            FieldDefinition("project", "重点项目", .plainText,
                            headings: ["项目", "项目名称", "重点项目名称", "所属项目"],
                            gloss: Message(zh: "重点项目名称", en: "the key programme")),
            FieldDefinition("certified", "已认定", .bool,
                            headings: ["是否认定", "是否已认定", "认定", "认定情况"],
                            gloss: Message(zh: "时长已由组织者认定",
                                           en: "the organiser has certified the hours")),
        ])
}
