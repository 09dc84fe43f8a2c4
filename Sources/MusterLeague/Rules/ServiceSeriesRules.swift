import MusterDiagnostics
import MusterBinding
import MusterPlan
import MusterStore

/// Records that look as if they were written in one go. Each may be true: a camp of two weeks, a
/// day on which a whole school goes out. Somebody has to look at them.
enum ServiceSeriesRules {
    static let all = [sameHours, manyInOneDay]

    /// So many days in succession with the same hours.
    static let daysInSuccession = 10
    /// So many persons of one committee with the same hours on one day.
    static let personsInOneDay = 100

    static let sameHours = Rule(
        Term("same_hours_daily", "连日时长相同"), .note,
        Message(zh: "一人连续十天以上每天一条、时长相同的记录",
                en: "ten days or more in succession, a record a day with the same hours"),
        table: Service.table, .tables(findSameHours), facts: ["date", "hours"])

    static let manyInOneDay = Rule(
        Term("many_in_one_day", "一日集中认定"), .note,
        Message(zh: "同一基层团委一百人以上在同一天有时长相同的已认定记录",
                en: "a hundred persons or more of one committee with certified records of the same "
                    + "hours on one day"),
        table: Service.table, .tables(findManyInOneDay), facts: ["date", "hours"])

    @Sendable private static func findSameHours(_ derivation: any Derivation) throws
        -> [Rule.Hit] {
        guard let records = ServiceRecords(derivation.data) else { return [] }
        var hits: [Rule.Hit] = []
        try records.byPerson(atLeast: daysInSuccession, derivation) { own in
            var first = own.startIndex
            while first < own.endIndex {
                var next = first + 1
                while next < own.endIndex,
                      records.date(own[next]) == records.date(own[next - 1]) + 1,
                      records.hours(own[next]) == records.hours(own[first]) { next += 1 }
                if next - first >= daysInSuccession {
                    hits.append(Rule.Hit(row: own[first], details: [Rule.Detail(
                        name: "days", value: "\(next - first)")]))
                }
                first = next
            }
        }
        return hits.sorted { $0.row < $1.row }
    }

    /// A finding for each committee, day and number of hours, at its first record.
    @Sendable private static func findManyInOneDay(_ derivation: any Derivation) throws
        -> [Rule.Hit] {
        guard let records = ServiceRecords(derivation.data) else { return [] }
        let certified = records.certified
        let (vector, _) = try derivation.values("member.unit.committee", of: Service.table,
                                                at: certified)
        guard case .row(let committees) = vector else { return [] }
        var days: [Int32: [Int]] = [:]
        for (place, row) in certified.enumerated() where committees[place] >= 0 {
            days[records.date(row), default: []].append(place)
        }
        try derivation.checkCancelled()
        var hits: [Rule.Hit] = []
        for places in days.values where places.count >= personsInOneDay {
            // Committee and hours in one number: there are at most 2400 hundredths.
            let keyed = places.map { place in
                (key: Int64(committees[place]) << 16 | records.hours(certified[place]),
                 row: certified[place])
            }.sorted { ($0.key, $0.row) < ($1.key, $1.row) }
            var first = 0
            while first < keyed.count {
                var next = first
                while next < keyed.count, keyed[next].key == keyed[first].key { next += 1 }
                if next - first >= personsInOneDay {
                    let persons = Set(keyed[first..<next].map { records.member($0.row) }).count
                    if persons >= personsInOneDay {
                        hits.append(Rule.Hit(row: keyed[first].row, details: [Rule.Detail(
                            name: "persons", value: "\(persons)")]))
                    }
                }
                first = next
            }
            try derivation.checkCancelled()
        }
        return hits.sorted { $0.row < $1.row }
    }
}
