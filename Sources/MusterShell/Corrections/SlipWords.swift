import Foundation
import MusterBinding
import MusterLanguage

/// Words and marks of other tools and of speech that belong to no verb.
enum SlipWords {
    /// Stages written as calls, and the pipes of other tools.
    static func calls(_ registry: Registry) -> [Slip] {
        let verbs = registry.verbs.flatMap {
            [$0.signature.name.en, $0.signature.name.zh] + $0.synonyms + $0.kin
        }
        let names = verbs.sorted { ($0.count, $0) > ($1.count, $1) }.joined(separator: "|")
        let arguments = #"\((?!\s*\*)((?:[^()|]|\([^()|]*\))*)\)"#
        return [
            Slip(#"\s*(?:%>%|\|>|%＞%)\s*"#, " | "),
            Slip(#"^\s*(<source>)\.(\#(names))\s*\#(arguments)\s*"#, "$1 | $2 $3 "),
            Slip(#"(\|[^|.]*\S)\s*\.(\#(names))\s*\#(arguments)\s*$"#, "$1 | $2 $3"),
            Slip(#"\|\s*(\#(names))\s*\#(arguments)<end>"#, "| $1 $2 "),
        ]
    }

    /// What is written without a space behind it: `|过滤已注册`, `团员的计数`.
    static func runs(_ registry: Registry) -> [Slip] {
        let verbs = registry.verbs.map { $0.signature.name.zh }.joined(separator: "|")
        let unspaced = registry.verbs.compactMap { verb -> Slip? in
            let words = verb.synonyms.filter(\.holdsChinese)
                .sorted { ($0.count, $0) > ($1.count, $1) }
            guard !words.isEmpty else { return nil }
            return Slip(#"\|\s*(?!\#(verbs))(?:\#(words.joined(separator: "|")))(?=[\p{Han}\d])"#,
                        "| \(verb.signature.name.zh) ")
        }
        return unspaced + [Slip(#"\s*的\s*(\#(verbs))(?=\s|$)"#, " | $1")]
    }

    /// Comparisons, ranges, units of measure, none, and what joins conditions.
    static let conditions = capitals + english + chinese

    private static let capitals = Keyword.allCases.map {
        Slip(#"\b(?-i:\#($0.rawValue.uppercased()))\b"#, $0.rawValue)
    }

    private static let english = [
        Slip(#"\s+is\s+not\s+null\b"#, " is not none"),
        Slip(#"\s+is\s+null\b"#, " is none"),
        Slip(#"\s*(?:!=|<>)\s*(?:null|nil|na)\b"#, " is not none"),
        Slip(#"\s*={1,2}\s*(?:null|nil|na)\b"#, " is none"),
        Slip(#"\b(?:is_?null|is\.na|isna)\s*\(\s*([\w.]+)\s*\)"#, "($1 is none)"),
        Slip(#"\s+is\s+not\s+(true|false)\b"#, " != $1"),
        Slip(#"\s+is\s+(?:greater|more|larger|higher|older)\s+than\s+or\s+equal\s+to\s+"#, " >= "),
        Slip(#"\s+is\s+(?:less|fewer|lower|smaller|younger)\s+than\s+or\s+equal\s+to\s+"#,
             " <= "),
        Slip(#"\s+(?:is\s+)?(?:greater|more|larger|higher|older)\s+than\s+"#, " > "),
        Slip(#"\s+(?:is\s+)?(?:less|fewer|lower|smaller|younger)\s+than\s+"#, " < "),
        Slip(#"\s+(?:is\s+)?at\s+least\s+"#, " >= "),
        Slip(#"\s+(?:is\s+)?at\s+most\s+"#, " <= "),
        Slip(#"\s+(?:is\s+)?(?:not\s+equal\s+to|not\s+equals?)\s+"#, " != "),
        Slip(#"\s+(?:is\s+)?(?:equal\s+to|equals)\s+"#, " = "),
        Slip(#"(<=|>=|!=|<>|==?)\s*(?:yes|y)\b"#, "$1 true"),
        Slip(#"(\w)\s*:=\s*"#, "$1 = "),
    ]

    private static let number = #"(?=[\d"“{])"#

    private static let chinese = [
        Slip(#"(?<=\d)\s*(周岁|岁|小时|天|人次|人)(?![\p{Han}\w])"#, ""),
        Slip(#"\s*(?:大于等于|大于或等于|不小于|不少于|不低于|至少)\s*\#(number)"#, " >= "),
        Slip(#"\s*(?:小于等于|小于或等于|不大于|不多于|不超过|至多)\s*\#(number)"#, " <= "),
        Slip(#"\s*(?:大于|超过|高于|多于|晚于)\s*\#(number)"#, " > "),
        Slip(#"\s*(?:小于|低于|少于|不足|不满|早于)\s*\#(number)"#, " < "),
        Slip(#"(?<=[\s|(（])(没有|尚未|还没有|还没|未|没|不是|已经|已)\s+(?=\p{Han})"#, "$1"),
        Slip(#"(?<![且或非选者\s|])\s*(?:不等于|不是)\s*(?=[\p{Han}\d"“{])"#, " != "),
        Slip(#"(?<=[\p{Han}\w])\s+是\s+(?=[\d"“])"#, " = "),
        Slip(#"\s*等于\s*(?=[\p{Han}\d"“{])"#, " = "),
        Slip(#"\s+(?:是空的?|没有填)(?=\s|\||$)"#, " 为空"),
        Slip(#"\s+(?:含有|含|包括)\s*(?=["“])"#, " 包含 "),
        Slip(#"\s+以\s*(["“][^"”]*["”])\s*(?:开头|开始)"#, " 开头为 $1"),
        Slip(#"\s+以\s*(["“][^"”]*["”])\s*(?:结尾|结束)"#, " 结尾为 $1"),
        Slip(#"\s+在\s*(\d+)\s*(?:和|与|到|至)\s*(\d+)\s*之间"#, " 介于 $1 与 $2"),
        Slip(#"\s*(?:并且|而且|同时)\s*"#, " 且 "),
        Slip(#"\s*(?:或者|或是)\s*"#, " 或 "),
        Slip(#"(?<![\p{Han}\w.])(?!(?:属于|介于|in|between)\s)([\p{Han}\w.]+)\s+(\d{1,3})"#
                + #"\s*(?:-|~|～|—|至|到)\s*(\d{1,3})(?![\d-])"#,
             "$1 in $2..$3"),
    ]

    /// SQL's `like`, where `%` stands at an end and nothing else is a sign.
    static func like(_ text: String, _ masked: MaskedText) -> String {
        text.replacing(/\s+(?i:(not\s+)?like)\s+["'](.)["']/) { match in
            guard let mark = match.output.2.first, let pattern = masked.part(behind: mark),
                  let test = test(pattern) else { return String(match.output.0) }
            let isDenied = match.output.1 != nil
            guard !isDenied || test.operation == "contains" else { return String(match.output.0) }
            return " \(isDenied ? "not " : "")\(test.operation) \"\(test.text)\""
        }
    }

    private static func test(_ pattern: String) -> (operation: String, text: String)? {
        let begins = pattern.hasPrefix("%"), ends = pattern.count > 1 && pattern.hasSuffix("%")
        let text = pattern.dropFirst(begins ? 1 : 0).dropLast(ends ? 1 : 0)
        guard !text.isEmpty, !text.contains(where: { "%_\"\\".contains($0) }) else { return nil }
        switch (begins, ends) {
        case (true, true): return ("contains", String(text))
        case (true, false): return ("ends with", String(text))
        case (false, true): return ("starts with", String(text))
        case (false, false): return ("=", String(text))
        }
    }
}
