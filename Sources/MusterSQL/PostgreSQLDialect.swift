import MusterPlan
import MusterValues

/// PostgreSQL's SQL, of what Citus, Greenplum and openGauss understand too.
package struct PostgreSQLDialect: Dialect {
    package let name = "postgresql"

    package init() {}

    package func quoted(name: String) -> String {
        PlainName.isPlain(name) ? name
            : "\"" + name.split(separator: "\"", omittingEmptySubsequences: false)
                .joined(separator: "\"\"") + "\""
    }

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
