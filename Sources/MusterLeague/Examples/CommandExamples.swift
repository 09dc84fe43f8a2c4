extension League {
    /// What the commands are good for, by their names.
    static let commandExamples: [String: [String]] = [
        "drill": [
            "members | rate registered by unit.district; drill 1",
            "members | rate registered by unit.district | against target; drill 1 short",
        ],
        "expect": ["expect (members | count) > 0 else \"没有团员\""],
        "explain": [
            "explain members | rate registered by unit.district",
            "explain plan members | rate registered by unit.district",
        ],
        "export": ["members | count by gender; export \"gender.csv\""],
        "fields": ["fields", "fields units"],
        "help": ["help rate", "help progress"],
        "history": ["history rate"],
        "import": [
            "import \"samples/rosters/第一中学.xlsx\" to \"snapshot\" as of 2015-10-31 tried",
            "import \"samples/rosters/第一中学.xlsx\", \"samples/rosters/中心医院.csv\" to \"snapshot\" "
                + "as of 2015-10-31 tree \"samples/rosters/组织.csv\" tried",
        ],
        "last": ["members | count by gender; last | sort -n"],
        "load": ["load samples/small"],
        "relate": [
            "units | select id, reported = count(members) | into list; "
                + "relate list.id to units.id as place, lines; "
                + "list | where reported > 0 | select place, place.kind, reported",
        ],
        "run": ["run progress", "run years to=2017"],
        "save": ["members | count by gender; save \"statistics\""],
        "set": ["set", "set rows 50"],
        "time": ["time on; members | count"],
        "title": [
            "title \"注册进度\" \"Registration\"; members | rate registered by unit.district",
        ],
        "validate": ["validate; findings | take 5"],
        "values": ["values cadre", "values kind"],
    ]
}
