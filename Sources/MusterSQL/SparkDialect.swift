import MusterPlan
import MusterValues

/// The SQL of Spark 4 with ANSI rules on and names told apart by case: what does not fit is an
/// error, texts compare by their bytes.
package struct SparkDialect: Dialect {
    package let name = "spark"

    package init() {}

    package func quoted(name: String) -> String {
        PlainName.isPlain(name) ? name
            : "`" + name.split(separator: "`", omittingEmptySubsequences: false)
                .joined(separator: "``") + "`"
    }

    /// Parameters have names; a value comes as a text and is cast to what it is.
    package func marker(_ number: Int, _ type: ValueType) -> String {
        "cast(:p\(number) as \(typeName(type)))"
    }

    package func literal(_ value: Constant, _ type: ValueType) -> String {
        switch value {
        case .none: "cast(null as \(typeName(type)))"
        case .bool(let value): value ? "true" : "false"
        case .int(.min): "(-9223372036854775807 - 1)"
        case .int(let value): value < 0 ? "(\(value)L)" : "\(value)L"
        case .double(let value):
            value.isNaN ? "cast(null as double)" : "cast('\(value)' as double)"
        case .day(let value): type == .day ? "date '\(CivilDay.text(value))'" : "\(value)"
        case .text(let text): quoted(text: text)
        case .row(let row): quoted(text: row.key)
        }
    }

    /// A backslash says that what follows stands for itself.
    private func quoted(text: String) -> String {
        var all = "'"
        for scalar in text.unicodeScalars {
            if scalar == "'" || scalar == "\\" { all += "\\" }
            all.unicodeScalars.append(scalar)
        }
        return all + "'"
    }

    package func typeName(_ type: ValueType) -> String {
        switch type {
        case .bool: "boolean"
        case .integer, .decimal, .none: "bigint"
        case .number: "double"
        case .text: "string"
        case .day: "date"
        case .month, .year: "int"
        case .row, .tableRow: "int"
        }
    }
}
