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
        holdings: holdings, remark: remark)

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
