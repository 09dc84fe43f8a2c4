import MusterValues
import MusterStore

/// What a person is in a unit, as far as it decides the rest of a life.
struct Role {
    /// The stratum of the person, which for teachers at a school is not that of the unit.
    var stratum: CityUnit.Stratum
    var cadre: String?
    /// In a thousand.
    var partyShare: Int

    init(unit: CityUnit, place: Int, _ random: inout Randomness) {
        stratum = unit.stratum
        switch (unit.level, place) {
        case (.city, _), (.district, _):
            cadre = place < 2 ? "full_time" : "part_time"
        case (.committee, 0):
            stratum = .government
            cadre = random.chance(250) ? "full_time" : "part_time"
        case (.branch, 0): cadre = "part_time"
        case (.branch, 1): cadre = random.chance(500) ? "part_time" : nil
        case (.branch, 2): cadre = random.chance(150) ? "part_time" : nil
        default: cadre = nil
        }
        partyShare = switch stratum {
        case .leaders: 600
        case .school, .vocational: 0
        case .university: 60
        case .street: 25
        case .enterprise: 80
        case .government: 170
        }
    }

    /// A birth date that suits: pupils of 13 to 17 years at the end of 2017, adults of up to 31.
    func birth(_ random: inout Randomness) -> Int32 {
        let (first, last) = switch stratum {
        case .school: (2000, 2004)
        case .vocational: (1999, 2002)
        case .university: random.chance(80) ? (1990, 1994) : (1995, 1999)
        case .street: (1988, 2002)
        case .enterprise: (1987, 1998)
        case .government, .leaders: (1987, 1995)
        }
        return random.between(CivilDay.days(ofYear: Int32(first)).lowerBound,
                              CivilDay.days(ofYear: Int32(last)).upperBound)
    }
}
