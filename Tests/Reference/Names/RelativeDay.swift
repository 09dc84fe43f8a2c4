/// Days and periods by their distance from the day at which a row is read: written down once more.
enum RelativeDay {
    enum Unit { case day, month, year }

    static let all: [(en: String, zh: String, unit: Unit, step: Int)] = [
        ("today", "今天", .day, 0), ("yesterday", "昨天", .day, -1), ("tomorrow", "明天", .day, 1),
        ("this_month", "本月", .month, 0), ("last_month", "上月", .month, -1),
        ("next_month", "下月", .month, 1),
        ("this_year", "今年", .year, 0), ("last_year", "去年", .year, -1),
        ("year_before_last", "前年", .year, -2), ("next_year", "明年", .year, 1),
    ]

    /// What such a name means, also with a month of the year behind it: 去年6月; nil where it is
    /// none.
    static func value(_ name: String, from day: Int) -> Value? {
        let (year, month, _) = DayCount.parts(day)
        if let time = all.first(where: { $0.en == name || $0.zh == name }) {
            return switch time.unit {
            case .day: .day(day + time.step)
            case .month: .month(year * 12 + month - 1 + time.step)
            case .year: .year(year + time.step)
            }
        }
        for time in all where time.unit == .year && name.hasPrefix(time.zh) && name.hasSuffix("月") {
            guard let number = Int(name.dropFirst(time.zh.count).dropLast()),
                  (1...12).contains(number) else { continue }
            return .month((year + time.step) * 12 + number - 1)
        }
        return nil
    }
}
