import MusterDiagnostics

/// The values a code field may have, with their names in both languages. What is stored is the
/// English name.
package final class CodeSet: Sendable, Hashable, Codable {
    package let name: Term
    package let values: [Term]
    /// True where no other value is possible.
    package let isClosed: Bool
    /// Sorted as listed instead of by the English names.
    package let keepsOrder: Bool
    /// For values outside the list that are written `name value, name value`: those names.
    package let facts: [Term]

    package init(_ name: Term, _ values: [Term], isClosed: Bool = true, keepsOrder: Bool = false,
                 facts: [Term] = []) {
        self.keepsOrder = keepsOrder
        self.name = name
        self.values = values
        self.isClosed = isClosed
        self.facts = facts
    }

    /// The stored text of a code given by either of its names.
    package func code(_ text: String) -> String? { values.first { $0.matches(text) }?.en }

    /// A stored text with its names.
    package func term(_ code: String) -> Term {
        if let known = values.first(where: { $0.en == code }) { return known }
        guard !facts.isEmpty else { return Term(code) }
        let parts = code.split(separator: ",").map { part -> String in
            let fact = part.drop { $0 == " " }
            guard let space = fact.firstIndex(of: " "),
                  let term = facts.first(where: { $0.en == fact[..<space] }) else {
                return String(fact)
            }
            return term.zh + fact[space...]
        }
        return Term(code, parts.joined(separator: "，"))
    }

    package static func == (a: CodeSet, b: CodeSet) -> Bool {
        a === b || (a.name == b.name && a.values == b.values && a.isClosed == b.isClosed
            && a.keepsOrder == b.keepsOrder && a.facts == b.facts)
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

/// What kind of text a text is: it decides how it is named, sorted and shown.
package enum TextKind: Sendable, Hashable, Codable {
    case plain
    /// Personal and sensitive: shown by its last character only, whatever it passed through.
    case sensitive
    /// A person's name: shown, unless names are hidden; it passes through expressions likewise.
    case personal
    case code(CodeSet)
    /// Labels of `each`, in the order written.
    case labels
}

/// The type of an expression or column. Each has one physical type, which engines choose.
package enum ValueType: Sendable, Hashable, Codable {
    /// The literal `none` alone.
    case none
    case bool
    case integer
    /// Exact decimals of so many places, 1 to 6, as integers; hours have two.
    case decimal(Int)
    case number
    case text(TextKind)
    case day, month, year
    /// A row of an entity.
    case row(String)
    /// A row of a plain table.
    case tableRow(TableReference)

    package static let plainText = ValueType.text(.plain)

    package var isNumeric: Bool {
        switch self {
        case .integer, .decimal, .number: true
        default: false
        }
    }

    /// Digits behind the point of an exact number; 0 for all others.
    package var places: Int { if case .decimal(let places) = self { places } else { 0 } }

    /// Whether it is a number without any error: a whole one or an exact decimal.
    package var isExact: Bool { isNumeric && self != .number }

    /// The type in which two numbers can be added up and compared.
    package func common(with other: ValueType) -> ValueType {
        if !isExact || !other.isExact { return .number }
        let places = max(places, other.places)
        return places == 0 ? .integer : .decimal(places)
    }

    /// What makes a number one of another type; nil where nothing is to be done, or can.
    package func conversion(to type: ValueType) -> Conversion? {
        switch (self, type) {
        case (.integer, .number): .integerToNumber
        case (.decimal(let places), .number): .decimalToNumber(places)
        case (_, .decimal(let wanted)) where isExact && wanted > places: .scaled(wanted - places)
        default: nil
        }
    }
    package var isPeriod: Bool { self == .month || self == .year }
    package var isTemporal: Bool { self == .day || isPeriod }
    /// Texts that sort as they were written down.
    package var keepsOrder: Bool { self == .text(.labels) || codes?.keepsOrder == true }
    package var isText: Bool { if case .text = self { true } else { false } }
    package var isSensitive: Bool { self == .text(.sensitive) }
    package var isPersonal: Bool { self == .text(.personal) }

    /// The type of a text that is made of others: what must be hidden in one must be in it.
    package static func text(madeOf parts: [ValueType]) -> ValueType {
        if parts.contains(.text(.sensitive)) { return .text(.sensitive) }
        return parts.contains(.text(.personal)) ? .text(.personal) : .plainText
    }
    package var codes: CodeSet? { if case .text(.code(let set)) = self { set } else { nil } }
    package var entity: String? { if case .row(let name) = self { name } else { nil } }

    /// What a user calls it.
    package var name: Message {
        switch self {
        case .none: Message(zh: "空", en: "none")
        case .bool: Message(zh: "是非值", en: "a yes/no value")
        case .integer: Message(zh: "整数", en: "a whole number")
        case .decimal, .number: Message(zh: "数", en: "a number")
        case .text(.code): Message(zh: "代码", en: "a code")
        case .text: Message(zh: "文字", en: "a text")
        case .day: Message(zh: "日期", en: "a day")
        case .month: Message(zh: "月份", en: "a month")
        case .year: Message(zh: "年度", en: "a year")
        case .row(let entity): Message(zh: "\(entity) 的一行", en: "a row of \(entity)")
        case .tableRow(let table):
            Message(zh: "\(table.name) 的一行", en: "a row of \(table.name)")
        }
    }
}
