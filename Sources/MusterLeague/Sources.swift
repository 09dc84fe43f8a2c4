import MusterDiagnostics
import MusterBinding
import MusterPlan

/// The names that a query may begin with.
enum Sources {
    static let all = [
        SourceDefinition("members", "团员", entity: People.table,
                         condition: "status = member and on_roll",
                         gloss: Message(zh: "截至日在册的团员", en: "members on the roll at the day")),
        SourceDefinition("activists", "入团积极分子", entity: People.table,
                         condition: "status = activist",
                         gloss: Message(zh: "入团积极分子", en: "activists who want to join")),
        SourceDefinition("people", "人员", entity: People.table,
                         gloss: Message(zh: "全部人员，不论截至日", en: "everybody, whatever the day")),
        SourceDefinition("units", "组织", entity: Units.table,
                         gloss: Message(zh: "全部组织", en: "all units")),
        SourceDefinition("service", "服务记录", entity: Service.table, condition: "date <= as_of",
                         gloss: Message(zh: "到截至日的服务记录", en: "service up to the day")),
        SourceDefinition("teams", "志愿服务组织", entity: Teams.table,
                         condition: "founded <= as_of",
                         gloss: Message(zh: "到截至日已成立的志愿服务组织",
                                        en: "associations and teams founded by the day")),
        SourceDefinition("targets", "目标", entity: Targets.name,
                         gloss: Message(zh: "注册率目标", en: "the registration targets")),
        SourceDefinition("rejects", "问题数据", entity: Rejects.name,
                         gloss: Message(zh: "装载时未能收下的行", en: "rows that could not be loaded")),
        SourceDefinition("findings", "校验结果", entity: Findings.name,
                         gloss: Message(zh: "装载了但不合规则的数据",
                                        en: "what breaks a rule though it loads")),
        SourceDefinition("corrections", "更正", entity: ImportTables.corrections,
                         gloss: Message(zh: "导入时采用的更正",
                                        en: "corrections applied by an import")),
        SourceDefinition("questions", "疑问", entity: ImportTables.questions,
                         gloss: Message(zh: "导入时提出、尚未答复的问题",
                                        en: "questions of an import that are still open")),
    ]
}
