import MusterDiagnostics

/// Where a heading may be broken: behind a space or dot, before a bracket, and, where it must be
/// narrower, between Chinese words. Never inside a word that is known, nor between a number and
/// what it counts.
struct HeadingBreaks {
    /// Words that a domain's headings are made of, beside those of every statistic.
    let phrases: Set<String>

    /// Words of every statistic.
    private static let usual = Set("""
        人数 人次 总数 合计 小计 累计 平均 人均 月均 比率 占比 比例 目标 差距 \
        差额 相差 达标 名次 类别 类内 年度 月份 日期 时长 时滞 小时 最长 最短 \
        最多 最少 最低 最高 中位数 百分点 个百分点 百分制 变化 新增 减少 超过 不足 低于 \
        达到 要求 期限 程度 情况 原因 说明 单位 姓名 编号 号码 其中 其他 以上 \
        以下 以内 天内 个月 近三个月 当年 本年 当时 每月 最近 预计 能否 按期 \
        迟报 未报 直接 计数 逐级 汇总 下级 上报 核对 相符 不符 不同 质量 数据
        """.split(separator: " ").map(String.init))
    private static let longest = 6

    /// The pieces of a heading that stay together, as it is written.
    func pieces(_ heading: String) -> [String] {
        var pieces = [""]
        let characters = Array(heading)
        for (place, character) in characters.enumerated() {
            if "(（".contains(character), !pieces[pieces.count - 1].isEmpty { pieces.append("") }
            pieces[pieces.count - 1].append(character)
            let isNumber = character == " " && place > 0 && characters[place - 1].isNumber
                && isCounter(characters[(place + 1)...])
            if " .".contains(character), !isNumber { pieces.append("") }
        }
        return pieces.filter { !$0.isEmpty }
    }

    /// Whether a text begins with what numbers count.
    private func isCounter(_ text: ArraySlice<Character>) -> Bool {
        ["天", "小时", "人", "年", "个", "月", "岁", "周岁", "日", "次", "名", "所", "颗"]
            .contains { text.starts(with: $0) }
    }

    /// The same with Chinese pieces that are wider than that cut between their words.
    func pieces(_ heading: String, within width: Int) -> [String] {
        pieces(heading).flatMap { piece -> [String] in
            displayWidth(piece) > width ? parted(piece, width) : [piece]
        }
    }

    /// Words joined as long as they find room.
    private func parted(_ piece: String, _ width: Int) -> [String] {
        var parts: [String] = []
        for word in words(Array(piece)) {
            if let last = parts.last, displayWidth(last) + displayWidth(word) <= width {
                parts[parts.count - 1] += word
            } else {
                parts.append(word)
            }
        }
        // Lines of about one length look like one heading.
        return evened(parts, words(Array(piece)))
    }

    private func evened(_ parts: [String], _ words: [String]) -> [String] {
        guard parts.count > 1 else { return parts }
        let total = words.reduce(0) { $0 + displayWidth($1) }
        let widest = parts.map { displayWidth($0) }.max() ?? total
        for width in (total + parts.count - 1) / parts.count..<max(widest, 1) {
            var even: [String] = []
            for word in words {
                if let last = even.last, displayWidth(last) + displayWidth(word) <= width {
                    even[even.count - 1] += word
                } else {
                    even.append(word)
                }
            }
            let isFitting = even.allSatisfy { displayWidth($0) <= widest }
            if even.count == parts.count, isFitting { return even }
        }
        return parts
    }

    /// The known words of a text, the longest first; what is unknown by two characters, as most
    /// words have, what is not Chinese in one piece.
    private func words(_ text: [Character]) -> [String] {
        var words: [String] = [], place = 0
        while place < text.count {
            if let count = knownLength(text, place) {
                words.append(String(text[place..<place + count]))
                place += count
                continue
            }
            guard displayWidth(of: text[place]) == 2, !Self.joins(text[place]) else {
                // Numbers, letters and marks stay with what stands before them; what follows a
                // number stays with it.
                let isFirst = words.isEmpty
                if isFirst { words.append("") }
                words[words.count - 1].append(text[place])
                let isNumber = text[place].isNumber || text[place] == " "
                place += 1
                if isNumber || isFirst, place < text.count, displayWidth(of: text[place]) == 2 {
                    let count = knownLength(text, place) ?? 1
                    words[words.count - 1] += String(text[place..<place + count])
                    place += count
                }
                continue
            }
            var count = 1
            if place + 1 < text.count, displayWidth(of: text[place + 1]) == 2,
               !Self.joins(text[place + 1]), knownLength(text, place + 1) == nil { count = 2 }
            let isTail = place + count == text.count && count == 1
            if isTail, let last = words.indices.last {
                words[last].append(text[place])
            } else {
                words.append(String(text[place..<place + count]))
            }
            place += count
        }
        return words
    }

    /// Marks that nothing ends before.
    private static func joins(_ character: Character) -> Bool {
        "，。、；：？！）》”’％·的".contains(character)
    }

    private func knownLength(_ text: [Character], _ place: Int) -> Int? {
        for count in stride(from: min(Self.longest, text.count - place), to: 1, by: -1) {
            let word = String(text[place..<place + count])
            if Self.usual.contains(word) || phrases.contains(word) { return count }
        }
        return nil
    }
}
