import MusterDiagnostics
import MusterBinding
import MusterPlan

/// The values of code fields, with their names in both languages.
enum Codes {
    static let level = CodeSet(Term("level", "层级"), [
        Term("city", "市级"), Term("district", "区县局级"), Term("committee", "基层团委"),
        Term("general_branch", "团总支"), Term("branch", "团支部"),
    ])
    /// Others are kept as they are.
    static let unitKind = CodeSet(Term("kind", "类别"), [
        Term("district", "区"), Term("county", "县"), Term("bureau", "局"),
        Term("enterprise", "国企与集团公司"), Term("university", "高校"),
        Term("central", "中央驻津单位"), Term("middle_school", "中学"),
        Term("vocational_school", "中职"), Term("institution", "事业单位"),
        Term("government", "机关"), Term("street", "街道乡镇"),
    ], isClosed: false)
    static let gender = CodeSet(Term("gender", "性别"), [Term("男"), Term("女")])
    static let status = CodeSet(Term("status", "身份"), [
        Term("member", "团员"), Term("activist", "入团积极分子"),
    ])
    static let cadre = CodeSet(Term("cadre", "团干部"), [
        Term("full_time", "专职"), Term("part_time", "兼职"),
    ])
    /// The notice, part 2.3. Others are kept.
    static let serviceField = CodeSet(Term("field", "服务领域"), [
        "扶贫济困", "助老助残", "社区服务", "生态建设", "大型活动", "抢险救灾", "网络文明",
        "社会管理", "文化建设", "西部开发", "海外服务",
    ].map { Term($0) }, isClosed: false)
    static let teamKind = CodeSet(Term("kind", "类别"), [
        Term("association", "协会"), Term("corps", "总队"), Term("team", "服务队"),
        Term("online", "网络文明志愿者队"),
    ])
}
