extension League {
    /// How the language's own words are used.
    static let wordExamples: [String: String] = [
        "and": "members | where registered and age < 18 | count",
        "as of": "members as of 2015-10-31 | count",
        "between": "members | where age between 14 and 17 | count",
        "by": "members | count by unit.district, gender",
        "contains": "units | where name contains \"中学\" | count",
        "each":
            """
                members | count by kind = each("registered": registered, "insured": \
                insured)
                """,
        "ends with": "units | where name ends with \"团支部\" | count",
        "every": "members | count by every unit.district",
        "if": "members | count by group = if age < 18 then \"minor\" else \"adult\"",
        "in": "members | where registered.date in 2015 | count",
        "is none": "members | where registered.date is none | count",
        "last_year": "members as of last_year | count",
        "let": "let young = members | where age < 18",
        "matches": "units | where name matches \"高.[0-9]班\" | count",
        "none": "members | where cadre is none | count",
        "not": "members | where not registered | count",
        "or": "members | where minor or insured | count",
        "over months": "members over months 2015-06..2015-10 | count by month",
        "over snapshots": "members over snapshots | count by snapshot",
        "over years": "members over years 2015..2017 | rate registered by year",
        "param": "param year: year = year(as_of) \"统计年度\" \"year\"",
        "show":
            """
                members over years 2015..2017 | rate registered by gender, year | pivot \
                year show rate
                """,
        "starts with": "units | where name starts with \"第一\" | count",
        "under": "members | where unit under \"和平区\" | count",
        "where": "members | summarize sum(hours where registered) by gender",
    ]
}
