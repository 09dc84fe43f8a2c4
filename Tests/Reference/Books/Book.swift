/// A snapshot as plain values, one struct a row, in file order. Days are days since 1970-01-01,
/// hours are hundredths, rates of targets millionths.
public struct Book: Sendable {
    public struct Unit: Sendable {
        public var id: String
        public var name: String
        public var parent: String?
        public var level: String
        public var kind: String?
        public var planSubmitted: Int?
        public var formerly: [String] = []

        public init(id: String, name: String, parent: String?, level: String) {
            self.id = id
            self.name = name
            self.parent = parent
            self.level = level
        }
    }

    public struct Person: Sendable {
        public var id: String
        public var name: String
        public var unit: String
        public var gender: String?
        public var status: String?
        public var cadre: String?
        /// Everything that is a day, by the snapshot's field name.
        public var days: [String: Int] = [:]
        public var certifiedStars: Int?

        public init(id: String, name: String, unit: String) {
            self.id = id
            self.name = name
            self.unit = unit
        }
    }

    public struct Service: Sendable {
        public var member: String
        public var date: Int
        public var hours: Int
        public var field: String?
        public var project: String?
        public var certified: Bool?

        public init(member: String, date: Int, hours: Int) {
            self.member = member
            self.date = date
            self.hours = hours
        }
    }

    public struct Team: Sendable {
        public var id: String
        public var name: String
        public var unit: String
        public var kind: String?
        public var founded: Int?

        public init(id: String, name: String, unit: String) {
            self.id = id
            self.name = name
            self.unit = unit
        }
    }

    public struct Target: Sendable {
        public var year: Int
        public var rate: Int
        public var by: Int?
        public var unit: String?

        public init(year: Int, rate: Int, by: Int? = nil, unit: String? = nil) {
            self.year = year
            self.rate = rate
            self.by = by
            self.unit = unit
        }
    }

    public var asOf: Int
    /// nil where the manifest says nothing of targets: those of the notice.
    public var targets: [Target]?
    public var units: [Unit] = []
    public var people: [Person] = []
    public var service: [Service] = []
    public var teams: [Team] = []

    public init(asOf: Int) { self.asOf = asOf }

    static let personDays = ["birth", "joined", "left", "party_joined", "nominated", "registered",
                             "cancelled", "entered", "trained", "insured_until"]

    /// Part two of the notice; the first year's is to be met by the end of October.
    static let noticeTargets = [
        Target(year: 2015, rate: 500_000, by: DayCount.day(2015, 10, 31)),
        Target(year: 2016, rate: 750_000), Target(year: 2017, rate: 950_000),
    ]
}
