import MusterValues
import MusterDiagnostics
import MusterBinding
import MusterEngine
import MusterPlan
import MusterLanguage
import MusterStore

/// Fields, columns, values and operators at a place.
extension Place {
    /// What may stand as a value: beside a comparison first the values of its other side.
    func operands(_ frames: [Expectation.Frame]) -> [Candidate] {
        let schema = schema(frames)
        if case .beside(let left, let isUnder)? = frames.last(where: { frame in
            switch frame {
            case .pipeline, .slot, .call, .operation, .beside: true
            }
        }) {
            if isUnder { return placeNames }
            let values = values(beside: left, schema)
            return values + names(schema).map { name in
                var name = name
                name.isLast = !values.isEmpty
                return name
            }
        }
        let place = slot(frames)
        switch place.flatMap({ Commands.named($0.signature.name.en)?.argument }) {
        case .day: return days
        case .result:
            if case .number? = place?.slot.kind { return [] }
            return columns(environment.last?.schema ?? schema)
        default: break
        }
        guard let kind = place?.slot.kind, case nil = innermostCall(frames) else {
            return names(schema) + functions(schema, [.value])
        }
        switch kind {
        case .keys:
            return keys(schema)
        case .columns, .column: return names(schema)
        case .sortKeys: return names(schema) + functions(schema, [.value])
        case .bindings where place?.signature.groups == true:
            return functions(schema, [.rows]) + names(schema)
        default:
            let words = [Keyword.not.term, Keyword.if.term].map { named($0) }
            return names(schema) + words
                + functions(schema, schema.isGrouped ? [.value, .result] : [.value])
        }
    }

    /// What rows are grouped by: what many of them share comes first.
    private func keys(_ schema: Schema) -> [Candidate] {
        let fields = schema.entity.flatMap(domain.entity)?.fields ?? []
        let shared = Set(schema.columns.map(\.name.en) + fields.filter { field in
            switch field.type {
            case .row, .bool, .text(.code): true
            default: false
            }
        }.map(\.name.en))
        let all = names(schema)
        let first = all.filter { !shared.isDisjoint(with: $0.names) }
        let rest = all.filter { shared.isDisjoint(with: $0.names) }
        return first + [
            named(Keyword.every.term, Message(zh: "包括没有人的组", en: "empty groups too")[language]),
        ] + rest + functions(schema, [.key, .value], withRows: false)
    }

    private func innermostCall(_ frames: [Expectation.Frame]) -> Name? {
        for frame in frames.reversed() {
            switch frame {
            case .call(_, let name, _): return name
            case .slot, .pipeline: return nil
            default: continue
            }
        }
        return nil
    }

    /// Everything that can be named: columns, fields, relations, definitions, parameters.
    private func names(_ schema: Schema) -> [Candidate] {
        var list = columns(schema)
        if let entity = schema.entity.flatMap(domain.entity) { list += fields(of: entity) }
        list += related(schema)
        return list + definitions + parameters
    }

    private func columns(_ schema: Schema) -> [Candidate] {
        schema.columns.map { named($0.name, kind($0.type)) }
    }

    /// `是/否`, `日期`: a type in a word.
    private func kind(_ type: ValueType) -> String {
        if type == .bool { return Message(zh: "是/否", en: "yes/no")[language] }
        let name = domain.name(of: type)[language]
        return name.hasPrefix("a ") ? String(name.dropFirst(2)) : name
    }

    private func fields(of entity: EntityDefinition) -> [Candidate] {
        entity.fields.map { field in
            var candidate = named(field.name, kind(field.type))
            if field.type.entity != nil { candidate.suffix = "" }
            return candidate
        } + entity.relations.map {
            named($0.name, Message(zh: "用于 计数(…)", en: "for count(…)")[language])
        } + (environment.data?.tables[entity.name]?.undeclared ?? []).map {
            own($0, Message(zh: "数据自带", en: "of the data"))
        }
    }

    /// Functions of those uses; aggregates too where rows belong to the row.
    private func functions(_ schema: Schema, _ uses: Set<FunctionUse>, withRows: Bool = true)
        -> [Candidate] {
        let source = schema.table ?? schema.entity.map(RowSource.entity)
        let isRelated = source.map { !binder.relations(downFrom: $0).isEmpty } ?? false
        let hasRows = withRows && (isRelated
            || schema.entity.flatMap(domain.entity)?.relations.isEmpty == false)
        return environment.registry.functions.filter {
            uses.contains($0.use) || hasRows && $0.use == .rows
        }.map { function in
            var candidate = named(function.name, function.summary[language], suffix: "")
            candidate.suffix = "("
            return candidate
        }
    }

    /// One step further along a path.
    func steps(_ names: [Name], _ frames: [Expectation.Frame]) -> [Candidate] {
        let schema = schema(frames)
        let path = Expression(.path(names), Span(names.first?.span.lower ?? 0,
                                                 names.last?.span.upper ?? 0))
        if let rows = binder.rows(of: names, in: schema) { return steps(over: rows) }
        if case .table(let table, _)? = binder.row(of: names, in: schema),
           let known = environment.tables[table.name] {
            var rows = Schema(entity: nil, columns: known.columns)
            rows.table = .table(table, columns: known.columns.map(\.id))
            return steps(over: rows)
        }
        guard let type = binder.type(of: path, in: schema) else { return [] }
        guard let entity = type.entity.flatMap(domain.entity) else {
            let field = binder.field(of: names, in: schema)
            let hasDay = field.map { field in
                domain.entities.contains { $0.field(field.name.en + ".date") != nil }
            } ?? false
            return hasDay ? [named(Term("date", "日期"))] : []
        }
        let levels = entity.levels.map {
            named($0, Message(zh: entity.rowNoun.zh, en: entity.rowNoun.en)[language])
        }
        return levels + fields(of: entity).filter { !$0.names.contains { $0.contains(".") } }
            + related(.entity(entity.name))
    }

    /// What of rows can be named behind a dot.
    private func steps(over rows: Schema) -> [Candidate] {
        columns(rows) + (rows.entity.flatMap(domain.entity).map(fields) ?? []) + related(rows)
    }

    /// The names that relations give rows: the row above, and the rows that belong to them.
    private func related(_ schema: Schema) -> [Candidate] {
        (schema.table ?? schema.entity.map(RowSource.entity)).map(related) ?? []
    }

    private func related(_ source: RowSource) -> [Candidate] {
        binder.relations(upFrom: source).map { made in
            var candidate = own(made.relation.up, made.gloss)
            candidate.suffix = ""
            return candidate
        } + binder.relations(downFrom: source).compactMap { made in
            made.relation.down.map { own($0, Message(zh: "用于 计数(…)", en: "for count(…)")) }
        }
    }

    /// The values that the other side of a comparison may have.
    private func values(beside left: Expression, _ schema: Schema) -> [Candidate] {
        guard let type = binder.type(of: left, in: schema) else { return [] }
        switch type {
        case .bool: return [Keyword.true.term, Keyword.false.term].map { named($0) }
        case .text(.code(let codes)): return codes.values.map { term in
            term.en == term.zh ? texts([term.en])[0] : named(term)
        }
        case .row(let entity) where domain.entity(entity)?.parentField != nil: return placeNames
        case .text(.plain):
            guard case .path(let names) = left.kind,
                  let field = binder.field(of: names, in: schema) else { return [] }
            return texts(stored(field))
        case .day, .month, .year:
            return relativeTimes { $0 == .day ? type == .day : $0 == .year || type != .year }
        default: return []
        }
    }

    /// 去年 本月 今天: those of the units that are wanted.
    func relativeTimes(_ isWanted: (RelativeTime.Unit) -> Bool) -> [Candidate] {
        RelativeTime.all.filter { isWanted($0.unit) }.map { named($0.name) }
    }

    private func texts(_ values: [String]) -> [Candidate] {
        values.map { Candidate(names: [$0], isText: true) }
    }

    /// The texts that occur in a field, where those are few.
    private func stored(_ field: FieldDefinition) -> [String] {
        guard let data = environment.data, case .stored(let name) = field.origin else { return [] }
        for entity in domain.entities where entity.fields.contains(where: {
            $0.name == field.name && $0.type == field.type
        }) {
            if case .text(_, let dictionary)? = data.tables[entity.name]?[name],
               dictionary.texts.count <= 500 { return dictionary.texts.filter { !$0.isEmpty } }
        }
        return []
    }

    /// The units' names that fit what is typed, the upper levels first.
    var placeNames: [Candidate] {
        guard let data = environment.data, let entity = domain.tree,
              let index = NameIndex.of(data, entity, isInterrupted: completer.isInterrupted)
        else { return [] }
        return index.find(state.prefix, atMost: Completer.most).map { found in
            Candidate(names: [found.name], gloss: found.level?[language] ?? "", isText: true,
                      rank: found.rank)
        }
    }

    /// The days of the loaded snapshots.
    var days: [Candidate] {
        environment.dataSets.map { Candidate(names: [CivilDay.text($0.asOf)]) }
    }

    /// What may stand behind a value of that type.
    func operators(_ left: Expression, _ frames: [Expectation.Frame]) -> [Candidate] {
        if argument(frames) == .day { return [] }
        let type = binder.type(of: left, in: schema(frames))
        func phrase(_ en: String) -> Candidate? {
            Words.all.first { $0.en == en }.map { named($0) }
        }
        let isSource: Bool = if case .path(let names) = left.kind, names.count == 1 {
            domain.source(names[0].text) != nil || environment.tables[names[0].text] != nil
        } else { false }
        let symbols = ["=", "!=", "<", "<=", ">", ">="].map { Candidate(names: [$0]) }
        let words: [String]
        switch type {
        case nil where isSource, .row? where isSource && frames.isEmpty:
            return [Candidate(names: ["|"], gloss: Message(zh: "接动词", en: "a verb follows")[
                language])] + ["over years", "over months", "over snapshots", "as of"]
                .compactMap(phrase)
        case .bool?: words = ["and", "or", "as of"]
        case .text?:
            words = ["in", "contains", "starts with", "ends with", "is none", "is not none"]
        case .row?: words = ["under", "in", "is none", "is not none"]
        default: words = ["in", "between", "is none", "is not none", "and", "or"]
        }
        return (type == .bool ? [] : type?.isText == true || type?.entity != nil
                ? Array(symbols.prefix(2)) : symbols) + words.compactMap(phrase)
    }
}

extension Signature {
    /// Takes many rows to one: what it computes are aggregates.
    fileprivate var groups: Bool {
        slots.contains { if case .keys = $0.kind { true } else { false } }
    }
}
