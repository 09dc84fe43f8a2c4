/// Every name of the contract, English and Chinese: written down once more, so that a name
/// declared wrongly in the program is found.
package enum Names {
    static let sources: [(String, String)] = [
        ("members", "团员"), ("activists", "入团积极分子"), ("people", "人员"), ("units", "组织"),
        ("service", "服务记录"), ("teams", "志愿服务组织"), ("targets", "目标"),
        ("rejects", "问题数据"),
    ]
    static let levels: [(String, String)] = [
        ("city", "市级"), ("district", "区县局级"), ("committee", "基层团委"),
        ("general_branch", "团总支"), ("branch", "团支部"),
    ]
    static let fields: [(String, String)] = [
        ("name", "姓名"), ("gender", "性别"), ("birth", "出生日期"), ("id_number", "身份证号"),
        ("unit", "所在组织"), ("status", "身份"), ("joined", "入团日期"), ("left", "离团日期"),
        ("cadre", "团干部"), ("party_joined", "入党日期"), ("nominated.date", "推优日期"),
        ("registered.date", "注册日期"), ("cancelled", "注销日期"), ("entered.date", "录入日期"),
        ("trained.date", "培训日期"), ("insured_until", "保险至"), ("certified_stars", "认证星级"),
        ("unit_from", "转入日期"), ("cadre_from", "任职日期"), ("insured_from", "保险起"),
        ("stars_on", "评星日期"),
        ("on_roll", "在册"), ("registered", "已注册"), ("entered", "已录入"),
        ("trained", "已培训"), ("nominated", "已推优"), ("party", "党员"), ("insured", "已参保"),
        ("age", "年龄"), ("minor", "未满十八"), ("hours", "时长"), ("recorded_hours", "记录时长"),
        ("year_hours", "本年时长"), ("stars", "可评星级"), ("plan_submitted", "已报计划"),
        ("plan_submitted.date", "计划报送日"), ("parent", "上级"), ("level", "层级"),
        ("kind", "类别"), ("formerly", "曾用编号"), ("member", "服务者"), ("date", "日期"),
        ("field", "服务领域"), ("project", "重点项目"), ("certified", "已认定"),
        ("founded", "成立日期"), ("as_of", "截至日"), ("children", "下级组织"),
        ("own_members", "直属团员"),
    ]
    static let columns: [(String, String)] = [
        ("of", "总数"), ("n", "人数"), ("n", "数量"), ("rate", "比率"), ("target", "目标"),
        ("gap", "差距"), ("short", "差额"), ("met", "达标"), ("rank", "名次"),
        ("previous", "上期"), ("change", "变化"), ("year", "年度"), ("month", "月份"),
        ("snapshot", "快照"),
    ]
    /// The ids and names of several tables have several Chinese names.
    static let others: [(String, String)] = [
        ("id", "人员编号"), ("id", "组织编号"), ("id", "编号"), ("name", "名称"), ("by", "期限"),
    ]
    static let functions: [(String, String)] = [
        ("count", "计数"), ("sum", "求和"), ("mean", "平均"), ("median", "中位数"),
        ("min", "最小"), ("max", "最大"), ("percentile", "分位数"), ("distinct", "去重计数"),
        ("rate", "比率"), ("any", "存在"), ("total", "合计"), ("year", "年"), ("month", "月"),
        ("day", "日"), ("days", "相隔天数"), ("round", "四舍五入"), ("floor", "向下取整"),
        ("ceil", "向上取整"), ("abs", "绝对值"), ("lower", "小写"), ("upper", "大写"),
        ("length", "长度"), ("concat", "连接"), ("coalesce", "首个非空"), ("each", "各类"),
        ("sqrt", "平方根"), ("power", "乘方"), ("ln", "自然对数"), ("exp", "指数"),
        ("substring", "截取"), ("replace", "替换"), ("extract", "提取"), ("split", "分段"),
        ("trim", "去空格"), ("week", "周"), ("weekday", "星期"), ("quarter", "季度"),
        ("stddev", "标准差"), ("variance", "方差"), ("correlation", "相关系数"),
        ("lookup", "查表"), ("part", "下一级"), ("path", "全路径"), ("order", "次序"),
    ]

    /// The steps that a name in either language stands for: 注册日期 is two of them.
    static func steps(_ name: String) -> [String] {
        guard let found = stepsByChinese[name] else { return [name] }
        return found
    }

    static func source(_ name: String) -> String {
        sources.first { $0.0 == name || $0.1 == name }?.0 ?? name
    }

    static func function(_ name: String) -> String {
        functions.first { $0.0 == name || $0.1 == name }?.0 ?? name
    }

    private static let stepsByChinese: [String: [String]] = {
        var all: [String: [String]] = [:]
        for (en, zh) in columns + others + levels + fields + sources where all[zh] == nil {
            all[zh] = en.split(separator: ".").map(String.init)
        }
        return all
    }()
}

/// A field whose values are codes: English name, Chinese name, or one Chinese text for both.
package struct CodeList: Sendable {
    package let codes: [(en: String, zh: String)]

    init(_ codes: [(String, String)]) { self.codes = codes.map { (en: $0.0, zh: $0.1) } }

    init(_ same: [String]) { codes = same.map { (en: $0, zh: $0) } }

    /// The code of that name in either language.
    func code(_ name: String) -> String? { codes.first { $0.en == name || $0.zh == name }?.en }

    static let level = CodeList(Names.levels)
    static let unitKind = CodeList([
        ("district", "区"), ("county", "县"), ("bureau", "局"), ("enterprise", "国企与集团公司"),
        ("university", "高校"), ("central", "中央驻津单位"), ("middle_school", "中学"),
        ("vocational_school", "中职"), ("institution", "事业单位"), ("government", "机关"),
        ("street", "街道乡镇"),
    ])
    static let teamKind = CodeList([
        ("association", "协会"), ("corps", "总队"), ("team", "服务队"),
        ("online", "网络文明志愿者队"),
    ])
    static let gender = CodeList(["男", "女"])
    static let status = CodeList([("member", "团员"), ("activist", "入团积极分子")])
    static let cadre = CodeList([("full_time", "专职"), ("part_time", "兼职")])
    static let serviceField = CodeList([
        "扶贫济困", "助老助残", "社区服务", "生态建设", "大型活动", "抢险救灾", "网络文明",
        "社会管理", "文化建设", "西部开发", "海外服务",
    ])
}
