import MusterDiagnostics
import MusterLanguage

/// A part of a stage, and the text that it stands in.
struct Part {
    let expression: Expression
    let source: SourceText
    /// What names mean there, where it is asked of other rows: those that belong to this one.
    var shape: Shape?

    /// As it is typed, in the plain forms of its characters.
    var typed: String {
        let bytes = Array(source.text.utf8)
        guard expression.span.upper <= bytes.count else { return "" }
        return asciiForms(String(
            decoding: bytes[expression.span.lower..<expression.span.upper], as: UTF8.self))
    }
}

extension Evaluator {
    /// Faults that are there whatever the rows are, and even without rows: a day that the data
    /// does not know, a pivoted column that did not come about, what reads two ways.
    func check(_ stage: Stage, _ input: Relation) throws {
        // Another relation is checked as it is read.
        if stage.verb == "append" { return }
        guard stage.verb == "derive" else {
            for (slot, argument) in stage.arguments.sorted(by: { $0.key < $1.key }) {
                for part in parts(argument, of: slot, stage, input.shape) {
                    try check(part, input.shape, input)
                }
            }
            return
        }
        // Each may name those before it.
        var shape = input.shape
        for binding in try bindings(stage, "columns") {
            for part in parts(binding.value, source) { try check(part, shape, input) }
            var column = Column(name: heading(binding.alias, binding.value, shape))
            column.kind = kind(binding.value, shape)
            column.isShare = isShare(binding.value, shape)
            shape.columns.append(column)
        }
    }

    private func check(_ part: Part, _ outer: Shape, _ input: Relation) throws {
        let shape = part.shape ?? outer
        try checkShares(part, shape)
        switch part.expression.kind {
        case .literal(let literal):
            if case .text = literal { break }
            if shape.column(typed: [Name(part.typed, part.expression.span)]) != nil {
                throw Refusal("\(part.typed) reads two ways")
            }
        case .call(let path, let name, let arguments) where path.isEmpty:
            if Names.function(name.text) == "lookup" { try checkLookup(arguments, shape) }
            _ = try whole(part.expression, in: chronicle.current)
        case .asOf(_, let day):
            if case .literal = day.kind { _ = try instant(constant(day, shape, nil)) }
        case .path(let names) where input.isPivoted && names[0].isQuoted:
            // Which columns a pivot has is only known from the rows.
            guard shape.column(typed: [names[0]]) != nil else {
                throw Refusal("no column \(names[0].text)")
            }
        default: break
        }
    }

    /// Every expression in a slot, with all that is inside it. What names columns is named.
    private func parts(_ value: SlotValue, of slot: String, _ stage: Stage, _ shape: Shape)
        -> [Part] {
        switch value {
        case .expression(let expression):
            // The number of `take`, the year or rate of `against`.
            return ["count", "year", "rate"].contains(slot) ? [] : parts(expression, source)
        case .bindings(let bindings):
            return bindings.flatMap { binding in
                let isName = stage.verb == "select" && binding.alias == nil
                return parts(isName ? naming(binding.value, shape) : binding.value, source)
            }
        case .keys(let keys): return keys.flatMap { parts(named($0, shape).value, source) }
        case .sortKeys(let keys):
            return keys.flatMap { parts(naming($0.value, shape), source) }
        case .columns(let columns): return columns.flatMap { parts($0, source) }
        default: return []
        }
    }

    private func parts(_ expression: Expression, _ source: SourceText) -> [Part] {
        let here = [Part(expression: expression, source: source)]
        func inside(_ all: [Expression]) -> [Part] { here + all.flatMap { parts($0, source) } }
        switch expression.kind {
        case .path(let names): return here + (names.count == 1 ? definition(names[0]) : [])
        case .call(_, let name, let arguments):
            if Names.function(name.text) == "lookup", arguments.count == 2,
               case .binary(.equal, _, let wanted) = arguments[1].value.kind {
                return inside([wanted])
            }
            return definition(name) + here + arguments.flatMap { argument in
                ([argument.value] + [argument.condition].compactMap { $0 }).flatMap {
                    parts($0, source)
                }.map { part in
                    var part = part
                    part.shape = part.shape ?? relatedShape(arguments)
                    return part
                }
            }
        case .unary(_, let a), .isNone(let a, _): return inside([a])
        case .binary(_, let a, let b), .range(let a, let b), .membership(let a, let b, _),
             .asOf(let a, let b): return inside([a, b])
        case .between(let a, let b, let c), .conditional(let a, let b, let c):
            return inside([a, b, c])
        case .list(let all): return inside(all)
        case .literal, .parameter, .pipeline: return here
        }
    }

    /// The columns of the plain table whose rows an aggregate is of.
    private func relatedShape(_ arguments: [Argument]) -> Shape? {
        guard case .path(let names)? = arguments.first?.value.kind, let first = names.first,
              let lower = related.last(where: { $0.down == first.text })?.lower,
              let plain = chronicle.plain[lower] else { return nil }
        return relation(plain, lower).shape
    }

    private func definition(_ name: Name) -> [Part] {
        guard let definition = definitions[name.text], definition.value.span.upper > 0 else {
            return []
        }
        if case .pipeline = definition.value.kind { return [] }
        return parts(definition.value, definition.source)
    }
}
