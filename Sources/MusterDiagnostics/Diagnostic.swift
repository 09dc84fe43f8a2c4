/// A named piece of text that was read: a script, a line typed in the shell, the `-c` argument.
package final class SourceText: Sendable {
    /// The file's name, or nil for what was typed.
    package let name: String?
    package let text: String
    /// Whether somebody wrote it here and now: what it holds is no news to who reads its faults.
    package let isTyped: Bool

    package init(name: String? = nil, text: String, isTyped: Bool? = nil) {
        self.name = name
        self.text = text
        self.isTyped = isTyped ?? (name == nil)
    }

    /// Its lines without what stands in them, and where a span of it lies in that.
    package func withheld(at span: Span) -> (source: SourceText, span: Span) {
        let lines = text.utf8.prefix(max(0, span.lower)).count { $0 == 0x0A }
        let all = text.utf8.count { $0 == 0x0A }
        return (SourceText(name: name, text: String(repeating: "\n", count: max(1, all)),
                           isTyped: isTyped), Span(lines, lines))
    }

    /// A piece of it; empty where there is no such piece.
    package func slice(_ span: Span) -> String {
        let bytes = text.utf8
        guard span.lower >= 0, span.upper <= bytes.count,
              let slice = String(bytes[bytes.index(bytes.startIndex, offsetBy: span.lower)
                                       ..< bytes.index(bytes.startIndex, offsetBy: span.upper)])
        else { return "" }
        return slice
    }
}

/// A range of UTF-8 offsets in one source text.
package struct Span: Sendable, Hashable, Codable {
    package var lower: Int
    package var upper: Int

    package init(_ lower: Int, _ upper: Int) {
        self.lower = lower
        self.upper = max(lower, upper)
    }

    package func union(_ other: Span) -> Span {
        Span(min(lower, other.lower), max(upper, other.upper))
    }
}

/// A change of the source that mends a fault and says the same: what stands at `span` becomes
/// `replacement`. What is only guessed is a hint and no fix.
package struct Fix: Sendable, Hashable {
    package let span: Span
    package let replacement: String
    /// Where it is a name of the language: both its names.
    package let term: Term?

    package init(_ span: Span, _ replacement: String) {
        self.span = span
        self.replacement = replacement
        term = nil
    }

    /// What stands there becomes the name, in the language of what stood there.
    package init(_ span: Span, _ term: Term) {
        self.span = span
        replacement = term.en
        self.term = term
    }
}

/// Everything that goes wrong on account of what a user typed or loaded: one type, told apart
/// by `code`, its text written beside the check that raises it.
package struct Diagnostic: Error, Sendable {
    package enum Severity: String, Sendable { case error, warning, note }

    /// Stable, lower-case, dotted: `name.unknown`, `type.mismatch`, `snapshot.malformed`.
    package var code: String
    package var severity: Severity
    package var message: Message
    /// Where it is, in `source`. Nil for what has no place in a text.
    package var span: Span?
    /// The text that `span` points into; filled in by whoever holds the text.
    package var source: SourceText?
    /// The way out: shown beside the carets, or on a line of its own.
    package var hint: Message?
    package var fixes: [Fix]
    /// The verb or statement that it is about: whoever shows the fault may add its example.
    package var topic: Term?
    /// Further lines: the candidates of an ambiguous name, the place of a first definition.
    package var related: [Message]
    /// The user stopped what was running: nothing is wrong with what was typed.
    package private(set) var isCancellation = false

    package init(_ code: String, _ message: Message, at span: Span? = nil, hint: Message? = nil,
                fixes: [Fix] = [], related: [Message] = [], severity: Severity = .error,
                source: SourceText? = nil) {
        self.code = code
        self.severity = severity
        self.message = message
        self.span = span
        self.source = source
        self.hint = hint
        self.fixes = fixes
        self.related = related
    }

    /// What stops a task on Ctrl-C.
    package static let interrupted: Diagnostic = {
        var diagnostic = Diagnostic("run.cancelled", Message(zh: "已中断", en: "interrupted"))
        diagnostic.isCancellation = true
        return diagnostic
    }()

    /// The same fault at another place.
    package func placed(at span: Span?) -> Diagnostic {
        var copy = self
        copy.span = span
        return copy
    }

    /// The same fault with its source text, where it has none yet.
    package func located(in source: SourceText) -> Diagnostic {
        var copy = self
        if copy.source == nil { copy.source = source }
        return copy
    }
}

/// Several faults found in one go, thrown together.
package struct Diagnostics: Error, Sendable {
    package var all: [Diagnostic]

    package init(_ all: [Diagnostic]) { self.all = all }
}
