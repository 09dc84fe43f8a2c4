import MusterValues

/// A row of an entity by its key (a unit's id). Engines find it again in every snapshot that
/// they read, under an earlier key too; nothing in a plan knows where it stands in a table.
package struct RowName: Sendable, Hashable, Codable {
    package let entity: String
    private let exactKey: ExactText

    package var key: String { exactKey.text }

    package init(entity: String, key: String) {
        self.entity = entity
        exactKey = ExactText(key)
    }
}

/// A single value; its type stands beside it.
package enum Constant: Sendable, Hashable, Codable {
    case none
    case bool(Bool)
    /// Integers, and exact decimals as integers.
    case int(Int64)
    case double(Double)
    /// Days since 1970-01-01, months since year 0, years.
    case day(Int32)
    case row(RowName)
    case text(String)

    /// Order within one type; texts by code point. Rows have an order only where they stand.
    package func precedes(_ other: Constant) -> Bool {
        switch (self, other) {
        case (.int(let a), .int(let b)): a < b
        case (.double(let a), .double(let b)): a < b
        case (.day(let a), .day(let b)): a < b
        case (.bool(let a), .bool(let b)): !a && b
        case (.text(let a), .text(let b)): a.utf8.lexicographicallyPrecedes(b.utf8)
        default: false
        }
    }
}

extension Constant {
    /// Texts by their code points; not-a-number never.
    package static func == (a: Constant, b: Constant) -> Bool {
        switch (a, b) {
        case (.none, .none): true
        case (.bool(let a), .bool(let b)): a == b
        case (.int(let a), .int(let b)): a == b
        case (.double(let a), .double(let b)): a == b
        case (.day(let a), .day(let b)): a == b
        case (.row(let a), .row(let b)): a == b
        case (.text(let a), .text(let b)): a.isExactly(b)
        default: false
        }
    }

    package func hash(into hasher: inout Hasher) {
        switch self {
        case .none: hasher.combine(0)
        case .bool(let value): hasher.combine(value)
        case .int(let value): hasher.combine(value)
        case .double(let value): hasher.combine(value)
        case .day(let value): hasher.combine(value)
        case .row(let name): hasher.combine(name)
        case .text(let text): hasher.combine(ExactText(text))
        }
    }
}

extension Constant {
    /// The value as plain text, as csv shows it: `2015`, `2015-06`, `2015-10-31`, `2.5`, `true`,
    /// a row by its key; empty for none.
    package func plain(as type: ValueType) -> String {
        switch (self, type) {
        case (.none, _): ""
        case (.bool(let value), _): value ? "true" : "false"
        case (.int(let value), .decimal(let places)): FixedPoint.text(value, places)
        case (.int(let value), _): "\(value)"
        case (.double(let value), _): "\(value)"
        case (.day(let value), .year): "\(value)"
        case (.day(let value), .month): CivilDay.text(ofMonth: value)
        case (.day(let value), _): CivilDay.text(value)
        case (.row(let row), _): row.key
        case (.text(let text), _): text
        }
    }
}
