import MusterPlan

extension SparkDialect {
    package func converted(_ value: SQL, _ conversion: Conversion) -> SQL {
        switch conversion {
        case .integerToNumber: "cast(\(value) as double)"
        case .decimalToNumber(let places): "(cast(\(value) as double) / \(SQL.unit(places)))"
        case .scaled(let places): "(\(value) * \(SQL.unit(places)))"
        case .scaledToCompare(let places):
            // What does not fit is beyond whatever does.
            SQL(stringLiteral: "(case when ") + value + " is null then null else "
                + "cast(least(greatest(cast(\(value) as decimal(19, 0)) * \(SQL.unit(places)), "
                + "-9223372036854775807), 9223372036854775807) as bigint) end)"
        case .dayToMonth: "(year(\(value)) * 12 + month(\(value)) - 1)"
        case .dayToYear: "year(\(value))"
        case .monthToYear: "cast(\(value) div 12 as int)"
        case .firstDayOfMonth: firstDay(ofMonth: value)
        case .lastDayOfMonth: "last_day(\(firstDay(ofMonth: value)))"
        case .firstDayOfYear: "make_date(\(value), 1, 1)"
        case .lastDayOfYear: "make_date(\(value), 12, 31)"
        case .monthOfYear: "cast(month(\(value)) as bigint)"
        case .dayOfMonth: "cast(day(\(value)) as bigint)"
        case .yearToInteger: "cast(\(value) as bigint)"
        }
    }

    private func firstDay(ofMonth month: SQL) -> SQL {
        "make_date(cast(\(month) div 12 as int), cast(\(month) % 12 as int) + 1, 1)"
    }

    package func later(_ day: SQL, by days: SQL) -> SQL {
        "date_add(\(day), cast(\(days) as int))"
    }

    package func days(from earlier: SQL, to later: SQL) -> SQL {
        "cast(datediff(\(later), \(earlier)) as bigint)"
    }

    package func byCodePoint(_ text: SQL) -> SQL { text }

    package func test(_ text: SQL, _ test: TextOperator, _ pattern: String) -> SQL? {
        let wanted: SQL = "\(value: .text(pattern), .plainText)"
        switch test {
        case .contains: return "contains(\(text), \(wanted))"
        case .startsWith: return "startswith(\(text), \(wanted))"
        case .endsWith: return "endswith(\(text), \(wanted))"
        case .matches:
            guard let pattern = CommonPattern.inJava(pattern) else { return nil }
            return "\(text) rlike \(value: .text(pattern), .plainText)"
        }
    }

    package func total(_ sum: SQL, _ type: ValueType) -> SQL {
        type == .number ? "coalesce(\(sum), 0D)" : "cast(coalesce(\(sum), 0) as bigint)"
    }

    /// `percentile` weighs the two ranks, lower × (1 − part) + upper × part, which is another
    /// double; so the sum is made here of the values in order.
    package func quantile(_ value: SQL, _ fraction: Double, _ condition: SQL?) -> SQL {
        let sorted: SQL = "sort_array(\(filtered("collect_list(\(value))", condition)))"
        let place: SQL = "(\(value: .double(fraction), .number) * (size(v) - 1))"
        let lower: SQL = "cast(floor(\(place)) as int)"
        let low: SQL = "v[\(lower)]", high: SQL = "v[least(\(lower) + 1, size(v) - 1)]"
        return "transform(array(\(sorted)), v -> case when size(v) > 0 then "
            + "\(low) + (\(high) - \(low)) * (\(place) - \(lower)) end)[0]"
    }

    package func text(_ value: SQL) -> SQL { "cast(\(value) as string)" }

    package func decimal(_ value: SQL, _ places: Int) -> SQL {
        "cast(cast(\(value) as decimal(19, 0)) / \(SQL.unit(places)) as decimal(38, \(places)))"
    }

    package func month(_ value: SQL) -> SQL {
        "date_format(\(firstDay(ofMonth: value)), 'yyyy-MM')"
    }

    package func masked(_ value: SQL) -> SQL {
        "repeat('*', length(\(value)) - 1) || right(\(value), 1)"
    }

    package func spread(_ lines: [[SQL]], _ alias: String, _ columns: [String]) -> SQL {
        let values = lines.map { $0.joined(", ") }.joined(", ")
        return "lateral view stack(\(lines.count), \(values)) \(name: alias) as "
            + columns.map { "\(name: $0)" }.joined(", ")
    }

    package func rows(_ rows: [[SQL]], _ alias: String, _ columns: [String]) -> SQL {
        let lines = rows.map { "(\($0.joined(", ")))" as SQL }.joined(", ")
        return "(values \(lines)) \(name: alias)(\(columns.map { "\(name: $0)" }.joined(", ")))"
    }
}
