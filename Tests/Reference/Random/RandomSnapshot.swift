/// Small snapshots in which everything odd but legal happens often: equal days, days at the
/// edges of periods, ends before beginnings, gaps, ragged trees, names that occur twice.
package struct RandomSnapshot {
    var random: RandomSource
    var book: Book
    /// Days that occur again and again, so that equal ones are common.
    private var days: [Int] = []

    package static func book(seed: UInt64) -> Book {
        var snapshot = RandomSnapshot(seed: seed)
        snapshot.fill()
        return snapshot.book
    }

    static let asOfs = [(2017, 12, 31), (2015, 10, 31), (2016, 2, 29), (2016, 6, 15),
                        (2017, 3, 1), (2018, 1, 1), (2015, 12, 31), (2016, 11, 30)]
        .map { DayCount.day($0.0, $0.1, $0.2) }

    init(seed: UInt64) {
        random = RandomSource(seed: seed)
        book = Book(asOf: random.pick(RandomSnapshot.asOfs) ?? 0)
    }

    mutating func fill() {
        let edges = [DayCount.day(2014, 12, 31), DayCount.day(2015, 1, 1),
                     DayCount.day(2015, 6, 30),
                     DayCount.day(2015, 10, 31), DayCount.day(2016, 2, 29),
                     DayCount.day(2015, 12, 31), DayCount.day(2016, 12, 31), book.asOf - 1,
                     book.asOf, book.asOf + 1]
        days = random.some(edges, random.from(3, to: 9))
        for _ in 0..<random.from(2, to: 10) { days.append(anyDay()) }
        fillUnits(random.from(3, to: 25))
        fillPeople(random.chance(6) ? 0 : random.from(1, to: 40))
        if !book.people.isEmpty { fillService(random.chance(10) ? 0 : random.from(1, to: 30)) }
        fillTeams(random.from(0, to: 8))
        fillTargets()
    }

    private mutating func anyDay() -> Int {
        random.from(DayCount.day(2012, 9, 1), to: DayCount.day(2018, 3, 1))
    }

    mutating func day(percent: Int = 100) -> Int? {
        guard random.chance(percent) else { return nil }
        return random.chance(70) ? random.pick(days) : anyDay()
    }

    // MARK: units

    static let levels = ["city", "district", "committee", "general_branch", "branch"]
    static let kinds = ["district", "county", "enterprise", "university", "middle_school",
                        "government", "社会组织", "startup"]
    static let unitNames = ["和平区团委", "河西区团委", "南开大学团委", "第一中学团委", "第1团支部",
                            "第2团支部", "第2团总支", "机关团委", "西青区团委", "Unit A", "unit a"]

    private mutating func fillUnits(_ count: Int) {
        var units: [(unit: Book.Unit, level: Int)] = []
        for number in 0..<count {
            var parent = units.isEmpty ? nil : random.pick(units)
            if !units.isEmpty, random.chance(30) { parent = units[0] }
            if let candidate = parent, candidate.level == 4 { parent = units[0] }
            let lowest = (parent?.level ?? -1) + 1
            let level = number == 0 ? 0 : random.from(lowest, to: random.chance(60)
                                                      ? min(4, lowest + 1) : 4)
            var unit = Book.Unit(id: "U\(number)", name: random.pick(Self.unitNames) ?? "",
                                 parent: parent?.unit.id, level: Self.levels[level])
            if random.chance(60) { unit.name += "\(number)" }
            unit.kind = random.chance(45) ? random.pick(Self.kinds) : nil
            unit.planSubmitted = day(percent: 60)
            if random.chance(10) { unit.formerly = ["OLD\(number)"] }
            if random.chance(4) { unit.formerly = ["OLD\(number)", "OLDER\(number)"] }
            units.append((unit, level))
        }
        book.units = units.map(\.unit)
        // The official order need not put a unit behind the one above it.
        if random.chance(25) { book.units = random.shuffled(book.units) }
    }

    mutating func someUnit() -> String {
        guard let unit = random.pick(book.units) else { return "" }
        return random.pick([unit.id] + unit.formerly) ?? unit.id
    }

    // MARK: people

    private mutating func fillPeople(_ count: Int) {
        let names = ["李伟", "王芳", "张伟", "Ann Lee", "ann lee", "刘洋", "Zoë", "陈,静", "赵\"磊"]
        // Most rosters do not say since when; some do for everybody.
        let starts = random.chance(40) ? random.pick([30, 100]) ?? 0 : 0
        for number in 0..<count {
            var person = Book.Person(id: "P\(number)", name: random.pick(names) ?? "",
                                     unit: someUnit())
            person.gender = random.chance(90) ? random.pick(["男", "女"]) : nil
            person.status = random.pick([nil, "member", "member", "activist"]) ?? nil
            person.cadre = random.chance(35) ? random.pick(["full_time", "part_time"]) : nil
            person.certifiedStars = random.chance(60) ? random.from(0, to: 5) : nil
            let isPlain = random.chance(60)
            person.days["birth"] = birth(percent: isPlain ? 95 : 80)
            person.days["joined"] = isPlain ? random.from(DayCount.day(2012, 1, 1),
                                                          to: DayCount.day(2015, 9, 1))
                : day(percent: 88)
            person.days["left"] = day(percent: isPlain ? 8 : 35)
            person.days["registered"] = day(percent: 75)
            person.days["cancelled"] = day(percent: 25)
            if random.chance(15) { person.days["cancelled"] = person.days["registered"] }
            if random.chance(8) { person.days["left"] = person.days["joined"] }
            person.days["party_joined"] = day(percent: 25)
            person.days["nominated"] = day(percent: 25)
            person.days["entered"] = day(percent: 60)
            person.days["trained"] = day(percent: 50)
            person.days["insured_until"] = day(percent: 60)
            for name in ["unit_from", "cadre_from", "insured_from", "stars_on"] {
                if random.chance(starts) { person.days[name] = day() }
            }
            book.people.append(person)
        }
    }

    private mutating func birth(percent: Int) -> Int? {
        guard random.chance(percent) else { return nil }
        switch random.below(4) {
        case 0: return random.pick([DayCount.day(1996, 2, 29), DayCount.day(2000, 2, 29)])
        case 1:
            // A round number of years before one of the days.
            let parts = DayCount.parts(random.pick(days) ?? 0)
            let day = parts.month == 2 ? min(parts.day, 28) : parts.day
            return DayCount.day(parts.year - random.from(13, to: 29), parts.month, day)
        default:
            return random.from(DayCount.day(1985, 1, 1), to: DayCount.day(2004, 12, 31))
        }
    }

    // MARK: the rest

    private mutating func fillService(_ count: Int) {
        let fields = ["扶贫济困", "社区服务", "大型活动", "西部开发", "校园服务"]
        let projects = ["西部计划", "关爱行动", "西部,\"计划\"", "Café"]
        // One person has hours enough for stars.
        let busy = random.chance(60) ? random.pick(book.people) : nil
        for _ in 0..<count {
            let isBusy = busy != nil && random.chance(70)
            guard let person = isBusy ? busy : random.pick(book.people) else { continue }
            let hours = isBusy ? random.pick([2000, 2000, 2400, 1999]) ?? 2000
                : random.pick([25, 50, 75, 100, 150, 200, 333, 7, 1000, 1]) ?? 100
            var record = Book.Service(member: person.id, date: day() ?? book.asOf, hours: hours)
            record.field = random.chance(85) ? random.pick(fields) : nil
            record.project = random.chance(40) ? random.pick(projects) : nil
            record.certified = random.pick([true, true, true, false, nil]) ?? nil
            book.service.append(record)
        }
    }

    private mutating func fillTeams(_ count: Int) {
        for number in 0..<count {
            var team = Book.Team(id: "T\(number)", name: "服务队\(number % 5)", unit: someUnit())
            team.kind = random.chance(80)
                ? random.pick(["association", "corps", "team", "online"]) : nil
            team.founded = day(percent: 75)
            book.teams.append(team)
        }
    }

    mutating func fillTargets() {
        if random.chance(20) { return }
        var targets: [Book.Target] = []
        let rates = [500_000, 750_000, 950_000, 333_333, 1_000_000, 0, 420_000, 666_667, 125_000]
        for year in 2014...2017 where random.chance(65) {
            targets.append(Book.Target(year: year, rate: random.pick(rates) ?? 0,
                                       by: random.chance(40) ? DayCount.day(year, 10, 31) : nil))
        }
        for unit in random.some(book.units, random.from(0, to: 5)) {
            targets.append(Book.Target(year: random.from(2014, to: 2017),
                                       rate: random.pick(rates) ?? 0, unit: unit.id))
        }
        book.targets = random.shuffled(targets)
    }
}
