import MusterDiagnostics

/// The reserved words of the language, in both languages. They are never names outside
/// backquotes.
public enum Keyword: String, Sendable, CaseIterable {
    case and, or, not, `in`, between, contains, starts, ends, with, matches, `is`, under
    case `true`, `false`, none, `if`, then, `else`, `as`, of, over, by, `where`, every, show
    case `let`, param
}
