import Foundation
import Testing
@testable import MusterShell

@Suite("Threads")
struct ThreadTests {
    /// Queries apart by an empty line; behind a comma a line goes on.
    static let queries = #"""
        members over years 2015..2017
        | rate registered by unit.district, year
        | against target
        | total

        members over months 2015-01..2017-12
        | summarize new = count(registered.date in month) by month
        | cumulate new

        service
        | summarize h = sum(hours), n = count(), people = distinct(member) by field, year(date)

        service
        | summarize s = sum(hours / 7), m = mean(hours / 3),
        md = median(hours) by member.unit.district

        members
        | summarize d = distinct(unit), a = max(name), b = min(birth),
        p = percentile(hours, 90) by unit.kind
        | total

        people
        | count by id, name, id_number, birth, joined, registered.date, unit
        | take 50

        members
        | where hours > 20 and not minor
        | select id, name, hours, stars, age
        | sort -hours, name
        | take 100

        members
        | rate registered by g = each("a": trained, "b": entered, "c": minor),
        every unit.district.kind
        | total g

        units
        | derive whole = count(members), parts = count(own_members) + sum(children.count(members))
        | where whole != parts

        units
        | where level = district
        | select unit, h = sum(service.hours where date in 2016),
        m = count(members where registered)

        members
        | rank -hours by unit.district
        | where rank = 1
        | select unit.district, name, hours

        members over years 2015..2017
        | count by every unit.kind, year, gender
        | pivot year show n

        service
        | where certified and date in 2017
        | distinct member
        | count
        """#.replacingOccurrences(of: ",\n", with: ", ").components(separatedBy: "\n\n")

    @Test("However many threads there are, the result is the same to the last digit",
          arguments: queries)
    func same(_ query: String) throws {
        let one = try SessionFixture("city", threads: 1).run(query)
        #expect(!one.contains("error"), "\(one)")
        for threads in [2, 5] {
            #expect(try SessionFixture("city", threads: threads).run(query) == one)
        }
    }
}
