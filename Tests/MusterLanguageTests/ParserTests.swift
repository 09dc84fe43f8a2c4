import Testing
@testable import MusterLanguage

@Test func scratch() {
    for line in [
        "members over years 2015..2017\n| where unit under \"和平区\"\n| rate registered by unit.committee, year\n| against target\n| total",
        "团员 历年 2015..2017 | 筛选 所在组织 隶属 \"和平区\" | 比率 已注册 按 所在组织.基层团委, 年度 | 对照 目标 | 合计",
        "m | rate registered by g = each(\"专职团干部\": cadre = full_time, \"当年新发展\": joined in {year}), every unit.district | against 100% | total g, unit.district",
        "members ｜ where age ＜ １８ and registered ｜ count",
        "service | where date in 2015-06..2015-10 and certified | summarize hours = sum(hours where certified) by member.unit.district",
        "expect (members | count) > 0 else \"空\"",
        "let base = members as of 2015\nlet p(a, b) = members as of {a} | count\nparam to: year = year(as_of) \"统计年度\" \"Year\"",
        "run progress year=2015 unit=\"和平区\" out=a/b.html; load data/2015-13-45.json as x\nload it's.json as y; help where it's\nmembers",
        "people | derive on0 = on_roll as of {from}, reg0 = (on_roll and registered) as of {from}",
        "units | rate (if level = branch then any(teams) else if level = committee then any(teams where kind = corps) else false) by g = each(\"团支部\": level = branch)",
        "members | whre a | count b | sort -rate, name", "members | where", "members count", "lod \"x\"",
        "explain members | count; | take 第 5 名 by k\ntake 5", "units | derive whole = count(members), parts = sum(children.count(members)) | where whole != parts",
        "团员 。 | 计数", "团员 | 按 所在组织.区县局级 汇总 人数 = 计数()", "a not in (1,2) and b is not none or not c between 1 and 2",
        "summarize of = n / of", "members | summarize x = n / of, of = count() by every | pivot year show rate, `2015`", "2015-02-30", "2000-n", "95% + 7%n + 7 %2 + 7%(2)", "9223372036854775808",
        "members | where (a", "members where registered | count", "members | where a = 1 b", "members | count )",
    ] {
        print(line); print("   →", read(line))
    }
}
