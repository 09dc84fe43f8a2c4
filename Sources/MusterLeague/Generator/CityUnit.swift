/// A unit of the generated city.
struct CityUnit {
    enum Level: String {
        case city, district, committee
        case generalBranch = "general_branch"
        case branch
    }

    /// Who its people are, which decides their ages, posts and Party membership.
    enum Stratum: Int {
        case leaders, school, vocational, university, street, enterprise, government
    }

    var id: String
    /// The id before its district was renamed.
    var formerly: String?
    var name: String
    /// Its place in the plan, or nil for the root.
    var parent: Int?
    var level: Level
    /// As written; nil where the nearest ancestor's holds.
    var kind: String?
    var stratum: Stratum
    /// How many people the plan puts here.
    var people: Int
    /// How eager it is: its place in `CityPlan.pace`.
    var pace: Int
    var planSubmitted: Int32?
}

/// How many in a thousand members of a district-level unit are registered at the end of 2015,
/// 2016 and 2017.
struct Pace {
    var byYear: [Int]

    static func drawn(_ random: inout Randomness, kind: String) -> Pace {
        var first = 240 + random.below(340)
        switch kind {
        case "university", "government": first += 60
        case "enterprise", "central": first += 40
        default: break
        }
        let second = first + (1000 - first) * (300 + random.below(300)) / 1000
        let third = second + (1000 - second) * (450 + random.below(450)) / 1000
        return Pace(byYear: [first, second, third])
    }
}
