import MusterDiagnostics
import MusterEngine
import MusterLanguage

/// What is due at the end of an unfinished statement, from the words before it.
struct CursorPlace {
    enum Kind {
        case source
        case verb
        case field(entity: String?, columns: [Term], codes: [Term])
        case key(entity: String?, columns: [Term])
        case path(entity: String)
        case unitName
        case script
        case nothing
    }
    let kind: Kind
    /// UTF-8 offset of the word that is being typed, and the word.
    let start: Int
    let prefix: String
    let isQuoted: Bool

    init(_ text: String, registry: Registry) {
        let statement = CursorPlace.lastStatement(text)
        let offset = text.utf8.count - statement.utf8.count
        if let quote = CursorPlace.openQuote(statement) {
            let inside = statement[statement.index(after: quote)...]
            start = text.utf8.count - inside.utf8.count
            prefix = String(inside)
            isQuoted = true
            let before = statement[..<quote].trimmingEnd()
            kind = before.hasSuffix("under") || before.hasSuffix("隶属")
                || before.hasSuffix("(") || before.hasSuffix("=") ? .unitName : .nothing
            return
        }
        isQuoted = false
        let word = statement.reversed().prefix { CursorPlace.isWordCharacter($0) }
        let typed = String(word.reversed())
        let before = String(statement.dropLast(typed.count))
        let stages = before.split(separator: "|", omittingEmptySubsequences: false)
            .map(String.init)
        let current = stages.last ?? ""
        let words = current.split { $0 == " " || $0 == "," || $0 == "，" || $0 == "(" || $0 == "\n" }
            .map(String.init)
        let entity = CursorPlace.entity(stages.first ?? "", registry)
        let isGrouped = stages.dropLast().dropFirst().contains { stage in
            let verb = stage.split(separator: " ").first.map(String.init) ?? ""
            return ["summarize", "汇总", "rate", "比率", "count", "计数", "distinct", "去重",
                    "select", "选取", "pivot", "透视"].contains(verb)
        }
        if let dot = typed.lastIndex(of: ".") {
            let head = typed[..<dot]
            let tail = typed[typed.index(after: dot)...]
            start = text.utf8.count - tail.utf8.count
            prefix = String(tail)
            let last = head.split(separator: ".").last.map(String.init) ?? ""
            kind = .path(entity: ["member", "服务者"].contains(last) ? "people" : "units")
            return
        }
        start = offset + before.utf8.count
        prefix = typed
        let columns = ColumnNames.all
        if stages.count == 1, words.isEmpty {
            kind = .source
        } else if stages.count == 1, ["run", "运行"].contains(words.first), words.count == 1 {
            kind = .script
        } else if stages.count > 1, words.isEmpty {
            kind = .verb
        } else if let codes = CursorPlace.codes(words, registry) {
            kind = .field(entity: isGrouped ? nil : entity, columns: [], codes: codes)
        } else if words.contains("by") || words.contains("按") {
            kind = .key(entity: isGrouped ? nil : entity, columns: isGrouped ? columns : [])
        } else if stages.count > 1 {
            kind = .field(entity: isGrouped ? nil : entity, columns: isGrouped ? columns : [],
                          codes: [])
        } else if ["fields", "字段"].contains(words.first) {
            kind = .source
        } else {
            kind = .field(entity: entity ?? "people", columns: [], codes: [])
        }
    }

    private static func isWordCharacter(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || character == "_" || character == "."
    }

    /// What comes after the last statement end outside quotes.
    private static func lastStatement(_ text: String) -> Substring {
        var start = text.startIndex
        var isQuoted = false
        for index in text.indices {
            if text[index] == "\"" { isQuoted.toggle() }
            if !isQuoted, text[index] == ";" || text[index] == "；" {
                start = text.index(after: index)
            }
        }
        return text[start...]
    }

    private static func openQuote(_ text: Substring) -> Substring.Index? {
        var open: Substring.Index?
        for index in text.indices {
            if "\"“”".contains(text[index]) { open = open == nil ? index : nil }
        }
        return open
    }

    private static func entity(_ stage: String, _ registry: Registry) -> String? {
        let name = stage.split(separator: " ").first.map(String.init) ?? ""
        return registry.source(named: name)?.entity
    }

    /// The codes of the field before a comparison: after `cadre =`.
    private static func codes(_ words: [String], _ registry: Registry) -> [Term]? {
        guard let last = words.last, ["=", "!=", "in", "属于", "＝"].contains(last),
              words.count >= 2 else { return nil }
        let field = words[words.count - 2].split(separator: ".").last.map(String.init) ?? ""
        return registry.codes(ofField: field)
    }
}

extension Substring {
    fileprivate func trimmingEnd() -> String {
        var copy = self
        while copy.last?.isWhitespace == true { copy.removeLast() }
        return String(copy)
    }
}
