import MusterDiagnostics

extension Signature {
    /// How it is written, in one line: `rate CONDITION by KEYS`, `比率 条件 按 分组`; what may be
    /// left out stands in square brackets, fixed words as they are.
    package func usage(_ language: Language) -> String {
        ([name[language]] + slots.map { $0.usage(language) }).joined(separator: " ")
    }
}

extension Slot {
    func usage(_ language: Language) -> String {
        let text = [keyword?[language], placeholder[language]].compactMap(\.self)
            .joined(separator: " ")
        return isRequired ? text : "[\(text)]"
    }

    /// What stands for the value in a usage line.
    var placeholder: Message { shown ?? kind.placeholder }
}

extension SlotKind {
    /// What stands for it in a usage line.
    var placeholder: Message {
        switch self {
        case .condition: Message(zh: "条件", en: "CONDITION")
        case .expression: Message(zh: "表达式", en: "EXPRESSION")
        case .bindings(let named):
            named ? Message(zh: "名称 = 表达式, …", en: "NAME = EXPRESSION, …")
                : Message(zh: "列, 名称 = 表达式, …", en: "COLUMN, NAME = EXPRESSION, …")
        case .keys: Message(zh: "分组, …", en: "KEY, …")
        case .sortKeys: Message(zh: "-列, …", en: "-COLUMN, …")
        case .columns: Message(zh: "列, …", en: "COLUMN, …")
        case .column: Message(zh: "列", en: "COLUMN")
        case .source: Message(zh: "表", en: "TABLE")
        case .number: Message(zh: "数", en: "NUMBER")
        case .word(let words):
            Message(zh: words.map(\.zh).joined(separator: "|"),
                    en: words.map(\.en).joined(separator: "|"))
        case .name: Message(zh: "名称", en: "NAME")
        case .text: Message(zh: "\"文本\"", en: "\"TEXT\"")
        case .path: Message(zh: "文件", en: "FILE")
        case .paths: Message(zh: "文件, …", en: "FILE, …")
        case .settings: Message(zh: "名称=值 …", en: "NAME=VALUE …")
        case .typings: Message(zh: "列 为 类型, …", en: "COLUMN as TYPE, …")
        case .keyed: Message(zh: "表.列", en: "TABLE.COLUMN")
        case .names: Message(zh: "名称, 名称", en: "NAME, NAME")
        case .statement: Message(zh: "语句", en: "STATEMENT")
        case .rest: Message("…")
        case .choice(let alternatives):
            Message(zh: SlotKind.joined(alternatives, .zh), en: SlotKind.joined(alternatives, .en))
        }
    }

    private static func joined(_ alternatives: [[Slot]], _ language: Language) -> String {
        alternatives.map { $0.map { $0.usage(language) }.joined(separator: " ") }
            .joined(separator: " | ")
    }
}

extension Signature {
    /// The words that stand for themselves in it, with both names: `by`, `show`, `target`, `bar`.
    package var fixedWords: [Term] { slots.flatMap(\.fixedWords) }
}

extension Slot {
    var fixedWords: [Term] {
        let inner: [Term] = switch kind {
        case .word(let words): words
        case .choice(let alternatives): alternatives.flatMap { $0.flatMap(\.fixedWords) }
        default: []
        }
        return [keyword].compactMap(\.self) + inner
    }
}

extension Vocabulary {
    /// The words that the signatures of all verbs and statements fix.
    package var fixedWords: [Term] {
        verbNames.compactMap { verb($0.en) }.flatMap(\.fixedWords)
            + statementNames.compactMap { statement($0.en) }.flatMap(\.fixedWords)
    }
}
