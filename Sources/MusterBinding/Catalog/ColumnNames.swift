import MusterDiagnostics

/// The names of columns that verbs make, one list for all verbs.
package enum ColumnNames {
    package static let of = Term("of", "总数")
    package static let persons = Term("n", "人数")
    package static let rows = Term("n", "数量")
    package static let rate = Term("rate", "比率")
    package static let target = Term("target", "目标")
    package static let gap = Term("gap", "差距")
    package static let short = Term("short", "差额")
    package static let met = Term("met", "达标")
    package static let rank = Term("rank", "名次")
    package static let previous = Term("previous", "上期")
    package static let change = Term("change", "变化")
    package static let year = Term("year", "年度")
    package static let month = Term("month", "月份")
    package static let part = Term("part", "下级单位")
    package static let path = Term("path", "全路径")
    package static let snapshot = Term("snapshot", "快照")
    package static let total = Term("total", "合计")
    package static let subtotal = Term("subtotal", "小计")

    package static let all = [of, persons, rows, rate, target, gap, short, met, rank, previous,
                             change, year, month, part, path, snapshot]

    /// The term a user means by an alias: a column of the vocabulary in either language, a
    /// cumulated one, or just the alias.
    package static func term(_ alias: String) -> Term {
        all.first { $0.matches(alias) } ?? Term(alias)
    }

    package static func cumulative(_ name: Term) -> Term {
        Term("cumulative_" + name.en, "累计" + name.zh)
    }
}
