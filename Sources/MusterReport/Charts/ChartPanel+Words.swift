import MusterDiagnostics

extension ChartPanel {
    /// What the picture shows: "rate by unit".
    var caption: String {
        Message(zh: "\(measure)（按\(categoryLabel)）", en: "\(measure) by \(categoryLabel)")[language]
    }

    /// The same as the title of a picture.
    var title: String { caption.prefix(1).uppercased() + caption.dropFirst() }

    /// Stands in place of the categories that are left out.
    func more(_ count: Int, _ mark: String) -> String {
        Message(zh: "\(mark) 另有 \(count) 个", en: "\(mark) \(count) more")[language]
    }

    /// What a reader must know of the picture; empty where it shows everything.
    var remarks: [String] {
        var remarks: [Message] = []
        if isEmpty {
            remarks.append(categories.isEmpty
                ? Message(zh: "没有行，无图可画。", en: "There are no rows to draw.")
                : Message(zh: "所有数值均为空，无图可画。",
                          en: "There is nothing to draw: every value is none."))
        } else if drawn.count < categories.count {
            let end = Self.barsFromEachEnd
            remarks.append(Message(
                zh: "共 \(categories.count) 个，图中只画出前 \(end) 个和后 \(end) 个。",
                en: "Of \(categories.count), only the first \(end) and the last \(end) are drawn."))
        }
        if unranked > 0 {
            remarks.append(Message(
                zh: "没有名次的 \(unranked) 个不在图中。",
                en: unranked == 1 ? "One without a rank is left out."
                    : "\(unranked) without a rank are left out."))
        }
        if !isEmpty {
            for one in series where one.values.allSatisfy({ $0 == nil }) {
                remarks.append(Message(zh: "“\(one.label)”没有数值。",
                                       en: "\(one.label) has no values."))
            }
        }
        return remarks.map { $0[language] }
    }

    /// What the line or mark of the target is called.
    var targetLabel: String {
        let name = Message(zh: "目标", en: "target")[language]
        return commonTarget.map { "\(name) \($0.text)" } ?? name
    }

    /// The picture in words, for those who do not see it.
    var summary: String {
        guard !isEmpty else { return remarks.joined(separator: " ") }
        var parts = series.compactMap(extremes)
        if hasTargets {
            parts.append(commonTarget == nil
                ? Message(zh: "各自的目标另有标记", en: "each has a mark for its own target")[language]
                : targetLabel)
        }
        return parts.joined(separator: language == .zh ? "；" : "; ")
            + (language == .zh ? "。" : ".")
    }

    private func extremes(_ series: Series) -> String? {
        let known = series.values.indices.filter { series.values[$0] != nil }
        func value(_ index: Int) -> Double { series.values[index] ?? 0 }
        guard let highest = known.max(by: { value($0) < value($1) }),
              let lowest = known.min(by: { value($0) < value($1) }) else { return nil }
        let high = "\(categories[highest]) \(series.texts[highest])"
        let low = "\(categories[lowest]) \(series.texts[lowest])"
        return Message(
            zh: "\(series.label)：\(known.count) 个数值，最高 \(high)，最低 \(low)",
            en: "\(series.label): \(known.count) values, highest \(high), lowest \(low)")[language]
    }
}
