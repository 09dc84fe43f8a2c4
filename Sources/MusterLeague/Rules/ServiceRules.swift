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
        let data = derivation.data
        guard case .reference(let members, _)? = data.column(Service.table, "member"),
              case .day(let dates)? = data.column(Service.table, "date"),
              case .hundredths(let hours)? = data.column(Service.table, "hours") else { return [] }
        let (starts, rows) = bucketed(members, data.rowCount(People.table))
        var hits: [Rule.Hit] = []
        for person in 0..<(starts.count - 1) {
            if person % 65_536 == 0 { try derivation.checkCancelled() }
            // A single record is at most 24 hours: the format says so.
            guard starts[person + 1] - starts[person] > 1 else { continue }
            var own = rows[Int(starts[person])..<Int(starts[person + 1])]
            own.sort { (dates[Int($0)], $0) < (dates[Int($1)], $1) }
            var first = own.startIndex
            while first < own.endIndex {
                let day = dates[Int(own[first])]
                var sum: Int64 = 0
                var next = first
                while next < own.endIndex, dates[Int(own[next])] == day {
                    sum += Int64(max(0, hours[Int(own[next])]))
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

    /// The rows by their person: those of person p are `rows[starts[p]..<starts[p + 1]]`.
    private static func bucketed(_ members: [Int32], _ persons: Int)
        -> (starts: [Int32], rows: [Int32]) {
        var starts = [Int32](repeating: 0, count: persons + 1)
        for member in members where member >= 0 { starts[Int(member) + 1] += 1 }
        for person in 0..<persons { starts[person + 1] += starts[person] }
        var next = starts
        var rows = [Int32](repeating: 0, count: Int(starts[persons]))
        for (row, member) in members.enumerated() where member >= 0 {
            rows[Int(next[Int(member)])] = Int32(row)
            next[Int(member)] += 1
        }
        return (starts, rows)
    }
}
