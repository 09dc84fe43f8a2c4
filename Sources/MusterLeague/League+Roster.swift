import MusterBinding
import MusterDiagnostics

/// The League's books as its committees keep them in workbooks.
extension League {
    static let roster = RosterForm(
        sheets: [unitSheet, peopleSheet, serviceSheet, teamSheet],
        tree: Units.table, persons: People.table, number: "id_number", birth: "birth",
        place: "unit",
        levelHeadings: [
            "city": ["市级组织", "市级团委", "团市委"],
            "district": ["区县局", "区县", "区（县）局", "区县局（公司）", "区（县）", "所属区县",
                         "所属区县局", "所在区县", "区局", "区县局级团委", "区县局级单位",
                         "区级团委", "团区委", "区县级", "区县名称", "区县（局）", "区（县、局）",
                         "区县局团委", "所在区县局"],
            "committee": ["团委", "团委名称", "基层团委名称", "所在团委", "所属团委", "学校",
                          "学校名称", "基层团组织", "基层单位"],
            "general_branch": ["总支", "总支部", "团总支名称", "所在团总支", "年级"],
            "branch": ["支部", "支部名称", "团支部名称", "所在支部"],
        ],
        lowestLevelWords: ["支部", "班级"],
        flags: [
            RosterFlag(Term("is_registered", "是否注册志愿者"),
                       headings: ["是否注册", "是否为注册志愿者", "是否是注册志愿者",
                                  "是否已注册", "注册志愿者", "是否志愿者", "注册情况", "是否注册成为志愿者",
                                  "是否注册为志愿者", "已注册"],
                       of: "registered"),
            RosterFlag(Term("is_entered", "是否录入平台"),
                       headings: ["是否录入", "是否已录入", "已录入", "是否录入全国平台",
                                  "录入情况", "是否录入系统"],
                       of: "entered"),
            RosterFlag(Term("is_trained", "是否培训"),
                       headings: ["是否参加培训", "是否已培训", "已培训"], of: "trained"),
        ],
        serialHeadings: ["序号", "序", "序列", "行号", "No", "No.", "NO", "#"],
        totalWords: ["合计", "小计", "总计", "共计", "合计数", "合 计"],
        exampleWords: ["例：", "例:", "示例", "（例）", "(例)", "样例"],
        explanations: ["填写说明", "说明", "填表说明", "填报说明", "使用说明", "字典", "代码表"],
        rootName: Term("all units", "全部组织"), oddity: oddity)

    /// What is odd about an ID number. (GB 11643.)
    @Sendable private static func oddity(_ number: String) -> Message? {
        let length = number.count
        if length == 15, number.allSatisfy({ $0.isNumber }) {
            return Message(zh: "是 15 位的旧身份证号，请补成 18 位", en: "an old number of 15 digits")
        }
        guard let isRight = IdNumberText.hasRightCheck(number) else {
            return Message(zh: "不是 18 位身份证号（\(length) 位）；如是其他证件请填“属实”",
                           en: "not an ID number of 18 characters but of \(length); if it is "
                               + "another document's, answer \"right\"")
        }
        return isRight ? nil : Message(zh: "身份证号的校验码不对，可能抄错了一位",
                                       en: "the check character does not fit: a digit may be wrong")
    }


    private static let path: [RosterColumn] = [
        RosterColumn(.level("district"), example: "和平区团委",
                     note: Message(zh: "所在的区县局级团委，写全称；向下填充即可",
                                   en: "the district-level committee, in full; fill down")),
        RosterColumn(.level("committee"), example: "第一中学团委",
                     note: Message(zh: "所在的基层团委", en: "the committee")),
        RosterColumn(.level("general_branch"), example: "",
                     note: Message(zh: "没有团总支就空着", en: "blank where there is none")),
        RosterColumn(.level("branch"), example: "高一1班团支部",
                     note: Message(zh: "所在的团支部；同一上级下不能重名",
                                   en: "the branch; names are unique below one parent")),
    ]

    private static let day = Message(zh: "写日期，如 2015-10-31", en: "a day, like 2015-10-31")

    private static let unitSheet = RosterSheet(
        Units.table, title: Term("units", "组织"),
        names: ["组织名册", "团组织", "团组织名册", "单位", "单位名册", "组织架构"],
        marks: ["level", "parent"], columns: [
            RosterColumn(.field("id"), example: "",
                         note: Message(zh: "有统一编号就填，没有就空着，由程序编",
                                       en: "the official id; blank where there is none")),
            RosterColumn(.field("name"), required: true, example: "例：和平区团委",
                         note: Message(zh: "组织全称", en: "the unit's full name")),
            RosterColumn(.field("parent"), example: "天津团市委",
                         note: Message(zh: "上级组织的名称或编号；最高的一个空着",
                                       en: "the unit above, by name or id; blank for the top")),
            RosterColumn(.field("level"), required: true, example: "区县局级",
                         note: Message(zh: "从下拉列表选", en: "choose from the list")),
            RosterColumn(.field("kind"), example: "区",
                         note: Message(zh: "从下拉列表选；空着就随上级",
                                       en: "choose from the list; blank: as the unit above")),
            RosterColumn(.field("plan_submitted"), example: "2015-05-29", note: day),
        ])

    private static let peopleSheet = RosterSheet(
        People.table, title: Term("members", "团员"),
        names: ["团员名册", "团员花名册", "花名册", "人员", "人员名册", "团员信息", "名册",
                "团员名单", "注册团员"],
        marks: ["name"], columns: path + [
            RosterColumn(.field("name"), required: true, example: "例：张小团",
                         note: Message(zh: "姓名，中间不加空格", en: "the name, without spaces")),
            RosterColumn(.field("gender"), example: "女",
                         note: Message(zh: "从下拉列表选", en: "choose from the list")),
            RosterColumn(.field("birth"), required: true, example: "1999-06-30", note: day),
            RosterColumn(.field("id_number"), example: "",
                         note: Message(zh: "18 位身份证号；本列已设为文本，请直接输入，"
                                           + "不要从数字列粘贴，否则末几位会变成 0",
                                       en: "18 characters; the column holds text: type them, do "
                                           + "not paste numbers, whose last digits are lost")),
            RosterColumn(.field("status"), example: "团员",
                         note: Message(zh: "团员或入团积极分子；空着算团员",
                                       en: "member or activist; blank: member")),
            RosterColumn(.field("joined"), required: true, example: "2014-05-04", note: day),
            RosterColumn(.field("left"), example: "",
                         note: Message(zh: "已离团的填离团日期", en: "the day of leaving, if any")),
            RosterColumn(.field("cadre"), example: "兼职",
                         note: Message(zh: "不是团干部就空着", en: "blank for who is no cadre")),
            RosterColumn(.field("registered"), example: "2015-09-01",
                         note: Message(zh: "成为注册志愿者的日期；未注册就空着",
                                       en: "the day of registration; blank where not registered")),
            RosterColumn(.field("entered"), example: "2015-09-10",
                         note: Message(zh: "录入全国平台的日期", en: "the day of entry")),
            RosterColumn(.field("trained"), example: "", note: day),
            RosterColumn(.field("insured_until"), example: "2016-08-31",
                         note: Message(zh: "意外伤害保险的最后一天",
                                       en: "the last day of the accident insurance")),
            RosterColumn(.field("certified_stars"), example: "1",
                         note: Message(zh: "已评定的星级 0 至 5", en: "0 to 5")),
        ])

    private static let serviceSheet = RosterSheet(
        Service.table, title: Term("service", "服务记录"),
        names: ["服务", "服务明细", "志愿服务", "志愿服务记录", "活动记录", "时长"],
        person: "member", marks: ["hours"], columns: [
            RosterColumn(.ofPerson("name"), required: true, example: "例：张小团",
                         note: Message(zh: "与“团员”表一致", en: "as on the members' sheet")),
            RosterColumn(.ofPerson("id_number"), example: "",
                         note: Message(zh: "与“团员”表一致；或填出生日期",
                                       en: "as on the members' sheet; or give the day of birth")),
            RosterColumn(.ofPerson("birth"), example: "1999-06-30", note: day),
            RosterColumn(.field("date"), required: true, example: "2015-10-17", note: day),
            RosterColumn(.field("hours"), required: true, example: "2.5",
                         note: Message(zh: "小时数，不含路程，一天不超过 24",
                                       en: "hours, at most 24 a day")),
            RosterColumn(.field("field"), example: "社区服务",
                         note: Message(zh: "从下拉列表选", en: "choose from the list")),
            RosterColumn(.field("project"), example: "",
                         note: Message(zh: "重点项目名称，没有就空着", en: "blank where none")),
            RosterColumn(.field("certified"), example: "是",
                         note: Message(zh: "时长已由组织者认定：是或否", en: "是 (yes) or 否 (no)")),
        ])

    private static let teamSheet = RosterSheet(
        Teams.table, title: Term("teams", "志愿服务组织"),
        names: ["志愿服务队", "队伍", "协会", "服务队"],
        marks: ["founded"], columns: [
            RosterColumn(.field("name"), required: true, example: "例：和平区志愿者协会",
                         note: Message(zh: "全称", en: "the full name")),
            RosterColumn(.field("unit"), required: true, example: "和平区团委",
                         note: Message(zh: "所属组织的名称或路径",
                                       en: "the unit's name or path")),
            RosterColumn(.field("kind"), example: "协会",
                         note: Message(zh: "从下拉列表选", en: "choose from the list")),
            RosterColumn(.field("founded"), example: "2015-06-01", note: day),
        ])
}
