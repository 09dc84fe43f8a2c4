/// How a query is written: in one language or a mixture, as an input method would, or plainly.
struct Spelling {
    enum Mood { case english, chinese, mixed }

    let mood: Mood
    let isFullWidth: Bool
    var random: RandomSource

    init(_ random: inout RandomSource) {
        mood = random.pick([.english, .english, .chinese, .mixed]) ?? .english
        isFullWidth = random.chance(20)
        self.random = RandomSource(seed: random.next())
    }

    mutating func word(_ en: String, _ zh: String) -> String {
        switch mood {
        case .english: en
        case .chinese: zh
        case .mixed: random.chance(50) ? en : zh
        }
    }

    mutating func function(_ name: String) -> String {
        word(name, Names.functions.first { $0.0 == name }?.1 ?? name)
    }

    /// A mark, or what a Chinese input method types for it.
    mutating func mark(_ ascii: String) -> String {
        guard isFullWidth, random.chance(60) else { return ascii }
        let twins = [",": "，", "(": "（", ")": "）", "|": "｜", "=": "＝", "<": "＜", ">": "＞",
                     "<=": "≤", ">=": "≥", "!=": "≠", "+": "＋", "-": "－", "*": "×", "/": "÷",
                     ":": "：", "%": "％"]
        return twins[ascii] ?? ascii
    }

    mutating func list(_ items: [String]) -> String {
        var text = ""
        for (place, item) in items.enumerated() {
            text += place == 0 ? item : mark(",") + " " + item
        }
        return text
    }

    mutating func bracket(_ inner: String) -> String { mark("(") + inner + mark(")") }

    mutating func call(_ name: String, _ arguments: [String]) -> String {
        function(name) + bracket(list(arguments))
    }

    mutating func number(_ value: Int) -> String {
        let digits = String(value)
        guard isFullWidth, random.chance(30), value >= 0 else { return digits }
        return String(String.UnicodeScalarView(digits.unicodeScalars.compactMap {
            Unicode.Scalar($0.value + 0xFEE0)
        }))
    }

    mutating func text(_ text: String) -> String {
        func escaped(_ mark: Character) -> String {
            text.map { $0 == mark || $0 == "\\" || $0 == "{" ? "\\\($0)" : String($0) }.joined()
        }
        if isFullWidth, random.chance(50), !text.contains("\\"), !text.contains("”"),
           !text.contains("\"") {
            return "“" + escaped("{") + "”"
        }
        if random.chance(15), !text.contains("'"), !text.contains("\"") {
            return "'" + escaped("{") + "'"
        }
        return "\"" + escaped("\"") + "\""
    }

    mutating func path(_ item: Item) -> String {
        if item.isQuoted { return "`" + item.steps[0].en + "`" }
        if item.isHeading { return heading(item.heading) }
        var text = ""
        var wasChinese = false
        for (place, step) in item.steps.enumerated() {
            let word = word(step.en, step.zh)
            let isChinese = word == step.zh && step.zh != step.en
            if place > 0 {
                text += isChinese && wasChinese && random.chance(25) ? "的" : "."
            }
            text += word
            wasChinese = isChinese
        }
        return text
    }

    /// A heading bare where it can be read as nothing else, else quoted.
    mutating func heading(_ heading: String) -> String {
        if RandomFile.bareHeadings.contains(heading), random.chance(50) { return heading }
        return isFullWidth && random.chance(50) ? "【\(heading)】" : "`\(heading)`"
    }

    // MARK: days and periods

    mutating func day(_ day: Int) -> String {
        let (year, month, inMonth) = DayCount.parts(day)
        switch random.below(mood == .english ? 2 : 4) {
        case 1: return "\(year)-\(month)-\(inMonth)"
        case 2: return "\(year)年\(month)月\(inMonth)日"
        case 3: return "\(year)/\(month)/\(inMonth)"
        default: return DayCount.text(day)
        }
    }

    /// Months counted from year 0.
    mutating func month(_ month: Int) -> String {
        guard mood != .english, random.chance(40) else { return DayCount.monthText(month) }
        return "\(month / 12)年\(month % 12 + 1)月"
    }

    mutating func year(_ year: Int) -> String {
        guard mood != .english, random.chance(40) else { return String(year) }
        return "\(year)" + (random.pick(["年", "年度"]) ?? "年")
    }
}
