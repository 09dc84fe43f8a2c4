/// A snapshot as plain values, one struct a row, in file order. Days are days since 1970-01-01,
/// hours are hundredths, rates of targets millionths.
package struct Book: Sendable {
    package struct Unit: Sendable {
        package var id: String
        package var name: String
        package var parent: String?
        package var level: String
        package var kind: String?
        package var planSubmitted: Int?
        package var formerly: [String] = []

        package init(id: String, name: String, parent: String?, level: String) {
            self.id = id
            self.name = name
            self.parent = parent
            self.level = level
        }
    }

    package struct Person: Sendable {
        package var id: String
        package var name: String
        package var unit: String
        package var gender: String?
        package var status: String?
        package var cadre: String?
        /// Everything that is a day, by the snapshot's field name.
        package var days: [String: Int] = [:]
        package var certifiedStars: Int?

        package init(id: String, name: String, unit: String) {
            self.id = id
            self.name = name
            self.unit = unit
        }
    }

    package struct Service: Sendable {
        package var member: String
        package var date: Int
        package var hours: Int
        package var field: String?
        package var project: String?
        package var certified: Bool?

        package init(member: String, date: Int, hours: Int) {
            self.member = member
            self.date = date
            self.hours = hours
        }
    }

    package struct Team: Sendable {
        package var id: String
        package var name: String
        package var unit: String
        package var kind: String?
        package var founded: Int?

        package init(id: String, name: String, unit: String) {
            self.id = id
            self.name = name
            self.unit = unit
        }
    }

    package struct Target: Sendable {
        package var year: Int
        package var rate: Int
        package var by: Int?
        package var unit: String?

        package init(year: Int, rate: Int, by: Int? = nil, unit: String? = nil) {
            self.year = year
            self.rate = rate
            self.by = by
            self.unit = unit
        }
    }

    package var asOf: Int
    /// nil where the manifest says nothing of targets: those of the notice.
    package var targets: [Target]?
    package var units: [Unit] = []
    package var people: [Person] = []
    package var service: [Service] = []
    package var teams: [Team] = []

    package init(asOf: Int) { self.asOf = asOf }

    static let personDays = ["birth", "joined", "left", "party_joined", "nominated", "registered",
                             "cancelled", "entered", "trained", "insured_until", "unit_from",
                             "cadre_from", "insured_from", "stars_on"]

    /// Part two of the notice; the first year's is to be met by the end of October.
    static let noticeTargets = [
        Target(year: 2015, rate: 500_000, by: DayCount.day(2015, 10, 31)),
        Target(year: 2016, rate: 750_000), Target(year: 2017, rate: 950_000),
    ]
}
