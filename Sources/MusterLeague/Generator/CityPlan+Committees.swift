/// What the units below a district-level unit are named and numbered after.
struct Place {
    var original: String
    var code: String
    var name: String
    var kind: String
    var streets: [String]

    func id(_ suffix: String) -> String { code + suffix }

    func formerly(_ suffix: String) -> String? { code == original ? nil : original + suffix }
}

extension CityPlan {
    private struct Committee {
        var name: String
        var kind: String?
        var stratum: CityUnit.Stratum
        var weight: Int
    }

    mutating func addCommittees(below district: Int, _ place: Place, _ people: Int) {
        let (usual, least) = switch place.kind {
        case "district", "county": (330, 7)
        case "university": (900, 3)
        case "enterprise": (260, 3)
        default: (200, 2)
        }
        var counts: [String: Int] = [:]
        let committees = (0..<max(least, people / usual)).map { index in
            drawCommittee(index, place, &counts)
        }
        // A branch right below the district-level unit, which is odd but legal.
        let office = random.chance(120) ? min(people / 10, 8) : nil
        let shares = Self.split(people - (office ?? 0), committees.map(\.weight))
        for (index, (committee, share)) in zip(committees, shares).enumerated() {
            addCommittee(committee, index, below: district, place, share)
        }
        if let office {
            let suffix = "-001"
            add(CityUnit(id: place.id(suffix), formerly: place.formerly(suffix),
                         name: place.name + "团委机关团支部", parent: district, level: .branch,
                         kind: "government", stratum: .government, people: office,
                         pace: units[district].pace, planSubmitted: nil))
        }
    }

    private mutating func drawCommittee(_ index: Int, _ place: Place,
                                        _ counts: inout [String: Int]) -> Committee {
        func next(_ key: String) -> Int {
            counts[key, default: 0] += 1
            return counts[key, default: 1] - 1
        }
        let weight = 30 + random.below(70)
        switch place.kind {
        case "university":
            return Committee(name: UnitNames.name(UnitNames.colleges, index), kind: nil,
                             stratum: .university, weight: weight)
        case "enterprise":
            return Committee(name: UnitNames.name(UnitNames.divisions, index), kind: nil,
                             stratum: .enterprise, weight: weight)
        case "central":
            return Committee(name: UnitNames.name(UnitNames.divisions, index),
                             kind: index % 2 == 0 ? "enterprise" : nil, stratum: .enterprise,
                             weight: weight)
        case "bureau":
            return Committee(name: UnitNames.name(UnitNames.bureauParts, index),
                             kind: index == 0 ? "government" : "institution",
                             stratum: .government, weight: weight)
        default: break
        }
        let first = ["government", "street", "middle_school", "vocational_school", "street",
                     "institution", "middle_school"]
        let kind = index < first.count ? first[index] : [
            "middle_school", "street", "institution", "vocational_school", "enterprise",
        ][random.weighted([40, 30, 12, 6, 12])]
        switch kind {
        case "middle_school":
            return Committee(name: UnitNames.ordinal(next(kind) + 1) + "中学", kind: kind,
                             stratum: .school, weight: weight * 3)
        case "vocational_school":
            return Committee(name: UnitNames.ordinal(next(kind) + 1) + "中等职业技术学校",
                             kind: kind, stratum: .vocational, weight: weight * 3)
        case "street":
            return Committee(name: UnitNames.name(place.streets, next(kind)), kind: kind,
                             stratum: .street, weight: weight)
        case "government":
            return Committee(name: UnitNames.name(UnitNames.agencies, next(kind)), kind: kind,
                             stratum: .government, weight: weight)
        case "enterprise":
            return Committee(name: UnitNames.name(UnitNames.companies, next(kind)), kind: kind,
                             stratum: .enterprise, weight: weight)
        default:
            return Committee(name: UnitNames.name(UnitNames.institutions, next(kind)),
                             kind: kind, stratum: .government, weight: weight)
        }
    }

    private mutating func addCommittee(_ committee: Committee, _ index: Int, below district: Int,
                                       _ place: Place, _ people: Int) {
        let suffix = "-" + Self.padded(index + 1, 2)
        let name = place.name + committee.name
        let title = committee.kind == "street" ? "团工委" : "团委"
        // One in twenty has no branches and keeps all its people itself.
        let isFlat = random.chance(50)
        let leaders = isFlat ? people : people >= 12 ? 1 : 0
        let number = add(CityUnit(
            id: place.id(suffix), formerly: place.formerly(suffix), name: name + title,
            parent: district, level: .committee, kind: committee.kind, stratum: committee.stratum,
            people: leaders, pace: units[district].pace, planSubmitted: nil))
        if !isFlat {
            addBranches(below: number, place, suffix, name, committee.stratum, people - leaders)
        }
    }

    private mutating func addBranches(below committee: Int, _ place: Place, _ suffix: String,
                                      _ name: String, _ stratum: CityUnit.Stratum,
                                      _ people: Int) {
        let count = max(1, people / (10 + random.below(18)))
        let weights = (0..<count).map { _ in
            // One branch in sixty is an empty shell.
            random.chance(16) && count > 1 ? 0 : 20 + random.below(40)
        }
        let shares = Self.split(people, weights)
        let hasGeneral = count >= 3 && random.chance(250)
        var parent = committee
        for (index, share) in shares.enumerated() {
            if hasGeneral, index % 4 == 0 {
                let number = index / 4 + 1
                let general = suffix + "-G" + String(number)
                parent = add(CityUnit(
                    id: place.id(general), formerly: place.formerly(general),
                    name: name + UnitNames.ordinal(number) + "团总支", parent: committee,
                    level: .generalBranch, kind: nil, stratum: stratum, people: 0,
                    pace: units[committee].pace, planSubmitted: nil))
            }
            let own = suffix + "-" + Self.padded(index + 1, 3)
            add(CityUnit(
                id: place.id(own), formerly: place.formerly(own),
                name: name + branchName(stratum, index) + "团支部", parent: parent, level: .branch,
                kind: nil, stratum: stratum, people: share, pace: units[committee].pace,
                planSubmitted: nil))
        }
    }

    private mutating func branchName(_ stratum: CityUnit.Stratum, _ index: Int) -> String {
        switch stratum {
        case .school, .vocational:
            "\(2015 + index % 3)级\(index / 3 + 1)班"
        case .university:
            "\(2014 + index % 4)级\(random.pick(UnitNames.majors))\(index / 4 + 1)班"
        case .street: UnitNames.ordinal(index + 1) + "社区"
        case .enterprise: UnitNames.ordinal(index + 1) + "车间"
        case .government, .leaders: UnitNames.ordinal(index + 1)
        }
    }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
