import MusterValues
import MusterStore

/// Draws the lives of the city's people, each from a stream of its own, so that any person can
/// be drawn at any time and comes out the same.
struct PersonDrawing {
    let plan: CityPlan
    let seed: UInt64
    /// The end of everything drawn.
    static let horizon = GeneratorOptions.days.upperBound

    /// The person with this number in the city, the `place`-th (from 0) of the unit.
    func person(_ index: Int, in unit: Int, place: Int) -> Person {
        var random = Randomness(seed: seed, .person, index)
        let home = plan.units[unit]
        let role = Role(unit: home, place: place, &random)
        let isMale = random.chance(490)
        let name = PersonNames.name(isMale: isMale, &random)
        var birth = role.birth(&random)
        let joined = Self.joined(&birth, role, &random)
        let known = joined - random.between(180, 380)
        var person = Person(
            number: index &* 48_271 % GeneratorOptions.largest, isMale: isMale, name: name,
            birth: birth, lacksBirth: random.chance(1), idNumber: nil, unit: unit,
            unitBefore: nil, moved: nil, known: min(known, Self.horizon),
            joined: random.chance(1) ? nil : joined, left: nil, cadre: role.cadre,
            partyJoined: nil, nominated: nil, registered: nil, cancelled: nil, entered: nil,
            trained: nil, insured: [], awardDelay: nil, service: [])
        person.idNumber = idNumber(of: person, &random)
        move(&person, role, &random)
        Self.leave(&person, role, &random)
        Self.joinParty(&person, role, &random)
        var life = Randomness(seed: seed, .life, index)
        register(&person, role, &life)
        var service = Randomness(seed: seed, .service, index)
        person.service = ServiceDrawing.records(of: person, &service)
        return person
    }

    /// The admission, mostly in the waves of May and December, from the 14th birthday on; the
    /// last half year's are yet to come and make the activists of the end of 2017.
    private static func joined(_ birth: inout Int32, _ role: Role,
                               _ random: inout Randomness) -> Int32 {
        let (year, month, day) = CivilDay.parts(birth)
        let isEarly = random.chance(role.stratum == .school ? 30 : 3)
        let age = isEarly ? 13 : 14 + random.weighted([42, 28, 15, 5, 6, 4])
        let wave = random.weighted([2, 0, 5, 6, 38, 6, 0, 0, 12, 5, 4, 22])
        var joined = CivilDay.days(ofMonth: Int32((year + age) * 12 + wave)).lowerBound
            + Int32(wave == 4 ? random.below(8) : random.below(28))
        let birthday = CivilDay.number(year + 14, month, min(day, 28)) ?? birth
        if !isEarly, joined < birthday { joined += 365 }
        let last = horizon + 150
        if joined > last {
            if random.chance(500) { return horizon + random.between(1, 150) }
            joined -= 365 * (1 + (joined - last) / 365)
            if !isEarly, joined < birthday { birth -= 365 }
        }
        return joined
    }

    /// New students come from a school of the city or from elsewhere; some others change units.
    private func move(_ person: inout Person, _ role: Role, _ random: inout Randomness) {
        let (year, month, _) = CivilDay.parts(person.birth)
        if role.stratum == .university, role.cadre != "full_time" {
            let enters = CivilDay.days(ofMonth: Int32((year + (month <= 8 ? 18 : 19)) * 12 + 8))
                .lowerBound + Int32(random.below(10))
            let first = GeneratorOptions.days.lowerBound
            guard enters > first, enters <= Self.horizon else { return }
            let schools = plan.branches[CityUnit.Stratum.school.rawValue]
                + plan.branches[CityUnit.Stratum.vocational.rawValue]
            if random.chance(600), let before = schools.isEmpty ? nil : random.pick(schools) {
                person.moved = enters
                person.unitBefore = before
            } else {
                person.known = max(person.known, enters)
            }
        } else if random.chance(25) {
            let others = plan.branches[role.stratum.rawValue]
            guard !others.isEmpty else { return }
            person.unitBefore = random.pick(others)
            person.moved = random.between(GeneratorOptions.days.lowerBound, Self.horizon)
        }
    }

    /// At 28 one leaves, but not by itself, and not with a post.
    private static func leave(_ person: inout Person, _ role: Role, _ random: inout Randomness) {
        guard let joined = person.joined else { return }
        let (year, month, day) = CivilDay.parts(person.birth)
        let of28 = CivilDay.number(year + 28, month, min(day, 28)) ?? person.birth
        if of28 <= horizon, random.chance(role.cadre == nil ? 860 : 100) {
            person.left = of28 + Int32(random.below(random.below(240) + 1))
        } else if random.chance(22) {
            person.left = random.between(GeneratorOptions.days.lowerBound - 180, horizon)
        }
        if let left = person.left, left > horizon || left < joined + 90 { person.left = nil }
        if random.below(3000) == 0 { person.left = joined - 30 }
    }

    private static func joinParty(_ person: inout Person, _ role: Role,
                                  _ random: inout Randomness) {
        let (year, month, day) = CivilDay.parts(person.birth)
        let adult = CivilDay.number(year + 18, month, min(day, 28)) ?? person.birth
        if random.chance(role.partyShare) {
            let admitted = adult + 300 + Int32(random.below(1900))
            if admitted <= horizon { person.partyJoined = admitted }
            let put = admitted - Int32(random.between(250, 600))
            if put <= horizon, put >= adult { person.nominated = put }
        } else if random.chance(role.partyShare / 2 + 5) {
            let since = max(adult, GeneratorOptions.days.lowerBound - 365)
            let put = random.between(since, horizon + 1)
            if put <= horizon, put >= adult { person.nominated = put }
        }
    }

    /// The area codes 129000…129099 were never given out, so no generated number is anybody's.
    private func idNumber(of person: Person, _ random: inout Randomness) -> IdNumber? {
        if random.chance(12) { return nil }
        let sequence = random.below(499) * 2 + (person.isMale ? 1 : 2)
        var number = IdNumber(area: 129_000 + random.below(100), birth: person.birth,
                              sequence: sequence)
        switch random.below(1000) {
        case 0, 1, 2:
            number.check = number.check == 0x35 ? 0x36 : 0x35
        case 3:
            number = IdNumber(area: number.area, birth: person.birth + 31, sequence: sequence)
        default: break
        }
        return number
    }
}
