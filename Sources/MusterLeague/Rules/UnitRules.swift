import MusterDiagnostics

/// Organisations as the League's rules want them: a branch has at least three members; one of
/// more than fifty should be a general branch. (League charter, on branches.)
enum UnitRules {
    static let all = [smallBranch, largeBranch, nothingBelow, teamWithoutUnit]

    private static let members = Rule.Fact("members", "count(members)")

    static let smallBranch = Rule(
        Term("branch_under_3", "支部不足三人"), .warning,
        Message(zh: "团支部的在册团员不足三人", en: "a branch with fewer than three members"),
        table: Units.table, .condition("level = branch and count(members) < 3"), facts: [members])

    static let largeBranch = Rule(
        Term("branch_over_50", "支部超过五十人"), .warning,
        Message(zh: "团支部的在册团员超过五十人，应设团总支",
                en: "a branch of more than fifty members, which should be a general branch"),
        table: Units.table, .condition("level = branch and count(members) > 50"), facts: [members])

    /// Members of such a unit stand in no branch's figures.
    static let nothingBelow = Rule(
        Term("nothing_below", "没有下级组织"), .note,
        Message(zh: "不是团支部，却没有下级组织", en: "no branch, and no unit below it"),
        table: Units.table, .condition("level != branch and count(children) = 0"),
        facts: [members])

    static let teamWithoutUnit = Rule(
        Term("team_without_unit", "志愿服务组织无所在组织"), .warning,
        Message(zh: "志愿服务组织没有所在组织，不计入任何单位",
                en: "a team without a unit, which counts for none"),
        table: Teams.table, .condition("unit is none"), facts: ["name"])
}
