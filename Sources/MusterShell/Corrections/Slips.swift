import Foundation
import MusterBinding

/// What people write by habit, and how it is written here: tried only on a text that failed,
/// and offered only where the outcome has no fault.
enum Slips {
    /// The text with every slip put right, or nil where there is none.
    static func rewritten(_ text: String, _ domain: Domain) -> String? {
        if let query = SQLReading(text)?.query { return query }
        var current = text
        for (pattern, template) in rules(of: domain) + rules {
            guard let regex = try? NSRegularExpression(pattern: pattern,
                                                       options: [.caseInsensitive])
            else { continue }
            let range = NSRange(current.startIndex..., in: current)
            current = regex.stringByReplacingMatches(in: current, range: range,
                                                     withTemplate: template)
        }
        return current == text ? nil : current
    }

    /// What is written with the domain's own names.
    private static func rules(of domain: Domain) -> [(String, String)] {
        let sources = domain.sources.flatMap { [$0.name.en, $0.name.zh] }
            .map(NSRegularExpression.escapedPattern).joined(separator: "|")
        let place = NSRegularExpression.escapedPattern(for: domain.words.hints.place.en)
        return [
            (#"^\s*(count|计数)\s+("# + sources + #")\b"#, "$2 | $1"),
            (#"\bin\s+("# + place + #")\s+(["“'])"#, "$1 under $2"),
        ]
    }

    private static let rules: [(String, String)] = [
        // Whole lines.
        (#"^\s*(exit|bye|q|:q|logout|退出程序)\s*(\(\))?\s*;?\s*$"#, "quit"),
        (#"^\s*(ls|dir|show tables|\\d|\.tables)\s*;?\s*$"#, "tables"),
        (#"^\s*(desc|describe|\\d)\s+(\S+?)\s*;?\s*$"#, "fields $2"),
        (#"^\s*(man|\?)\s+(\S+)\s*$"#, "help $2"),
        (#"^\s*(\w+)\.(count|where|select|sort|take|rate)\((.*)\)\s*$"#, "$1 | $2 $3"),
        (#"\|\s*count\s*\(\s*\*?\s*\)"#, "| count"),
        // Verbs of other tools.
        (#"\|\s*(group|groupby)\s*(by)?\s+(.+?)\s*\|\s*(summarize|count|summarise)\s*(\(\))?\s*$"#,
         "| count by $3"),
        (#"\|\s*(group\s*by|groupby|group|分组)\s+(?:按\s*|by\s+)?"#, "| count by "),
        (#"\|\s*(order\s*by|orderby|order|sort\s+by)\s+"#, "| sort "),
        (#"\|\s*top\s+(\d+)\s+(?:by\s+)?-?([\w.]+)"#, "| sort -$2 | take $1"),
        (#"\|\s*(filter|having|过滤)\s+"#, "| where "),
        (#"\|\s*(limit|head|top|限制)\s+(\d+)"#, "| take $2"),
        (#"\|\s*(count|计数)\s+(?:where|if|筛选)\s+(.+?)\s*$"#, "| where $2 | $1"),
        (#"\|\s*rename\s+"#, "| derive "),
        (#"\|\s*count\s+distinct\s+([\w.]+)"#, "| summarize distinct($1)"),
        (#"\|\s*select\s+\*\s*(?=\||$)"#, ""),
        (#"(?<![\w"])-?([\w.]+)\s+(desc|descending|降序)(?!\w)"#, "-$1"),
        (#"\s+(asc|ascending|升序)(?!\w)"#, ""),
        (#"\b(avg|average)\s*\("#, "mean("),
        // Conditions.
        (#"\s+is\s+not\s+null\b"#, " is not none"),
        (#"\s+is\s+null\b"#, " is none"),
        (#"\s*(!=|<>)\s*null\b"#, " is not none"),
        (#"\s*={1,2}\s*null\b"#, " is none"),
        (#"\s+is\s+not\s+(true|false)\b"#, " != $1"),
        (#"\s+is\s+(?!none|not\b)(?=\S)"#, " = "),
        (#"(==?|!=)\s*(yes|y)\b"#, "$1 true"),
        (#"\s+like\s+["']%([^%"']*)%["']"#, " contains \"$1\""),
        (#"\s+like\s+["']%([^%"']*)["']"#, " ends with \"$1\""),
        (#"\s+like\s+["']([^%"']*)%["']"#, " starts with \"$1\""),
        (#"\s*==?\s*["']%([^%"']+)%["']"#, " contains \"$1\""),
        (#"\s*==?\s*["']([^%"']+)%["'](?!\d)"#, " starts with \"$1\""),
        (#"([<>=]=?|!=)\s*["'](\d+(?:\.\d+)?%?|\d{4}-\d{1,2}(?:-\d{1,2})?)["']"#, "$1 $2"),
        (#"(\d{4})/(\d{1,2})(?![\d/])"#, "$1-$2"),
        (#"\bin\s+(\d+)\s*-\s*(\d+)"#, "in $1..$2"),
        (#"(\w)\s*:=\s*"#, "$1 = "),
        // As one says it in Chinese.
        (#"\s*的\s*(计数|汇总|比率|排序|选取)(?=\s|$)"#, " | $1"),
        (#"(?<=\d)\s*(周岁|岁|小时|天|人次|人)(?![\p{Han}\w])"#, ""),
        (#"\s*(?:大于等于|大于或等于|不小于|不少于|不低于|至少)\s*(?=[\d"“{])"#, " >= "),
        (#"\s*(?:小于等于|小于或等于|不大于|不多于|不超过|至多)\s*(?=[\d"“{])"#, " <= "),
        (#"\s*(?:大于|超过|高于|多于|晚于)\s*(?=[\d"“{])"#, " > "),
        (#"\s*(?:小于|低于|少于|不足|不满|早于)\s*(?=[\d"“{])"#, " < "),
        (#"(?<![且或非选者\s|])\s*(?:不等于|不是)\s*(?=[\p{Han}\d"“{])"#, " != "),
        (#"(?<=[\p{Han}\w])\s+是\s+(?=[\d"“])"#, " = "),
        (#"\s*(?:等于)\s*(?=[\p{Han}\d"“{])"#, " = "),
        (#"\s*(?:并且|而且|以及|同时)\s*"#, " 且 "),
        (#"\s*或者\s*"#, " 或 "),
        (#"(?<![\p{Han}\w.])(?!(?:属于|介于|in|between)\s)([\p{Han}\w.]+)\s+(\d{1,3})"#
            + #"\s*(?:-|~|～|—|至|到)\s*(\d{1,3})(?![\d-])"#,
         "$1 in $2..$3"),
    ]
}
