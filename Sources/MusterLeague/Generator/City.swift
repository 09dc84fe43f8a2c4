import MusterValues
import MusterStore

/// The generated city as it stood on the day asked for, a table at a time.
struct City {
    typealias Row = (borrowing RowText) throws -> Void
    /// Told now and then how many people are done.
    typealias Count = (Int) throws -> Void

    let options: GeneratorOptions
    let people: PersonDrawing
    private var units: [CityUnit] { people.plan.units }
    private var asOf: Int32 { options.asOf }
    /// People whose service records are sorted together by day.
    private static let block = 8192

    init(options: GeneratorOptions, people: PersonDrawing) {
        self.options = options
        self.people = people
    }

    var manifest: [(key: String, json: String)] {
        let day = CivilDay.text(asOf)
        let made = "muster generate --members \(options.members) --seed \(options.seed)"
            + " --as-of \(day)"
        let targets = [
            #"{"year": 2015, "rate": 0.50, "by": "2015-10-31"}"#,
            #"{"year": 2016, "rate": 0.75, "by": "2016-12-31"}"#,
            #"{"year": 2017, "rate": 0.95, "by": "2017-12-31"}"#,
            #"{"year": 2015, "rate": 0.45, "by": "2015-10-31", "#
                + "\"unit\": \"\(DistrictUnit.ownTarget)\"}",
        ]
        return [
            ("format", #""muster-snapshot/1""#), ("as_of", "\"\(day)\""),
            ("source", "\"虚构数据 · \(made)\""),
            ("targets", "[\n    " + targets.joined(separator: ",\n    ") + "\n  ]"),
        ]
    }

    func writeUnits(_ write: Row) throws {
        var row = RowText()
        for unit in units {
            row.begin()
            row.text("id", unit.id)
            row.text("name", unit.name)
            row.text("parent", unit.parent.map { units[$0].id })
            row.text("level", unit.level.rawValue)
            row.text("kind", unit.kind)
            row.day("plan_submitted", unit.planSubmitted)
            row.text("formerly", unit.formerly)
            row.end()
            try write(row)
        }
    }

    func writeMembers(_ write: Row, _ count: Count = { _ in }) throws {
        var row = RowText()
        var previous: IdNumber?
        try eachPerson { index, person in
            if index % 1024 == 0 { try count(index) }
            // Now and then two people have one identity number in the books.
            var person = person
            if index % 3001 == 3000 { person.idNumber = previous }
            previous = person.idNumber
            guard person.known <= asOf else { return }
            fill(&row, with: person)
            try write(row)
        }
    }

    func writeService(_ write: Row, _ count: Count = { _ in }) throws {
        var row = RowText()
        var block: [(person: Int, record: Person.Service)] = []
        func flush() throws {
            let order = block.indices.sorted {
                (block[$0].record.day, $0) < (block[$1].record.day, $1)
            }
            for index in order {
                let (person, record) = block[index]
                row.begin()
                row.person("member", person)
                row.day("date", record.day)
                row.hundredths("hours", record.hours)
                row.text("field", record.field)
                row.text("project", record.project)
                row.bool("certified", record.isCertified)
                row.end()
                try write(row)
            }
            block.removeAll(keepingCapacity: true)
        }
        try eachPerson { index, person in
            if index % Self.block == 0 { try flush() }
            if index % 1024 == 0 { try count(index) }
            guard person.known <= asOf else { return }
            for record in person.service where record.day <= asOf {
                block.append((person.number, record))
            }
        }
        try flush()
    }

    func writeTeams(_ write: Row) throws {
        var row = RowText()
        for (index, unit) in units.enumerated() {
            var random = Randomness(seed: options.seed, .teams, index)
            for team in Team.drawn(for: unit, &random) where team.founded <= asOf {
                row.begin()
                row.text("id", "T" + unit.id + team.suffix)
                row.text("name", unit.name + team.name)
                row.text("unit", unit.id)
                row.text("kind", team.kind)
                row.day("founded", team.founded)
                row.end()
                try write(row)
            }
        }
    }

    private func eachPerson(_ body: (Int, Person) throws -> Void) throws {
        var index = 0
        for (number, unit) in units.enumerated() {
            for place in 0..<unit.people {
                try body(index, people.person(index, in: number, place: place))
                index += 1
            }
        }
    }

    private func fill(_ row: inout RowText, with person: Person) {
        func past(_ day: Int32?) -> Int32? { day.flatMap { $0 <= asOf ? $0 : nil } }
        let unit = units[person.unit(on: asOf)]
        let isMember = person.joined.map { $0 <= asOf } ?? true
        row.begin()
        row.person("id", person.number)
        row.text("name", person.name)
        row.text("gender", person.isMale ? "男" : "女")
        row.day("birth", person.lacksBirth ? nil : person.birth)
        row.idNumber("id_number", person.idNumber)
        // Some rosters still name a renamed unit as it was.
        row.text("unit", person.number % 50 == 0 ? unit.formerly ?? unit.id : unit.id)
        row.text("status", isMember ? "member" : "activist")
        row.day("joined", past(person.joined))
        row.day("left", past(person.left))
        row.text("cadre", isMember ? person.cadre : nil)
        row.day("party_joined", past(person.partyJoined))
        row.day("nominated", past(person.nominated))
        row.day("registered", past(person.registered))
        row.day("cancelled", past(person.cancelled))
        row.day("entered", past(person.entered))
        row.day("trained", past(person.trained))
        row.day("insured_until", person.insured.last { $0 <= asOf }.map { $0 + 364 })
        row.integer("certified_stars", person.certifiedStars(on: asOf))
        row.end()
    }
}
