import MusterValues
import MusterStore

/// The tree of units of the generated city, with the number of people in each. What it holds
/// depends on the seed and the size; the day decides only which names and codes stand in it.
struct CityPlan {
    private(set) var units: [CityUnit] = []
    private(set) var pace: [Pace] = []
    /// The branches with people, by stratum: where people come from and go to.
    private(set) var branches: [[Int]] = Array(repeating: [], count: 7)
    var random: Randomness
    let asOf: Int32

    init(people: Int, seed: UInt64, asOf: Int32) {
        random = Randomness(seed: seed, .plan)
        self.asOf = asOf
        pace.append(Pace(byYear: [900, 950, 980]))
        units.append(CityUnit(id: "12", formerly: nil, name: "共青团天津市委员会", parent: nil,
                              level: .city, kind: nil, stratum: .leaders, people: 0, pace: 0,
                              planSubmitted: nil))
        // Two odd ones: a committee and a branch right below the city.
        let odd = people >= 1000 ? 6 : 0
        add(CityUnit(id: "12-01", formerly: nil, name: "天津青年宫团委", parent: 0,
                     level: .committee, kind: "institution", stratum: .government, people: odd,
                     pace: 0, planSubmitted: nil))
        add(CityUnit(id: "12-001", formerly: nil, name: "团市委机关团支部", parent: 0,
                     level: .branch, kind: "government", stratum: .government, people: odd,
                     pace: 0, planSubmitted: nil))
        let shares = Self.split(people - 2 * odd, DistrictUnit.all.map(\.weight))
        for (unit, share) in zip(DistrictUnit.all, shares) { addDistrict(unit, share) }
    }

    /// Shares of a whole in proportion to weights, adding up to it exactly.
    static func split(_ whole: Int, _ weights: [Int]) -> [Int] {
        let sum = max(weights.reduce(0, +), 1)
        var reached = 0, given = 0
        return weights.map { weight in
            reached += weight
            let upTo = whole * reached / sum
            defer { given = upTo }
            return upTo - given
        }
    }

    @discardableResult
    mutating func add(_ unit: CityUnit) -> Int {
        let number = units.count
        units.append(unit)
        if unit.level == .branch, unit.people > 0, unit.pace > 0 {
            branches[unit.stratum.rawValue].append(number)
        }
        return number
    }

    private mutating func addDistrict(_ original: DistrictUnit, _ people: Int) {
        let named = original.named(on: asOf)
        let leaders = min(people, people >= 200 ? 3 : people >= 20 ? 1 : 0)
        pace.append(.drawn(&random, kind: original.kind))
        if original.code == DistrictUnit.ownTarget {
            pace[pace.count - 1] = Pace(byYear: [330, 650, 880])
        }
        let submitted = drawPlanDay()
        let number = add(CityUnit(
            id: named.code, formerly: named.code == original.code ? nil : original.code,
            name: named.name, parent: 0, level: .district, kind: named.kind, stratum: .leaders,
            people: leaders, pace: pace.count - 1, planSubmitted: submitted))
        addCommittees(below: number, Place(original: original.code, code: named.code,
                                           name: named.place, kind: original.kind,
                                           streets: original.streets), people - leaders)
    }

    /// The plan was due on 2015-05-29: most are in by then, some late, some not at all.
    private mutating func drawPlanDay() -> Int32? {
        let due = CivilDay.days(ofMonth: 2015 * 12 + 4).lowerBound + 28
        let day: Int32? = switch random.below(100) {
        case 0..<74: random.between(due - 18, due)
        case 74..<90: random.between(due + 1, due + 50)
        default: nil
        }
        return day.flatMap { $0 <= asOf ? $0 : nil }
    }
}
