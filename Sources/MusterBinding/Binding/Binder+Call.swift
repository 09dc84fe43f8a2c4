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
        guard let lower = try lowerRows(of: found.way) else { return nil }
        var rows = lower.scope
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
        let aggregate = RelatedAggregate(
            lower.source, condition: lower.condition, owner: lower.owner,
            includesBelow: lower.includesBelow, measures: list.measures, output: output)
        return Scalar(.related(aggregate, found.row), output.type)
    }

    /// The rows that belong to others: how they are named, and which row each belongs to.
    private struct LowerRows {
        let source: RowSource
        let condition: Scalar?
        let scope: Scope
        let owner: Scalar
        let includesBelow: Bool
    }

    private func lowerRows(of way: FoundRelation.Way) throws -> LowerRows? {
        switch way {
        case .made(let relation):
            return lowerRows(of: relation).map {
                LowerRows(source: $0.source, condition: relation.condition, scope: $0.scope,
                          owner: $0.owner, includesBelow: false)
            }
        case .declared(let relation):
            guard let source = domain.source(relation.source),
                  let child = domain.entity(source.entity) else { return nil }
            var owner = Scalar(.row, .row(child.name))
            var entity = child
            for step in relation.path {
                guard let field = entity.field(step), case .row(let target) = field.type,
                      let next = domain.entity(target) else {
                    preconditionFailure("relation \(relation.name.en) has no way up")
                }
                owner = try read(field, entity, owner)
                entity = next
            }
            return LowerRows(
                source: .entity(child.name),
                condition: try source.condition.map { try declared($0, of: child.name) },
                scope: Scope(columns: [], entity: child.name), owner: owner,
                includesBelow: relation.includesBelow)
        }
    }

    struct FoundRelation {
        enum Way {
            /// What the domain declares.
            case declared(RelationDefinition)
            /// What was related.
            case made(Relation)
        }
        let way: Way
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
            guard let found = relation(names[length], behind: prefix, scope) else { continue }
            // What its names mean is noted only where it means something.
            if !prefix.isEmpty { _ = try? resolvePath(prefix, scope) }
            note(names[length].span, found.name)
            return FoundRelation(way: found.way, row: found.row,
                                 rest: wrap(Array(names.dropFirst(length + 1))))
        }
        return nil
    }

    private func relation(_ name: Name, behind prefix: [Name], _ scope: Scope)
        -> (way: FoundRelation.Way, name: Term, row: Scalar)? {
        let row: Scalar
        if !prefix.isEmpty {
            guard let found = try? trial.resolvePath(prefix, scope) else { return nil }
            row = found.value
        } else if scope.entity != nil {
            row = scope.row
        } else {
            return relatedRows(name, scope).map {
                (.made($0.made.relation), Term(name.text), $0.row)
            }
        }
        if case .row(let entity) = row.type, let declared = domain.entity(entity)?.relations
            .first(where: { $0.name.matches(name.text) }) {
            return (.declared(declared), declared.name, row)
        }
        return relatedRows(name, of: row, scope).map {
            (.made($0.made.relation), Term(name.text), $0.row)
        }
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
