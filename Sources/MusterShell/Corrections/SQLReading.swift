import Foundation
import MusterBinding

/// A SELECT of SQL read as a query, where it is a plain one and says the same. Quoted texts are
/// masked (`MaskedText`).
struct SQLReading {
    private let columns: [(text: String, alias: String?)]
    private let isDistinct: Bool
    private let source: String
    private let condition: String?
    private let keys: String?
    private let having: String?
    private let order: String?
    private let limit: String?

    init?(_ text: String) {
        let pattern = #"^\s*select\s+(.+?)\s+from\s+([\w.]+)"#
            + #"(?:\s+where\s+(.+?))?(?:\s+group\s+by\s+(.+?))?(?:\s+having\s+(.+?))?"#
            + #"(?:\s+order\s+by\s+(.+?))?(?:\s+limit\s+(\d+))?\s*;?\s*$"#
        guard let regex = try? NSRegularExpression(
            pattern: pattern, options: [.caseInsensitive, .dotMatchesLineSeparators]),
            let match = regex.firstMatch(in: text, range: NSRange(text.startIndex..., in: text))
        else { return nil }
        func part(_ index: Int) -> String? {
            Range(match.range(at: index), in: text).map { String(text[$0]) }
        }
        guard let list = part(1), let from = part(2) else { return nil }
        let rest = SQLReading.replace(list, #"^\s*distinct\s+"#, "")
        isDistinct = rest != list
        columns = SQLReading.split(rest).map(SQLReading.column)
        source = from.lowercased()
        condition = part(3).map(SQLReading.words)
        keys = part(4)
        having = part(5).map(SQLReading.words)
        order = part(6)
        limit = part(7)
        guard isSound else { return nil }
    }

    /// What stands beside aggregates is grouped by, as SQL demands.
    private var isSound: Bool {
        let plain = columns.filter { !$0.text.contains("(") }
        guard keys != nil || plain.count < columns.count else {
            return having == nil && !(isDistinct && columns.contains { $0.alias != nil })
        }
        let grouped = keys.map(SQLReading.split) ?? []
        return !isDistinct && plain.allSatisfy { column in
            column.alias == nil && grouped.contains { $0.lowercased() == column.text.lowercased() }
        }
    }

    /// One line of stages.
    var query: String {
        var stages = [source]
        let sorting = order.map {
            VerbNames.sort + " " + SQLReading.split($0).map(sortKey).joined(separator: ", ")
        }
        if let condition { stages.append(VerbNames.filter + " " + condition) }
        let computed = columns.filter { $0.text.contains("(") }
        if keys != nil || !computed.isEmpty {
            let measures = computed.map { "\($0.alias ?? Self.name(of: $0.text)) = \($0.text)" }
            let by = keys.map { " by " + $0 } ?? ""
            stages.append(measures.isEmpty ? VerbNames.distinct + " " + (keys ?? "")
                : VerbNames.summarize + " " + measures.joined(separator: ", ") + by)
        } else if columns.first?.text != "*" {
            let list = columns.map { column in
                column.alias.map { "\($0) = \(column.text)" } ?? column.text
            }.joined(separator: ", ")
            // Rows may be sorted by what is not shown.
            let isByAlias = columns.contains { column in
                column.alias.map { order?.contains($0) == true } ?? false
            }
            if let sorting, !isByAlias { stages.append(sorting) }
            stages.append((isDistinct ? VerbNames.distinct : VerbNames.choose) + " " + list)
            if let sorting, isByAlias || isDistinct { stages.append(sorting) }
            if let limit { stages.append(VerbNames.cut + " " + limit) }
            return stages.joined(separator: " | ")
        }
        if let having { stages.append(VerbNames.filter + " " + named(having)) }
        if let sorting { stages.append(sorting) }
        if let limit { stages.append(VerbNames.cut + " " + limit) }
        return stages.joined(separator: " | ")
    }

    private func sortKey(_ text: String) -> String {
        let words = text.split(separator: " ").map(String.init)
        let isDown = words.count > 1 && words.last?.lowercased() == "desc"
        let isMarked = isDown || words.count > 1 && words.last?.lowercased() == "asc"
        let key = named((isMarked ? words.dropLast() : words[...]).joined(separator: " "))
        return (isDown ? "-" : "") + key
    }

    /// Aggregates by the names that their columns have here.
    private func named(_ text: String) -> String {
        var result = SQLReading.functions(text)
        for column in columns where column.text.contains("(") {
            result = result.replacingOccurrences(of: column.text,
                                                 with: column.alias ?? Self.name(of: column.text))
        }
        return result
    }

    private static func name(of aggregate: String) -> String {
        let function = aggregate.prefix { $0 != "(" }
        return function == FunctionNames.count ? "n" : String(function) + "_value"
    }

    private static func column(_ text: String) -> (text: String, alias: String?) {
        let words = text.split(separator: " ").map(String.init)
        if words.count >= 3, words[words.count - 2].lowercased() == "as" {
            return (functions(words.dropLast(2).joined(separator: " ")), words.last)
        }
        return (functions(text), nil)
    }

    private static func functions(_ text: String) -> String {
        var result = replace(text, #"count\s*\(\s*distinct\s+"#, FunctionNames.distinct + "(")
        result = replace(result, #"\b(avg|average)\s*\("#, FunctionNames.mean + "(")
        result = replace(result, #"count\s*\(\s*(\*|1)?\s*\)"#, FunctionNames.count + "()")
        return replace(result, #"\b(SUM|MIN|MAX|MEAN)\s*\("#) { $0.lowercased() }
    }

    /// Conditions with the words of this language.
    private static func words(_ text: String) -> String {
        var result = replace(text, #"\b(AND|OR|NOT|IN|BETWEEN|LIKE|IS)\b"#) { $0.lowercased() }
        result = replace(result, #"\bis\s+not\s+null\b"#, "is not none")
        result = replace(result, #"\bis\s+null\b"#, "is none")
        return functions(result)
    }

    private static func replace(_ text: String, _ pattern: String, _ template: String) -> String {
        text.replacingOccurrences(of: pattern, with: template,
                                  options: [.regularExpression, .caseInsensitive])
    }

    private static func replace(_ text: String, _ pattern: String,
                                _ change: (String) -> String) -> String {
        var result = text, from = result.startIndex
        while let found = result.range(of: pattern, options: [.regularExpression,
                                                              .caseInsensitive],
                                       range: from..<result.endIndex) {
            let changed = change(String(result[found]))
            let start = result.distance(from: result.startIndex, to: found.lowerBound)
            result.replaceSubrange(found, with: changed)
            from = result.index(result.startIndex, offsetBy: start + changed.count)
        }
        return result
    }

    /// At the commas that stand outside brackets and texts.
    private static func split(_ list: String) -> [String] {
        var parts = [""], depth = 0
        var quote: Character?
        for character in list {
            if let open = quote {
                if character == open { quote = nil }
            } else if "\"'".contains(character) {
                quote = character
            } else if character == "(" {
                depth += 1
            } else if character == ")" {
                depth -= 1
            }
            if character == ",", depth == 0, quote == nil {
                parts.append("")
            } else {
                parts[parts.count - 1].append(character)
            }
        }
        return parts.map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }
            .filter { !$0.isEmpty }
    }
}
