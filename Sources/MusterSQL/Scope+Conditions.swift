import MusterDiagnostics
import MusterPlan
import MusterValues

/// Conditions as SQL: where a condition does not hold it is false or NULL, as `where`, `filter`
/// and `case when` take it.
extension Scope {
    func condition(_ scalar: Scalar) throws -> SQL {
        switch scalar.node {
        case .named(_, let inner): return try condition(inner)
        case .constant(.bool(let value)): return value ? "true" : "false"
        case .not(let a):
            let inner = try condition(a)
            return mayBeNull(a) ? "(\(inner)) is not true" : "not (\(inner))"
        case .and(let a, let b): return "\(try part(a)) and \(try part(b))"
        case .or(let a, let b): return "\(try part(a, ofOr: true)) or \(try part(b, ofOr: true))"
        case .compare(let op, let a, let b): return try compare(op, a, b)
        case .inForce(let from, let until): return try inForce(try value(from), try value(until))
        case .isNone(let a): return "\(try value(a)) is null"
        case .textTest(let test, let pattern, let a):
            guard let sql = dialect.test(try value(a), test, pattern.text) else {
                throw NotInSQL(Message(zh: "匹配 “\(pattern.text)”",
                                       en: "matches \"\(pattern.text)\""))
            }
            return sql
        case .below(let names, let a): return try below(names, try value(a))
        case .inGroups(let keys, let groups): return try inGroups(keys, groups)
        default: return try value(scalar)
        }
    }

    /// One side of `and` or `or`, in brackets where it needs them.
    private func part(_ scalar: Scalar, ofOr: Bool = false) throws -> SQL {
        switch scalar.bare.node {
        case .or where !ofOr: "(\(try condition(scalar)))"
        case .and where ofOr: "(\(try condition(scalar)))"
        case .inForce where ofOr, .inGroups: "(\(try condition(scalar)))"
        default: try condition(scalar)
        }
    }

    /// Whether a condition may come to NULL.
    func mayBeNull(_ scalar: Scalar) -> Bool {
        switch scalar.bare.node {
        case .constant(let value): value == .none
        case .isNone, .not, .day: false
        case .and(let a, let b), .or(let a, let b): mayBeNull(a) || mayBeNull(b)
        case .compare(.notEqual, _, _): false
        case .compare(_, let a, let b): mayBeNull(a) || mayBeNull(b)
        default: true
        }
    }

    private func compare(_ op: ComparisonOperator, _ a: Scalar, _ b: Scalar) throws -> SQL {
        if let constant = b.bare.constantValue { return try compare(a, op, constant, b.type) }
        if let constant = a.bare.constantValue {
            return try compare(b, op.mirrored, constant, a.type)
        }
        let x = try value(a), y = try value(b)
        return related(x, op, y, a.type, mayBeNull(a) || mayBeNull(b))
    }

    private func compare(_ a: Scalar, _ op: ComparisonOperator, _ b: Constant, _ type: ValueType)
        throws -> SQL {
        let x = try value(a)
        switch b {
        case .none:
            switch op {
            case .equal: return "\(x) is null"
            case .notEqual: return "\(x) is not null"
            default: return "false"
            }
        case .row(let name):
            guard let row = try row(named: name) else { return op == .notEqual ? "true" : "false" }
            return related(x, op, row, a.type, mayBeNull(a))
        case .int(let number) where a.type.isTemporal:
            let day = Int32(clamping: number)
            return related(x, op, "\(value: .day(day), a.type)", a.type, mayBeNull(a))
        default:
            return related(x, op, "\(value: b, type)", a.type, mayBeNull(a))
        }
    }

    private func related(_ x: SQL, _ op: ComparisonOperator, _ y: SQL, _ type: ValueType,
                         _ mayBeNull: Bool) -> SQL {
        switch op {
        case .equal: "\(x) = \(y)"
        case .notEqual: mayBeNull ? "(\(x) = \(y)) is not true" : "\(x) <> \(y)"
        default: type.isText ? "\(dialect.byCodePoint(x)) \(op.sql) \(y)" : "\(x) \(op.sql) \(y)"
        }
    }

    private func inForce(_ from: SQL, _ until: SQL) throws -> SQL {
        "\(from) <= \(day) and (\(until) is null or \(until) > \(day) or \(until) < \(from))"
    }

    private func below(_ names: [RowName], _ row: SQL) throws -> SQL {
        let roots = try names.compactMap { try self.row(named: $0) }
        guard let entity = names.first?.entity, !roots.isEmpty else { return "false" }
        let closure = writer.table(Layout.closure(entity))
        return "\(row) in (select \(name: Layout.below) from \(closure) "
            + "where \(name: Layout.above) in (\(roots.joined(", "))))"
    }

    /// A row falls into one of some groups, each by its keys' values.
    private func inGroups(_ keys: [GroupKey], _ groups: [[Constant]]) throws -> SQL {
        if keys.isEmpty { return "true" }
        guard !groups.isEmpty else { return "false" }
        let rows = try groups.map { group -> SQL in
            "(\(try zip(keys, group).map(falls).joined(" and ")))"
        }
        return rows.joined(" or ")
    }

    private func falls(_ key: GroupKey, _ constant: Constant) throws -> SQL {
        switch key.kind {
        case .value(let scalar):
            if scalar.type == .bool, constant == .bool(false) {
                return "\(try value(scalar)) = false"
            }
            return "(\(try compare(scalar, .equal, constant, key.column.type)))"
        case .each(let labels, let conditions):
            guard case .text(let label) = constant,
                  let place = labels.firstIndex(where: { $0.utf8.elementsEqual(label.utf8) })
            else { return "false" }
            return "(\(try condition(conditions[place])))"
        case .lineage: throw NotInSQL(Message(zh: "逐级上溯", en: "a way up"))
        }
    }
}

extension ComparisonOperator {
    /// As SQL writes it.
    fileprivate var sql: SQL {
        switch self {
        case .equal: "="
        case .notEqual: "<>"
        case .less: "<"
        case .lessOrEqual: "<="
        case .greater: ">"
        case .greaterOrEqual: ">="
        }
    }
}
