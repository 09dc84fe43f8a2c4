/// Rebuilds a tree with some expressions replaced. The body returns the replacement of an
/// expression, or nil to go on inside it.
package struct SyntaxRewriter {
    private let replace: (Expression) -> Expression?

    package init(_ replace: @escaping (Expression) -> Expression?) { self.replace = replace }

    package func rewrite(_ expression: Expression) -> Expression {
        if let replacement = replace(expression) { return replacement }
        return Expression(inside(expression.kind), expression.span)
    }

    private func inside(_ kind: Expression.Kind) -> Expression.Kind {
        switch kind {
        case .literal, .parameter, .path: kind
        case .call(let path, let name, let arguments):
            .call(path: path, name, arguments.map(rewrite))
        case .unary(let op, let a): .unary(op, rewrite(a))
        case .binary(let op, let a, let b): .binary(op, rewrite(a), rewrite(b))
        case .membership(let a, let b, let negated):
            .membership(rewrite(a), rewrite(b), negated: negated)
        case .between(let a, let b, let c): .between(rewrite(a), rewrite(b), rewrite(c))
        case .isNone(let a, let negated): .isNone(rewrite(a), negated: negated)
        case .list(let items): .list(items.map(rewrite))
        case .range(let a, let b): .range(rewrite(a), rewrite(b))
        case .conditional(let a, let b, let c):
            .conditional(rewrite(a), then: rewrite(b), else: rewrite(c))
        case .asOf(let a, let b): .asOf(rewrite(a), rewrite(b))
        case .pipeline(let pipeline): .pipeline(rewrite(pipeline))
        }
    }

    private func rewrite(_ argument: Argument) -> Argument {
        Argument(label: argument.label.map(rewrite), english: argument.english.map(rewrite),
                 rewrite(argument.value),
                 where: argument.condition.map(rewrite))
    }

    package func rewrite(_ pipeline: Pipeline) -> Pipeline {
        var copy = pipeline
        if case .nested(let inner) = pipeline.source { copy.source = .nested(rewrite(inner)) }
        if case .call(let name, let arguments) = pipeline.source {
            copy.source = .call(name, arguments.map(rewrite))
        }
        copy.asOf = pipeline.asOf.map(rewrite)
        copy.over = pipeline.over.map {
            Pipeline.Over($0.unit, unitSpan: $0.unitSpan, range: $0.range.map(rewrite))
        }
        copy.stages = pipeline.stages.map { stage in
            Stage(verb: stage.verb, name: stage.name,
                  arguments: stage.arguments.mapValues(rewrite), span: stage.span)
        }
        return copy
    }

    private func rewrite(_ value: SlotValue) -> SlotValue {
        switch value {
        case .expression(let e): .expression(rewrite(e))
        case .bindings(let list):
            .bindings(list.map { Binding(alias: $0.alias, rewrite($0.value)) })
        case .keys(let keys):
            .keys(keys.map { Key(alias: $0.alias, every: $0.every, rewrite($0.value),
                                 under: $0.under.map(rewrite), orNone: $0.orNone) })
        case .sortKeys(let keys):
            .sortKeys(keys.map { SortKey(rewrite($0.value), isDescending: $0.isDescending) })
        case .columns(let list): .columns(list.map(rewrite))
        default: value
        }
    }
}
