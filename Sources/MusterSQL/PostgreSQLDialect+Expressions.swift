import MusterPlan

extension PostgreSQLDialect {
    package func converted(_ value: SQL, _ conversion: Conversion) -> SQL {
        switch conversion {
        case .integerToNumber: "\(value)::double precision"
        case .decimalToNumber(let places):
            "(\(value)::double precision / \(SQL.unit(places)))"
        case .scaled(let places): "(\(value) * \(SQL.unit(places)))"
        case .scaledToCompare(let places):
            // What does not fit is beyond whatever does.
            SQL(stringLiteral: "(case when ") + value + " is null then null else "
                + "least(greatest(\(value)::numeric * \(SQL.unit(places)), "
                + "-9223372036854775807), 9223372036854775807)::bigint end)"
        case .dayToMonth:
            "(extract(year from \(value)) * 12 + extract(month from \(value)) - 1)::integer"
        case .dayToYear: "extract(year from \(value))::integer"
        case .monthToYear: "(\(value) / 12)"
        case .firstDayOfMonth: "make_date(\(value) / 12, \(value) % 12 + 1, 1)"
        case .lastDayOfMonth:
            "(make_date(\(value) / 12, \(value) % 12 + 1, 1) + interval '1 month' "
                + "- interval '1 day')::date"
        case .firstDayOfYear: "make_date(\(value), 1, 1)"
        case .lastDayOfYear: "make_date(\(value), 12, 31)"
        case .monthOfYear: "extract(month from \(value))::bigint"
        case .dayOfMonth: "extract(day from \(value))::bigint"
        case .yearToInteger: "\(value)::bigint"
        }
    }

    package func later(_ day: SQL, by days: SQL) -> SQL { "(\(day) + \(days)::integer)" }

    package func days(from earlier: SQL, to later: SQL) -> SQL { "(\(later) - \(earlier))::bigint" }

    package func byCodePoint(_ text: SQL) -> SQL { "\(text) collate \"C\"" }

    package func test(_ text: SQL, _ test: TextOperator, _ pattern: String) -> SQL? {
        let wanted: SQL = "\(value: .text(pattern), .plainText)"
        let length: SQL = "\(pattern.unicodeScalars.count)"
        switch test {
        case .contains: return "strpos(\(text), \(wanted)) > 0"
        case .startsWith: return "left(\(text), \(length)) = \(wanted)"
        case .endsWith: return "right(\(text), \(length)) = \(wanted)"
        case .matches:
            // In the common part of both languages; `.` and sets pass over line breaks nowhere.
            guard CommonPattern.isCommon(pattern) else { return nil }
            return "\(text) ~ \(value: .text("(?p)" + pattern), .plainText)"
        }
    }

    package func total(_ sum: SQL, _ type: ValueType) -> SQL {
        type == .number ? "coalesce(\(sum), 0)" : "coalesce(\(sum), 0)::bigint"
    }

    package func quantile(_ value: SQL, _ fraction: Double, _ condition: SQL?) -> SQL {
        filtered("percentile_cont(\(value: .double(fraction), .number)) within group "
                     + "(order by \(value))", condition)
    }

    package func text(_ value: SQL) -> SQL { "(\(value))::text" }

    package func decimal(_ value: SQL, _ places: Int) -> SQL {
        "trim_scale(\(value)::numeric / \(SQL.unit(places)))"
    }

    package func month(_ value: SQL) -> SQL {
        "to_char(make_date(\(value) / 12, \(value) % 12 + 1, 1), 'YYYY-MM')"
    }

    package func masked(_ value: SQL) -> SQL {
        "repeat('*', length(\(value)) - 1) || right(\(value), 1)"
    }

    package func spread(_ lines: [[SQL]], _ alias: String, _ columns: [String]) -> SQL {
        "cross join lateral \(rows(lines, alias, columns))"
    }

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
}
