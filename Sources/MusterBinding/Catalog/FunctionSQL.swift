import MusterPlan

/// What a function is in SQL: text with `{0}`, `{1}` … in the places of its arguments, which are
/// put in in brackets where they need them. A plan holds the function's name only.
package struct FunctionSQL: Sendable {
    package let name: String
    /// Whether it says the usual values only, and the statement ends with an error where another
    /// one is met: then it is worked out elsewhere.
    package let isGuess: Bool
    private let forms: @Sendable (_ types: [ValueType], _ dialect: String) -> String?

    /// - Parameters:
    ///   - general: what every dialect understands; nil where each has its own.
    ///   - forms: those of dialects that say it otherwise, by the dialect's name.
    package init(_ name: String, _ general: String?, _ forms: [String: String] = [:]) {
        self.init(name) { _, dialect in forms[dialect] ?? general }
    }

    /// - Parameter forms: by the arguments' types and the dialect's name; nil where there is none.
    package init(_ name: String, isGuess: Bool = false,
                 _ forms: @escaping @Sendable ([ValueType], String) -> String?) {
        self.name = name
        self.isGuess = isGuess
        self.forms = forms
    }

    /// The form of a call; nil where the dialect has none.
    package func form(of types: [ValueType], in dialect: String) -> String? {
        forms(types, dialect)
    }
}

extension FunctionSQL {
    /// What the error of a guess that does not hold is known by.
    package static let unsaid = "muster: not said of "

    /// A form that ends the statement, in the place of a value of a type that is so called. The
    /// error depends on the value, and holds nothing of it: servers keep errors in their logs.
    static func unsaid(_ type: String, in dialect: String) -> String {
        dialect == "spark" ? "cast(raise_error('\(unsaid)') as \(type))"
            : "cast('\(unsaid)' || left(cast({0} as text), 0) as \(type))"
    }
}
