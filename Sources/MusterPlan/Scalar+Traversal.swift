import MusterDiagnostics

extension ScalarNode {
    /// The expressions directly inside this one, of the same rows.
    var parts: [Scalar] {
        switch self {
        case .constant, .column, .row, .day, .subquery, .inGroups: []
        case .field(_, _, let row), .ancestor(_, _, let row): [row]
        case .not(let a), .convert(_, let a), .isNone(let a), .textTest(_, _, let a),
             .below(_, let a), .part(_, let a), .columnTotal(let a), .lookUp(_, let a),
             .related(_, let a), .named(_, let a), .cell(_, _, let a): [a]
        case .and(let a, let b), .or(let a, let b), .compare(_, let a, let b),
             .inForce(let a, let b), .arithmetic(_, let a, let b), .atDay(let a, let b): [a, b]
        case .conditional(let a, let b, let c): [a, b, c]
        case .call(_, let arguments), .lowest(let arguments, _), .match(_, let arguments): arguments
        case .benchmark(let row, let year): [row, year].compactMap { $0 }
        }
    }
}

extension Scalar {
    /// The expressions directly inside this one, of the same rows.
    package var parts: [Scalar] { node.parts }

    /// The same operation over other parts.
    package func mapParts(_ sub: (Scalar) -> Scalar) -> Scalar {
        func made(_ node: ScalarNode) -> Scalar { Scalar(node, type) }
        switch node {
        case .column, .constant, .row, .day, .subquery, .inGroups: return self
        case .field(let entity, let name, let row):
            return made(.field(entity: entity, column: name, row: sub(row)))
        case .ancestor(let entity, let level, let row):
            return made(.ancestor(entity: entity, level: level, row: sub(row)))
        case .not(let a): return made(.not(sub(a)))
        case .and(let a, let b): return made(.and(sub(a), sub(b)))
        case .or(let a, let b): return made(.or(sub(a), sub(b)))
        case .compare(let op, let a, let b): return made(.compare(op, sub(a), sub(b)))
        case .inForce(let a, let b): return made(.inForce(from: sub(a), until: sub(b)))
        case .arithmetic(let op, let a, let b): return made(.arithmetic(op, sub(a), sub(b)))
        case .convert(let conversion, let a): return made(.convert(conversion, sub(a)))
        case .conditional(let a, let b, let c): return made(.conditional(sub(a), sub(b), sub(c)))
        case .isNone(let a): return made(.isNone(sub(a)))
        case .textTest(let op, let pattern, let a): return made(.textTest(op, pattern, sub(a)))
        case .below(let names, let a): return made(.below(names, sub(a)))
        case .part(let name, let a): return made(.part(of: name, sub(a)))
        case .call(let name, let arguments): return made(.call(name, arguments.map(sub)))
        case .related(let aggregate, let row): return made(.related(aggregate, sub(row)))
        case .atDay(let a, let day): return made(.atDay(sub(a), sub(day)))
        case .columnTotal(let a): return made(.columnTotal(sub(a)))
        case .lowest(let rows, let entity): return made(.lowest(rows.map(sub), entity: entity))
        case .benchmark(let row, let year):
            return made(.benchmark(row: row.map(sub), year: sub(year)))
        case .lookUp(let lookUp, let a): return made(.lookUp(lookUp, sub(a)))
        case .match(let match, let keys): return made(.match(match, keys.map(sub)))
        case .cell(let table, let column, let row):
            return made(.cell(table, column, sub(row)))
        case .named(let name, let a): return made(.named(name, sub(a)))
        }
    }

    /// What must all hold for it to hold.
    package var conjuncts: [Scalar] {
        if case .and(let a, let b) = bare.node { a.conjuncts + b.conjuncts } else { [self] }
    }

    /// Whether the operation, or one inside it, is such a one.
    package func contains(where test: (ScalarNode) -> Bool) -> Bool {
        test(node) || parts.contains { $0.contains(where: test) }
    }

    /// Whether its value differs with the day at which the row is read.
    package var dependsOnDay: Bool {
        switch node {
        case .day, .inForce, .related, .inGroups: true
        case .atDay(_, let day): day.dependsOnDay
        default: parts.contains { $0.dependsOnDay }
        }
    }

    /// Whether its value differs with the snapshot in which the row is read.
    package var dependsOnSnapshot: Bool {
        switch node {
        case .field, .ancestor, .related, .inGroups, .below, .part, .benchmark, .lowest, .row,
             .match:
            true
        case .constant(.row): true
        default: parts.contains { $0.dependsOnSnapshot }
        }
    }

    /// Whether it reads nothing of its row: no column, no field.
    package var isConstant: Bool {
        switch node {
        case .column, .row, .columnTotal, .inGroups: false
        default: parts.allSatisfy(\.isConstant)
        }
    }

    package var hasColumnTotal: Bool {
        contains { if case .columnTotal = $0 { true } else { false } }
    }

    /// The columns that it reads.
    package var columns: Set<ColumnID> {
        if case .column(let id) = node { return [id] }
        return parts.reduce(into: []) { $0.formUnion($1.columns) }
    }

    /// The column that it simply is.
    package var column: ColumnID? {
        if case .column(let id) = bare.node { id } else { nil }
    }

    /// The same with its columns replaced.
    package func substituting(_ replacement: (ColumnID) -> Scalar?) -> Scalar {
        if case .column(let id) = node { return replacement(id) ?? self }
        return mapParts { $0.substituting(replacement) }
    }

    /// The same value of another row than the current one.
    package func atRow(_ row: Scalar) -> Scalar {
        if case .row = node { return Scalar(row.node, type) }
        return mapParts { $0.atRow(row) }
    }

    /// All of these conditions.
    package static func all(_ conditions: [Scalar]) -> Scalar? {
        joined(conditions[...]) { .and($0, $1) }
    }

    /// One of these conditions.
    package static func any(_ conditions: [Scalar]) -> Scalar? {
        joined(conditions[...]) { .or($0, $1) }
    }

    /// One after the other where they are few, as one reads them; many by halves, so that
    /// thousands lie no deeper than a dozen.
    private static func joined(_ conditions: ArraySlice<Scalar>,
                               _ node: (Scalar, Scalar) -> ScalarNode) -> Scalar? {
        guard conditions.count > 16 else {
            return conditions.reduce(nil) { all, next in
                all.map { Scalar(node($0, next), .bool) } ?? next
            }
        }
        let middle = conditions.startIndex + conditions.count / 2
        guard let left = joined(conditions[..<middle], node),
              let right = joined(conditions[middle...], node) else { return nil }
        return Scalar(node(left, right), .bool)
    }

    package var negated: Scalar { Scalar(.not(self), .bool) }
}
