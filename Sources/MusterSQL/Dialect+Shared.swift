import MusterDiagnostics
import MusterPlan
import MusterValues

/// What every database says alike, of names and types.
extension Dialect {
    /// A name of a table or column, quoted whatever it holds.
    package func quoted(name: String) -> String {
        PlainName.isPlain(name) ? name
            : "\(quote)\(name.replacing(mark: quote, with: "\(quote)\(quote)"))\(quote)"
    }

    /// Where the `number`th value (from 1) is bound.
    package func marker(_ number: Int, _ type: ValueType) -> String {
        "cast(\(place(number)) as \(typeName(type)))"
    }

    /// What the database calls the type that values of a type have there.
    package func typeName(_ type: ValueType) -> String {
        switch type {
        case .bool: "boolean"
        case .integer, .decimal, .none: "bigint"
        case .number: types.double
        case .text: types.text
        case .day: "date"
        case .month, .year, .row, .tableRow: types.int
        }
    }

    /// A value as it may stand in a statement's text.
    package func literal(_ value: Constant, _ type: ValueType) -> String {
        switch value {
        case .bool(let value): return value ? "true" : "false"
        case .int(.min): return "(-9223372036854775807 - 1)"
        case .int(let value): return value < 0 ? "(\(value)\(suffix))" : "\(value)\(suffix)"
        case .double(let value) where !value.isNaN: return "cast('\(value)' as \(types.double))"
        case .none, .double: return "cast(null as \(typeName(type)))"
        case .day(let value): return type == .day ? "date '\(CivilDay.text(value))'" : "\(value)"
        case .text(let text): return "'\(escaped(text))'"
        case .row(let row): return "'\(escaped(row.key))'"
        }
    }

    /// A value as one of a type.
    package func cast(_ value: SQL, _ type: ValueType) -> SQL {
        "cast(\(value) as \(SQL(stringLiteral: typeName(type))))"
    }
}

/// What every database says alike, of values.
extension Dialect {
    /// The value in another type; `value` stands in brackets where it needs them.
    package func converted(_ value: SQL, _ conversion: Conversion) -> SQL {
        switch conversion {
        case .integerToNumber: cast(value, .number)
        case .decimalToNumber(let places): "(\(cast(value, .number)) / \(SQL.unit(places)))"
        case .scaled(let places): "(\(value) * \(SQL.unit(places)))"
        case .scaledToCompare(let places): scaledToCompare(value, SQL.unit(places))
        case .dayToMonth:
            cast("extract(year from \(value)) * 12 + extract(month from \(value)) - 1", .month)
        case .dayToYear: cast("extract(year from \(value))", .year)
        case .monthToYear: cast(quotient(value, "12"), .year)
        case .firstDayOfMonth: firstDay(ofMonth: value)
        case .lastDayOfMonth: lastDay(firstDay(ofMonth: value))
        case .firstDayOfYear: "make_date(\(value), 1, 1)"
        case .lastDayOfYear: "make_date(\(value), 12, 31)"
        case .monthOfYear: cast("extract(month from \(value))", .integer)
        case .dayOfMonth: cast("extract(day from \(value))", .integer)
        case .yearToInteger: cast(value, .integer)
        }
    }

    /// What does not fit is beyond whatever does.
    private func scaledToCompare(_ value: SQL, _ unit: SQL) -> SQL {
        let bounded: SQL = "least(greatest(cast(\(value) as decimal(19, 0)) * \(unit), "
            + "-9223372036854775807), 9223372036854775807)"
        return "(case when \(value) is null then null else \(cast(bounded, .integer)) end)"
    }

    private func firstDay(ofMonth month: SQL) -> SQL {
        "make_date(\(cast(quotient(month, "12"), .year)), \(cast("\(month) % 12", .year)) + 1, 1)"
    }

    /// A value as a text.
    package func text(_ value: SQL) -> SQL { cast(value, .plainText) }

    /// A month, since year 0, as `2015-06`.
    package func month(_ value: SQL) -> SQL { month(of: firstDay(ofMonth: value)) }

    /// A text of which only the last character shows.
    package func masked(_ value: SQL) -> SQL {
        "repeat('*', length(\(value)) - 1) || right(\(value), 1)"
    }
}

/// What every database says alike, of many rows.
extension Dialect {
    /// A sum as a value of its type, 0 where it is NULL; one that does not fit is an error.
    package func total(_ sum: SQL, _ type: ValueType) -> SQL {
        let sum: SQL = "coalesce(\(sum), 0)"
        return type == .number ? sum : cast(sum, .integer)
    }

    /// An aggregate over the rows that meet a condition.
    package func filtered(_ aggregate: SQL, _ condition: SQL?) -> SQL {
        condition.map { "\(aggregate) filter (where \($0))" } ?? aggregate
    }

    /// A relation of rows that stand in the statement itself, under a name, with columns' names.
    package func rows(_ rows: [[SQL]], _ alias: String, _ columns: [String]) -> SQL {
        let lines = rows.map { "(\($0.joined(", ")))" as SQL }.joined(", ")
        return "(values \(lines)) \(name: alias)(\(columns.map { "\(name: $0)" }.joined(", ")))"
    }
}

extension SQL {
    /// Ten to the power of a number of places.
    static func unit(_ places: Int) -> SQL {
        SQL(stringLiteral: "1" + String(repeating: "0", count: places))
    }

    /// A whole number of last places as the decimal that it is. A quotient would be cut off where
    /// it has many digits.
    static func exact(_ value: SQL, _ places: Int) -> SQL {
        let last = "0." + String(repeating: "0", count: places - 1) + "1"
        return "cast(\(value) as decimal(19, 0)) * \(SQL(stringLiteral: last))"
    }
}
