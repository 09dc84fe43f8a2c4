/// The two languages that muster speaks.
package enum Language: String, Sendable, CaseIterable {
    case zh, en
}

/// A text for people, in both languages, declared where it is needed.
package struct Message: Sendable, Hashable, Codable {
    package let zh: String
    package let en: String

    package init(zh: String, en: String) {
        self.zh = zh
        self.en = en
    }

    /// A text that is the same in both languages, such as a name from the data.
    package init(_ same: String) { self.init(zh: same, en: same) }

    package subscript(language: Language) -> String { language == .zh ? zh : en }
}

/// A name of the language (a verb, field, table, code value, column …), English and Chinese.
/// Both are accepted everywhere in input; one of them is shown.
package struct Term: Sendable, Hashable, Codable {
    package let en: String
    package let zh: String

    package init(_ en: String, _ zh: String) {
        self.en = en
        self.zh = zh
    }

    /// A name given by the user or the data, the same in both languages.
    package init(_ same: String) { self.init(same, same) }

    package subscript(language: Language) -> String { language == .zh ? zh : en }

    package func matches(_ text: String) -> Bool { text == en || text == zh }

    /// Whether one could be taken for the other in either language.
    package func collides(with other: Term) -> Bool { en == other.en || zh == other.zh }
}

/// The two heads of a column that is one of several under a value that was pivoted.
package struct SpanningHead: Sendable, Hashable, Codable {
    /// The value, over all of its columns.
    package let over: Term
    /// What the column is under it.
    package let own: Term

    package init(over: Term, own: Term) {
        self.over = over
        self.own = own
    }
}
