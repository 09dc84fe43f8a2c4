import MusterDiagnostics

/// Birth, joining and leaving.
enum MembershipRules {
    static let all = [withoutJoined, withoutBirth, underAge, leftBeforeJoined, leftSameDay, overdue,
                      afterSnapshot]

    /// Such a member is on no roll at any day, and so in no figure.
    static let withoutJoined = Rule(
        Term("member_without_joined", "团员无入团日期"), .error,
        Message(zh: "团员没有入团日期，任何一天都不计入团员",
                en: "a member without a joining day, who counts as a member at no day"),
        .condition("status = member and joined is none"))

    static let withoutBirth = Rule(
        Term("without_birth", "无出生日期"), .warning,
        Message(zh: "没有出生日期，算不出年龄", en: "no day of birth, and so no age"),
        .condition("birth is none"))

    /// Who turns 14 on the day itself is old enough.
    static let underAge = Rule(
        Term("joined_before_14", "不满十四周岁入团"), .warning,
        Message(zh: "入团时不满十四周岁", en: "admitted before the 14th birthday"),
        .condition("full_years(birth, joined) < 14"), facts: ["birth", "joined"])

    static let leftBeforeJoined = Rule(
        Term("left_before_joined", "离团早于入团"), .error,
        Message(zh: "离团日期早于入团日期，离团日期不算",
                en: "left before having joined; the leaving day is ignored"),
        .condition("left < joined"), facts: ["joined", "left"])

    static let leftSameDay = Rule(
        Term("left_same_day", "入团当日离团"), .note,
        Message(zh: "入团当日离团，等于没有入团",
                en: "left on the day of joining, which is no membership at all"),
        .condition("left = joined and left is not none"), facts: ["joined", "left"])

    /// From the 28th birthday itself: that is when a member without a post has to leave. A Party
    /// member who keeps League membership is no exception; a member who is not on the roll is.
    static let overdue = Rule(
        Term("over_28_on_roll", "超龄仍在册"), .warning,
        Message(zh: "年满二十八周岁、没有团内职务，仍然在册",
                en: "28 or older without a League post, and still on the roll"),
        .condition("status = member and on_roll and age >= 28 and cadre is none"),
        facts: ["birth", "age"])

    /// The books as of a day cannot know of what comes after it; every figure passes over it.
    /// Leaving and cancelling may be planned, insurance lasts: those days may lie ahead.
    static let afterSnapshot = Rule(
        Term("day_after_snapshot", "日期晚于截至日"), .warning,
        Message(zh: "有日期晚于快照的截至日，统计时不算",
                en: "a day after the snapshot's own, which no figure counts"),
        .condition(past.map { "\($0) > as_of" }.joined(separator: " or ")),
        facts: past.map { Rule.Fact($0, "if \($0) > as_of then \($0) else none") })

    private static let past = ["birth", "joined", "party_joined", "nominated.date",
                               "registered.date", "entered.date", "trained.date", "unit_from",
                               "cadre_from", "stars_on"]
}
