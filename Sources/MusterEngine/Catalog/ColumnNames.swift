import MusterDiagnostics

/// The names of columns that verbs make, one list for all verbs.
public enum ColumnNames {
    public static let of = Term("of", "总数")
    public static let persons = Term("n", "人数")
    public static let rows = Term("n", "数量")
    public static let rate = Term("rate", "比率")
    public static let target = Term("target", "目标")
    public static let gap = Term("gap", "差距")
    public static let short = Term("short", "差额")
    public static let met = Term("met", "达标")
    public static let rank = Term("rank", "名次")
    public static let previous = Term("previous", "上期")
    public static let change = Term("change", "变化")
    public static let year = Term("year", "年度")
    public static let month = Term("month", "月份")
    public static let snapshot = Term("snapshot", "快照")
    public static let total = Term("total", "合计")

    public static let all = [of, persons, rows, rate, target, gap, short, met, rank, previous,
                             change, year, month, snapshot]

    /// The term a user means by an alias: a column of the vocabulary in either language, a
    /// cumulated one, or just the alias.
    public static func term(_ alias: String) -> Term {
        all.first { $0.matches(alias) } ?? Term(alias)
    }

    public static func cumulative(_ name: Term) -> Term {
        Term("cumulative_" + name.en, "累计" + name.zh)
    }
}
