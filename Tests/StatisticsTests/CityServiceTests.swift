import Testing

/// The statistics of service, stars and safeguards on the city-shaped sample at both dates.
@Suite struct CityServiceTests {
    /// Sums of hours without the traces of binary fractions.
    private func sum(_ records: [Books.Record]) -> Double {
        Double(records.reduce(0) { $0 + Int(($1.hours * 100).rounded()) }) / 100
    }

    @Test(arguments: CityTests.scopes) func serviceFields(_ sample: String) throws {
        let books = try CityTests.books(sample), year = String(books.asOf.prefix(4))
        let records = books.service.filter { $0.date.hasPrefix(year) && $0.date <= books.asOf }
        let table = try sheet("service-fields", on: sample).by("h certified_h times people share")
        let whole = sum(records)
        func figures(_ records: [Books.Record]) -> String {
            line([shown(sum(records)), shown(sum(records.filter(\.isCertified))),
                  shown(records.count), shown(Set(records.map(\.member)).count),
                  shown(whole == 0 ? nil : sum(records) / whole)])
        }
        for field in Set(records.compactMap(\.field)) {
            #expect(table[field] == figures(records.filter { $0.field == field }), "\(field)")
        }
        #expect(table["total"] == figures(records))
        #expect(table.count >= 12)
    }

    @Test(arguments: CityTests.scopes) func keyProjects(_ sample: String) throws {
        let books = try CityTests.books(sample), year = String(books.asOf.prefix(4))
        let persons = Dictionary(uniqueKeysWithValues: books.people.map { ($0.id, $0) })
        let records = books.service.filter {
            $0.date.hasPrefix(year) && $0.date <= books.asOf && $0.project != nil
        }
        func figures(_ records: [Books.Record]) -> String {
            line([shown(Set(records.map(\.member)).count), shown(sum(records))])
        }
        let tables = try sheets("key-projects", on: sample)
        guard !records.isEmpty else {
            #expect(tables.count == 1)
            return
        }
        var expected = Dictionary(grouping: records) { $0.project ?? "" }.mapValues(figures)
        expected["total"] = figures(records)
        #expect(tables[0].by("people h") == expected)
        var units = Dictionary(grouping: records) { record in
            persons[record.member].map(books.part) ?? ""
        }.mapValues(figures)
        units["total"] = figures(records)
        for unit in books.parts where units[unit.name] == nil { units[unit.name] = figures([]) }
        let table = tables[1].by("total·people total·h")
        #expect(table.filter { $0.key != "direct" || $0.value != "0 0" } == units)
    }

    @Test(arguments: CityTests.scopes) func activity(_ sample: String) throws {
        let books = try CityTests.books(sample), day = books.asOf, year = String(day.prefix(4))
        let registered = books.members(day).filter { books.isRegistered($0, day) }
        let table = try sheet("activity", on: sample)
        let columns = "registered_n none_served some enough new_n new_enough middle h never"
        #expect(table.by(columns) == books.byPart(registered) { group in
            let hours = group.map { books.hours($0, day, in: year) }
            let sum = hours.reduce(0) { $0 + Int(($1 * 100).rounded()) }
            let new = group.filter { $0.registered?.hasPrefix(year) == true }
            return [shown(group.count), shown(hours.filter { $0 == 0 }.count),
                    shown(hours.filter { $0 > 0 && $0 < 20 }.count),
                    shown(hours.filter { $0 >= 20 }.count), shown(new.count),
                    shown(new.count { person in
                        let month = Int(person.registered?.dropFirst(5).prefix(2) ?? "") ?? 0
                        return books.hours(person, day, in: year) * 12
                            >= Double(20 * (13 - month))
                    }), shown(median(hours)),
                    shown(Double(sum) / 100), shown(group.count { books.hours($0, day) == 0 })]
        })
    }

    @Test(arguments: CityTests.scopes) func stars(_ sample: String) throws {
        let books = try CityTests.books(sample), day = books.asOf
        let registered = books.members(day).filter { books.isRegistered($0, day) }
        let tables = try sheets("stars", on: sample, given: ["names": "true"])
        let columns = "registered_n s1 s2 s3 s4 s5 c1 c2 c3 c4 c5 due"
        #expect(tables[0].by(columns) == books.byPart(registered) { group in
            [shown(group.count)]
                + (1...5).map { level in shown(group.count { books.stars($0, day) == level }) }
                + (1...5).map { level in shown(group.count { $0.certifiedStars == level }) }
                + [shown(group.count { books.stars($0, day) > $0.certifiedStars ?? 0 })]
        })
        let due = registered.filter { books.stars($0, day) > $0.certifiedStars ?? 0 }
        #expect((tables.having("certified_stars").first?.rows.map { $0[1] } ?? []).sorted()
                == due.map(\.name).sorted())
    }

    @Test(arguments: CityTests.scopes) func minors(_ sample: String) throws {
        let books = try CityTests.books(sample), day = books.asOf
        let minors = books.members(day).filter { (books.age($0, day) ?? 99) < 18 }
        func figures(_ group: [Books.Person]) -> String {
            let hours = group.reduce(0) { $0 + Int((books.hours($1, day) * 100).rounded()) }
            return line([shown(group.count), shown(group.count { books.isRegistered($0, day) }),
                         shown(group.count { books.hours($0, day) > 0 }),
                         shown(Double(hours) / 100)])
        }
        #expect(try sheet("minors", on: sample).by("of n served h") == [
            "under 14": figures(minors.filter { (books.age($0, day) ?? 99) < 14 }),
            "14 to 17": figures(minors.filter { (books.age($0, day) ?? 0) >= 14 }),
            "total": figures(minors),
        ])
    }

    @Test(arguments: CityTests.scopes) func safeguards(_ sample: String) throws {
        let books = try CityTests.books(sample), day = books.asOf
        let registered = books.members(day).filter { books.isRegistered($0, day) }
        let columns = "registered_n trained_n insured_n lapsing certified_h recorded_h "
            + "certified_share"
        #expect(try sheet("safeguards", on: sample).by(columns) == books.byPart(registered) {
            group in
            func hours(_ certified: Bool) -> Double {
                Double(group.reduce(0) {
                    $0 + Int((books.hours($1, day, certified: certified) * 100).rounded())
                }) / 100
            }
            return [shown(group.count), shown(group.count { ($0.trained ?? "9") <= day }),
                    shown(group.count { books.isInsured($0, day) }),
                    shown(group.count {
                        books.isInsured($0, day) && days(day, $0.insuredUntil ?? "") <= 60
                    }), shown(hours(true)), shown(hours(false)),
                    shown(hours(false) == 0 ? nil : hours(true) / hours(false))]
        })
    }
}
