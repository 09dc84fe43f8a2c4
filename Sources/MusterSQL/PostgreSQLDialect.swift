import MusterPlan
import MusterValues

/// PostgreSQL's SQL, of what Citus, Greenplum and openGauss understand too.
package struct PostgreSQLDialect: Dialect {
    package let name = "postgresql"

    package init() {}

    package func quoted(name: String) -> String {
        let plain = !name.isEmpty && name.utf8.allSatisfy {
            (97...122).contains($0) || (48...57).contains($0) || $0 == 95
        } && !(48...57).contains(name.utf8.first ?? 48) && !Self.reserved.contains(name)
        return plain ? name : "\"" + name.split(separator: "\"", omittingEmptySubsequences: false)
            .joined(separator: "\"\"") + "\""
    }

    /// Names that this program's tables and columns have, or easily might, and that are words of
    /// the language.
    private static let reserved: Set<String> = [
        "all", "analyse", "analyze", "and", "any", "array", "as", "asc", "both", "case", "cast",
        "check", "collate", "column", "constraint", "create", "cross", "current_date", "default",
        "deferrable", "desc", "distinct", "do", "else", "end", "except", "false", "fetch", "for",
        "foreign", "freeze", "from", "full", "grant", "group", "having", "in", "initially",
        "inner", "intersect", "into", "is", "isnull", "join", "lateral", "leading", "left",
        "like", "limit", "natural", "not", "notnull", "null", "offset", "on", "only", "or",
        "order", "outer", "overlaps", "placing", "primary", "references", "returning", "right",
        "select", "session_user", "similar", "some", "symmetric", "table", "tablesample", "then",
        "to", "trailing", "true", "union", "unique", "user", "using", "variadic", "verbose",
        "when", "where", "window", "with", "month", "year", "day", "date", "time", "timestamp",
        "values", "row", "rows", "level", "name", "text", "interval", "position", "substring",
    ]

    package func marker(_ number: Int, _ type: ValueType) -> String {
        "$\(number)::\(typeName(type))"
    }

    package func literal(_ value: Constant, _ type: ValueType) -> String {
        switch value {
        case .none: "null::\(typeName(type))"
        case .bool(let value): value ? "true" : "false"
        case .int(.min): "(-9223372036854775807 - 1)"
        case .int(let value): value < 0 ? "(\(value))" : "\(value)"
        case .double(let value): "\(value)::double precision"
        case .day(let value): type == .day ? "date '\(CivilDay.text(value))'" : "\(value)"
        case .text(let text): quoted(text: text)
        case .row(let row): quoted(text: row.key)
        }
    }

    private func quoted(text: String) -> String {
        "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''")
            + "'"
    }

    package func typeName(_ type: ValueType) -> String {
        switch type {
        case .bool: "boolean"
        case .integer, .decimal, .none: "bigint"
        case .number: "double precision"
        case .text: "text"
        case .day: "date"
        case .month, .year: "integer"
        case .row, .tableRow: "integer"
        }
    }
}
