import Testing

/// The statistics on the city-shaped sample at both dates, each table compared with what simple
/// loops over the rows of the files give.
@Suite struct CityTests {
    static let samples = ["city", "city-2015"]
    /// The same for a district, a university and a committee.
    static let scopes = samples + ["city@和平区团委", "city-2015@南开大学团委", "city@和平区第一中学团委"]

    static func books(_ sample: String) throws -> Books {
        switch sample {
        case "city": try Books.city.get()
        case "city-2015": try Books.city2015.get()
        case "city@和平区团委": try Books.district.get()
        case "city-2015@南开大学团委": try Books.university.get()
        default: try Books.committee.get()
        }
    }

    @Test(arguments: scopes) func progress(_ sample: String) throws {
        let books = try Self.books(sample), day = books.asOf, year = String(day.prefix(4))
        let table = try sheet("progress", on: sample)
        let members = books.members(day)
        #expect(table.by("of n rate eligible") == books.byPart(members) { group in
            let n = group.count { books.isRegistered($0, day) }
            let eligible = group.filter { (books.age($0, day) ?? -1) >= 14 }
            return [shown(group.count), shown(n), shown(share(n, group.count)),
                    shown(share(eligible.count { books.isRegistered($0, day) }, eligible.count))]
        })
        let groups = Dictionary(grouping: members, by: books.part)
        for (unit, text) in table.by("target gap short met") where unit != "total" {
            let group = groups[unit] ?? [], target = books.target(unit, year)
            let n = group.count { books.isRegistered($0, day) }
            let short = books.short(group.count, n, target)
            let gap = share(n, group.count).map { $0 - Double(target) / 1_000_000 }
            #expect(text == line([
                shown(Double(target) / 1_000_000), shown(gap), short.map(shown) ?? "–",
                shown(short.map { $0 == 0 })]), "\(unit)")
        }
        // Ranks: one more than the units that are better.
        let rates = books.parts.map(\.name).map { name in
            (name, share((groups[name] ?? []).count { books.isRegistered($0, day) },
                         (groups[name] ?? []).count))
        }
        let kinds = Dictionary(uniqueKeysWithValues: books.parts.map { ($0.name, $0.kind) })
        let ranks = table.by("rank rank_in_kind")
        for (name, rate) in rates {
            let better = rates.filter { ($0.1 ?? -1) > (rate ?? 2) }
            let within = better.filter { kinds[$0.0] == kinds[name] }
            let expected = rate == nil ? "– –" : "\(better.count + 1) \(within.count + 1)"
            #expect(ranks[name] == expected, "\(name)")
        }
    }

    @Test(arguments: scopes) func years(_ sample: String) throws {
        let books = try Self.books(sample)
        let years = ["2015", "2016", "2017"].filter { $0 <= books.asOf.prefix(4) }
        let tables = try sheets("years", on: sample)
        var metAll: [String: Int] = [:]
        for year in years {
            let day = min(year + "-12-31", books.asOf)
            let figures = books.byPart(books.members(day)) { group in
                [shown(share(group.count { books.isRegistered($0, day) }, group.count))]
            }
            let rates = tables[0].by("\(year)·rate")
            // A unit without members in a year has no rate in it.
            #expect(rates.filter { $0.key != "direct" || $0.value != "–" } == figures)
            for (unit, group) in Dictionary(grouping: books.members(day), by: books.part)
            where unit != "direct" {
                let n = group.count { books.isRegistered($0, day) }
                if books.short(group.count, n, books.target(unit, year)) == 0 {
                    metAll[unit, default: 0] += 1
                }
            }
        }
        let always = tables.having("years_met").first?.rows.map { $0[0] } ?? []
        #expect(Set(always) == Set(metAll.filter { $0.value == years.count }.keys))
    }

    @Test(arguments: scopes) func priorityGroups(_ sample: String) throws {
        let books = try Self.books(sample), day = books.asOf, year = String(day.prefix(4))
        let members = books.members(day)
        let isParty = { (p: Books.Person) in (p.partyJoined ?? "9") <= day && p.cadre == nil }
        let isNew = { (p: Books.Person) in p.joined?.hasPrefix(year) == true }
        let groups: [(String, (Books.Person) -> Bool)] = [
            ("full-time cadres", { $0.cadre == "full_time" }),
            ("part-time cadres", { $0.cadre == "part_time" }),
            ("Party members", isParty), ("admitted in the year", isNew),
            ("total", { $0.cadre != nil || ($0.partyJoined ?? "9") <= day || isNew($0) }),
        ]
        let tables = try sheets("priority-groups", on: sample, given: ["names": "true"])
        let canRegister = { (p: Books.Person) in books.age(p, day).map { $0 >= 14 } ?? true }
        for (name, belongs) in groups {
            let due = members.filter { belongs($0) && canRegister($0) }
            let done = due.count { books.isRegistered($0, day) }
            #expect(tables[0].by("of n rate short")[name] == line([
                shown(due.count), shown(done), shown(share(done, due.count)),
                due.isEmpty ? "–" : shown(due.count - done)]), "\(name)")
            let column = name.replacing(" ", with: "·")
            let own = books.byPart(due) { group in
                [shown(group.count), shown(group.count { books.isRegistered($0, day) })]
            }
            let shownUnits = tables[1].by("\(column)·of \(column)·n")
            #expect(shownUnits.filter { $0.key != "direct" || $0.value != "0 0" } == own)
        }
        let missing = members.filter {
            groups[4].1($0) && canRegister($0) && !books.isRegistered($0, day)
        }
        #expect((tables.having("party").first?.rows.map { $0[1] } ?? []).sorted() == missing.map(\.name).sorted())
    }

    @Test(arguments: scopes) func sectors(_ sample: String) throws {
        let books = try Self.books(sample), day = books.asOf
        let sectors = ["enterprise": "state enterprises", "university": "universities",
                       "government": "government and institutions",
                       "institution": "government and institutions",
                       "middle_school": "government and institutions",
                       "vocational_school": "government and institutions"]
        var expected = Dictionary(uniqueKeysWithValues: (Set(sectors.values).union(["total"])).map {
            ($0, (of: 0, n: 0))
        })
        for person in books.members(day) {
            guard let sector = sectors[books.unit(person.unit)?.kind ?? ""] else { continue }
            for key in [sector, "total"] {
                expected[key, default: (0, 0)].of += 1
                if books.isRegistered(person, day) { expected[key, default: (0, 0)].n += 1 }
            }
        }
        #expect(try sheet("sectors", on: sample).by("of n short") == expected.mapValues {
            line([shown($0.of), shown($0.n), $0.of == 0 ? "–" : shown($0.of - $0.n)])
        })
    }

    @Test(arguments: scopes) func campaign(_ sample: String) throws {
        let books = try Self.books(sample)
        let table = try sheet("campaign", on: sample)
        var running: [String: Int] = [:]
        let ends = ["2015-06-30", "2015-07-31", "2015-08-31", "2015-09-30", "2015-10-31"]
        for end in ends {
            let month = String(end.prefix(7))
            var new: [String: Int] = [:]
            for person in books.members(min(end, books.asOf))
            where person.registered?.hasPrefix(month) == true {
                new[books.part(person), default: 0] += 1
                new["total", default: 0] += 1
            }
            running.merge(new) { $0 + $1 }
            for (unit, text) in table.by("\(month)·new \(month)·cumulative_new") {
                #expect(text == "\(new[unit] ?? 0) \(running[unit] ?? 0)", "\(unit) \(month)")
            }
        }
        #expect(table.columns.count == 11)
        #expect(Set(running.keys).isSubset(of: Set(table.rows.map { $0[0] })))
    }

    @Test(arguments: scopes) func entry(_ sample: String) throws {
        let books = try Self.books(sample), day = books.asOf
        let registered = books.members(day).filter { books.isRegistered($0, day) }
        let columns = "registered_n entered_n share to_enter typical longest"
        let table = try sheet("entry", on: sample)
        #expect(table.by(columns) == books.byPart(registered) { group in
            let entered = group.filter { ($0.entered ?? "9") <= day }
            let lags = entered.map { Double(days($0.registered ?? "", $0.entered ?? "")) }
            return [shown(group.count), shown(entered.count),
                    shown(share(entered.count, group.count)),
                    shown(group.count - entered.count), shown(median(lags)), shown(lags.max())]
        })
    }
}
