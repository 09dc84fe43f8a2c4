import MusterBinding
import MusterDiagnostics

extension League {
    /// What the verbs are good for, by their names.
    static let verbExamples: [String: [Example]] = [
        "against": [
            Example("members | rate registered by unit.district | against target",
                    Message(zh: "各单位注册率对照当年目标",
                            en: "each unit's rate against its target")),
            Example("""
                        members over years 2015..2017 | rate registered by year | \
                        against previous
                        """,
                    Message(zh: "逐年变化",
                            en: "the change from year to year")),
        ],
        "chart": [
            Example("""
                        members | rate registered by unit.kind | against target | sort \
                        -rate | chart bar unit.kind rate
                        """,
                    Message(zh: "各类组织注册率的条形图，带目标线",
                            en: "rates by kind of unit as bars, with the target as a line")),
        ],
        "count": [
            Example("members | count by unit.kind",
                    Message(zh: "各类组织的团员人数",
                            en: "members by kind of unit")),
        ],
        "cumulate": [
            Example("""
                        people | where registered.date in 2015-06..2015-10 | summarize n \
                        = count() by m = month(registered.date) | cumulate n
                        """,
                    Message(zh: "集中注册各月新注册人数及累计",
                            en: "new registrations a month, running")),
        ],
        "derive": [
            Example("""
                        members | where registered | derive lag = days(registered.date, \
                        entered.date) | summarize longest = max(lag) by unit.district
                        """,
                    Message(zh: "各单位从注册到录入最长隔几天",
                            en: "the longest time from registration to entry, by unit")),
        ],
        "distinct": [
            Example("members | distinct unit.kind, unit.level",
                    Message(zh: "有团员的组织有哪些类别和层级",
                            en: "the kinds and levels of units that have members")),
        ],
        "histogram": [
            Example("members | histogram hours bins 5",
                    Message(zh: "时长的分布", en: "how hours are distributed")),
        ],
        "sample": [
            Example("members | sample 3 seed 7 by unit.district | select name, unit",
                    Message(zh: "每个单位抽查三名团员",
                            en: "three members of each unit to be looked at")),
        ],
        "share": [
            Example("""
                        members | count by unit.district, gender | share n within \
                        unit.district
                        """,
                    Message(zh: "各单位内男女各占多少",
                            en: "how the members of each unit divide by gender")),
            Example("members | count by unit.kind | share n | total",
                    Message(zh: "各类组织的团员占全部的比重",
                            en: "the share of all members by kind of unit")),
        ],
        "unpivot": [
            Example("""
                        units | where level = district | select name, teams = count(teams), \
                        below = count(children) | unpivot teams, below into what, n
                        """,
                    Message(zh: "把几列数变成一列", en: "several columns of numbers as one")),
        ],
        "append": [
            Example("""
                    members | count by unit.kind | derive who = "团员" | append (activists | \
                    count by unit.kind | derive who = "入团积极分子")
                    """,
                    Message(zh: "各类组织的团员在前，入团积极分子在后",
                            en: "members by kind of unit, then activists")),
        ],
        "into": [
            Example("members | rate registered by unit.district | into rates",
                    Message(zh: "存为表 rates",
                            en: "keep it as the table rates")),
        ],
        "label": [
            Example("""
                        service | summarize h = sum(hours) by field | derive share = h / \
                        total(h) | label share "占比" "share" percent
                        """,
                    Message(zh: "各领域时长占比，按百分比显示",
                            en: "shares shown as percentages")),
        ],
        "pivot": [
            Example("""
                        members over years 2015..2017 | rate registered by unit.kind, \
                        year | pivot year show rate
                        """,
                    Message(zh: "各类组织历年注册率，每年一列",
                            en: "rates by kind, a column a year")),
        ],
        "rank": [
            Example("""
                        members | rate registered by unit.district | rank -rate | rank \
                        -rate by unit.district.kind as rank_in_kind
                        """,
                    Message(zh: "各单位注册率的名次，以及在同类中的名次",
                            en: "each unit's rank, over all and within its kind")),
        ],
        "rate": [
            Example("""
                        members over years 2015..2017 | rate registered by \
                        unit.district, year | against target | total
                        """,
                    Message(zh: "各单位历年注册率，对照目标",
                            en: "the registration rate by unit and year against its target")),
        ],
        "select": [
            Example("""
                        members | where cadre = full_time | select unit.district, name, \
                        registered
                        """,
                    Message(zh: "专职团干部名单",
                            en: "a list of full-time cadres")),
        ],
        "sort": [
            Example("""
                        members | rate registered by unit.district | sort -rate, \
                        unit.district | take 10
                        """,
                    Message(zh: "注册率最高的十个单位",
                            en: "the ten units with the highest rate")),
        ],
        "subtotal": [
            Example("""
                        members | rate registered by unit.kind, unit.district | subtotal \
                        unit.district | total
                        """,
                    Message(zh: "各类单位，每类之后有小计",
                            en: "units by kind, with a row below each kind")),
        ],
        "summarize": [
            Example("""
                        service | summarize h = sum(hours), times = count(), people = \
                        distinct(member) by field
                        """,
                    Message(zh: "各服务领域的时长、人次和人数",
                            en: "hours, person-times and persons by field of service")),
        ],
        "take": [
            Example("members | rate registered by unit.committee | sort -rate | take 3",
                    Message(zh: "注册率最高的三个基层团委",
                            en: "the three best committees")),
        ],
        "total": [
            Example("members | rate registered by unit.district | against target | total",
                    Message(zh: "各单位和全市",
                            en: "each unit, and all together")),
        ],
        "where": [
            Example("members | where registered and age < 18 | count",
                    Message(zh: "十八岁以下已注册的团员人数",
                            en: "registered members under 18")),
            Example("members | where unit under \"和平区\" | count",
                    Message(zh: "和平区团委及其下级的团员人数",
                            en: "members of 和平区 and below")),
        ],
        "reveal": [
            Example("people | where name = \"赵敏\" | select name, id_number "
                    + "| reveal id_number \"核对参军名单\"",
                    Message(zh: "赵敏的身份证号，记入审计文件",
                            en: "one person's ID number; who looked and why is recorded")),
        ],
    ]

    /// What to begin with.
    static let beginnings: [Example] = [
        Example("members | count by unit.district",
                Message(zh: "各区县局级单位的团员人数",
                        en: "members of each district-level unit")),
        Example("""
                    members | where unit under "和平区" and not registered and age < 18 | \
                    select name, unit
                    """,
                Message(zh: "和平区团委及其下级未满十八岁、尚未注册的团员名单",
                        en: "members of 和平区 and below under 18, not yet registered")),
        Example("""
                    members over years 2015..2017 | rate registered by unit.district, \
                    year | against target | total
                    """,
                Message(zh: "各单位历年注册率对照目标，并有合计",
                        en: "rates by unit and year against the target, with totals")),
        Example("run progress",
                Message(zh: "保存的统计：注册进度",
                        en: "a saved statistic: registration")),
    ]
}
