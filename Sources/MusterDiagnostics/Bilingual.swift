/// The two languages that muster speaks.
public enum Language: String, Sendable, CaseIterable {
    case zh, en
}

/// A text for people, in both languages, declared where it is needed.
public struct Message: Sendable, Hashable {
    public let zh: String
    public let en: String

    public init(zh: String, en: String) {
        self.zh = zh
        self.en = en
    }

    /// A text that is the same in both languages, such as a name from the data.
    public init(_ same: String) { self.init(zh: same, en: same) }

    public subscript(language: Language) -> String { language == .zh ? zh : en }
}

/// A name of the language (a verb, field, table, code value, column …), English and Chinese.
/// Both are accepted everywhere in input; one of them is shown.
public struct Term: Sendable, Hashable {
    public let en: String
    public let zh: String

    public init(_ en: String, _ zh: String) {
        self.en = en
        self.zh = zh
    }

    /// A name given by the user or the data, the same in both languages.
    public init(_ same: String) { self.init(same, same) }

    public subscript(language: Language) -> String { language == .zh ? zh : en }

    public func matches(_ text: String) -> Bool { text == en || text == zh }

    /// Whether one could be taken for the other in either language.
    public func collides(with other: Term) -> Bool { en == other.en || zh == other.zh }
}
