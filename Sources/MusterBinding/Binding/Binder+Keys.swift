import MusterDiagnostics
import MusterLanguage
import MusterPlan
import MusterStore

extension Binder {
    /// The keys of a grouping, with the domains that `every` asks for.
    func keys(_ keys: [Key], _ input: Plan) throws -> [GroupKey] {
        let scope = Scope(input)
        return try each(Array(keys.enumerated())) { position, key in
            let bound = try groupKey(key, scope, input)
            var column = bound.column
            column.role = bound.isPeriod ? .period : .key
            column.keyIndex = position
            return GroupKey(kind: bound.kind, column: column, domain: bound.domain,
                            keepsNone: key.orNone)
        }
    }

    private struct BoundKey {
        let kind: GroupKey.Kind
        var column: ColumnInfo
        var isPeriod = false
        var domain: KeyDomain?
    }

    private func groupKey(_ key: Key, _ scope: Scope, _ input: Plan) throws -> BoundKey {
        let expression = key.alias == nil ? naming(key.value, scope) : key.value
        if case .call(let path, let name, let arguments) = key.value.kind, path.isEmpty,
           Each.name.matches(name.text), catalog.definitions[name.text] == nil {
            note(name.span, Each.name)
            return try each(key, arguments, scope)
        }
        var column: ColumnInfo
        let scalar: Scalar
        var field: FieldDefinition?
        var isPeriod = false
        if case .path(let names) = expression.kind {
            var found: ResolvedPath
            do { found = try resolve(names, scope) } catch let diagnostic as Diagnostic {
                if diagnostic.isCancellation { throw Stopped(fault: diagnostic) }
                // What else the grouping says can still be looked at.
                report(diagnostic)
                found = ResolvedPath(value: .constant(.none, .none),
                                     path: names.map { Term($0.text) })
            }
            scalar = found.value
            field = found.field
            column = found.column.map { $0.identified(newID()) }
                ?? ColumnInfo(newID(), found.path, scalar.type)
            isPeriod = found.column.map {
                input.schema.openPeriod == $0.id || $0.role == .period
            } ?? false
        } else {
            scalar = try bind(key.value, scope)
            column = ColumnInfo(newID(), [Term(sourceText(key.value.span))], scalar.type)
        }
        if let alias = key.alias { column = renamed(column, alias) }
        let meant = scalar.column.flatMap { input.origin(of: $0) } ?? scalar
        if case .part(let whole, _) = meant.bare.node { column.whole = whole }
        if scalar.type == .none, faults.isEmpty {
            throw Diagnostic.mismatch(Message(zh: "不能按空值分组", en: "none is no grouping key"),
                                      at: key.value.span)
        }
        var bound = BoundKey(kind: .value(scalar), column: column, isPeriod: isPeriod)
        if let every = key.every {
            bound.domain = try domain(of: key, meant, field, isPeriod, input, every)
        }
        return bound
    }

    private func renamed(_ column: ColumnInfo, _ alias: Name) -> ColumnInfo {
        var copy = column
        let term = ColumnNames.term(alias.text)
        note(alias.span, term)
        copy.path = [term]
        copy.label = nil
        return copy
    }

    private func each(_ key: Key, _ arguments: [Argument], _ scope: Scope) throws -> BoundKey {
        guard let alias = key.alias else {
            throw Diagnostic("each.name", Message(zh: "各类() 须有名字", en: "each() needs a name"),
                             at: key.value.span,
                             hint: Message(zh: "例如 类别 = 各类(…)", en: "for example g = each(…)"))
        }
        var labels: [Term] = [], conditions: [Scalar] = []
        for argument in arguments {
            guard let label = argument.label,
                  case (.text(let text), _) = try constant(label) else {
                throw Diagnostic("each.label", Message(
                    zh: "各类() 的每一项写成 \"标签\": 条件",
                    en: "each entry of each() is \"label\": condition"),
                    at: argument.value.span)
            }
            var term = Term(text)
            if let english = argument.english, case (.text(let other), _) = try constant(english) {
                term = Term(other, text)
            }
            if labels.contains(where: { $0.en == term.en || $0.zh == term.zh }) {
                throw Diagnostic("each.repeated", Message(
                    zh: "标签“\(text)”写了两次", en: "the label \"\(term.en)\" stands twice"),
                    at: label.span)
            }
            labels.append(term)
            conditions.append(try condition(argument.value, scope))
        }
        guard !labels.isEmpty else {
            throw Diagnostic("each.empty", Message(zh: "各类() 里没有内容", en: "each() is empty"),
                             at: key.value.span)
        }
        let texts = labels.map(\.en)
        let isBilingual = labels.contains { $0.en != $0.zh }
        let type = ValueType.text(isBilingual ? .code(
            CodeSet(ColumnNames.term(alias.text), labels, keepsOrder: true)) : .labels)
        let column = renamed(ColumnInfo(newID(), [Term("")], type), alias)
        return BoundKey(kind: .each(texts, conditions), column: column,
                        domain: key.every.map { _ in .values(texts.map { .text($0) }) })
    }

    /// All values that a key can have.
    private func domain(of key: Key, _ scalar: Scalar, _ field: FieldDefinition?,
                        _ isPeriod: Bool, _ input: Plan, _ every: Span) throws -> KeyDomain? {
        if let under = key.under, scalar.type.entity == nil {
            let noun = domain.tree?.rowNoun ?? Term("row of a tree", "树中的行")
            throw Diagnostic("every.under", Message(
                zh: "每个 … 隶属 只用于\(noun.zh)", en: "every … under needs a \(noun.en)"), at: under.span)
        }
        switch scalar.type {
        case .row(let entity): return try rows(of: entity, key, scalar)
        case .bool: return .values([.bool(false), .bool(true)])
        case .text(.code(let codes)):
            return .values(codes.values.map { .text($0.en) })
        default: break
        }
        if isPeriod {
            var periods: [Int32] = []
            for period in input.readings.compactMap(\.period) where !periods.contains(period) {
                periods.append(period)
            }
            return .values(periods.map { .day($0) })
        }
        if let range = field?.range { return .values(range.map { .int($0) }) }
        throw Diagnostic("every.domain", Message(
            zh: "每个 只用于取值已知的字段：树中的行、代码、是否、年度、月份",
            en: "every needs a field whose values are known: rows of a tree, codes, yes/no, periods"),
            at: every)
    }

    /// All rows of a tree's level (all its rows where the path names none).
    private func rows(of entity: String, _ key: Key, _ scalar: Scalar) throws -> KeyDomain {
        if case .part(let whole, _) = scalar.bare.node {
            if let under = key.under {
                throw Diagnostic("every.part", Message(
                    zh: "\(Part.name.zh) 已经说明了范围，后面不再写 隶属",
                    en: "\(Part.name.en) says already what it is below: no under behind it"),
                    at: under.span)
            }
            return .parts(of: whole)
        }
        var level: String?
        if case .ancestor(_, let own, _) = scalar.bare.node { level = own }
        let under = try key.under.map {
            try rowNames($0, entity, Scope(columns: [], entity: nil))
        }
        return .rows(entity: entity, level: level, under: under)
    }

    /// A piece of the text that is being bound: the heading of an unnamed column.
    func sourceText(_ span: Span) -> String {
        guard let text = source?.slice(span), !text.isEmpty else { return "?" }
        return text.split(whereSeparator: \.isNewline).joined(separator: " ")
    }
}
