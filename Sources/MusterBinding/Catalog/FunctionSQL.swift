/// What a function is in SQL: text with `{0}`, `{1}` … in the places of its arguments, which are
/// put in in brackets where they need them. A plan holds the function's name only.
package struct FunctionSQL: Sendable, Hashable {
    package let name: String
    private let forms: [String: String]
    private let general: String?

    /// - Parameters:
    ///   - general: what every dialect understands; nil where each has its own.
    ///   - forms: those of dialects that say it otherwise, by the dialect's name.
    package init(_ name: String, _ general: String?, _ forms: [String: String] = [:]) {
        self.name = name
        self.general = general
        self.forms = forms
    }

    /// The form in a dialect; nil where it has none.
    package func form(in dialect: String) -> String? { forms[dialect] ?? general }
}
