import MusterBinding
import MusterDiagnostics
import MusterLanguage
import MusterStore

/// What is said in the League's own words.
extension League {
    static let words = DomainWords(
        hints: HintNames(
            source: Term("members", "团员"), condition: Term("registered", "已注册"),
            number: Term("age", "年龄"), place: Term("unit", "所在组织"),
            path: Term("unit.district", "所在组织.区县局级"), placeName: "和平区",
            relation: Term("members", "团员")),
        examples: DomainExamples(
            verbs: verbExamples, functions: functionExamples, commands: commandExamples,
            words: wordExamples, beginnings: beginnings),
        sensitive: IdNumber.sensitive, synonyms: synonyms,
        questions: questions, phrases: phrases, holdings: holdings, remark: remark)

    private static let phrases: Set<String> = [
        "团员", "注册", "已注册", "未注册", "新注册", "还需注册", "应注册", "志愿者", "志愿服务", "服务",
        "服务过", "服务队", "总队", "协会", "团干部", "干部", "党员", "团籍", "入团", "退出", "转入", "转出", "含转入", "含转出",
        "团委", "团支部", "支部", "区县局级", "区县", "基层", "高校", "中学", "系统", "组织", "级别", "层级",
        "重点", "群体", "重点群体", "项目", "重点项目", "适龄", "录入", "待录入", "平台", "名册", "星级",
        "可评", "已评", "认证", "已认证", "认定", "晋级", "应晋级", "培训", "已培训", "保险", "参保", "在保",
        "缺失", "到期", "将到期", "推优", "评优", "候选", "积极分子", "考察", "建队", "应建", "已建", "计划",
        "报送", "已报送", "周岁", "年龄段", "未成年", "在册", "记录", "错误", "警告", "疑点", "一星", "二星",
        "三星", "四星", "五星", "全日制", "专职", "兼职", "保留", "新发展", "网络", "文明", "服务领域",
    ]

    private static func holdings(_ snapshot: Snapshot) -> Message {
        func count(_ table: String) -> Int { snapshot.tables[table]?.rowCount ?? 0 }
        return Message(
            zh: "组织 \(count(Units.table))，人员 \(count(People.table))，服务记录 "
                + "\(count(Service.table))",
            en: "\(count(Units.table)) units, \(count(People.table)) people, "
                + "\(count(Service.table)) service records")
    }

    /// Members that `members` leaves out because nobody knows when they joined.
    private static func remark(_ snapshot: Snapshot) -> Message {
        guard let table = snapshot.tables[People.table], case .day(let joined)? = table["joined"],
              case .text(let status, let texts)? = table["status"] else { return Message("") }
        let member = texts.code(of: "member")
        let missing = joined.indices.count {
            joined[$0] == None.day && status[$0] == member
        }
        return Message(zh: "因无入团日期未计入团员的 \(missing) 人",
                       en: "members not counted for want of a joining day \(missing)")
    }
}

extension IdNumber {
    static let sensitive = SensitiveText(
        Message(zh: "身份证号", en: "an ID number"), isIn: HiddenNumbers.isIn,
        masked: HiddenNumbers.maskedByShape, maskedInValues: HiddenNumbers.maskedByBirth,
        headings: [
            "身份证", "证件号", "公民身份", "身份号", "id number", "idnumber", "id no", "id card",
            "idcard", "identity", "passport", "护照", "电话", "手机", "联系方式", "phone", "mobile",
            "telephone", "监护人", "家长", "guardian", "银行卡", "bank card",
        ])
}
