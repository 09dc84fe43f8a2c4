import MusterDiagnostics
import MusterValues

/// A script in its canonical layout, ending in a line feed (empty for an empty script).
///
/// A statement stands on one line; a pipeline longer than 100 columns, or written over several
/// lines, has one stage a line. Breaks inside brackets, comments and single blank lines are
/// kept. Punctuation is ASCII; Chinese order and `的` are put straight. With `language`, the
/// language's own words and verbs are put into it; names are replaced where `renamed` (by the
/// binder, from the span of a name) says so. A statement with an error is left as it is.
package func format(_ script: ParsedScript, vocabulary: any Vocabulary,
                   language: Language? = nil, renamed: [Span: String] = [:]) -> String {
    var formatter = Formatter(script, language: language, renamed: renamed)
    return formatter.run()
}

/// Walks the tokens, which know what they were read as.
struct Formatter {
    static let width = 100

    let tokens: [Token]
    let moves: [Move]
    let comments: [Comment]
    let faults: [Int]
    let bytes: [UInt8]
    let language: Language?
    let renamed: [Span: String]
    private var lines: [String] = []
    private var nextComment = 0
    /// Where the last thing put out ended in the source.
    private var lastEnd = 0

    init(_ script: ParsedScript, language: Language?, renamed: [Span: String]) {
        tokens = script.tokens
        moves = script.moves.sorted { $0.tokens.lowerBound < $1.tokens.lowerBound }
        comments = script.comments
        faults = script.diagnostics.filter { $0.severity == .error }
            .compactMap { $0.span?.lower }.sorted()
        bytes = Array(script.source.text.utf8)
        self.language = language
        self.renamed = renamed
    }

    mutating func run() -> String {
        var start = 0
        while start < tokens.count {
            var end = start
            while end < tokens.count, !isSeparator(tokens[end]) { end += 1 }
            if start < end { statement(start..<end, followedBy: end) }
            start = end + 1
        }
        comments(before: bytes.count)
        return lines.isEmpty ? "" : lines.joined(separator: "\n") + "\n"
    }

    private func isSeparator(_ token: Token) -> Bool {
        guard token.nesting == 0, token.role != .raw, token.role != .absorbed else { return false }
        switch token.kind {
        case .newline, .end, .symbol(.semicolon): return true
        default: return false
        }
    }

    private mutating func statement(_ range: Range<Int>, followedBy separator: Int) {
        let lower = tokens[range.lowerBound].span.lower
        let upper = tokens[range.upperBound - 1].span.upper
        comments(before: lower)
        separate(from: lower)
        let mine = takeComments(before: upper)
        if hasFault(lower, upper) {
            lines.append(slice(lower, upper))
        } else {
            lines += StatementLayout(self, order(range), comments: mine).lines()
        }
        // `members; | count` must not become one statement.
        let next = tokens[min(separator + 1, tokens.count - 1)...].first { $0.kind != .newline }
        if separator < tokens.count, tokens[separator].is(.semicolon), next?.is(.pipe) == true {
            lines[lines.count - 1] += ";"
        }
        lastEnd = upper
    }

    private func hasFault(_ lower: Int, _ upper: Int) -> Bool {
        let first = faults.partitionPoint { $0 >= lower }
        return first < faults.count && faults[first] <= upper
    }

    /// The statement's tokens, those that stand out of order put where they belong.
    private func order(_ range: Range<Int>) -> [Token] {
        let first = moves.partitionPoint { $0.tokens.lowerBound >= range.lowerBound }
        let inside = moves[first...].prefix {
            $0.tokens.lowerBound < range.upperBound && $0.target <= range.upperBound
        }
        guard !inside.isEmpty else { return Array(tokens[range]) }
        var all: [Token] = []
        var index = range.lowerBound
        var pending: [Move] = []
        while index <= range.upperBound {
            while let move = pending.last, move.target == index {
                all += tokens[move.tokens]
                pending.removeLast()
            }
            if let move = inside.first(where: { $0.tokens.lowerBound == index }) {
                pending.append(move)
                index = move.tokens.upperBound
            } else {
                if index < range.upperBound { all.append(tokens[index]) }
                index += 1
            }
        }
        return all
    }

    // MARK: comments and blank lines

    /// Puts out the comments that stand before a place in the source.
    private mutating func comments(before place: Int) {
        for comment in takeComments(before: place) {
            if comment.isOwnLine || lines.isEmpty {
                separate(from: comment.span.lower)
                lines.append(Formatter.text(comment))
            } else {
                lines[lines.count - 1] += "  " + Formatter.text(comment)
            }
            lastEnd = comment.span.upper
        }
    }

    private mutating func takeComments(before place: Int) -> [Comment] {
        let first = nextComment
        while nextComment < comments.count, comments[nextComment].span.lower < place {
            nextComment += 1
        }
        return Array(comments[first..<nextComment])
    }

    static func text(_ comment: Comment) -> String {
        comment.text.hasPrefix("＃") ? "#" + comment.text.dropFirst() : comment.text
    }

    /// One empty line where the source has any.
    private mutating func separate(from place: Int) {
        guard !lines.isEmpty, newlines(lastEnd, place) > 1 else { return }
        lines.append("")
    }

    func newlines(_ lower: Int, _ upper: Int) -> Int {
        guard lower < upper else { return 0 }
        return bytes[lower..<upper].reduce(0) { $1 == 0x0A ? $0 + 1 : $0 }
    }

    func slice(_ lower: Int, _ upper: Int) -> String {
        String(decoding: bytes[lower..<max(lower, upper)], as: UTF8.self)
    }
}
