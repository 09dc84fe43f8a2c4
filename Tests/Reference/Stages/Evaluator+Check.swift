import MusterLanguage

extension Evaluator {
    /// Faults that are there whatever the rows are, and even without rows: a day that the data
    /// does not know, a pivoted column that did not come about.
    func check(_ stage: Stage, _ input: Relation) throws {
        var columns = Set(input.shape.columns.map(\.name))
        if stage.verb == "derive" {
            for binding in try bindings(stage, "columns") {
                columns.insert(heading(binding.alias, binding.value))
            }
        }
        for expression in stage.arguments.values.flatMap(parts) {
            switch expression.kind {
            case .asOf(_, let day):
                if case .literal = day.kind {
                    _ = try instant(constant(day, input.shape, nil))
                }
            case .path(let names) where input.isPivoted && names[0].isQuoted:
                // Which columns a pivot has is only known from the rows.
                guard columns.contains(names[0].text) else {
                    throw Refusal("no column \(names[0].text)")
                }
            default: break
            }
        }
    }

    /// Every expression in a slot, with all that is inside it.
    private func parts(_ value: SlotValue) -> [Expression] {
        switch value {
        case .expression(let expression): parts(expression)
        case .bindings(let bindings): bindings.flatMap { parts($0.value) }
        case .keys(let keys): keys.flatMap { parts($0.value) }
        case .sortKeys(let keys): keys.flatMap { parts($0.value) }
        case .columns(let columns): columns.flatMap(parts)
        default: []
        }
    }

    private func parts(_ expression: Expression) -> [Expression] {
        let inner: [Expression] = switch expression.kind {
        case .path(let names): names.count == 1 ? definition(names[0]) : []
        case .call(_, let name, let arguments):
            definition(name) + arguments.flatMap { [$0.value] + ($0.condition.map { [$0] } ?? []) }
        case .unary(_, let a), .isNone(let a, _): [a]
        case .binary(_, let a, let b), .range(let a, let b), .membership(let a, let b, _),
             .asOf(let a, let b): [a, b]
        case .between(let a, let b, let c), .conditional(let a, let b, let c): [a, b, c]
        case .list(let all): all
        case .literal, .parameter, .pipeline: []
        }
        return [expression] + inner.flatMap(parts)
    }

    private func definition(_ name: Name) -> [Expression] {
        guard let value = definitions[name.text]?.value, value.span.upper > 0 else { return [] }
        if case .pipeline = value.kind { return [] }
        return [value]
    }
}
