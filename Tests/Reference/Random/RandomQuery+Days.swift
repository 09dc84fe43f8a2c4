extension RandomQuery {
    func someDay() -> Int {
        let days = roster.book.people.flatMap { $0.days.values.sorted() }
            .filter { $0 > DayCount.day(2012, 1, 1) }
        if random.chance(70), let day = random.pick(days) { return min(day, roster.book.asOf) }
        return random.from(DayCount.day(2013, 1, 1), to: roster.book.asOf)
    }

    /// What stands behind `as of`: a day, month or year, seldom one that has not begun.
    func instant() -> String {
        let parts = DayCount.parts(someDay())
        let isAhead = random.chance(1)
        if random.chance(15) {
            tags.insert("as of:relative")
            return relativeDay { $0 <= 0 }
        }
        switch random.below(3) {
        case 0: return spelling.day(someDay())
        case 1:
            let month = parts.year * 12 + parts.month - 1 + (isAhead ? 60 : 0)
            return spelling.month(month)
        default: return spelling.year(parts.year + (isAhead ? 5 : 0))
        }
    }

    /// A day or period to compare a day with.
    private func dayOrPeriod() -> String {
        if random.chance(12) {
            tags.insert("period:relative")
            return relativeDay { _ in true }
        }
        let parts = DayCount.parts(someDay())
        switch random.below(period == nil ? 3 : 4) {
        case 0: return spelling.day(someDay())
        case 1: return spelling.month(parts.year * 12 + parts.month - 1)
        case 2: return spelling.year(parts.year)
        default: return periodValue()
        }
    }

    /// 去年 本月 昨天, of those whose distance is wanted.
    private func relativeDay(_ isWanted: (Int) -> Bool) -> String {
        let time = random.pick(RelativeDay.all.filter { isWanted($0.step) })
        return time.map { spelling.word($0.en, $0.zh) } ?? spelling.day(someDay())
    }

    private func periodValue() -> String {
        guard let period else { return spelling.day(someDay()) }
        tags.insert("period:value")
        let name = spelling.path(period)
        guard random.chance(25) else { return name }
        return spelling.bracket("\(name) \(mark(random.chance(50) ? "-" : "+")) 1")
    }

    // MARK: comparisons

    func compareDays() -> String? {
        guard let left = day(depth: 1) else { return nil }
        let parts = DayCount.parts(someDay())
        switch random.below(10) {
        case 0: return "\(left.text) \(membership()) \(parts.year - random.below(2))..\(parts.year)"
        case 1:
            let month = parts.year * 12 + parts.month - 1
            return "\(left.text) \(membership()) \(DayCount.monthText(month - random.below(4)))"
                + "..\(DayCount.monthText(month))"
        case 2:
            return "\(left.text) \(word("between", "介于")) \(spelling.day(someDay())) "
                + "\(spelling.word("and", "与")) \(dayOrPeriod())"
        case 3, 4: return "\(left.text) \(membership()) \(dayOrPeriod())"
        case 5:
            guard let right = day(depth: 0) else { return nil }
            let operation = random.pick(["=", "!=", "<", "<=", ">", ">="]) ?? "="
            return "\(left.text) \(mark(operation)) \(right.text)"
        default:
            let operation = random.pick(["=", "!=", "<", "<=", ">", ">="]) ?? "="
            return "\(left.text) \(mark(operation)) \(dayOrPeriod())"
        }
    }

    func comparePeriods() -> String? {
        guard let period, !isPivoted else { return nil }
        if period.isDay { return compareSnapshots(period) }
        let value = random.from(periods.lowerBound, to: periods.upperBound)
        let isYear = if case .year = period.kind { true } else { false }
        func literal(_ value: Int) -> String {
            isYear ? spelling.year(value) : spelling.month(value)
        }
        switch random.below(4) {
        case 0:
            let list = spelling.list([literal(value), literal(value + 1)])
            return "\(spelling.path(period)) \(membership()) \(spelling.bracket(list))"
        case 1:
            let range = isYear ? "\(value)..\(value + 1)"
                : "\(DayCount.monthText(value))..\(DayCount.monthText(value + 1))"
            return "\(spelling.path(period)) \(membership()) \(range)"
        default:
            let operation = random.pick(["=", "!=", "<", "<=", ">", ">="]) ?? "="
            return "\(spelling.path(period)) \(mark(operation)) \(literal(value))"
        }
    }

    private func compareSnapshots(_ period: Item) -> String {
        func day() -> String {
            spelling.day(random.pick(chronicle.rosters)?.book.asOf ?? someDay())
        }
        if random.chance(25) {
            let list = spelling.list([day(), day()])
            return "\(spelling.path(period)) \(membership()) \(spelling.bracket(list))"
        }
        let operation = random.pick(["=", "!=", "<", "<=", ">", ">="]) ?? "="
        return "\(spelling.path(period)) \(mark(operation)) \(day())"
    }
}
