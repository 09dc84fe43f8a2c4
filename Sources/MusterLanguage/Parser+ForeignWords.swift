import MusterDiagnostics

/// What people write who come from other tools, or as they speak, and the way out.
extension Parser {
    /// The fault of a verb that there is none of: what is called so elsewhere is put right, what
    /// is only near is named.
    mutating func unknownVerb(_ token: Token) -> Failure {
        let word = typed(token)
        let message = Message(zh: "没有名为“\(word)”的动词", en: "there is no verb \"\(word)\"")
        if let meant = vocabulary.verb(calledElsewhere: token.text) {
            return fail("verb.unknown", message, hint: usageHint(meant),
                        fixes: [Fix(token.span, meant.name)])
        }
        let isStatement = vocabulary.statement(token.text) != nil || token.keyword == .let
        return fail("verb.unknown", message,
                    hint: kinHint(token.text)
                        ?? suggestion(for: token.text, among: vocabulary.verbNames)
                        ?? (isStatement
                            ? Message(zh: "语句应另起一行", en: "a statement begins a line of its own")
                            : Message(zh: "按 Tab 键列出，或用“帮助 动词”查看全部",
                                      en: "Tab lists them, and `help verbs`")))
    }

    /// How the verbs are written that serve for what the word means.
    private func kinHint(_ typed: String) -> Message? {
        if Parser.joins.contains(typed.lowercased()) {
            let names = vocabulary.hints
            return Message(zh: "不必连接：上级用路径，如 \(names.path.zh)；下级用 计数(\(names.relation.zh))；"
                               + "普通表用 查表(…)",
                           en: "nothing is joined: paths lead up (\(names.path.en)), "
                               + "count(\(names.relation.en)) down, "
                               + "lookup(…) into a plain table")
        }
        // `前10`: the word before its number.
        let kin = vocabulary.verbs(kinTo: String(typed.prefix { !$0.isNumber }))
        guard !kin.isEmpty else { return nil }
        return Message(zh: "写作：" + kin.map { $0.usage(.zh) }.joined(separator: "；或 "),
                       en: "write " + kin.map { $0.usage(.en) }.joined(separator: "; or "))
    }

    private static let joins: Set<String> = ["join", "merge", "left_join", "inner_join", "连接", "关联"]

    /// The way out for a word that other languages have where it stands.
    var foreignHint: Message? {
        guard token.kind == .word || token.kind.isNumber else { return nil }
        let behind = token.kind.isNumber ? self.token(ahead: 1) : token
        if behind.kind == .word, let bound = Parser.bound(behind.text) {
            return hint(bound)
        }
        guard token.kind == .word else { return nil }
        let word = token.text.lowercased()
        return Parser.foreign.first { $0.words.contains(word) }?.hint
    }

    /// The number with what stands before it; of years with the age, where nothing does.
    private func hint(_ bound: (inclusive: String, exclusive: String)) -> Message {
        let place = token.kind.isNumber ? index : index - 1
        let number = place >= 0 && tokens[place].kind.isNumber ? typed(tokens[place].span) : nil
        let subject = place > 0 && tokens[place - 1].isName && tokens[place - 1].keyword == nil
            && vocabulary.verb(tokens[place - 1].text) == nil ? typed(tokens[place - 1]) : nil
        let name = vocabulary.hints.number
        func written(_ mark: String, _ language: Language) -> String {
            "\(subject ?? name[language]) \(mark) \(number ?? "18")"
        }
        return Message(
            zh: "含这个数写 \(written(bound.inclusive, .zh))，不含写 \(written(bound.exclusive, .zh))",
            en: "with the number itself write \(written(bound.inclusive, .en)), without it "
                + written(bound.exclusive, .en))
    }

    /// `18岁以下`: whether 18 is one of them is for the writer to say.
    private static func bound(_ word: String) -> (inclusive: String, exclusive: String)? {
        let rest = word.drop { "周岁小时天人次个名及含或".contains($0) }
        if rest.hasPrefix("以下") || rest.hasPrefix("以内") || rest.hasPrefix("之内") { return ("<=", "<") }
        return rest.hasPrefix("以上") ? (">=", ">") : nil
    }

    private static let foreign: [(words: Set<String>, hint: Message)] = [
        (["desc", "descending", "降序", "倒序", "从大到小", "从高到低", "由大到小", "由高到低", "从多到少"],
         Message(zh: "降序在列前加 -：排序 -比率", en: "descending is a - before it: sort -rate")),
        (["asc", "ascending", "升序", "从小到大", "从低到高", "由小到大", "由低到高", "从少到多"],
         Message(zh: "升序不必写", en: "ascending is the rule and not written")),
        (["like", "含", "含有", "包括"],
         Message(zh: "用“包含”、“开头为”或“匹配”", en: "use contains, starts with or matches")),
        (["大于", "超过", "高于", "多于", "晚于"], Message(zh: "大于写 >", en: "greater is written >")),
        (["小于", "低于", "少于", "不足", "不满", "早于"], Message(zh: "小于写 <", en: "less is written <")),
        (["大于等于", "不小于", "不少于", "不低于", "至少"],
         Message(zh: "大于等于写 >=", en: "at least is written >=")),
        (["小于等于", "不大于", "不多于", "不超过", "至多"],
         Message(zh: "小于等于写 <=", en: "at most is written <=")),
        (["等于", "equals", "eq"], Message(zh: "等于写 =", en: "equal is written =")),
        (["不等于", "不是", "ne"], Message(zh: "不等于写 !=", en: "unequal is written !=")),
        (["并且", "而且", "同时", "以及", "和", "与"],
         Message(zh: "两个条件都要写“且”，任一即可写“或”", en: "both is and, either is or")),
        (["岁", "周岁", "小时", "天", "人", "人次"],
         Message(zh: "数后面不写单位", en: "a number stands without its unit of measure")),
        (["或者", "或是"], Message(zh: "任一即可写“或”", en: "either is or")),
    ]
}

extension Token.Kind {
    fileprivate var isNumber: Bool {
        switch self {
        case .literal(.integer): true
        default: false
        }
    }
}
