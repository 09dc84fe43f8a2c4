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
        table, rowNoun: Term("service record", "服务记录"), fields: [
            FieldDefinition("member", "服务者", .row(People.table),
                            gloss: Message(zh: "服务的人员", en: "the person who served")),
            FieldDefinition("date", "日期", .day,
                            gloss: Message(zh: "服务日期", en: "the day of service")),
            FieldDefinition("hours", "时长", .decimal(2),
                            gloss: Message(zh: "小时数，不含路程", en: "hours, without the way there")),
            FieldDefinition("field", "服务领域", .text(.code(Codes.serviceField)),
                            gloss: Message(zh: "十一个服务领域之一", en: "the field of service")),
            FieldDefinition("project", "重点项目", .plainText,
                            gloss: Message(zh: "重点项目名称", en: "the key programme")),
            FieldDefinition("certified", "已认定", .bool,
                            gloss: Message(zh: "时长已由组织者认定",
                                           en: "the organiser has certified the hours")),
        ])
}
