import MusterDiagnostics
import MusterLanguage

extension Evaluator {
    private static let aggregates: Set<String> = [
        "count", "sum", "mean", "median", "min", "max", "percentile", "distinct", "rate", "any",
        "variance", "stddev",
    ]

    /// A function of one row, an aggregate of a group, or an aggregate of the rows below a row.
    func call(_ path: [Name], _ name: Name, _ arguments: [Argument], _ place: Place) throws
        -> Value {
        let function = Names.function(name.text)
        if !path.isEmpty {
            let prefix = try value(path, place)
            guard case .unit = prefix,
                  let unit = chronicle.subject(prefix, in: place.at.snapshot) else {
                throw Refusal("a call below \(prefix)")
            }
            let inner = Place(row: Row(subject: unit, at: place.at),
                              shape: Shape(table: .units, arguments: place.shape.arguments),
                              at: place.at)
            return try call([], name, arguments, inner)
        }
        if path.isEmpty, let definition = definitions[name.text] {
            return try defined(definition, arguments, place)
        }
        if function == "total", let whole = place.whole, arguments.count == 1 {
            return try sum(whole.map { row in
                try value(arguments[0].value, Place(row: row, shape: place.shape, at: row.at))
            })
        }
        if function == "lookup" { return try lookup(arguments, place) }
        if function == "part" { return try part(arguments, place) }
        if function == "path" { return try self.path(arguments, place) }
        if function == "order" { return try order(arguments, place) }
        let takesOne = arguments.count <= 1 || function == "percentile"
        if Evaluator.aggregates.contains(function), takesOne {
            if let group = place.group {
                return try aggregate(function, arguments, group.map {
                    Place(row: $0, shape: place.shape, at: $0.at)
                })
            }
            return try aggregateBelow(function, arguments, place)
        }
        return try self.function(function, arguments.map { try value($0.value, place) })
    }

    private func defined(_ definition: Definition, _ arguments: [Argument], _ place: Place)
        throws -> Value {
        guard definition.parameters.count == arguments.count else { throw Refusal("arguments") }
        var inner = place
        for (parameter, argument) in zip(definition.parameters, arguments) {
            inner.shape.arguments[parameter.text] = try value(argument.value, place)
        }
        return try reading(definition) { try value(definition.value, inner) }
    }

    // MARK: over places

    private func aggregate(_ function: String, _ arguments: [Argument], _ places: [Place],
                           _ rest: ((Place) throws -> Value)? = nil) throws -> Value {
        let argument = arguments.first
        let chosen = try argument?.condition.map { condition in
            try places.filter { try value(condition, $0).isTrue }
        } ?? places
        guard let argument else { return .integer(chosen.count) }
        let values = try chosen.map { try rest?($0) ?? value(argument.value, $0) }
        switch function {
        case "count": return .integer(values.filter(\.isTrue).count)
        case "rate":
            let n = values.filter(\.isTrue).count
            return values.isEmpty ? .none : .number(Double(n) / Double(values.count))
        default: break
        }
        let present = values.filter { !$0.isNone }
        switch function {
        case "sum": return try sum(present)
        case "distinct": return .integer(Set(present).count)
        case "min": return present.min { Value.order($0, $1) < 0 } ?? .none
        case "max": return present.max { Value.order($0, $1) < 0 } ?? .none
        case "mean": return try mean(present)
        case "variance": return variance(present)
        case "stddev":
            guard case .number(let square) = variance(present) else { return .none }
            return .number(square.squareRoot())
        case "median": return try percentile(present, 0.5)
        case "percentile":
            guard arguments.count == 2, let share = try constant(arguments[1].value, Shape(), nil)
                .double else { throw Refusal("percentile takes a share") }
            return try percentile(present, share > 1 ? share / 100 : share)
        default: throw Refusal("no aggregate \(function)")
        }
    }

    func sum(_ values: [Value]) throws -> Value {
        try values.filter { !$0.isNone }.reduce(.integer(0)) { try arithmetic(.add, $0, $1) }
    }

    private func mean(_ values: [Value]) throws -> Value {
        try arithmetic(.divide, sum(values), .integer(values.count))
    }

    /// By n − 1, from the mean; of numbers written in the last place of the finest.
    private func variance(_ values: [Value]) -> Value {
        let numbers = values.compactMap(\.double)
        guard numbers.count > 1 else { return .none }
        // From the first number on, so that numbers that are all the same do not vary at all.
        let apart = numbers.map { $0 - numbers[0] }
        let mean = apart.reduce(0, +) / Double(numbers.count)
        let squares = apart.map { ($0 - mean) * ($0 - mean) }.reduce(0, +)
        return .number(squares / Double(numbers.count - 1))
    }

    private func percentile(_ values: [Value], _ share: Double) throws -> Value {
        let numbers = values.compactMap(\.double).sorted()
        guard let last = numbers.last else { return .none }
        let place = share * Double(numbers.count - 1), below = Int(place)
        guard below + 1 < numbers.count else { return .number(last) }
        let part = place - Double(below)
        return .number(numbers[below] + (numbers[below + 1] - numbers[below]) * part)
    }

    // MARK: paths down

    private func aggregateBelow(_ function: String, _ arguments: [Argument], _ place: Place)
        throws -> Value {
        guard let argument = arguments.first else { throw Refusal("\(function) of what?") }
        if let found = try aggregateRelated(function, arguments, place) { return found }
        let steps: [String], inner: ([String]) -> ((Place) throws -> Value)?
        switch argument.value.kind {
        case .path(let names):
            steps = self.steps(names)
            inner = { rest in
                let names = rest.map { Name($0, argument.value.span) }
                return names.isEmpty ? nil : { try self.value(names, $0) }
            }
        case .call(let path, let name, let values):
            steps = self.steps(path)
            inner = { rest in
                { try self.call(rest.map { Name($0, name.span) }, name, values, $0) }
            }
        default: throw Refusal("\(function) needs rows below")
        }
        guard let (subjects, table, rest) = try rows(below: steps, argument.value.span, place)
        else {
            throw Refusal("no rows below: \(steps)")
        }
        guard let subjects else { return .none }
        var places = subjects.map { subject in
            Place(row: Row(subject: subject, at: place.at),
                  shape: Shape(table: table, arguments: place.shape.arguments), at: place.at)
        }
        if let condition = argument.condition {
            places = try places.filter { try value(condition, $0).isTrue }
        }
        return try aggregateBelow(function, arguments, places, inner(rest))
    }

    /// Over the rows of a plain table that belong to this one; nil where the path is another.
    private func aggregateRelated(_ function: String, _ arguments: [Argument], _ place: Place)
        throws -> Value? {
        guard let argument = arguments.first, case .path(let names) = argument.value.kind,
              let (all, rest) = try relatedPlaces(names, place) else { return nil }
        let places = try argument.condition.map { condition in
            try all.filter { try value(condition, $0).isTrue }
        } ?? all
        return try aggregateBelow(function, arguments, places,
                                  rest.isEmpty ? nil : { try self.value(rest, $0) })
    }

    private func aggregateBelow(_ function: String, _ arguments: [Argument], _ places: [Place],
                                _ bare: ((Place) throws -> Value)?) throws -> Value {
        switch (function, bare) {
        case ("count", nil): return .integer(places.count)
        case ("any", nil): return .truth(!places.isEmpty)
        case (_, nil): throw Refusal("\(function) needs a value")
        case (_, let value?):
            let plain = [Argument(arguments[0].value)] + arguments.dropFirst()
            return try aggregate(function, plain, places, value)
        }
    }

    /// The rows that a path leads down to, and what is left of the path behind them. Below none
    /// there are no rows to speak of: nil.
    private func rows(below steps: [String], _ span: Span, _ place: Place) throws
        -> ([Subject]?, Table, [String])? {
        let roster = chronicle.rosters[place.at.snapshot]
        for (index, step) in steps.enumerated() {
            guard let table = Table.units.below(step) ?? Table.people.below(step) else { continue }
            let rest = Array(steps[(index + 1)...])
            var owner = place.row.subject
            if index == 0, owner == nil { return nil }
            if index > 0 {
                let path = steps[..<index].map { Name($0, span) }
                let value = try value(path, place)
                if value.isNone || value == .total { return (nil, table, rest) }
                owner = chronicle.subject(value, in: place.at.snapshot)
            }
            // Below what the book does not have there is nothing.
            return (owner.map { roster.rows(below: $0, step, at: place.at.day) } ?? [], table, rest)
        }
        return nil
    }
}
