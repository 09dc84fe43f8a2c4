import MusterBinding
import MusterDiagnostics
import MusterPlan

/// PostgreSQL's SQL, of what Citus, Greenplum and openGauss understand too.
package struct PostgreSQLDialect: Dialect {
    package let name = "postgresql"
    package let quote: Unicode.Scalar = "\""
    package let types = (text: "text", double: "double precision", int: "integer")
    package let suffix = ""

    package init() {}

    package func place(_ number: Int) -> String { "$\(number)" }

    package func escaped(_ text: String) -> String { text.replacing(mark: "'", with: "''") }

    package func quotient(_ value: SQL, _ divisor: SQL) -> SQL { "\(value) / \(divisor)" }

    package func lastDay(_ firstDay: SQL) -> SQL {
        "cast(\(firstDay) + interval '1 month' - interval '1 day' as date)"
    }

    package func later(_ day: SQL, by days: SQL) -> SQL { "(\(day) + cast(\(days) as integer))" }

    package func days(from earlier: SQL, to later: SQL) -> SQL {
        "cast(\(later) - \(earlier) as bigint)"
    }

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

    package func quantile(_ value: SQL, _ fraction: Double, _ condition: SQL?) -> SQL {
        filtered("percentile_cont(\(value: .double(fraction), .number)) within group "
                     + "(order by \(value))", condition)
    }

    package func decimal(_ value: SQL, _ places: Int) -> SQL {
        "trim_scale(\(SQL.exact(value, places)))"
    }

    package func month(of day: SQL) -> SQL { "to_char(\(day), 'YYYY-MM')" }

    package func spread(_ lines: [[SQL]], _ alias: String, _ columns: [String]) -> SQL {
        "cross join lateral \(rows(lines, alias, columns))"
    }

    package func rows(json: SQL, _ alias: String, _ columns: [(name: String, type: ValueType)])
        -> SQL {
        let types = columns.map { column -> SQL in
            "\(name: column.name) \(SQL(stringLiteral: typeName(column.type)))"
        }
        return "json_to_recordset(cast(\(json) as json)) as \(name: alias)(\(types.joined(", ")))"
    }

    package func unsaid(_ text: SQL) -> SQL {
        // Nothing of the text is in the error, which the server may keep in its log.
        let marked: SQL = "'\(SQL(stringLiteral: FunctionSQL.unsaid))' || left(cast(\(text) as text), 0)"
        return "cast(cast(\(marked) as integer) as text)"
    }
}
