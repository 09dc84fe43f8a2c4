import MusterDiagnostics
import MusterPlan
import MusterStore

/// A column of rows that are brought into a statement from here.
package struct BroughtColumn: Sendable {
    package let values: Vector
    package let type: ValueType

    package init(_ values: Vector, _ type: ValueType) {
        self.values = values
        self.type = type
    }
}

extension StatementWriter {
    /// Rows of more bytes are worked out here.
    private static let most = 8 << 20

    /// A part of the statement that holds rows from here, with columns `c0`, `c1` … The rows are
    /// one value, however many they are: a text of JSON. Written once.
    func brought(_ columns: [BroughtColumn], as key: BroughtKey) throws -> String {
        if let known = brought[key] { return known }
        let text = try Self.json(columns)
        let isHidden = columns.contains { $0.type.isSensitive }
        let json: SQL = "\(value: .text(text), isHidden ? .text(.sensitive) : .plainText)"
        let named = columns.enumerated().map { ("c\($0)", $1.type) }
        let part = add("brought", "select * from \(dialect.rows(json: json, "j", named))")
        brought[key] = part
        return part
    }

    private static func json(_ columns: [BroughtColumn]) throws -> String {
        var bytes = Array("[".utf8)
        for row in 0..<(columns.first?.values.count ?? 0) {
            bytes.append(contentsOf: row > 0 ? ",{".utf8 : "{".utf8)
            var isFirst = true
            for (place, column) in columns.enumerated() where !column.values.isNone(row) {
                bytes.append(contentsOf: "\(isFirst ? "" : ",")\"c\(place)\":".utf8)
                isFirst = false
                try write(column, row, into: &bytes)
            }
            bytes.append(UInt8(ascii: "}"))
            guard bytes.count < most else {
                throw NotInSQL(Message(zh: "这么大的表", en: "a table of that size"))
            }
        }
        return String(decoding: bytes + [UInt8(ascii: "]")], as: UTF8.self)
    }

    private static func write(_ column: BroughtColumn, _ row: Int, into bytes: inout [UInt8])
        throws {
        if case .row(let rows) = column.values {
            bytes.append(contentsOf: String(rows[row]).utf8)
            return
        }
        let value = column.values.constant(row)
        switch value {
        case .text(let text):
            // No database holds that character.
            guard !text.utf8.contains(0) else {
                throw NotInSQL(Message(zh: "空字符（U+0000）", en: "the character U+0000"))
            }
            JSONText.quote(text.utf8, into: &bytes)
        case .double(let double) where !double.isFinite:
            throw NotInSQL(Message(zh: "无穷大", en: "infinity"))
        case .day where column.type == .day:
            JSONText.quote((value.boundText(.day) ?? "").utf8, into: &bytes)
        default: bytes.append(contentsOf: (value.boundText(column.type) ?? "null").utf8)
        }
    }
}

/// What makes rows that are brought into a statement the same.
enum BroughtKey: Hashable {
    case lookUp(LookUp, ValueType)
    case match(Match)
    case cells(TableReference, Int)
    case related(RelatedAggregate, [Int32])
    case groups(Aggregation)
}

extension Scope {
    /// The value of a plain table's only row that has a key.
    func lookUp(_ lookUp: LookUp, _ key: Scalar) throws -> SQL {
        let rows = try writer.context.rows(of: lookUp, key: key.type)
        let part = try writer.brought(rows, as: .lookUp(lookUp, key.type))
        let wanted = try value(key)
        let found = join("\(name: part)", "lookup") { "\(name: $0).c0 = \(wanted)" }
        return "\(name: found).c1"
    }

    /// The number of the only row of another table that has these keys.
    func match(_ match: Match, _ keys: [Scalar]) throws -> SQL {
        guard case .table = match.upper, !match.isOwn else {
            throw NotInSQL(Message(zh: "关联", en: "a relation"))
        }
        let rows = try writer.context.rows(of: match, snapshot: writer.snapshot)
        let part = try writer.brought(rows, as: .match(match))
        let wanted = try zip(keys, match.forms).map { try compared($0, as: $1) }
        let found = join("\(name: part)", "match") { alias in
            wanted.enumerated().map { "\(name: alias).\(name: "c\($0 + 1)") = \($1)" as SQL }
                .joined(" and ")
        }
        return "\(name: found).c0"
    }

    /// A key as it is compared.
    private func compared(_ key: Scalar, as form: KeyForm) throws -> SQL {
        let own = try value(key)
        switch form {
        case .exact: return own
        case .coded(let codes):
            let cases = codes.values.map { term -> SQL in
                "when \(value: .text(term.zh), .plainText) "
                    + "then \(value: .text(term.en), .plainText)"
            }
            return cases.isEmpty ? own : "case \(own) \(cases.joined(" ")) else \(own) end"
        case .folded:
            // What else there may be in a hidden number is folded here.
            guard writer.context.mayGuess,
                  let isPlain = dialect.test(own, .matches, "^[0-9A-Z]*$") else {
                throw NotInSQL(Message(zh: "按证件号码的关联", en: "a relation by hidden texts"))
            }
            return "case when \(own) is null or \(isPlain) then \(own) "
                + "else \(dialect.unsaid(own)) end"
        }
    }

    /// A column of the plain table's row of that number.
    func cell(_ table: TableReference, _ column: Int, _ row: Scalar) throws -> SQL {
        let number = try value(row)
        let rows = try writer.context.cells(of: table, column)
        let part = try writer.brought(rows, as: .cells(table, column))
        let found = join("\(name: part)", "cell") { "\(name: $0).c0 = \(number)" }
        return "\(name: found).c1"
    }

    /// What the rows of a plain table come to that belong to a row.
    func relatedRowsOfTable(_ aggregate: RelatedAggregate, _ row: Scalar) throws -> SQL {
        guard Set(aggregate.dependsOnDay ? days : []).count < 2,
              let reading = readings.first, let day = days.first else {
            throw NotInSQL(Message(zh: "几个时点的关联", en: "a relation at several days"))
        }
        let owner = try value(row)
        let (rows, nothing) = try writer.context.related(aggregate, at: Reading(
            snapshot: reading.snapshot, day: day, period: reading.period))
        let part = try writer.brought(rows, as: .related(aggregate, [day]))
        let found = join("\(name: part)", "related") { "\(name: $0).c0 = \(owner)" }
        let type = aggregate.output.type
        let all: SQL = "case when \(name: found).c0 is null then \(value: nothing, type) "
            + "else \(name: found).c1 end"
        if case .row = row.bare.node { return all }
        return "case when \(owner) is not null then \(all) end"
    }
}
