import MusterPlan
import MusterValues

/// A piece of SQL in the making: text that this program wrote, names and values. Names and values
/// are never text: the dialect quotes the former, and the latter are bound by the driver, or
/// quoted by the dialect where a person is to read the statement.
///
/// Interpolation takes pieces of SQL; a name or a value is said to be one:
/// `"\(name: "unit") = \(value: .int(3), .integer)"`.
package struct SQL: Sendable, Hashable, ExpressibleByStringInterpolation {
    package enum Piece: Sendable, Hashable {
        case text(String)
        case name(String)
        case value(Constant, ValueType)
    }
    package private(set) var pieces: [Piece]

    package init(_ pieces: [Piece]) { self.pieces = pieces }

    package init(stringLiteral text: String) { pieces = [.text(text)] }

    package init(stringInterpolation: Interpolation) { pieces = stringInterpolation.pieces }

    package struct Interpolation: StringInterpolationProtocol {
        fileprivate var pieces: [Piece] = []

        package init(literalCapacity: Int, interpolationCount: Int) {}

        package mutating func appendLiteral(_ text: String) {
            if !text.isEmpty { pieces.append(.text(text)) }
        }

        package mutating func appendInterpolation(_ sql: SQL) { pieces += sql.pieces }

        package mutating func appendInterpolation(name: String) { pieces.append(.name(name)) }

        package mutating func appendInterpolation(value: Constant, _ type: ValueType) {
            pieces.append(.value(value, type))
        }

        /// A number that this program knows: a position, a number of places.
        package mutating func appendInterpolation(_ number: Int) {
            pieces.append(.text(String(number)))
        }
    }

    package static func + (a: SQL, b: SQL) -> SQL { SQL(a.pieces + b.pieces) }
}

extension Sequence<SQL> {
    package func joined(_ separator: SQL) -> SQL {
        var pieces: [SQL.Piece] = []
        for (place, part) in enumerated() {
            if place > 0 { pieces += separator.pieces }
            pieces += part.pieces
        }
        return SQL(pieces)
    }
}

extension Constant {
    /// The value as a driver is given it, to be taken for one of the type; nil for none.
    package func boundText(_ type: ValueType) -> String? {
        switch self {
        case .none: nil
        case .bool(let value): value ? "true" : "false"
        case .int(let value): String(value)
        case .double(let value): value.isNaN ? nil : "\(value)"
        case .day(let value):
            value == Int32.max ? nil : type == .day ? CivilDay.text(value) : String(value)
        case .row(let row): row.key
        case .text(let text): text
        }
    }
}

/// A statement, and what its columns are.
package struct SQLStatement: Sendable, Hashable {
    package let sql: SQL
    package let types: [ValueType]

    package init(_ sql: SQL, types: [ValueType]) {
        self.sql = sql
        self.types = types
    }

    /// The text that a driver is given, with the values that are bound in it, in order.
    package func bound(_ dialect: any Dialect) -> (text: String, values: [(Constant, ValueType)]) {
        var text = "", values: [(Constant, ValueType)] = []
        for piece in sql.pieces {
            switch piece {
            case .text(let part): text += part
            case .name(let name): text += dialect.quoted(name: name)
            case .value(let value, let type):
                values.append((value, type))
                text += dialect.marker(values.count, type)
            }
        }
        return (text, values)
    }

    /// The text with all values in it, for people: of a hidden text only its last character.
    package func text(_ dialect: any Dialect) -> String {
        sql.pieces.reduce(into: "") { text, piece in
            switch piece {
            case .text(let part): text += part
            case .name(let name): text += dialect.quoted(name: name)
            case .value(.text(let hidden), let type) where type.isSensitive:
                let stars = String(repeating: "*", count: max(0, hidden.count - 1))
                text += dialect.literal(.text(stars + hidden.suffix(1)), type)
            case .value(let value, let type): text += dialect.literal(value, type)
            }
        }
    }
}
