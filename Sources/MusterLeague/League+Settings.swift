import MusterBinding
import MusterDiagnostics

extension League.Settings {
    /// As `set` takes them.
    var choices: [DomainSetting] {
        [
            number(Term("yearly_minimum", "年度最低时长"),
                   Message(zh: "注册志愿者每年最低服务小时数",
                           en: "hours of service a year at the least"),
                   1...8784, \.yearlyMinimum),
            number(Term("lapse_days", "保险提醒天数"),
                   Message(zh: "几天内到期算即将到期",
                           en: "days ahead in which an insurance is about to lapse"),
                   0...3660, \.lapseDays),
            DomainSetting(Term("stars", "星级"),
                          gloss: Message(zh: "一至五星所需的认定时长，如 100,300,600,1000,1500",
                                         en: "certified hours for one to five stars"),
                          value: stars.map(String.init).joined(separator: ",")) { text in
                let parts = text.split(whereSeparator: { ",，、 ".contains($0) }).map { Int64($0) }
                let hours = parts.compactMap(\.self)
                guard hours.count == 5, parts.count == 5, hours[0] > 0,
                      zip(hours, hours.dropFirst()).allSatisfy({ $0 < $1 }) else { return nil }
                return with { $0.stars = hours }
            },
        ]
    }

    private func with(_ change: (inout Self) -> Void) -> Domain {
        var settings = self
        change(&settings)
        return League.domain(settings)
    }

    /// A whole number.
    private func number(_ name: Term, _ gloss: Message, _ range: ClosedRange<Int64>,
                        _ path: WritableKeyPath<Self, Int64> & Sendable) -> DomainSetting {
        DomainSetting(name, gloss: gloss, value: "\(self[keyPath: path])") { text in
            guard let number = Int64(text), range.contains(number) else { return nil }
            return with { $0[keyPath: path] = number }
        }
    }
}
