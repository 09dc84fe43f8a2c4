/// A named piece of text that was read: a script, a line typed in the shell, the `-c` argument.
public final class SourceText: Sendable {
    /// The file's name, or nil for what was typed.
    public let name: String?
    public let text: String

    public init(name: String? = nil, text: String) {
        self.name = name
        self.text = text
    }
}

/// A range of UTF-8 offsets in one source text.
public struct Span: Sendable, Hashable {
    public var lower: Int
    public var upper: Int

    public init(_ lower: Int, _ upper: Int) {
        self.lower = lower
        self.upper = max(lower, upper)
    }

    public func union(_ other: Span) -> Span {
        Span(min(lower, other.lower), max(upper, other.upper))
    }
}

/// A change of the source that would mend a fault: what stands at `span` becomes `replacement`.
public struct Fix: Sendable, Hashable {
    public let span: Span
    public let replacement: String
    /// Where it is a name of the language: both its names.
    public let term: Term?

    public init(_ span: Span, _ replacement: String) {
        self.span = span
        self.replacement = replacement
        term = nil
    }

    /// What stands there becomes the name, in the language of what stood there.
    public init(_ span: Span, _ term: Term) {
        self.span = span
        replacement = term.en
        self.term = term
    }
}

/// Everything that goes wrong on account of what a user typed or loaded: one type, told apart
/// by `code`, its text written beside the check that raises it.
public struct Diagnostic: Error, Sendable {
    public enum Severity: String, Sendable { case error, warning, note }

    /// Stable, lower-case, dotted: `name.unknown`, `type.mismatch`, `snapshot.malformed`.
    public var code: String
    public var severity: Severity
    public var message: Message
    /// Where it is, in `source`. Nil for what has no place in a text.
    public var span: Span?
    /// The text that `span` points into; filled in by whoever holds the text.
    public var source: SourceText?
    /// The way out: shown beside the carets, or on a line of its own.
    public var hint: Message?
    public var fixes: [Fix]
    /// The verb or statement that it is about: whoever shows the fault may add its example.
    public var topic: Term?
    /// Further lines: the candidates of an ambiguous name, the place of a first definition.
    public var related: [Message]

    public init(_ code: String, _ message: Message, at span: Span? = nil, hint: Message? = nil,
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

    /// The same fault with its source text, where it has none yet.
    public func located(in source: SourceText) -> Diagnostic {
        var copy = self
        if copy.source == nil { copy.source = source }
        return copy
    }
}

/// Several faults found in one go, thrown together.
public struct Diagnostics: Error, Sendable {
    public var all: [Diagnostic]

    public init(_ all: [Diagnostic]) { self.all = all }
}
