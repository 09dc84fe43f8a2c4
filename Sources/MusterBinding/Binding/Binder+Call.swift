import MusterDiagnostics
import MusterLanguage
import MusterPlan
import MusterStore

extension Binder {
    func call(_ path: [Name], _ name: Name, _ arguments: [Argument], _ scope: Scope,
              _ span: Span) throws -> Scalar {
        if !path.isEmpty {
            throw Diagnostic("call.path", Message(
                zh: "函数前面的点只能写在 求和、计数 等的括号里",
                en: "a call behind a dot stands only inside sum(), count() and the like"),
                at: name.span, hint: Message(zh: "例如 计数(\(domain.words.hints.relation.zh))",
                                             en: "for example count(\(domain.words.hints.relation.en))"))
        }
        if let definition = catalog.definitions[name.text], !definition.parameters.isEmpty {
            guard definition.parameters.count == arguments.count else {
                throw wrongArguments(definition, at: name)
            }
            return try expand(definition, arguments, scope, at: name)
        }
        guard let function = registry.function(named: name.text) else {
            let message = Message(zh: "没有函数“\(name.text)”",
                                  en: "there is no function \"\(name.text)\"")
            if let meant = registry.function(calledElsewhere: name.text) {
                throw Binder.meant(name, message, [meant.name], isSame: true)
            }
            throw Diagnostic("function.unknown", message,
                at: name.span, typed: name.text, among: registry.functions.map { $0.name },
                hint: Message(zh: "用“帮助 函数”查看有哪些", en: "`help functions` lists those there are"))
        }
        note(name.span, function.name)
        if function.isAggregate,
           let related = try related(function, name, arguments, scope, span) { return related }
        return try function.bind(Call(name: name, arguments: arguments, scope: scope, span: span,
                                      usage: function.usage), self)
    }

    /// An aggregate of the rows that belong to the current row, where the first argument begins
    /// with a relation; else nil.
    private func related(_ function: any Function.Type, _ name: Name, _ arguments: [Argument],
                         _ scope: Scope, _ span: Span) throws -> Scalar? {
        guard let first = arguments.first,
              let found = try relation(in: first.value, scope) else { return nil }
        guard let source = domain.source(found.relation.source),
              let child = domain.entity(source.entity) else { return nil }
        let condition = try source.condition.map { try declared($0, of: child.name) }
        var rows = Scope(columns: [], entity: child.name)
        rows.substitutions = scope.substitutions
        let list = MeasureList(rows: rows, input: nil, keepsPeriod: false, self)
        var inner = Scope(columns: [], entity: nil)
        inner.aggregates = list
        inner.substitutions = scope.substitutions
        var rest = arguments
        let part = first.condition
        if function == Rate.self, found.rest == nil, let part {
            // The rate of those for whom it holds among all related rows.
            rest[0] = Argument(part)
        } else if let value = found.rest {
            rest[0] = Argument(value, where: part)
        } else if let part {
            rest[0] = Argument(Expression(.literal(.bool(true)), first.value.span),
                               where: part)
        } else {
            rest.removeFirst()
        }
        let output = try function.bind(Call(name: name, arguments: rest, scope: inner, span: span,
                                            usage: function.usage), self)
        var owner = Scalar(.row, .row(child.name))
        var entity = child
        for step in found.relation.path {
            guard let field = entity.field(step), case .row(let target) = field.type,
                  let next = domain.entity(target) else {
                preconditionFailure("relation \(found.relation.name.en) has no way up")
            }
            owner = Scalar(.field(entity: entity.name, column: step, row: owner), field.type)
            entity = next
        }
        let aggregate = RelatedAggregate(
            entity: child.name, condition: condition, owner: owner, ownerEntity: found.entity,
            includesBelow: found.relation.includesBelow, measures: list.measures,
            output: output)
        return Scalar(.related(aggregate, found.row), output.type)
    }

    struct FoundRelation {
        let relation: RelationDefinition
        let entity: String
        let row: Scalar
        /// What is left of the argument behind the relation.
        let rest: Expression?
    }

    /// The relation that a path or call begins with.
    func relation(in expression: Expression, _ scope: Scope) throws -> FoundRelation? {
        let names: [Name]
        let wrap: ([Name]) -> Expression?
        switch expression.kind {
        case .path(let path):
            names = path
            wrap = { rest in
                rest.isEmpty ? nil : Expression(.path(rest), expression.span)
            }
        case .call(let path, let name, let arguments) where !path.isEmpty:
            names = path
            wrap = { rest in
                Expression(.call(path: rest, name, arguments), expression.span)
            }
        default: return nil
        }
        for length in names.indices {
            let prefix = Array(names.prefix(length))
            let entityName: String, row: Scalar
            if prefix.isEmpty {
                guard let entity = scope.entity else { continue }
                (entityName, row) = (entity, scope.row)
            } else {
                guard let found = try? trial.resolve(prefix, scope),
                      case .row(let entity) = found.value.type else { continue }
                (entityName, row) = (entity, found.value)
            }
            guard let entity = domain.entity(entityName),
                  let relation = entity.relations.first(where: {
                $0.name.matches(names[length].text)
            }) else { continue }
            note(names[length].span, relation.name)
            return FoundRelation(relation: relation, entity: entityName, row: row,
                                 rest: wrap(Array(names.dropFirst(length + 1))))
        }
        return nil
    }

    /// The list that an aggregate adds its measure to, or an error where none can stand.
    func measures(_ call: Call) throws -> MeasureList {
        guard let list = call.scope.aggregates else {
            throw Diagnostic("aggregate.place", Message(
                zh: "\(call.name.text)(…) 要汇总许多行，这里只有一行",
                en: "\(call.name.text)(…) takes many rows, but there is only one here"),
                at: call.span, hint: Message(
                    zh: "写在 汇总 里，或数下属的行，例如 计数(\(domain.words.hints.relation.zh))",
                    en: "use it in summarize, or on related rows, as in "
                        + "count(\(domain.words.hints.relation.en))"))
        }
        return list
    }
}
