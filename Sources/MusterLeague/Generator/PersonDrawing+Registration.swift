import MusterValues
import MusterStore

extension PersonDrawing {
    /// How many in a hundred registrations of a year fall in each month: the campaign of June to
    /// October 2015, and the bumps of March and autumn in the years after it.
    private static let months: [[Int]] = [
        [1, 1, 3, 3, 6, 13, 13, 9, 19, 22, 7, 3],
        [2, 3, 17, 8, 10, 6, 4, 3, 14, 13, 12, 8],
        [2, 3, 16, 7, 8, 6, 4, 3, 13, 14, 14, 10],
    ]

    func register(_ person: inout Person, _ role: Role, _ random: inout Randomness) {
        let pace = plan.pace[plan.units[person.unit].pace]
        guard let day = registration(of: person, role, pace, &random) else { return }
        person.registered = day
        if random.chance(30) {
            person.cancelled = day + (random.chance(80) ? 0 : Int32(random.below(700)))
        } else if random.below(1000) == 0 {
            person.cancelled = day - 20
        }
        if let cancelled = person.cancelled, cancelled > Self.horizon { person.cancelled = nil }
        if random.chance(900) {
            // The platform was opened in mid-June 2015.
            let opened = CivilDay.days(ofMonth: 2015 * 12 + 5).lowerBound + 14
            let lag = switch random.below(20) {
            case 0..<10: random.below(8)
            case 10..<16: 8 + random.below(23)
            case 16..<19: 31 + random.below(60)
            default: 91 + random.below(210)
            }
            person.entered = max(day, opened) + Int32(lag)
        }
        if random.chance(560) { person.trained = day + 5 + Int32(random.below(200)) }
        if random.chance(430) {
            var start = day + Int32(random.below(60))
            while start <= Self.horizon {
                person.insured.append(start)
                guard random.chance(720) else { break }
                start += 365
            }
        }
        if random.chance(850) { person.awardDelay = random.between(20, 200) }
    }

    private func registration(of person: Person, _ role: Role, _ pace: Pace,
                              _ random: inout Randomness) -> Int32? {
        var eagerness = random.below(1000)
        let (year, month, day) = CivilDay.parts(person.birth)
        let joined = person.joined ?? person.known
        let of14 = CivilDay.number(year + 14, month, min(day, 28)) ?? joined
        // Those whom the notice wants registered in 2015 come first.
        if role.cadre != nil || person.partyJoined != nil {
            eagerness = eagerness * 45 / 100
        } else if CivilDay.year(of: joined) == 2015 {
            eagerness = eagerness * 65 / 100
        }
        guard let wave = pace.byYear.firstIndex(where: { eagerness < $0 }) else { return nil }
        var registered: Int32
        if wave == 0, random.chance(200) {
            registered = random.between(CivilDay.days(ofYear: 2012).lowerBound,
                                        CivilDay.days(ofYear: 2014).upperBound)
        } else {
            let days = CivilDay.days(ofMonth: Int32((2015 + wave) * 12
                                                    + random.weighted(Self.months[wave])))
            registered = random.between(days.lowerBound, days.upperBound)
        }
        if registered < max(of14, joined - 120) {
            registered = switch random.below(20) {
            case 0..<8: random.between(max(of14, joined - 120), max(of14, joined))
            case 8..<14: joined + random.between(1, 30)
            default: joined + random.between(31, 260)
            }
            if random.below(1000) > 4 { registered = max(registered, of14) }
        }
        let last = min(person.left ?? Self.horizon, Self.horizon)
        return registered <= last ? registered : nil
    }
}
