/// What persons and units are at a day, each from its sentence in the contract.
extension Roster {
    private func day(_ person: Int, _ name: String) -> Int? { book.people[person].days[name] }

    /// In force from one day until the day before another; an end before the beginning is
    /// ignored.
    private func isInForce(_ person: Int, from: String, until: String, at now: Int) -> Bool {
        guard let first = day(person, from), first <= now else { return false }
        guard let last = day(person, until), last >= first else { return true }
        return last > now
    }

    func isOnRoll(_ person: Int, at now: Int) -> Bool {
        isInForce(person, from: "joined", until: "left", at: now)
    }

    func isRegistered(_ person: Int, at now: Int) -> Bool {
        isInForce(person, from: "registered", until: "cancelled", at: now)
    }

    func hasHappened(_ person: Int, _ name: String, by now: Int) -> Bool {
        day(person, name).map { $0 <= now } ?? false
    }

    /// Whether what a person has is said not to have begun by then.
    private func isToCome(_ person: Int, _ start: String, at now: Int) -> Bool {
        day(person, start).map { $0 > now } ?? false
    }

    /// Where a person was; nil before the day of coming there.
    func unit(ofPerson person: Int, at now: Int) -> Int? {
        isToCome(person, "unit_from", at: now) ? nil : unitOfPerson[person]
    }

    func cadre(_ person: Int, at now: Int) -> String? {
        isToCome(person, "cadre_from", at: now) ? nil : book.people[person].cadre
    }

    func certifiedStars(_ person: Int, at now: Int) -> Int? {
        isToCome(person, "stars_on", at: now) ? nil : book.people[person].certifiedStars
    }

    func insuredUntil(_ person: Int, at now: Int) -> Int? {
        isToCome(person, "insured_from", at: now) ? nil : day(person, "insured_until")
    }

    func isInsured(_ person: Int, at now: Int) -> Bool {
        guard let last = insuredUntil(person, at: now) else { return false }
        return last >= now && isRegistered(person, at: now)
    }

    func isMember(_ person: Int) -> Bool { book.people[person].status ?? "member" == "member" }

    /// Full years; whoever was born on 29 February has no birthday in a common year before
    /// 1 March.
    func age(_ person: Int, at now: Int) -> Int? {
        guard let birth = day(person, "birth") else { return nil }
        let born = DayCount.parts(birth), today = DayCount.parts(now)
        let hadBirthday = (today.month, today.day) >= (born.month, born.day)
        return today.year - born.year - (hadBirthday ? 0 : 1)
    }

    /// Hundredths of an hour.
    func hours(_ person: Int, upTo now: Int, from first: Int = .min, certified: Bool) -> Int {
        var sum = 0
        for place in serviceOfPerson[person] {
            let record = book.service[place]
            guard record.date <= now, record.date >= first else { continue }
            if !certified || record.certified == true { sum += record.hours }
        }
        return sum
    }

    func yearHours(_ person: Int, at now: Int) -> Int {
        hours(person, upTo: now, from: DayCount.start(DayCount.parts(now).year), certified: true)
    }

    func stars(_ person: Int, at now: Int) -> Int {
        guard isRegistered(person, at: now) else { return 0 }
        let hours = hours(person, upTo: now, certified: true)
        return [100, 300, 600, 1000, 1500].filter { hours >= $0 * 100 }.count
    }

    func hasPlan(_ unit: Int, at now: Int) -> Bool {
        book.units[unit].planSubmitted.map { $0 <= now } ?? false
    }
}
