import MusterDiagnostics
import MusterLanguage
import MusterPlan
import MusterStore

/// `in`, `between` and `under`.
extension Binder {
    func membership(_ a: Expression, _ b: Expression, _ scope: Scope) throws -> Scalar {
        let left = try bind(a, scope)
        switch b.kind {
        case .list(let items):
            return .any(try items.map { try element(left, a.span, $0, scope) })
                ?? .constant(.bool(false), .bool)
        default:
            try refuseLoose(left, a.span, b)
            return try element(left, a.span, b, scope)
        }
    }

    /// What looks like a range or a tree behind `in`, and is one value.
    private func refuseLoose(_ left: Scalar, _ span: Span, _ right: Expression) throws {
        if case .binary(.subtract, let low, let high) = right.kind,
           case .literal(.integer(let from)) = low.kind,
           case .literal(.integer(let to)) = high.kind {
            throw Diagnostic("in.range", Message(
                zh: "“-”是减号，不表示范围", en: "- is a minus and makes no range"), at: right.span,
                hint: Message(zh: "范围写作 \(from)..\(to)", en: "a range is written \(from)..\(to)"),
                fixes: [Fix(right.span, "\(from)..\(to)")])
        }
        if case .row(let entity) = left.type, domain.entity(entity)?.parentField != nil,
           case .literal(.text) = right.kind {
            throw Diagnostic("in.unit", Message(
                zh: "“属于”只比较\(domain.noun(entity).zh)自身，不含下级",
                en: "in compares the \(domain.noun(entity).en) alone, not what is below it"),
                at: right.span,
                hint: Message(zh: "连同下级写 隶属，只指自身写 =",
                              en: "write under for it and all below, = for exactly it"))
        }
    }

    /// One thing behind `in`: a range, a period, or a value.
    private func element(_ left: Scalar, _ span: Span, _ item: Expression, _ scope: Scope) throws
        -> Scalar {
        if case .range(let low, let high) = item.kind {
            let from = try value(low, beside: left, scope)
            let to = try value(high, beside: left, scope)
            return Scalar(.and(try compare(.greaterOrEqual, left, from, span, low.span),
                               try compare(.lessOrEqual, left, to, span, high.span)), .bool)
        }
        let right = try value(item, beside: left, scope)
        return try compare(.equal, left, right, span, item.span)
    }

    func within(_ a: Expression, _ low: Expression, _ high: Expression, _ scope: Scope) throws
        -> Scalar {
        let left = try bind(a, scope)
        let from = try value(low, beside: left, scope), to = try value(high, beside: left, scope)
        return Scalar(.and(try compare(.greaterOrEqual, left, from, a.span, low.span),
                           try compare(.lessOrEqual, left, to, a.span, high.span)), .bool)
    }

    func under(_ a: Expression, _ b: Expression, _ scope: Scope) throws -> Scalar {
        let left = try bind(a, scope)
        guard case .row(let entity) = left.type, domain.entity(entity)?.parentField != nil else {
            let noun = domain.tree?.rowNoun ?? Term("row of a tree", "树中的行")
            let names = domain.words.hints
            throw Diagnostic.mismatch(Message(
                zh: "隶属 的左边须是\(noun.zh)，不是\(domain.name(of: left.type).zh)",
                en: "under needs a \(noun.en) on its left, not \(domain.name(of: left.type).en)"),
                at: a.span,
                hint: Message(zh: "例如 \(names.place.zh) 隶属 \"\(names.placeName)\"",
                              en: "for example \(names.place.en) under \"\(names.placeName)\""))
        }
        return Scalar(.below(try rowNames(b, entity, scope), left), .bool)
    }

    /// The named rows of a tree, each checked against the data.
    func rowNames(_ expression: Expression, _ entity: String, _ scope: Scope) throws -> [RowName] {
        let items: [Expression]
        if case .list(let list) = expression.kind { items = list } else { items = [expression] }
        return try items.map { item in
            try refuseBareName(item, scope, domain.noun(entity))
            let (value, type) = try constant(item, scope)
            if case .row(let row) = value, type == .row(entity) { return row }
            guard case .text(let name) = value else {
                throw Diagnostic.mismatch(Message(
                    zh: "隶属 后面须是加引号的\(domain.noun(entity).zh)名称",
                    en: "under takes names in quotes, of a \(domain.noun(entity).en)"),
                    at: item.span)
            }
            return try row(named: name, of: entity, at: item.span)
        }
    }

    /// A name of a row without its quotation marks.
    func refuseBareName(_ item: Expression, _ scope: Scope, _ noun: Term) throws {
        guard case .path(let names) = item.kind, names.count == 1,
              !Globals.root.matches(names[0].text),
              scope.substitutions[names[0].text] == nil,
              catalog.definitions[names[0].text] == nil else { return }
        throw Diagnostic("unit.bare", Message(
            zh: "\(noun.zh)名称要加引号", en: "the name of a \(noun.en) stands in quotes"), at: item.span,
            hint: Message(zh: "写作 \"\(names[0].text)\"", en: "write \"\(names[0].text)\""),
            fixes: [Fix(item.span, "\"\(names[0].text)\"")])
    }
}
