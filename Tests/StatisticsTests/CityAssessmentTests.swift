import Testing

/// The statistics of branches, of assessment and of awards on the city-shaped sample, against
/// loops over the rows of the files.
@Suite struct CityAssessmentTests {
    private struct Branch {
        let unit: Books.Unit
        let of: Int
        let n: Int
        var isShort: Bool { 2 * n < of }
    }

    private func branches(_ books: Books) -> [Branch] {
        let members = Dictionary(grouping: books.members(books.asOf)) {
            books.unit($0.unit)?.id ?? ""
        }
        return books.units.filter { $0.level == "branch" }.map { unit in
            let own = members[unit.id] ?? []
            return Branch(unit: unit, of: own.count,
                          n: own.count { books.isRegistered($0, books.asOf) })
        }
    }

    @Test(arguments: CityTests.scopes) func branches(_ sample: String) throws {
        let books = try CityTests.books(sample), all = branches(books)
        func figures(_ list: [Branch]) -> String {
            func count(_ holds: (Branch) -> Bool) -> String { shown(list.filter(holds).count) }
            return line([
                shown(list.count), shown(list.reduce(0) { $0 + $1.of }),
                shown(list.reduce(0) { $0 + $1.n }), count { $0.of > 0 && $0.n == 0 },
                count { 2 * $0.n > $0.of }, count { $0.of > 0 && $0.isShort },
                count { $0.of < 3 }, count { $0.of > 50 },
            ])
        }
        var expected = ["total": figures(all)]
        for (part, list) in Dictionary(grouping: all, by: { books.part(ofUnit: $0.unit.id) }) {
            expected[part] = figures(list)
        }
        let tables = try sheets("branches", on: sample)
        #expect(tables[0].by("branches members_n registered_n nobody half short_n small large")
            == expected)
        let short = all.filter { $0.of > 0 && $0.isShort }
        let list = (tables.having("missing").first?.rows ?? []).map { line(Array($0.suffix(4))) }
        #expect(list.sorted() == short.map {
            line([shown($0.of), shown($0.n), shown(share($0.n, $0.of)), shown($0.of - $0.n)])
        }.sorted())
    }

    @Test(arguments: CityTests.scopes) func assessment(_ sample: String) throws {
        let books = try CityTests.books(sample), day = books.asOf, year = String(day.prefix(4))
        let members = Dictionary(grouping: books.members(day), by: books.part)
        let branches = Dictionary(grouping: books.units.filter { $0.level == "branch" }) {
            books.part(ofUnit: $0.id)
        }
        let tables = try sheets("assessment", on: sample)
        let found = tables[1].by("found")
        var figures: [String: String] = [:], points: [String: String] = [:]
        for unit in books.parts {
            let group = members[unit.name] ?? []
            guard !group.isEmpty else { continue }
            let registered = group.filter { books.isRegistered($0, day) }
            let due = group.filter { person in
                let must = person.cadre != nil || (person.partyJoined ?? "9") <= day
                    || person.joined?.hasPrefix(year) == true
                return must && (books.age(person, day) ?? 14) >= 14
            }
            let own = branches[unit.name] ?? []
            let teamed = own.filter { branch in
                books.teams.contains { $0.unit == branch.id && ($0.founded ?? "9") <= day }
            }
            let target = Double(books.target(unit.name, year)) / 1_000_000
            let reached = share(registered.count, group.count).map { min(1, $0 / target) }
            let doubtful = Int(found[unit.name] ?? "") ?? -1
            let dueDay = "\(year)-05-29"
            let plan: Double? = unit.level != "district" ? nil
                : (unit.planSubmitted ?? "9") <= dueDay ? 1
                : (unit.planSubmitted ?? "9") <= day ? 0.5 : 0
            let shares: [(Double?, Double)] = [
                (reached, 30),
                (share(due.count { books.isRegistered($0, day) }, due.count), 15),
                (share(registered.count { ($0.entered ?? "9") <= day }, registered.count), 15),
                (share(registered.count { books.hours($0, day, in: year) >= 20 },
                       registered.count), 15),
                (share(teamed.count, own.count), 10), (plan, 5),
                (1 - Double(doubtful) / Double(group.count), 10),
            ]
            figures[unit.name] = line(
                [shown(group.count), shown(registered.count)]
                    + shares.prefix(5).map { shown($0.0) })
            let sum = shares.reduce(0) { $0 + ($1.0 ?? 0) * $1.1 }
            let possible = shares.reduce(0) { $0 + ($1.0 == nil ? 0 : $1.1) }
            points[unit.name] = line(
                [rounded(sum / possible * 100)] + shares.map { share in
                    share.0.map { rounded($0 * share.1) } ?? "–"
                })
        }
        #expect(tables[1].by("of n target_s due_s entry_s service_s teams_s") == figures)
        let shownPoints = Dictionary(uniqueKeysWithValues: tables[0].rows.map {
            ($0[1], line(Array($0[2...])))
        })
        #expect(shownPoints == points)
    }

    /// To one decimal, half away from zero; what a double only just misses is taken as it is.
    private func rounded(_ value: Double) -> String {
        shown(((value * 10 + 1e-9).rounded(.toNearestOrAwayFromZero)) / 10)
    }

    @Test(arguments: CityTests.scopes) func awards(_ sample: String) throws {
        let books = try CityTests.books(sample), day = books.asOf, year = String(day.prefix(4))
        let registered = books.members(day).filter { books.isRegistered($0, day) }
        func hours(_ person: Books.Person) -> Double { books.hours(person, day, in: year) }
        var best: [Books.Person] = [], places: [String: Int] = [:]
        for (_, group) in Dictionary(grouping: registered, by: books.part) {
            let wanted = (group.count + 9) / 10
            let enough = group.filter { hours($0) >= 20 }
            for person in enough {
                let place = 1 + enough.count { hours($0) > hours(person) }
                guard place <= wanted else { continue }
                best.append(person)
                places[person.id] = place
            }
        }
        let tables = try sheets("awards", on: sample)
        #expect(tables[0].by("candidates least most") == books.byPart(best) { group in
            let all = group.map(hours)
            return [shown(group.count), shown(all.min()), shown(all.max())]
        })
        let list = tables.having("project_n").first?.rows.map { row in
            line([row[1], row[3], row[4], row[5], row[6], row[7]])
        } ?? []
        #expect(list.sorted() == best.map { person in
            let projects = (books.recordsByPerson[person.id] ?? []).filter {
                $0.project != nil && $0.date.hasPrefix(year) && $0.date <= day
            }
            return line([shown(places[person.id] ?? 0), person.name, shown(hours(person)),
                         shown(books.hours(person, day)), shown(books.stars(person, day)),
                         shown(projects.count)])
        }.sorted())
    }
}
