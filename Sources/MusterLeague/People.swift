import MusterDiagnostics
import MusterBinding
import MusterPlan
import MusterStore

/// Everybody in the books: members, activists, and those who left.
enum People {
    static let table = "people"

    static let schema = TableSchema(
        table, file: "members", required: true, key: "id", fields: [
            FieldSchema("id", .text, required: true, unique: true),
            FieldSchema("name", .text, required: true),
            FieldSchema("gender", .choice(Codes.gender.values.map(\.en))),
            FieldSchema("birth", .day),
            FieldSchema("id_number", .text, sensitive: true),
            FieldSchema("unit", .reference(table: Units.table), required: true),
            FieldSchema("status", .choice(Codes.status.values.map(\.en)), defaultText: "member"),
            FieldSchema("joined", .day),
            FieldSchema("left", .day),
            FieldSchema("cadre", .choice(Codes.cadre.values.map(\.en))),
            FieldSchema("party_joined", .day),
            FieldSchema("nominated", .day),
            FieldSchema("registered", .day),
            FieldSchema("cancelled", .day),
            FieldSchema("entered", .day),
            FieldSchema("trained", .day),
            FieldSchema("insured_until", .day),
            FieldSchema("certified_stars", .integer(0...5)),
            FieldSchema("unit_from", .day),
            FieldSchema("cadre_from", .day),
            FieldSchema("insured_from", .day),
            FieldSchema("stars_on", .day),
        ])

    static func entity(_ settings: League.Settings) -> EntityDefinition {
        EntityDefinition(
            table, rowNoun: Term("person", "人员"), counter: Term("persons", "人"),
            fields: stored + startingDays + states + measures(settings),
            relations: [
                RelationDefinition("service", "服务记录", source: "service", path: ["member"]),
            ],
            countsPersons: true, labelField: "name", keyField: "id")
    }

    private static let stored = [
        FieldDefinition("id", "人员编号", .plainText,
                        headings: ["编号", "团员编号", "会员编号", "人员ID", "团员ID", "person_id",
                                   "member_id"],
                        gloss: Message(zh: "人员编号", en: "the person's id")),
        FieldDefinition("name", "姓名", .text(.personal),
                        headings: ["团员姓名", "真实姓名", "志愿者姓名", "学生姓名", "名字", "姓 名",
                                   "员工姓名", "full_name"],
                        gloss: Message(zh: "姓名", en: "the name")),
        FieldDefinition("gender", "性别", .text(.code(Codes.gender)), headings: ["sex"],
                        words: ["男": ["男性", "男生", "male", "m", "1"],
                                "女": ["女性", "女生", "female", "f", "2", "0"]],
                        gloss: Message(zh: "性别：男、女", en: "男 (male) or 女 (female)")),
        FieldDefinition("birth", "出生日期", .day,
                        headings: ["出生年月", "生日", "出生年月日", "出生时间", "出生日",
                                   "birthday", "birth_date", "dob"], month: true,
                        gloss: Message(zh: "出生日期", en: "the day of birth")),
        FieldDefinition("id_number", "身份证号", .text(.sensitive),
                        headings: ["身份证", "身份证号码", "居民身份证号", "居民身份证号码",
                                   "公民身份号码", "公民身份证号", "公民身份证号码", "证件号",
                                   "证件号码", "身份证件号", "身份证件号码", "ID number",
                                   "id_no", "idcard", "id_card"],
                        gloss: Message(zh: "身份证号，只显示末位",
                                       en: "the ID number; only its last character shows")),
        FieldDefinition("unit", "所在组织", .row(Units.table),
                        headings: ["所在团支部", "团组织名称", "所在团组织", "团组织", "所属组织",
                                   "所属团组织", "所属团支部", "所在单位", "所属单位", "单位",
                                   "单位名称", "组织名称", "工作单位", "所在组织名称",
                                   "所在组织编号", "组织编号", "团组织编号", "班级", "unit_id",
                                   "组织路径", "所在组织路径", "组织全称", "隶属组织", "所属单位名称",
                                   "所在支部名称"],
                        since: "unit_from",
                        gloss: Message(zh: "所在组织", en: "the unit the person belongs to")),
        FieldDefinition("status", "身份", .text(.code(Codes.status)),
                        headings: ["政治面貌", "人员类别", "人员身份", "团员身份"],
                        words: ["member": ["共青团员", "正式团员", "中共党员（保留团籍）",
                                           "党员（保留团籍）"],
                                "activist": ["积极分子", "入团申请人", "申请入团"]],
                        gloss: Message(zh: "团员或入团积极分子", en: "member or activist")),
        FieldDefinition("joined", "入团日期", .day,
                        headings: ["入团时间", "入团年月", "入团日", "加入团组织时间", "加入共青团时间", "入团年月日", "加入共青团日期",
                                   "加入团组织日期", "入团"],
                        month: true,
                        gloss: Message(zh: "入团日期", en: "when the person joined")),
        FieldDefinition("left", "离团日期", .day,
                        headings: ["离团时间", "离团日", "退团日期", "退团时间", "离团年月", "超龄离团日期"],
                        month: true,
                        gloss: Message(zh: "离团日期", en: "when the person left")),
        FieldDefinition("cadre", "团干部", .text(.code(Codes.cadre)),
                        headings: ["团干部类别", "团干类别", "团干", "是否团干部", "专兼职",
                                   "团干部身份", "专职/兼职"],
                        words: ["full_time": ["专职团干部", "专职团干", "专", "专职干部"],
                                "part_time": ["兼职团干部", "兼职团干", "兼", "兼职干部",
                                              "挂职", "挂职团干部"]],
                        since: "cadre_from",
                        gloss: Message(zh: "专职或兼职团干部", en: "full- or part-time cadre")),
        FieldDefinition("party_joined", "入党日期", .day,
                        headings: ["入党时间", "入党年月", "加入中国共产党时间",
                                   "入党年月日", "加入党组织时间"],
                        month: true,
                        gloss: Message(zh: "保留团籍的党员的入党日期",
                                       en: "when a member who keeps membership joined the Party")),
        FieldDefinition("nominated.date", "推优日期", .day, .stored("nominated"),
                        headings: ["推优时间", "推优入党时间", "推荐入党时间", "推优入党日期",
                                   "推荐入党日期", "推荐优秀团员入党日期"], month: true,
                        gloss: Message(zh: "推优日期", en: "when put forward for the Party")),
        FieldDefinition("registered.date", "注册日期", .day, .stored("registered"),
                        headings: ["注册时间", "志愿者注册日期", "志愿者注册时间", "注册志愿者时间", "注册志愿者日期",
                                   "注册成为志愿者时间", "注册日", "成为注册志愿者日期", "志愿注册日期",
                                   "志愿者注册", "注册成功日期", "注册年月日"],
                        gloss: Message(zh: "注册日期", en: "when registered as a volunteer")),
        FieldDefinition("cancelled", "注销日期", .day,
                        headings: ["注销时间", "注销日", "志愿者注销日期"],
                        gloss: Message(zh: "注销日期", en: "when the registration was cancelled")),
        FieldDefinition("entered.date", "录入日期", .day, .stored("entered"),
                        headings: ["录入时间", "平台录入日期", "平台录入时间", "录入平台日期", "录入全国平台日期", "系统录入时间",
                                   "系统录入日期", "录入系统日期", "录入全国平台时间"],
                        gloss: Message(zh: "录入全国平台的日期",
                                       en: "when entered in the national platform")),
        FieldDefinition("trained.date", "培训日期", .day, .stored("trained"),
                        headings: ["培训时间", "志愿者培训日期", "参加培训日期", "岗前培训日期",
                                   "参加培训时间", "培训年月日"],
                        gloss: Message(zh: "培训日期", en: "when trained")),
        FieldDefinition("insured_until", "保险至", .day,
                        headings: ["保险到期日", "保险到期日期", "保险截止日期", "保险有效期",
                                   "保险有效期至", "保险终止日期", "参保至", "保险到期",
                                   "保险止期", "保险截止日", "保险到期时间", "意外险到期日"],
                        since: "insured_from",
                        gloss: Message(zh: "意外伤害保险有效至（含当日）",
                                       en: "the last day of accident insurance")),
        FieldDefinition("certified_stars", "认证星级", .integer, range: 0...5,
                        headings: ["星级", "评定星级", "志愿者星级", "星级认证", "志愿服务星级",
                                   "认定星级", "星级等级"],
                        words: ["0": ["无", "未评", "未评定", "0星"], "1": ["一星", "一星级", "1星", "★"],
                                "2": ["二星", "二星级", "2星", "★★"],
                                "3": ["三星", "三星级", "3星", "★★★"],
                                "4": ["四星", "四星级", "4星", "★★★★"],
                                "5": ["五星", "五星级", "5星", "★★★★★"]],
                        since: "stars_on",
                        gloss: Message(zh: "实际评定的星级 0 至 5",
                                       en: "the star level awarded, 0 to 5")),
    ]

    /// Since when what a person has holds. Few rosters have them: a listing passes over them.
    private static let startingDays = [
        startingDay("unit_from", "转入日期",
                    ["转入时间", "转入本支部日期", "转入组织日期", "组织关系转入日期", "组织关系转入时间"],
                    Message(zh: "到现在所在组织的日期；此前不知在哪里",
                            en: "when the person came to the unit; where before is not known")),
        startingDay("cadre_from", "任职日期",
                    ["任职时间", "任职年月", "任团干部日期", "担任团干部日期", "团内任职日期", "任现职时间"],
                    Message(zh: "任现在的团干部职务的日期", en: "since when the person is a cadre")),
        startingDay("insured_from", "保险起",
                    ["保险起始日期", "保险开始日期", "保险生效日期", "保险起期", "参保日期", "投保日期",
                     "保险起始日", "保险生效日"],
                    Message(zh: "意外伤害保险的第一天", en: "the first day of the accident insurance")),
        startingDay("stars_on", "评星日期",
                    ["评定日期", "星级评定日期", "星级认证日期", "评星时间", "星级评定时间"],
                    Message(zh: "评定现有星级的日期", en: "when the star level was awarded")),
    ]

    private static func startingDay(_ en: String, _ zh: String, _ headings: [String],
                                    _ gloss: Message) -> FieldDefinition {
        FieldDefinition(en, zh, .day, listed: false, headings: headings, month: true,
                        gloss: gloss)
    }

    /// What a person is at the day a row is read at.
    private static let states = [
        state("on_roll", "在册", "in_force(joined, left)",
              Message(zh: "截至日在册", en: "on the roll at the day")),
        state("registered", "已注册", "in_force(registered.date, cancelled)",
              Message(zh: "截至日是注册志愿者", en: "a registered volunteer at the day")),
        state("entered", "已录入", "entered.date <= as_of",
              Message(zh: "到截至日已录入全国平台", en: "entered in the platform by the day")),
        state("trained", "已培训", "trained.date <= as_of",
              Message(zh: "到截至日已培训", en: "trained by the day")),
        state("nominated", "已推优", "nominated.date <= as_of",
              Message(zh: "到截至日已推优", en: "put forward for the Party by the day")),
        state("party", "党员", "party_joined <= as_of",
              Message(zh: "截至日是保留团籍的党员", en: "a Party member at the day")),
        state("insured", "已参保", "registered and insured_until >= as_of",
              Message(zh: "截至日已注册且保险有效", en: "registered and insured at the day")),
        state("minor", "未满十八", "age < 18",
              Message(zh: "截至日未满十八周岁", en: "under 18 at the day")),
    ]

    private static func state(_ en: String, _ zh: String, _ text: String, _ gloss: Message)
        -> FieldDefinition {
        FieldDefinition(en, zh, .bool, .expression(text), listed: false, gloss: gloss)
    }

    private static func measures(_ settings: League.Settings) -> [FieldDefinition] {
        // 0 where not registered, else one for each threshold reached: 2013 measures, stars.
        let levels = settings.stars.enumerated().reversed()
            .map { "if hours >= \($0.element) then \($0.offset + 1) else " }.joined()
        return [
            FieldDefinition("age", "年龄", .integer, .expression("full_years(birth, as_of)"),
                            listed: false,
                            gloss: Message(zh: "截至日的周岁", en: "full years of age at the day")),
            FieldDefinition("hours", "时长", .decimal(2),
                            .expression("sum(service.hours where certified)"), listed: false,
                            gloss: Message(zh: "到截至日累计的认定时长",
                                           en: "certified hours up to the day")),
            FieldDefinition("recorded_hours", "记录时长", .decimal(2),
                            .expression("sum(service.hours)"), listed: false,
                            gloss: Message(zh: "到截至日累计的全部时长",
                                           en: "all hours up to the day")),
            FieldDefinition("year_hours", "本年时长", .decimal(2),
                            .expression("sum(service.hours where certified "
                                        + "and date in year(as_of))"), listed: false,
                            gloss: Message(zh: "截至日当年的认定时长",
                                           en: "certified hours in the day's year up to it")),
            FieldDefinition("stars", "可评星级", .integer,
                            .expression("if not registered then 0 else (\(levels)0)"),
                            listed: false, range: 0...5,
                            gloss: Message(zh: "按认定时长可评的星级，未注册为 0",
                                           en: "the star level that the hours would give")),
        ]
    }
}
