import MusterBinding
import MusterDiagnostics
import MusterPlan

/// The SQL of Spark 4 with ANSI rules on and names told apart by case: what does not fit is an
/// error, texts compare by their bytes.
package struct SparkDialect: Dialect {
    package let name = "spark"
    package let quote: Unicode.Scalar = "`"
    package let types = (text: "string", double: "double", int: "int")
    package let suffix = "L"

    package init() {}

    /// Parameters have names; a value comes as a text and is cast to what it is.
    package func place(_ number: Int) -> String { ":p\(number)" }

    /// A backslash says that what follows stands for itself.
    package func escaped(_ text: String) -> String {
        text.replacing(mark: "\\", with: "\\\\").replacing(mark: "'", with: "\\'")
    }

    package func quotient(_ value: SQL, _ divisor: SQL) -> SQL { "\(value) div \(divisor)" }

    package func lastDay(_ firstDay: SQL) -> SQL { "last_day(\(firstDay))" }

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

    package func decimal(_ value: SQL, _ places: Int) -> SQL {
        "cast(\(SQL.exact(value, places)) as decimal(38, \(places)))"
    }

    package func month(of day: SQL) -> SQL { "date_format(\(day), 'yyyy-MM')" }

    package func spread(_ lines: [[SQL]], _ alias: String, _ columns: [String]) -> SQL {
        let values = lines.map { $0.joined(", ") }.joined(", ")
        return "lateral view stack(\(lines.count), \(values)) \(name: alias) as "
            + columns.map { "\(name: $0)" }.joined(", ")
    }

    package func rows(json: SQL, _ alias: String, _ columns: [(name: String, type: ValueType)])
        -> SQL {
        let types = columns.map { "\($0.name):\(typeName($0.type))" }.joined(separator: ",")
        let schema = SQL(stringLiteral: "'array<struct<\(types)>>'")
        return "(select inline(from_json(\(json), \(schema)))) \(name: alias)"
    }

    package func unsaid(_ text: SQL) -> SQL {
        "cast(raise_error('\(SQL(stringLiteral: FunctionSQL.unsaid))') as string)"
    }
}
