import MusterDiagnostics
import Testing

/// The statistics of units, of admission, of pace and change on the city-shaped sample.
@Suite struct CityOrganisationTests {
    @Test(arguments: CityTests.scopes) func organisation(_ sample: String) throws {
        let books = try CityTests.books(sample), day = books.asOf
        func has(_ unit: Books.Unit, _ kind: String?) -> Bool {
            books.teams.contains {
                $0.unit == unit.id && ($0.founded ?? "9") <= day && (kind == nil || $0.kind == kind)
            }
        }
        func figures(_ units: [Books.Unit], _ kind: String?) -> String {
            line([shown(units.count), shown(units.filter { has($0, kind) }.count)])
        }
        let branches = books.units.filter { $0.level == "branch" }
        let schools = books.units.filter { $0.level == "committee" && $0.kind == "middle_school" }
        let tables = try sheets("organisation", on: sample)
        #expect(tables[0].by("of n") == [
            "branches with a team": figures(branches, nil),
            "universities with an association": figures(books.units.filter {
                $0.level == "district" && $0.kind == "university"
            }, "association"),
            "middle schools with a corps": figures(schools, "corps"),
            "counties and districts with an association": figures(books.units.filter {
                $0.level == "district" && ["county", "district"].contains($0.kind)
            }, "association"),
        ])
        let shownUnits = tables[1].by("branches with_team schools with_corps")
        for name in books.parts.map(\.name) {
            let own = { (unit: Books.Unit) in books.part(ofUnit: unit.id) == name }
            #expect(shownUnits[name] == figures(branches.filter(own), nil) + " "
                    + figures(schools.filter(own), "corps"), "\(name)")
        }
        let online = books.teams.filter { $0.kind == "online" && ($0.founded ?? "9") <= day }
        #expect(tables[1].by("online")["total"] == shown(online.count))
    }

    @Test(arguments: CityTests.scopes) func admission(_ sample: String) throws {
        let books = try CityTests.books(sample), day = books.asOf, year = String(day.prefix(4))
        let tables = try sheets("admission", on: sample)
        let activists = books.people.filter { !$0.isMember }
        #expect(tables[0].by("of n served less not_registered") == books.byPart(activists) { group in
            let registered = group.filter { books.isRegistered($0, day) }
            return [shown(group.count), shown(registered.count),
                    shown(registered.count { books.hours($0, day) >= 20 }),
                    shown(registered.count { books.hours($0, day) < 20 }),
                    shown(group.count - registered.count)]
        })
        let new = books.members(day).filter { $0.joined?.hasPrefix(year) == true }
        #expect(tables[1].by("of before within_30 later never") == books.byPart(new) { group in
            let lags = group.map { person in
                books.isRegistered(person, day)
                    ? days(person.joined ?? "", person.registered ?? "") : nil
            }
            return [shown(group.count), shown(lags.filter { ($0 ?? 1) <= 0 }.count),
                    shown(lags.filter { (1...30).contains($0 ?? 0) }.count),
                    shown(lags.filter { ($0 ?? 0) > 30 }.count),
                    shown(lags.filter { $0 == nil }.count)]
        })
    }

    @Test(arguments: CityTests.scopes) func nomination(_ sample: String) throws {
        let books = try CityTests.books(sample), day = books.asOf
        let nominated = books.members(day).filter { ($0.nominated ?? "9") <= day }
        let tables = try sheets("nomination", on: sample, given: ["names": "true"])
        #expect(tables[0].by("of n starred cadres") == books.byPart(nominated) { group in
            [shown(group.count), shown(group.count { books.isRegistered($0, day) }),
             shown(group.count { books.stars($0, day) > 0 }),
             shown(group.count { $0.cadre != nil })]
        })
        let list = (tables.having("hours").first?.rows ?? []).map { "\($0[1]) \($0[2]) \($0[4])" }
        #expect(list.sorted() == nominated.map {
            "\($0.name) \($0.nominated ?? "") \(shown(books.hours($0, day)))"
        }.sorted())
    }

    @Test(arguments: CityTests.scopes) func plans(_ sample: String) throws {
        let books = try CityTests.books(sample), day = books.asOf
        let units = books.units.filter { $0.level == "district" }
        guard !units.isEmpty else {
            #expect { try sheets("plans", on: sample) } throws: { error in
                (error as? Diagnostic)?.code == "expect.failed"
            }
            return
        }
        let due = String(day.prefix(4)) + "-05-29"
        let handed = { (unit: Books.Unit) in unit.planSubmitted.flatMap { $0 <= day ? $0 : nil } }
        let late = units.filter { handed($0).map { $0 > due } ?? false }
        let none = units.filter { handed($0) == nil }
        let tables = try sheets("plans", on: sample)
        #expect(tables[0].by("n") == [
            "on time": shown(units.count - late.count - none.count), "late": shown(late.count),
            "not handed in": shown(none.count), "total": shown(units.count),
        ])
        let list = tables.having("overdue").first?.by("late overdue") ?? [:]
        #expect(list == Dictionary(uniqueKeysWithValues: (late + none).map {
            ($0.name, handed($0).map { "yes " + shown(days(due, $0)) }
                ?? "no " + shown(days(due, day)))
        }))
    }

    @Test(arguments: CityTests.scopes) func yearEnd(_ sample: String) throws {
        let books = try CityTests.books(sample), day = books.asOf, year = String(day.prefix(4))
        let tables = try sheets("year-end", on: sample)
        var missed: [String: String] = [:], met: [String: String] = [:]
        for (unit, group) in Dictionary(grouping: books.members(day), by: books.part) {
            let n = group.count { books.isRegistered($0, day) }
            let short = books.short(group.count, n, books.target(unit, year)) ?? 0
            let must = group.filter {
                $0.cadre != nil || ($0.partyJoined ?? "9") <= day
                    || $0.joined?.hasPrefix(year) == true
            }.filter { books.age($0, day).map { $0 >= 14 } ?? true }
            let text = line([
                shown(group.count), shown(n), shown(short),
                shown(must.count { !books.isRegistered($0, day) }),
                shown(group.count {
                    books.isRegistered($0, day) && books.hours($0, day, in: year) == 0
                }),
            ])
            if short > 0 { missed[unit] = text } else { met[unit] = text }
        }
        let columns = "of n short must_left idle", left = tables.having("must_left")
        // A list of nobody is a word, not a table.
        let lists = [missed, met].filter { !$0.isEmpty }
        #expect(left.map { $0.by(columns).filter { $0.key != "total" } } == lists)
    }

    @Test(arguments: CityTests.scopes) func pace(_ sample: String) throws {
        let books = try CityTests.books(sample), day = books.asOf
        // On the last day of a target the next one is due; after the last one that stays.
        let (begin, target, deadline) = sample.hasPrefix("city-2015") == false
            ? ("2017-09-30", 950_000, "2017-12-31") : ("2015-07-31", 750_000, "2016-12-31")
        let table = try sheet("pace", on: sample)
        let span = days(begin, day), left = days(day, deadline)
        #expect(table.by("of n recent short pace needed expected in_time")
                == books.byPart(books.members(day)) { group in
            let registered = group.filter { books.isRegistered($0, day) }
            let recent = registered.count { $0.registered ?? "" > begin }
            let short = books.short(group.count, registered.count, target)
            let expected = short.flatMap { short in
                short > 0 && recent > 0
                    ? dayAfter(day, plus: (short * span + recent - 1) / recent) : nil
            }
            let needed = short.flatMap { short in
                left > 0 ? (Double(short * span) / 3 / Double(left) * 10).rounded() / 10 : nil
            }
            let inTime = short.map { $0 == 0 || expected.map { $0 <= deadline } ?? false }
            return [shown(group.count), shown(registered.count), shown(recent),
                    short.map(shown) ?? "–", shown((Double(recent) / 3 * 10).rounded() / 10),
                    shown(needed), expected ?? "–", shown(inTime)]
        })
    }

    @Test(arguments: CityTests.scopes) func change(_ sample: String) throws {
        let books = try CityTests.books(sample), to = books.asOf
        let from = !sample.hasPrefix("city-2015") ? "2016-12-31" : "2014-10-31"
        let everybody = books.people.filter(\.isMember)
        func registered(_ person: Books.Person, _ day: String) -> Bool {
            books.isOnRoll(person, day) && books.isRegistered(person, day)
        }
        let columns = "m0 m1 r0 r1 change fell joiners leavers new lost"
        let table = try sheet("change", on: sample)
        #expect(table.by(columns) == books.byPart(everybody) { group in
            let m0 = group.count { books.isOnRoll($0, from) }
            let m1 = group.count { books.isOnRoll($0, to) }
            let r0 = group.count { registered($0, from) }, r1 = group.count { registered($0, to) }
            let change = share(r1, m1).flatMap { now in share(r0, m0).map { now - $0 } }
            return [shown(m0), shown(m1), shown(r0), shown(r1), shown(change),
                    shown(r1 * m0 < r0 * m1),
                    shown(group.count { books.isOnRoll($0, to) && !books.isOnRoll($0, from) }),
                    shown(group.count { books.isOnRoll($0, from) && !books.isOnRoll($0, to) }),
                    shown(group.count { registered($0, to) && !registered($0, from) }),
                    shown(group.count { registered($0, from) && !registered($0, to) })]
        })
    }

    @Test(arguments: CityTests.scopes) func books(_ sample: String) throws {
        let books = try CityTests.books(sample), day = books.asOf
        let tables = try sheets("books", on: sample)
        let levels = try #require(tables.having("below_n").first)
        let names = ["branch": "branches", "general_branch": "general branches",
                     "committee": "committees", "district": "districts", "city": "city"]
        let own = Dictionary(grouping: books.members(day)) { books.unit($0.unit)?.level ?? "" }
        for (level, name) in names {
            let below = books.members(day).filter { member in
                books.ancestor(member.unit, level).map { books.part(ofUnit: $0.id) != "outside" }
                    ?? false
            }.count
            let units = books.units.filter { $0.level == level }.count
            guard units > 0 else { continue }
            let ownCount = own[level]?.count ?? 0
            #expect(levels.by("units_n own_n below_n whole_n differ")[name]
                    == "\(units) \(ownCount) \(below - ownCount) \(below) 0", "\(level)")
        }
        let direct = try #require(tables.having("by_unit").first)
        let count = books.members(day).count
        #expect(direct.by("tree by_unit direct differ").values.map { $0 }
                == ["\(count) \(count) \(count) 0"])
        // Where all agree nothing is listed.
        #expect(tables.having("tree_r").isEmpty && tables.having("flat").isEmpty)
    }
}
