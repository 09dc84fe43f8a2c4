extension League {
    /// What the functions are good for, by their names.
    static let functionExamples: [String: String] = [
        "abs":
            """
                members | rate registered by unit.district | against 95% | derive off = \
                abs(gap)
                """,
        "add_months": "members | where add_months(birth, 168) <= as_of | count",
        "any": "units | where any(teams where kind = team) | count",
        "ceil": "members | select name, whole = ceil(hours) | take 5",
        "coalesce":
            "members | select name, cadre_or_not = coalesce(insured_until, left) | take 5",
        "concat": "units | select full = concat(parent.name, name) | take 5",
        "correlation":
            "members | summarize r = correlation(age, hours) by unit.district",
        "count":
            "members | summarize people = count(), minors = count(minor) by unit.district",
        "date": "members | where date(\"2015年5月4日\") = joined | count",
        "day": "members | count by birthday = day(birth)",
        "days": "members | select name, waited = days(joined, registered.date) | take 5",
        "distinct": "service | summarize people = distinct(member) by field",
        "each":
            """
                members | count by group = each("registered": registered, "insured": \
                insured)
                """,
        "exp": "members | select name, grown = exp(ln(hours + 1)) | take 5",
        "extract":
            "units | select name, place = extract(name, \"^(.+?)(区|县)\") | take 5",
        "floor": "members | select name, whole = floor(hours) | take 5",
        "full_years":
            "members | select name, years_a_member = full_years(joined, as_of) | take 5",
        "in_force": "people | where in_force(joined, left) | count",
        "last_day":
            "members over years 2015..2017 | where birth <= last_day(year) | count by year",
        "length": "units | select name, long = length(name) | take 5",
        "ln": "members | where hours > 0 | select name, l = ln(hours) | take 5",
        "lower": "units | where lower(name) contains \"a\" | count",
        "max": "members | summarize most = max(hours) by unit.district",
        "mean": "members | summarize m = mean(hours where registered) by unit.district",
        "median": "members | summarize m = median(hours) by unit.district",
        "min": "members | summarize first = min(joined) by unit.district",
        "month": "members | count by month_of_birth = month(birth)",
        "next":
            "service | sort member, date | derive wait = days(date, next(date)) by member | take 5",
        "number": "members | derive half = number(\"0.5\") * hours | take 5",
        "percentile": "members | summarize p = percentile(hours, 90%)",
        "rate": "members | summarize share = rate(insured) by unit.district",
        "order": "members | count by unit.kind | sort order(unit.kind)",
        "part": "members | rate registered by every p = part(unit, root) | total",
        "path": "people | where left is none | select way = path(unit, root), name | take 5",
        "power": "members | summarize m = power(mean(age), 2) by unit.district",
        "prior":
            "members over years 2015..2017 | count by year | derive more = n - prior(n)",
        "quarter": "service | count by quarter(date)",
        "replace":
            "units | select short = replace(name, \"团委\", \"\") | take 5",
        "round": "members | summarize m = round(mean(hours), 1) by unit.district",
        "split":
            "members | count by joined_in = split(text(joined), \"-\", 1) | take 5",
        "sqrt": "members | select name, root = sqrt(hours) | take 5",
        "stddev": "members | summarize m = mean(hours), s = stddev(hours) by unit.district",
        "substring": "units | select name, first = substring(name, 1, 2) | take 5",
        "sum": "members | summarize h = sum(hours where registered) by unit.district",
        "text": "members | derive said = text(joined) | select name, said | take 5",
        "total": "members | count by unit.kind | derive share = n / total(n)",
        "trim": "units | where name = trim(name) | count",
        "upper": "units | where upper(name) contains \"A\" | count",
        "variance": "members | summarize v = variance(age where registered)",
        "week": "service | count by week(date) | take 5",
        "weekday": "service | count by weekday(date)",
        "year": "members | count by joined_in = year(joined)",
        "year_month": "service | count by year_month(date)",
    ]
}
