import MusterDiagnostics

extension SortTerm {
    func text(_ names: ColumnNaming) -> String { (isDescending ? "-" : "") + value.text(names) }
}

extension GroupKey {
    func text(_ names: ColumnNaming) -> String {
        let shown: String
        switch kind {
        case .value(let value): shown = value.text(names)
        case .each(let labels, let conditions):
            shown = "each(" + zip(labels, conditions).map { "\"\($0)\": " + $1.text(names) }
                .joined(separator: ", ") + ")"
        case .lineage(let value, _): shown = "ancestors of " + value.text(names)
        }
        return names.text(column.id) + " = " + shown + (domain.map { ", every " + $0.text(as: column.type) } ?? "")
            + (keepsNone ? " or none" : "")
    }
}

extension KeyDomain {
    fileprivate func text(as type: ValueType) -> String {
        switch self {
        case .values(let values): values.map { $0.text(as: type) }.joined(separator: " ")
        case .rows(let entity, let level, let under):
            entity + (level.map { " of level " + $0 } ?? "")
                + (under.map { " under " + $0.map(\.key).joined(separator: ", ") } ?? "")
        case .parts(let row): row.entity + " directly below " + row.key
        }
    }
}

extension Measure {
    func text(_ names: ColumnNaming) -> String {
        let what = switch kind {
        case .count: "count()"
        case .sum(let a): "sum(\(a.text(names)))"
        case .minimum(let a): "min(\(a.text(names)))"
        case .maximum(let a): "max(\(a.text(names)))"
        case .distinct(let a): "distinct(\(a.text(names)))"
        case .quantile(let a, let fraction): "percentile(\(a.text(names)), \(fraction))"
        case .codeviation(let a, let b): "codeviation(\(a.text(names)), \(b.text(names)))"
        }
        return "#\(id.number) = " + what + (condition.map { " where " + $0.text(names) } ?? "")
    }
}

extension Constant {
    /// As it is written in a query; rows by their key in brackets.
    func text(as type: ValueType) -> String {
        switch (self, type) {
        // What may not be shown is not printed either.
        case (.text, .text(.sensitive)), (.text, .text(.personal)): "\"…\""
        case (.text(let text), _): "\"\(text)\""
        case (.row(let row), _): "[\(row.key)]"
        case (.none, _): "none"
        default: plain(as: type)
        }
    }
}

extension Scalar {
    /// As a person would write it, each operation within brackets where it stands in another.
    func text(_ names: ColumnNaming) -> String {
        func inner(_ part: Scalar) -> String {
            switch part.node {
            case .and, .or, .compare, .arithmetic, .conditional, .textTest, .below, .isNone, .not,
                 .atDay: "(" + part.text(names) + ")"
            default: part.text(names)
            }
        }
        func call(_ name: String, _ parts: [Scalar]) -> String {
            "\(name)(" + parts.map { $0.text(names) }.joined(separator: ", ") + ")"
        }
        switch node {
        case .constant(let value): return value.text(as: type)
        case .column(let id): return names.text(id)
        case .row: return "row"
        case .field(_, let column, let row), .ancestor(_, let column, let row):
            if case .row = row.node { return column }
            return inner(row) + "." + column
        case .day: return "as_of"
        case .named(let name, let value):
            guard case .field(_, _, let row) = value.bare.node, row.node != .row else {
                return name.en
            }
            return inner(row) + "." + name.en
        case .not(let a): return "not " + inner(a)
        case .and(let a, let b): return inner(a) + " and " + inner(b)
        case .or(let a, let b): return inner(a) + " or " + inner(b)
        case .compare(let op, let a, let b): return inner(a) + " \(op.rawValue) " + inner(b)
        case .inForce(let a, let b): return call("in_force", [a, b])
        case .arithmetic(let op, let a, let b): return inner(a) + " \(op.rawValue) " + inner(b)
        case .convert(let conversion, let a): return call(conversion.name, [a])
        case .conditional(let a, let b, let c):
            return "if " + inner(a) + " then " + inner(b) + " else " + inner(c)
        case .isNone(let a): return inner(a) + " is none"
        case .textTest(let op, let pattern, let a):
            return inner(a) + " \(op.rawValue) \"\(pattern.text)\""
        default: return furtherText(names, inner, call)
        }
    }

    private func furtherText(_ names: ColumnNaming, _ inner: (Scalar) -> String,
                             _ call: (String, [Scalar]) -> String) -> String {
        switch node {
        case .below(let rows, let a):
            return inner(a) + " under (" + rows.map(\.key).joined(separator: ", ") + ")"
        case .part(let row, let a):
            return "part(" + a.text(names) + ", " + row.key + ")"
        case .call(let name, let arguments): return call(name, arguments)
        case .related(let aggregate, let row):
            return aggregate.text + (row.node == .row ? "" : " of " + inner(row))
        case .atDay(let a, let day): return inner(a) + " as of " + inner(day)
        case .columnTotal(let a): return call("total", [a])
        case .subquery(let plan):
            return "(" + PlanText(plan).lines.map { $0.trimmed }.joined(separator: " | ") + ")"
        case .inGroups(let keys, let groups):
            let members = groups.map { values in
                zip(values, keys).map { $0.text(as: $1.column.type) }.joined(separator: ", ")
            }
            return "(" + keys.map { names.text($0.column.id) }.joined(separator: ", ") + ") in ("
                + members.joined(separator: "; ") + ")"
        case .benchmark(let row, let year): return call("target", [row, year].compactMap { $0 })
        case .lowest(let rows, _): return call("lowest", rows)
        case .lookUp(let lookUp, let key):
            return "lookup(\(lookUp.table.name)[\(lookUp.value)], "
                + "[\(lookUp.key)] = \(key.text(names)))"
        case .match(let match, let keys):
            return match.text(keys.map { $0.text(names) })
        case .cell(let table, let column, let row):
            return inner(row) + ".\(table.name)[\(column)]"
        default: return "?"
        }
    }
}

extension RelatedAggregate {
    fileprivate var text: String {
        let names = ColumnNaming(Plan(.one(nil), Schema(entity: nil, columns: [])))
        let rows = self.rows.name + (condition.map { " where " + $0.text(names) } ?? "")
        let what = measures.map { $0.text(names) }.joined(separator: ", ")
        return "related(\(rows); of \(owner.text(names))\(includesBelow ? " and below" : ""); "
            + "\(what); \(output.text(names)))"
    }
}

extension Match {
    /// `people(id_number folded = #3)`, with the keys that are looked for.
    fileprivate func text(_ wanted: [String]) -> String {
        let names = ColumnNaming(Plan(.one(nil), Schema(entity: nil, columns: [])))
        let pairs = zip(zip(keys, forms), wanted).map { key, wanted in
            key.0.text(names) + key.1.words + " = " + wanted
        }
        return upper.name + "(" + pairs.joined(separator: ", ") + ")" + (isOwn ? " itself" : "")
    }
}

extension KeyForm {
    fileprivate var words: String {
        switch self {
        case .exact: ""
        case .folded: " folded"
        case .coded: " as a code"
        }
    }
}

extension String {
    fileprivate var trimmed: String { String(drop { $0 == " " }) }
}
