import MusterDiagnostics

/// The lines of one statement.
struct StatementLayout {
    private enum Item {
        case token(Token)
        case comment(Comment)
    }

    private let formatter: Formatter
    private let items: [Item]
    /// Of stages that stand on lines of their own: a query's begin at the margin.
    private let indent: String
    private let isBroken: Bool

    private var done: [String] = []
    private var line = ""
    private var isFresh = true
    /// Brackets open behind the last token.
    private var nesting = 0

    init(_ formatter: Formatter, _ tokens: [Token], comments: [Comment]) {
        self.formatter = formatter
        let shown = StatementLayout.joined(tokens.filter { $0.role != .absorbed }, formatter)
        let isQuery = shown.first.map { $0.term == nil || $0.is(.pipe) } ?? true
        indent = isQuery ? "" : "  "
        items = StatementLayout.merge(shown, comments)
        isBroken = StatementLayout.isBroken(tokens, comments, formatter)
    }

    /// Without the second words of names that are one word in the language asked for
    /// (`registered.date` is 注册日期), and their dots.
    private static func joined(_ tokens: [Token], _ formatter: Formatter) -> [Token] {
        var kept: [Token] = []
        for token in tokens {
            if formatter.renamed[token.span] == "", kept.last.map({ $0.is(.dot) || $0.role == .dot })
                == true {
                kept.removeLast()
            } else {
                kept.append(token)
            }
        }
        return kept
    }

    /// Comments among the tokens; one behind a stage's `|` stands before it.
    private static func merge(_ tokens: [Token], _ comments: [Comment]) -> [Item] {
        var items: [Item] = []
        var rest = comments[...]
        // Tokens put out of order do not draw comments after them.
        var reached = 0
        for token in tokens {
            reached = max(reached, token.span.lower)
            var early: [Item] = []
            while let comment = rest.first, comment.span.lower < reached {
                early.append(.comment(comment))
                rest = rest.dropFirst()
            }
            if !early.isEmpty, case .token(let last)? = items.last, isStage(last) {
                items.removeLast()
                items += early + [.token(last)]
            } else {
                items += early
            }
            items.append(.token(token))
        }
        return items + rest.map { .comment($0) }
    }

    private static func isStage(_ token: Token) -> Bool { token.is(.pipe) && token.nesting == 0 }

    /// Was a stage written on a line of its own, or a comment between stages?
    private static func isBroken(_ tokens: [Token], _ comments: [Comment],
                                 _ formatter: Formatter) -> Bool {
        for (index, token) in tokens.enumerated() where isStage(token) {
            let before = index > 0 ? tokens[index - 1].span.upper : token.span.lower
            let after = index + 1 < tokens.count ? tokens[index + 1].span.lower : token.span.upper
            if formatter.newlines(before, token.span.lower) > 0
                || formatter.newlines(token.span.upper, after) > 0 { return true }
        }
        return false
    }

    func lines() -> [String] {
        let short = laid(broken: isBroken)
        let hasStage = items.contains {
            if case .token(let token) = $0 { StatementLayout.isStage(token) } else { false }
        }
        guard !isBroken, hasStage,
              short.contains(where: { displayWidth($0) > Formatter.width }) else { return short }
        return laid(broken: true)
    }

    private func laid(broken: Bool) -> [String] {
        var copy = self
        var last: Token?
        for item in items {
            switch item {
            case .comment(let comment): copy.put(comment)
            case .token(let token):
                copy.put(token, after: last, broken: broken)
                last = token
            }
        }
        copy.flush()
        return copy.done
    }

    private mutating func flush() {
        if !isFresh { done.append(line) }
        line = ""
        isFresh = true
    }

    private mutating func put(_ comment: Comment) {
        let text = Formatter.text(comment)
        if comment.isOwnLine {
            flush()
            line = indent + (nesting > 0 ? "    " : "") + text
        } else {
            line += (isFresh ? "" : "  ") + text
        }
        isFresh = false
        flush()
    }

    private mutating func put(_ token: Token, after last: Token?, broken: Bool) {
        nesting = token.nesting + (token.is(.open) ? 1 : 0)
        guard let last else {
            line += formatter.text(token)
            isFresh = false
            return
        }
        let isNewStage = StatementLayout.isStage(token)
        let isAfterStage = StatementLayout.isStage(last)
        if isNewStage, broken {
            flush()
            line = indent
        } else if !isNewStage, !isAfterStage, last.span.upper <= token.span.lower,
                  formatter.newlines(last.span.upper, token.span.lower) > 0 {
            flush()
            line = indent + (token.is(.close) && token.nesting == 0 ? "" : "    ")
        } else if isFresh {
            line = indent + "    "
        } else if formatter.isSpaced(last, token) {
            line += " "
        }
        line += formatter.text(token)
        isFresh = false
    }
}
