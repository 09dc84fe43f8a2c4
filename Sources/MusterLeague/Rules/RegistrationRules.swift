import MusterDiagnostics

/// Registration as a volunteer and its cancellation.
enum RegistrationRules {
    static let all = [before14, cancelledBeforeRegistered, cancelledSameDay, cancelledWithout]

    /// Measures of 2013: 14 is the lowest age, with a guardian's consent. The birthday itself
    /// will do; 29 February's comes round on 1 March. A cancelled registration counts too.
    static let before14 = Rule(
        Term("registered_before_14", "不满十四周岁注册"), .error,
        Message(zh: "注册时不满十四周岁", en: "registered before the 14th birthday"),
        .condition("full_years(birth, registered.date) < 14"),
        facts: ["birth", "registered.date"])

    static let cancelledBeforeRegistered = Rule(
        Term("cancelled_before_registered", "注销早于注册"), .error,
        Message(zh: "注销日期早于注册日期，注销日期不算",
                en: "cancelled before being registered; the cancellation is ignored"),
        .condition("cancelled < registered.date"), facts: ["registered.date", "cancelled"])

    static let cancelledSameDay = Rule(
        Term("cancelled_same_day", "注册当日注销"), .note,
        Message(zh: "注册当日注销，等于没有注册",
                en: "cancelled on the day of registration, which is none at all"),
        .condition("cancelled = registered.date and cancelled is not none"),
        facts: ["registered.date", "cancelled"])

    /// Either the registration's day was lost, or the cancellation is somebody else's.
    static let cancelledWithout = Rule(
        Term("cancelled_without_registration", "有注销无注册"), .warning,
        Message(zh: "有注销日期而没有注册日期", en: "cancelled without a day of registration"),
        .condition("cancelled is not none and registered.date is none"), facts: ["cancelled"])
}
