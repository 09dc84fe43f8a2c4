import MusterDiagnostics

/// A day or period named by its distance from the day that rows are read at: 去年 is the year before
/// `as_of`'s. A value as any other, behind `as of` and in ranges too.
package struct RelativeTime: Sendable {
    package enum Unit: Sendable { case day, month, year }

    package let name: Term
    package let unit: Unit
    /// Days, months or years from the one that the day itself lies in.
    package let step: Int32
    /// What else people call just this.
    package let synonyms: [String]

    package static let all = [
        RelativeTime(name: Term("today", "今天"), unit: .day, step: 0,
                     synonyms: ["今日", "现在", "目前", "当前", "当天", "now"]),
        RelativeTime(name: Term("yesterday", "昨天"), unit: .day, step: -1, synonyms: ["昨日"]),
        RelativeTime(name: Term("tomorrow", "明天"), unit: .day, step: 1, synonyms: ["明日"]),
        RelativeTime(name: Term("this_month", "本月"), unit: .month, step: 0,
                     synonyms: ["这个月", "当月", "这月"]),
        RelativeTime(name: Term("last_month", "上月"), unit: .month, step: -1,
                     synonyms: ["上个月"]),
        RelativeTime(name: Term("next_month", "下月"), unit: .month, step: 1,
                     synonyms: ["下个月"]),
        RelativeTime(name: Term("this_year", "今年"), unit: .year, step: 0,
                     synonyms: ["本年", "当年", "这一年", "今年度"]),
        RelativeTime(name: Term("last_year", "去年"), unit: .year, step: -1,
                     synonyms: ["上年", "上一年", "上年度", "去年度"]),
        RelativeTime(name: Term("year_before_last", "前年"), unit: .year, step: -2, synonyms: []),
        RelativeTime(name: Term("next_year", "明年"), unit: .year, step: 1,
                     synonyms: ["下一年", "来年"]),
    ]

    /// The one of that name, in either language.
    package static func named(_ word: String) -> RelativeTime? {
        all.first { $0.name.matches(word) }
    }

    /// The one that is called so in passing; without regard to case.
    package static func called(_ word: String) -> RelativeTime? {
        let lower = word.lowercased()
        return named(lower) ?? all.first { $0.synonyms.contains(lower) }
    }

    /// `去年6月` as it is typed in one word: the year, and the month 1 to 12 of it.
    package static func month(in word: String) -> (year: RelativeTime, month: Int32)? {
        guard word.hasSuffix("月") else { return nil }
        let name = word.prefix { !$0.isNumber }
        let digits = word.dropFirst(name.count).dropLast()
        guard let month = Int32(digits), (1...12).contains(month),
              let year = called(String(name)), year.unit == .year else { return nil }
        return (year, month)
    }
}
