import MusterDiagnostics

/// The values a code field may have, with their names in both languages. What is stored is the
/// English name.
public final class CodeSet: Sendable, Hashable {
    public let name: Term
    public let values: [Term]
    /// True where no other value is possible.
    public let isClosed: Bool
    /// Sorted as listed instead of by the English names.
    public let keepsOrder: Bool
    /// How a value outside the list is called.
    private let otherTerm: @Sendable (String) -> Term

    public init(_ name: Term, _ values: [Term], isClosed: Bool = true, keepsOrder: Bool = false,
                otherTerm: @escaping @Sendable (String) -> Term = { Term($0) }) {
        self.keepsOrder = keepsOrder
        self.name = name
        self.values = values
        self.isClosed = isClosed
        self.otherTerm = otherTerm
    }

    /// The stored text of a code given by either of its names.
    public func code(_ text: String) -> String? { values.first { $0.matches(text) }?.en }

    public func term(_ code: String) -> Term { values.first { $0.en == code } ?? otherTerm(code) }

    public static func == (a: CodeSet, b: CodeSet) -> Bool { a === b }
    public func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}

/// What kind of text a text is: it decides how it is named, sorted and shown.
public enum TextKind: Sendable, Hashable {
    case plain
    /// Personal and sensitive: shown by its last character only, whatever it passed through.
    case sensitive
    /// A person's name: shown, unless names are hidden; it passes through expressions likewise.
    case personal
    case code(CodeSet)
    /// Labels of `each`, in the order written.
    case labels
}

/// The type of an expression or column. Each has one physical type (see `Vector`).
public enum ValueType: Sendable, Hashable {
    /// The literal `none` alone.
    case none
    case bool
    case integer
    /// Exact hundredths as integers.
    case hundredths
    case number
    case text(TextKind)
    case day, month, year
    /// A row of an entity.
    case row(String)

    public static let plainText = ValueType.text(.plain)

    public var isNumeric: Bool { self == .integer || self == .hundredths || self == .number }
    public var isPeriod: Bool { self == .month || self == .year }
    public var isTemporal: Bool { self == .day || isPeriod }
    /// Texts that sort as they were written down.
    var keepsOrder: Bool { self == .text(.labels) || codes?.keepsOrder == true }
    public var isText: Bool { if case .text = self { true } else { false } }
    public var isSensitive: Bool { self == .text(.sensitive) }
    public var isPersonal: Bool { self == .text(.personal) }

    /// The type of a text that is made of others: what must be hidden in one must be in it.
    static func text(madeOf parts: [ValueType]) -> ValueType {
        if parts.contains(.text(.sensitive)) { return .text(.sensitive) }
        return parts.contains(.text(.personal)) ? .text(.personal) : .plainText
    }
    public var codes: CodeSet? { if case .text(.code(let set)) = self { set } else { nil } }
    public var entity: String? { if case .row(let name) = self { name } else { nil } }

    /// What a user calls it.
    public var name: Message {
        switch self {
        case .none: Message(zh: "空", en: "none")
        case .bool: Message(zh: "是非值", en: "a yes/no value")
        case .integer: Message(zh: "整数", en: "a whole number")
        case .hundredths: Message(zh: "数", en: "a number")
        case .number: Message(zh: "数", en: "a number")
        case .text(.code): Message(zh: "代码", en: "a code")
        case .text: Message(zh: "文字", en: "a text")
        case .day: Message(zh: "日期", en: "a day")
        case .month: Message(zh: "月份", en: "a month")
        case .year: Message(zh: "年度", en: "a year")
        case .row(let entity): Message(zh: "\(entity) 的一行", en: "a row of \(entity)")
        }
    }
}
