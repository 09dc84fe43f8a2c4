extension Scalar {
    /// The expressions directly inside this one.
    var parts: [Scalar] {
        switch node {
        case .constant, .column, .rowNumber, .day, .subquery, .inGroups: []
        case .field(_, _, let row): [row]
        case .not(let a), .convert(_, let a), .isNone(let a), .textTest(_, let a),
             .below(_, let a), .oneOf(let a, _), .columnTotal(let a), .lookUp(_, let a),
             .related(_, let a): [a]
        case .and(let a, let b), .or(let a, let b), .compare(_, let a, let b),
             .inForce(let a, let b), .arithmetic(_, let a, let b), .atDay(let a, let b): [a, b]
        case .conditional(let a, let b, let c): [a, b, c]
        case .call(_, let arguments), .lowest(let arguments, _): arguments
        case .benchmark(let row, let year): [row, year].compactMap { $0 }
        }
    }

    /// Whether it is made by a division.
    var divides: Bool {
        switch node {
        case .arithmetic(.divide, _, _): true
        case .arithmetic(_, let a, let b): a.divides || b.divides
        case .convert(_, let a): a.divides
        // What decides between two values is none of them; a rounded quotient is a whole number.
        case .conditional(_, let a, let b): a.divides || b.divides
        case .call(_, let arguments): type == .number && arguments.contains { $0.divides }
        default: false
        }
    }

    /// The columns that it is a sum or difference of, or is itself.
    var summands: Set<Int> {
        switch node {
        case .column(let index): [index]
        case .arithmetic(.add, let a, let b), .arithmetic(.subtract, let a, let b):
            a.summands.union(b.summands)
        case .convert(_, let a): a.summands
        case .conditional(_, let a, let b): a.summands.union(b.summands)
        default: []
        }
    }

    /// Whether its value differs with the day at which the row is read.
    var dependsOnDay: Bool {
        switch node {
        case .day, .inForce, .related, .inGroups: true
        case .atDay(_, let day): day.dependsOnDay
        default: parts.contains { $0.dependsOnDay }
        }
    }

    /// Whether it reads anything of its row: a column, a field.
    var isConstant: Bool {
        switch node {
        case .column, .rowNumber, .columnTotal, .inGroups: false
        default: parts.allSatisfy(\.isConstant)
        }
    }

    /// The positions of the frame's columns that it reads.
    var columns: Set<Int> {
        if case .column(let index) = node { return [index] }
        return parts.reduce(into: []) { $0.formUnion($1.columns) }
    }

    /// The columns that its value is made of; what only decides between two values is not.
    var sources: Set<Int> {
        switch node {
        case .column(let index): [index]
        case .conditional(_, let a, let b): a.sources.union(b.sources)
        default: parts.reduce(into: []) { $0.formUnion($1.sources) }
        }
    }

    /// The same with its columns replaced.
    func substituting(_ replacement: (Int) -> Scalar?) -> Scalar {
        if case .column(let index) = node { return replacement(index) ?? self }
        return mapParts { $0.substituting(replacement) }
    }

    /// The same operation over other parts.
    func mapParts(_ sub: (Scalar) -> Scalar) -> Scalar {
        switch node {
        case .column, .constant, .rowNumber, .day, .subquery, .inGroups: return self
        case .field(let entity, let name, let row):
            return Scalar(.field(entity: entity, column: name, row: sub(row)), type)
        case .not(let a): return Scalar(.not(sub(a)), type)
        case .and(let a, let b): return Scalar(.and(sub(a), sub(b)), type)
        case .or(let a, let b): return Scalar(.or(sub(a), sub(b)), type)
        case .compare(let op, let a, let b): return Scalar(.compare(op, sub(a), sub(b)), type)
        case .inForce(let a, let b): return Scalar(.inForce(from: sub(a), until: sub(b)), type)
        case .arithmetic(let op, let a, let b):
            return Scalar(.arithmetic(op, sub(a), sub(b)), type)
        case .convert(let conversion, let a): return Scalar(.convert(conversion, sub(a)), type)
        case .conditional(let a, let b, let c):
            return Scalar(.conditional(sub(a), sub(b), sub(c)), type)
        case .isNone(let a): return Scalar(.isNone(sub(a)), type)
        case .textTest(let test, let a): return Scalar(.textTest(test, sub(a)), type)
        case .below(let set, let a): return Scalar(.below(set, sub(a)), type)
        case .oneOf(let a, let values): return Scalar(.oneOf(sub(a), values), type)
        case .call(let kernel, let arguments):
            return Scalar(.call(kernel, arguments.map(sub)), type)
        case .related(let aggregate, let row): return Scalar(.related(aggregate, sub(row)), type)
        case .atDay(let a, let day): return Scalar(.atDay(sub(a), sub(day)), type)
        case .columnTotal(let a): return Scalar(.columnTotal(sub(a)), type)
        case .lowest(let rows, let entity):
            return Scalar(.lowest(rows.map(sub), entity: entity), type)
        case .benchmark(let row, let year):
            return Scalar(.benchmark(row: row.map(sub), year: sub(year)), type)
        case .lookUp(let lookUp, let a): return Scalar(.lookUp(lookUp, sub(a)), type)
        }
    }
}
