import MusterDiagnostics
import MusterPlan

extension Scope {
    /// A measure over the rows of a group; a sum of nothing is 0.
    ///
    /// - Parameter others: what else must hold of a row.
    func measure(_ measure: Measure, where others: [SQL] = []) throws -> SQL {
        let all = others + (try measure.condition.map { [try conjunct($0)] } ?? [])
        let only = all.isEmpty ? nil : all.joined(" and ")
        switch measure.kind {
        case .count: return dialect.filtered("count(*)", only)
        case .sum(let a):
            let sum = dialect.filtered("sum(\(try value(a)))", only)
            return dialect.total(sum, measure.type)
        case .minimum(let a): return try extreme("min", a, only)
        case .maximum(let a): return try extreme("max", a, only)
        case .distinct(let a): return dialect.filtered("count(distinct \(try value(a)))", only)
        case .quantile(let a, let fraction):
            return dialect.quantile(try value(a), fraction, only)
        case .codeviation(let a, let b): return try codeviation(a, b, only)
        }
    }

    /// Without any error until the last division, as it is worked out in memory; a sum of fractions
    /// would depend on the order of the rows.
    private func codeviation(_ a: Scalar, _ b: Scalar, _ only: SQL?) throws -> SQL {
        guard a.type.isExact, b.type.isExact else {
            throw NotInSQL(Message(zh: "小数的方差", en: "a variance of fractions"))
        }
        let x: SQL = "cast(\(try value(a)) as decimal(19, 0))"
        let y: SQL = "cast(\(try value(b)) as decimal(19, 0))"
        let count = dialect.filtered("count(*)", only)
        let products = dialect.filtered("sum(\(x) * \(y))", only)
        let sums = [x, y].map { dialect.filtered("sum(\($0))", only) }.joined(" * ")
        let whole = dialect.cast("\(count) * \(products) - \(sums)", .number)
        let unit = SQL.unit(a.type.places + b.type.places)
        return "\(whole) / nullif(\(dialect.cast(count, .number)) * \(unit), 0)"
    }

    private func extreme(_ name: SQL, _ scalar: Scalar, _ only: SQL?) throws -> SQL {
        let value = try value(scalar)
        switch scalar.type {
        case .bool:
            return dialect.filtered(name == "min" ? "bool_and(\(value))" : "bool_or(\(value))",
                                    only)
        case .text: return dialect.filtered("\(name)(\(dialect.byCodePoint(value)))", only)
        default: return dialect.filtered("\(name)(\(value))", only)
        }
    }
}

extension StatementWriter {
    /// A `select` over several lines, grouped by its first `groupBy` items.
    func select(_ items: [SQL], from source: SQL, where conditions: [SQL] = [],
                groupBy: Int = 0) -> SQL {
        var sql: SQL = "select \(items.joined(",\n  "))\nfrom \(source)"
        if !conditions.isEmpty { sql = "\(sql)\nwhere \(conditions.joined("\n  and "))" }
        if groupBy > 0 {
            let places = (1...groupBy).map { "\($0)" as SQL }
            sql = "\(sql)\ngroup by \(places.joined(", "))"
        }
        return sql
    }
}
