import MusterDiagnostics
import MusterBinding
import MusterPlan
import MusterStore

/// Records of service. A record has no id of its own: its person's stands for it.
enum ServiceRules {
    static let all = [beforeRegistration, over24Hours, afterSnapshot, finerHours]

    /// The day of registration itself will do. Who never registered has nothing to be before,
    /// and service after a cancellation is as it may be.
    static let beforeRegistration = Rule(
        Term("service_before_registration", "服务早于注册"), .warning,
        Message(zh: "服务日期早于本人的注册日期", en: "service before the person's registration"),
        table: Service.table, .condition("date < member.registered.date"),
        facts: ["date", "hours", Rule.Fact("registered.date", "member.registered.date")])

    /// All of a person's records of the day together, certified or not; a finding a day, shown
    /// at its first record. Written out: as a grouping it would take a group for nearly every
    /// record of the books, seconds and hundreds of megabytes.
    static let over24Hours = Rule(
        Term("over_24_hours", "一日超过二十四小时"), .error,
        Message(zh: "一人一日的服务时长合计超过 24 小时", en: "more than 24 hours of service on one day"),
        table: Service.table, .tables(findLongDays), facts: ["date"])

    static let afterSnapshot = Rule(
        Term("service_after_snapshot", "服务晚于截至日"), .warning,
        Message(zh: "服务日期晚于快照的截至日，统计时不算",
                en: "service after the snapshot's day, which no figure counts"),
        table: Service.table, .condition("date > as_of"), facts: ["date", "hours"])

    /// The loader rounds and remembers the rows; the tables no longer show it.
    static let finerHours = Rule(
        Term("finer_hours", "时长细于百分之一"), .note,
        Message(zh: "时长细于百分之一小时，已四舍五入",
                en: "hours finer than a hundredth, which were rounded"),
        table: Service.table,
        .tables { derivation in
            (derivation.data.snapshot.roundedRows[Service.table] ?? []).map { Rule.Hit(row: $0) }
        }, facts: ["date", "hours"])

    /// 24 hours in hundredths.
    private static let wholeDay: Int64 = 2400

    @Sendable private static func findLongDays(_ derivation: any Derivation) throws -> [Rule.Hit] {
        guard let records = ServiceRecords(derivation.data) else { return [] }
        var hits: [Rule.Hit] = []
        // A single record is at most 24 hours: the format says so.
        try records.byPerson(atLeast: 2, derivation) { own in
            var first = own.startIndex
            while first < own.endIndex {
                let day = records.date(own[first])
                var sum: Int64 = 0
                var next = first
                while next < own.endIndex, records.date(own[next]) == day {
                    sum += records.hours(own[next])
                    next += 1
                }
                if sum > wholeDay {
                    hits.append(Rule.Hit(row: own[first], details: [Rule.Detail(
                        name: "day_hours", value: Findings.decimal(sum))]))
                }
                first = next
            }
        }
        return hits.sorted { $0.row < $1.row }
    }
}
