import MusterDiagnostics
import MusterLanguage

/// Where an expression is evaluated.
struct Place {
    let row: Row
    var shape: Shape
    /// Where it is read.
    var at: Reading
    /// The rows of a group, where aggregates are wanted.
    var group: [Row]?
    /// The rows of `total(x)`, where it may stand.
    var whole: [Row]?
}

extension Evaluator {
    func value(_ expression: Expression, _ place: Place) throws -> Value {
        switch expression.kind {
        case .literal(let literal): return try value(literal)
        case .parameter(let name): return place.shape.arguments[name.text] ?? .none
        case .path(let names): return try value(names, place)
        case .call(let path, let name, let arguments):
            return try call(path, name, arguments, place)
        case .unary(.not, let inner): return .truth(!(try value(inner, place)).isTrue)
        case .unary(.minus, let inner):
            return try arithmetic(.subtract, .integer(0), value(inner, place))
        case .binary(let operation, let left, let right):
            return try binary(operation, left, right, place)
        case .membership(let left, let right, let negated):
            let isIn = try isMember(left, right, place)
            return .truth(isIn != negated)
        case .between(let middle, let lower, let upper):
            return .truth(try isInside(value(middle, place), value(lower, place),
                                       value(upper, place), place))
        case .isNone(let inner, let negated):
            return .truth(try value(inner, place).isNone != negated)
        case .conditional(let condition, let first, let second):
            return try value(condition, place).isTrue ? value(first, place) : value(second, place)
        case .asOf(let inner, let day):
            var then = place
            // The same day for all rows: 去年 is the year before the query's.
            then.at.day = try instant(constant(day, place.shape, nil))
            return try value(inner, then)
        case .list, .range: throw Refusal("a list is no value")
        case .pipeline(let pipeline): return try single(pipeline)
        }
    }

    private func value(_ literal: Literal) throws -> Value {
        switch literal {
        case .integer(let value): return .integer(Int(value))
        case .decimal(let digits, let scale):
            if scale <= 2 { return .hundredths(scale == 2 ? Int(digits) : Int(digits) * 10) }
            return scale <= 6 ? .decimal(Int(digits), places: scale)
                : .number(Double("\(digits)e-\(scale)") ?? 0)
        case .text(let template): return .text(text(template))
        case .day(let day): return .day(Int(day))
        case .month(let month): return .month(Int(month))
        case .year(let year): return .year(Int(year))
        case .bool(let value): return .truth(value)
        case .none: return .none
        }
    }

    func text(_ template: Template) -> String {
        template.parts.map { part in
            switch part {
            case .text(let text): text
            case .hole(let name): "{\(name.text)}"
            }
        }.joined()
    }

    /// `(members | count)`: one row and one column make a value.
    private func single(_ pipeline: Pipeline) throws -> Value {
        let relation = try relation(pipeline)
        guard relation.rows.count == 1, relation.shape.columns.count == 1 else {
            throw Refusal("not one value")
        }
        return relation.rows[0].values[relation.shape.columns[0].name] ?? .none
    }

    // MARK: names

    func steps(_ names: [Name]) -> [String] { names.flatMap { Names.steps($0.text) } }

    func value(_ names: [Name], _ place: Place) throws -> Value {
        if names.count == 1, let argument = place.shape.arguments[names[0].text] {
            return argument
        }
        // A column whose name is the beginning of the path, the longest one.
        let steps = steps(names)
        if let column = place.shape.column(typed: names) { return place.row[column.name] }
        for count in stride(from: steps.count - 1, to: 0, by: -1) {
            let name = steps[..<count].joined(separator: ".")
            guard let column = place.shape.column(name), !column.isFromFile else { continue }
            return try follow(place.row[name], Array(steps[count...]), at: place.at)
        }
        if names.count == 1, let definition = definitions[names[0].text] {
            return try reading(definition) { try value(definition.value, place) }
        }
        if let found = try relatedValue(names, place) { return found }
        if steps == ["as_of"] { return .day(place.at.day) }
        if names.count == 1, !names[0].isQuoted,
           let time = RelativeDay.value(names[0].text, from: place.at.day) { return time }
        guard let subject = place.row.subject, place.shape.table != nil else {
            throw Refusal("no column \(steps.joined(separator: "."))")
        }
        return try follow(subject, steps, at: place.at)
    }

    private func follow(_ subject: Subject, _ steps: [String], at reading: Reading) throws
        -> Value {
        if steps.count > 1 {
            // `registered.date` is one field.
            let joined = steps[0] + "." + steps[1]
            if let value = chronicle.value(subject, joined, at: reading) {
                return try follow(value, Array(steps[2...]), at: reading)
            }
        }
        guard let value = chronicle.value(subject, steps[0], at: reading) else {
            throw Refusal("no field \(steps[0])")
        }
        return try follow(value, Array(steps[1...]), at: reading)
    }

    func follow(_ value: Value, _ steps: [String], at reading: Reading) throws -> Value {
        guard !steps.isEmpty else { return value }
        switch value {
        case .none, .total: return .none
        case .unit, .person:
            // What the book read does not have has no fields there.
            guard let subject = chronicle.subject(value, in: reading.snapshot) else {
                return .none
            }
            return try follow(subject, steps, at: reading)
        default: throw Refusal("nothing below \(value)")
        }
    }

    // MARK: what is known without looking at a row

    /// The codes of an expression that is a code field, a column made of one, or a name for it.
    func codes(_ expression: Expression, _ shape: Shape) -> CodeList? {
        switch expression.kind {
        case .path(let names):
            if names.count == 1, shape.column(names[0].text) == nil,
               let definition = definitions[names[0].text] {
                return codes(definition.value, shape)
            }
            return codes(steps(names), typed: names, shape)
        case .asOf(let inner, _): return codes(inner, shape)
        default: return nil
        }
    }

    private func codes(_ steps: [String], typed: [Name], _ shape: Shape) -> CodeList? {
        if let column = shape.column(typed: typed) { return column.codes }
        for count in stride(from: steps.count, to: 0, by: -1) {
            let name = steps[..<count].joined(separator: ".")
            guard let column = shape.column(name), !column.isFromFile else { continue }
            if count == steps.count { return column.codes }
            return Table.units.codes(steps[steps.count - 1])
        }
        guard var table = shape.table else { return nil }
        for step in steps.dropLast() {
            guard let next = table.table(of: step) else { return nil }
            table = next
        }
        return table.codes(steps[steps.count - 1])
    }
}
