import MusterValues
import MusterStore

/// A volunteer organisation of a generated unit.
struct Team {
    var kind: String
    var name: String
    /// What follows the unit's id in its own.
    var suffix: String
    var founded: Int32

    /// Most universities have an association, most middle schools a corps, half the branches a
    /// team, some committees one for a civil net.
    static func drawn(for unit: CityUnit, _ random: inout Randomness) -> [Team] {
        let share = switch (unit.level, unit.stratum) {
        case (.city, _): 1000
        case (.district, _): unit.kind == "university" ? 860 : 640
        case (.committee, .school): 640
        case (.committee, _): 300
        case (.generalBranch, _): 100
        case (.branch, _): 470
        }
        let days = CivilDay.days(ofYear: 2009).lowerBound ... PersonDrawing.horizon
        // Two draws, the later of which counts: most were founded in the campaign.
        func founded() -> Int32 {
            max(random.between(days.lowerBound, days.upperBound),
                random.between(days.lowerBound, days.upperBound))
        }
        var teams: [Team] = []
        if random.chance(share) {
            switch unit.level {
            case .city, .district:
                teams.append(Team(kind: "association", name: "青年志愿者协会", suffix: "-A",
                                  founded: founded()))
            case .committee:
                teams.append(Team(kind: "corps", name: "志愿服务总队", suffix: "-C",
                                  founded: founded()))
            case .generalBranch, .branch:
                teams.append(Team(kind: "team", name: "志愿服务队", suffix: "-T",
                                  founded: founded()))
            }
        }
        if random.chance(unit.level == .district ? 450 : unit.level == .committee ? 120 : 0) {
            teams.append(Team(kind: "online", name: "网络文明志愿者队", suffix: "-N",
                              founded: founded()))
        }
        return teams
    }
}
