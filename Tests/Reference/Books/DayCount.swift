/// Days since 1970-01-01, counted the slow way: year by year and month by month.
package enum DayCount {
    static func isLeap(_ year: Int) -> Bool {
        year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    }

    static func length(_ year: Int, _ month: Int) -> Int {
        month == 2 ? (isLeap(year) ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
    }

    private static func length(_ year: Int) -> Int { isLeap(year) ? 366 : 365 }

    /// First days of the years that tests use.
    private static let starts: [Int] = {
        var all = [0]
        for year in 1970..<2100 { all.append(all[all.count - 1] + length(year)) }
        return all
    }()

    /// 1 is Monday, by Sakamoto's table of months.
    static func weekday(_ day: Int) -> Int {
        let (year, month, number) = parts(day)
        let months = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4], own = month < 3 ? year - 1 : year
        let fromSunday = (own + own / 4 - own / 100 + own / 400 + months[month - 1] + number) % 7
        return fromSunday == 0 ? 7 : fromSunday
    }

    /// ISO 8601's week, from the day's number in its year.
    static func week(_ day: Int) -> Int {
        let year = parts(day).year
        func week(of day: Int, in year: Int) -> Int {
            (day - start(year) + 1 - weekday(day) + 10) / 7
        }
        let own = week(of: day, in: year)
        if own < 1 { return week(of: start(year) - 1, in: year - 1) }
        // The last days belong to the next year's first week where most of it lies there.
        return own == 53 && weekday(start(year + 1)) <= 4 ? 1 : own
    }

    package static func day(_ year: Int, _ month: Int, _ day: Int) -> Int {
        var count = start(year)
        for before in 1..<max(1, month) { count += length(year, before) }
        return count + day - 1
    }

    static func start(_ year: Int) -> Int {
        if starts.indices.contains(year - 1970) { return starts[year - 1970] }
        return year < 1970 ? -(year..<1970).reduce(0) { $0 + length($1) }
            : (1970..<year).reduce(0) { $0 + length($1) }
    }

    package static func parts(_ day: Int) -> (year: Int, month: Int, day: Int) {
        var year = 1970 + day / 366
        while start(year) > day { year -= 1 }
        while start(year + 1) <= day { year += 1 }
        var rest = day - start(year), month = 1
        while rest >= length(year, month) {
            rest -= length(year, month)
            month += 1
        }
        return (year, month, rest + 1)
    }

    /// First and last day of a month counted from year 0.
    static func span(month: Int) -> (Int, Int) {
        let year = month / 12, inYear = month % 12 + 1
        let first = day(year, inYear, 1)
        return (first, first + length(year, inYear) - 1)
    }

    static func span(year: Int) -> (Int, Int) { (start(year), start(year + 1) - 1) }

    /// `2015-10-31`
    package static func text(_ day: Int) -> String {
        let parts = parts(day)
        return "\(padded(parts.year, 4))-\(padded(parts.month, 2))-\(padded(parts.day, 2))"
    }

    static func monthText(_ month: Int) -> String {
        "\(padded(month / 12, 4))-\(padded(month % 12 + 1, 2))"
    }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    /// The day written `2015-10-31`; nil for anything else.
    static func read(_ text: String) -> Int? {
        let parts = text.split(separator: "-").compactMap { Int($0) }
        guard parts.count == 3, (1...12).contains(parts[1]),
              (1...length(parts[0], parts[1])).contains(parts[2]) else { return nil }
        return day(parts[0], parts[1], parts[2])
    }
}
