import MusterDiagnostics

extension ChartPanel {
    /// What the picture shows: "rate by unit".
    var caption: String {
        Message(zh: "各\(categoryLabel)\(measure)", en: "\(measure) by \(categoryLabel)")[language]
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
        if categories.isEmpty {
            remarks.append(Message(zh: "没有行，无图可画。", en: "There are no rows to draw."))
        } else if isEmpty, choice.tied == 0 {
            remarks.append(Message(zh: "所有数值均为空，无图可画。",
                                   en: "There is nothing to draw: every value is none."))
        } else {
            remarks += choiceRemarks
        }
        if seriesLeftOut > 0 {
            remarks.append(Message(
                zh: "图中只画出前 \(Self.mostSeries) 项；另有 \(seriesLeftOut) 项未画。",
                en: "Only the first \(Self.mostSeries) series are drawn; "
                    + "\(seriesLeftOut) more \(seriesLeftOut == 1 ? "is" : "are") not."))
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

    /// Which of many are drawn, and how many are not.
    private var choiceRemarks: [Message] {
        let count = drawn.count, rest = categories.count - count
        guard rest > 0 else { return [] }
        var which: Message? = nil
        switch choice.reason {
        case .all: break
        case _ where count == 0: break
        case .short(count):
            which = Message(zh: "图中只画出未达标的 \(count) 个",
                            en: "Only the \(count) short of target are drawn")
        case .short(let short):
            which = choice.tied > 0
                ? Message(zh: "图中只画出未达标的 \(short) 个中的 \(count) 个",
                          en: "Of the \(short) short of target, \(count) are drawn")
                : Message(zh: "图中只画出未达标的 \(short) 个中差距最大的 \(count) 个",
                          en: "Of the \(short) short of target, the \(count) furthest short "
                              + "are drawn")
        case .ends(let highest, let lowest, let allMet):
            which = ends(highest, lowest, allMet)
        }
        var remarks = which.map { [Message(
            zh: "\($0.zh)；另有 \(rest) 个未画。",
            en: "\($0.en); \(rest) more \(rest == 1 ? "is" : "are") not.")] } ?? []
        if choice.tied > 0 {
            remarks.append(Message(
                zh: "数值并列的 \(choice.tied) 个过多，全部未画。",
                en: "\(choice.tied) that are equal are too many to draw: all are left out."))
        }
        return remarks
    }

    private func ends(_ highest: Int, _ lowest: Int, _ allMet: Bool) -> Message {
        let by = series.count > 1 ? series.first?.label : nil
        let of = choice.tied > 0 ? Message(zh: "其余中", en: "of the others ")
            : Message(zh: "", en: "")
        var parts: [Message] = []
        if highest > 0 {
            parts.append(Message(zh: "最高的 \(highest) 个", en: "the highest \(highest)"))
        }
        if lowest > 0 {
            parts.append(Message(zh: "最低的 \(lowest) 个", en: "the lowest \(lowest)"))
        }
        let met = allMet ? Message(zh: "没有未达标的；", en: "none is short of target; ")
            : Message(zh: "", en: "")
        let zh = "\(met.zh)图中只画出\(of.zh)\(by.map { "“\($0)”" } ?? "")"
            + parts.map(\.zh).joined(separator: "和")
        let en = "\(met.en)\(of.en)only \(parts.map(\.en).joined(separator: " and ")) are drawn"
            + (by.map { " (by \($0))" } ?? "")
        return Message(zh: zh, en: en.prefix(1).uppercased() + en.dropFirst())
    }

    /// What the line or mark of the target is called.
    var targetLabel: String {
        commonTarget.map { Message(zh: "目标 \($0.text)", en: "target \($0.text)")[language] }
            ?? Message(zh: "各自的目标", en: "own target")[language]
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
