import MusterBinding
import MusterDiagnostics

/// What staff ask of the League's books, as they say it.
extension League {
    static let questions = Questions(
        rates + lists + figures, fillers: fillers,
        ownPlaces: ["我区", "我市", "我县", "我校", "我院", "我局", "我系统", "我单位", "本区", "本校", "本单位",
                    "我们区", "我们学校", "我们单位"],
        place: Term(" | where unit under \"{}\"", " | 筛选 所在组织 隶属 \"{}\""))

    private static let fillers = [
        "我想知道", "请问", "帮我", "一下", "请", "我要", "查询", "查看", "查", "看", "列出", "显示", "统计", "计算",
        "求", "列", "名单", "多少", "几", "哪几个", "哪些", "哪个", "谁", "是", "有", "的", "了", "都", "还",
        "把", "从", "但", "却", "也", "人数", "人", "个", "名", "团员", "筛选", "全市", "全部", "所有", "率是",
        "情况", "吗", "呢", "?",
    ]

    private static let notRegistered = [
        "没有注册", "还没注册", "没注册", "未注册", "尚未注册", "不是志愿者", "没有成为志愿者",
    ]

    private static let rates = [
        Question([["注册率"]], Term("members{place} | rate registered", "团员{place} | 比率 已注册"),
                 Message(zh: "已注册的占在册团员的比率", en: "the share of members who are registered")),
        Question([["注册率"], ["比", "与", "同"],
                  ["涨", "增长", "增加", "提高", "上升", "下降", "降", "变化"]],
                 fillers: ["百分点", "相比"],
                 Term("members over years {period2}..{period}{place} | rate registered by year "
                      + "| against previous",
                      "团员 历年 {period2}..{period}{place} | 比率 已注册 按 年度 | 对照 上期"),
                 Message(zh: "“变化”一列是百分点", en: "the column change is in points")),
        Question([["没有达到", "没达到", "未达到", "达不到", "没有达标", "不到", "低于", "不足"]],
                 fillers: ["还差", "差", "注册率"],
                 Term("members{place} | where unit.kind = {code} "
                      + "| rate registered by unit.committee | against {percent} | where not met",
                      "团员{place} | 筛选 所在组织.类别 = {code} | 比率 已注册 按 所在组织.基层团委 "
                      + "| 对照 {percent} | 筛选 非 达标"),
                 Message(zh: "“差额”一列是还差的人数", en: "the column short is how many are missing")),
    ]

    private static let lists = [
        Question([["支部"], ["一个志愿者都没有", "没有志愿者", "一名志愿者都没有", "没有一个志愿者", "没人注册", "无志愿者",
                            "一个志愿者也没有"]],
                 fillers: ["团"],
                 Term("units{place} | where level = branch and count(members where registered) = 0 "
                      + "| select name, parent",
                      "组织{place} | 筛选 层级 = 团支部 且 计数(团员 筛选 已注册) = 0 | 选取 名称, 上级"),
                 Message(zh: "支部及其下没有一名已注册的团员", en: "no registered member in the branch")),
        Question([["团干部", "干部"], notRegistered], fillers: ["按单位"],
                 Term("members{place} | where cadre is not none and not registered "
                      + "| select unit, name, cadre | sort unit",
                      "团员{place} | 筛选 团干部 不为空 且 非 已注册 | 选取 所在组织, 姓名, 团干部 "
                      + "| 排序 所在组织"),
                 Message(zh: "团干部中未注册的", en: "cadres who are not registered")),
        Question([["时长"], ["前", "最多", "最长", "排名", "排行"]],
                 fillers: ["服务", "志愿", "排序", "从大到小", "取"],
                 Term("members{place} | sort -hours | take {number} | select name, unit, hours",
                      "团员{place} | 排序 -时长 | 取前 {number} | 选取 姓名, 所在组织, 时长"),
                 Message(zh: "按累计的认定时长", en: "by certified hours in all")),
        Question([["保险"], ["到期", "期满", "失效", "过期"]], fillers: ["将"],
                 Term("members{place} | where insured_until in {period} "
                      + "| select name, unit, insured_until",
                      "团员{place} | 筛选 保险至 属于 {period} | 选取 姓名, 所在组织, 保险至"),
                 Message(zh: "保险至在那个期间之内", en: "insured until a day in that period")),
        Question([["找", "查找", "搜索", "寻找", "查一下", "查"]], fillers: ["叫", "这个", "在哪", "哪个单位"],
                 Term("people{place} | where name = \"{name}\"", "人员{place} | 筛选 姓名 = \"{name}\""),
                 Message(zh: "姓名与之相同的人员，不论在册与否", en: "persons of that name, on the roll or not")),
        Question([["入团", "新发展", "发展"], notRegistered], fillers: ["新", "发展"],
                 Term("members{place} | where joined in {period} and not registered "
                      + "| select name, unit, joined",
                      "团员{place} | 筛选 入团日期 属于 {period} 且 非 已注册 | 选取 姓名, 所在组织, 入团日期"),
                 Message(zh: "在册团员中那时入团、现未注册的", en: "members who joined then and are not registered")),
        Question([["已注册", "注册"],
                  ["从没服务过", "从未服务过", "没有服务过", "没服务过", "从没服务", "从未服务", "没有服务记录", "没有服务"]],
                 fillers: ["且", "志愿者", "过"],
                 Term("members{place} | where registered and count(service) = 0 | select name, unit",
                      "团员{place} | 筛选 已注册 且 计数(服务记录) = 0 | 选取 姓名, 所在组织"),
                 Message(zh: "已注册、没有一条服务记录的", en: "registered and without any service record")),
    ]

    private static let figures = [
        Question([["快照"], ["比较", "对比", "对照", "比一比"]],
                 fillers: ["打开", "装载", "两份", "两个", "两次", "份"],
                 Term("members over snapshots | rate registered by snapshot",
                      "团员 历次 | 比率 已注册 按 快照"),
                 Message(zh: "在已装载的各份快照（另一份先“装载”）里各读一遍",
                         en: "a reading in every snapshot that is loaded (first load the other)")),
        Question([["每月", "逐月", "各月", "按月"], ["新注册", "注册"]],
                 fillers: ["以来", "起", "以后", "开始", "新增", "数量"],
                 Term("members{place} | where registered.date >= {period} "
                      + "| count by month = year_month(registered.date)",
                      "团员{place} | 筛选 注册日期 >= {period} | 计数 按 月份 = 年月(注册日期)"),
                 Message(zh: "在册团员按注册日期逐月计数", en: "members counted by the month of registering")),
        Question([["岁以下", "周岁以下"], ["注册"]], fillers: ["志愿者"],
                 Term("members{place} | where age < {number} | rate registered",
                      "团员{place} | 筛选 年龄 < {number} | 比率 已注册"),
                 Message(zh: "不含这个年龄；要含，把 < 写成 <=", en: "without that age; to have it write <=")),
    ]
}
