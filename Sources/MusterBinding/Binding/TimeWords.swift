import MusterDiagnostics
import MusterValues

/// Days and periods as people say them. The data end at a day of their own, which is not today:
/// so they are never put in, only said how to write.
enum TimeWords {
    /// - Parameter today: the day that the data end at; nil where nothing is loaded.
    static func hint(_ word: String, _ today: Int32?) -> Message? {
        guard let period = periods[word.lowercased()] else { return nil }
        if case .day(0) = period {
            return Message(zh: "数据的日子写作 \(Globals.asOf.zh)",
                           en: "the day of the data is written \(Globals.asOf.en)")
        }
        guard let today else {
            return Message(zh: "写成日期、月份或年度，例如 2016-10-31、2016-10、2016",
                           en: "write a day, month or year: 2016-10-31, 2016-10, 2016")
        }
        let text = text(period, today), day = CivilDay.text(today)
        return Message(zh: "快照截至 \(day)，“\(word)”写作 \(text)",
                       en: "the snapshot ends on \(day): write \(text)")
    }

    private static func text(_ period: Period, _ today: Int32) -> String {
        switch period {
        case .day(let step): return CivilDay.text(today + step)
        case .year(let step): return "\(CivilDay.year(of: today) + step)"
        case .month(let step):
            let month = CivilDay.month(of: today) + step
            let first = CivilDay.days(ofMonth: month).lowerBound
            return String(CivilDay.text(first).prefix(7))
        }
    }

    private enum Period { case day(Int32), month(Int32), year(Int32) }

    private static let periods: [String: Period] = {
        var all: [String: Period] = [:]
        let lists: [(Period, [String])] = [
            (.day(0), ["今天", "今日", "现在", "目前", "当前", "today", "now"]),
            (.day(-1), ["昨天", "昨日", "yesterday"]), (.day(1), ["明天", "明日", "tomorrow"]),
            (.month(0), ["本月", "这个月", "当月", "this_month"]),
            (.month(-1), ["上月", "上个月", "last_month"]),
            (.month(1), ["下月", "下个月", "next_month"]),
            (.year(0), ["今年", "本年", "本年度", "当年", "这一年", "this_year"]),
            (.year(-1), ["去年", "上年", "上一年", "上年度", "last_year"]),
            (.year(-2), ["前年"]), (.year(1), ["明年", "next_year"]),
        ]
        for (period, words) in lists { for word in words { all[word] = period } }
        return all
    }()
}
