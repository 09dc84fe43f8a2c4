import MusterValues
import MusterStore

/// Draws a person's service records: most people few or none, a few very many.
enum ServiceDrawing {
    /// The eleven fields of the notice, and how many in a hundred records fall in each.
    private static let fields: [(name: String, weight: Int, project: String?, share: Int)] = [
        ("社区服务", 26, nil, 0), ("助老助残", 17, "阳光行动", 220), ("生态建设", 13, nil, 0),
        ("大型活动", 11, nil, 0), ("文化建设", 9, nil, 0),
        ("网络文明", 8, "青年网络文明志愿行动", 520),
        ("扶贫济困", 8, "关爱农民工子女", 260), ("社会管理", 5, nil, 0),
        ("西部开发", 1, "西部计划", 850), ("抢险救灾", 1, nil, 0), ("海外服务", 1, nil, 0),
    ]
    private static let weights = fields.map(\.weight)
    /// Ranges of the number of records of those who serve at all, with their shares.
    private static let counts: [(weight: Int, range: ClosedRange<Int32>)] = [
        (300, 1...2), (280, 3...5), (195, 6...10), (140, 11...20), (60, 21...40), (19, 41...80),
        (5, 81...160), (1, 161...320),
    ]

    static func records(of person: Person, _ random: inout Randomness) -> [Person.Service] {
        guard random.chance(person.registered == nil ? 60 : 710) else { return [] }
        let horizon = PersonDrawing.horizon
        let last = min(horizon, person.left ?? horizon,
                       max(person.registered ?? 0, person.cancelled ?? horizon))
        let early: Int32 = random.chance(40) ? 60 : 0
        let first = (person.registered ?? max(person.joined ?? last, horizon - 1000)) - early
        guard first <= last else { return [] }
        if random.below(2500) == 0, person.registered != nil {
            return year(from: first, to: last, &random)
        }
        var count = Int(draw(&random))
        // Nobody serves more than about every other day.
        count = min(count, 1 + Int(last - first) / 2)
        if person.registered == nil { count = min(count, 3) }
        var records = (0..<count).map { _ in record(from: first, to: last, person, &random) }
        if random.below(2000) == 0 {
            // Somebody wrote down more hours than a day has.
            let day = records[0].day
            for index in records.indices.prefix(2) {
                records[index].day = day
                records[index].hours = 1400
            }
        }
        return records
    }

    private static func draw(_ random: inout Randomness) -> Int32 {
        let choice = counts[random.weighted(counts.map(\.weight))].range
        return random.between(choice.lowerBound, choice.upperBound)
    }

    /// A year in the western programme: every working day, eight hours.
    private static func year(from first: Int32, to last: Int32,
                             _ random: inout Randomness) -> [Person.Service] {
        let isRecent = last - first > 400
        let start = isRecent ? last - 380 : first
        return (start...min(start + 340, last)).filter { ($0 + 4) % 7 % 6 != 0 }.map {
            Person.Service(day: $0, hours: 800, field: "西部开发", project: "西部计划",
                           isCertified: true)
        }
    }

    private static func record(from first: Int32, to last: Int32, _ person: Person,
                               _ random: inout Randomness) -> Person.Service {
        var day = random.between(first, last)
        // Saturdays and Sundays, and the days of 5 March and 5 December.
        if random.chance(450) {
            day -= (day + 4) % 7 - (random.chance(600) ? 6 : 7)
        } else if random.chance(120) {
            let year = CivilDay.year(of: day) * 12
            day = CivilDay.days(ofMonth: year + (random.chance(700) ? 2 : 11)).lowerBound + 4
        }
        if day < first || day > last { day = random.between(first, last) }
        let hours = switch random.below(100) {
        case 0..<3: (6 + random.below(40)) * 10
        case 3..<14: (16 + random.below(17)) * 25
        default: (4 + random.below(13)) * 25
        }
        let field = fields[random.weighted(weights)]
        return Person.Service(
            day: day, hours: hours, field: field.name,
            project: field.project.flatMap { random.chance(field.share) ? $0 : nil },
            isCertified: random.chance(person.registered == nil ? 400 : 930))
    }
}
