import MusterDiagnostics
import MusterLanguage
import MusterPlan
import MusterStore

/// `relate`: two tables and the keys by which rows of the one belong to rows of the other.
extension Binder {
    /// One side of the statement.
    private struct Side {
        let name: Term
        let source: RowSource
        let condition: Scalar?
        let scope: Scope
        /// The names that its rows have already.
        let taken: [Term]
    }

    /// What the statement says, bound. Throws a `Diagnostic`, or several.
    package func relation(_ relating: Relating) throws -> MadeRelation {
        try finish {
            let lower = try side(relating.lower), upper = try side(relating.upper)
            let keys = try self.keys(relating, lower, upper)
            try checkName(relating.up, on: lower, relating)
            if let down = relating.down { try checkName(down, on: upper, relating) }
            if let down = relating.down, down.text == relating.up.text {
                throw Diagnostic("name.taken", Message(
                    zh: "两个方向要各有一个名称", en: "each direction has a name of its own"),
                    at: down.span)
            }
            note(relating.up, Term(relating.up.text))
            if let down = relating.down { note(down, Term(down.text)) }
            let match = Match(upper: upper.source, keys: keys.map(\.upper),
                              forms: keys.map(\.form))
            let relation = Relation(
                lower: lower.source, condition: lower.condition, keys: keys.map(\.lower),
                match: match, up: relating.up.text, down: relating.down?.text)
            return MadeRelation(relating, relation, gloss: gloss(relating, lower, upper),
                                under: catalog.state)
        }
    }

    private func gloss(_ relating: Relating, _ lower: Side, _ upper: Side) -> Message {
        func text(_ side: Side, _ keys: [Expression]) -> Message {
            let words = keys.map(words)
            let zh = words.map(\.zh).joined(separator: ", ")
            let en = words.map(\.en).joined(separator: ", ")
            return words.count == 1 ? Message(zh: "\(side.name.zh).\(zh)", en: "\(side.name.en).\(en)")
                : Message(zh: "\(side.name.zh).(\(zh))", en: "\(side.name.en).(\(en))")
        }
        let a = text(lower, relating.lower.keys), b = text(upper, relating.upper.keys)
        return Message(zh: "\(a.zh) = \(b.zh)", en: "\(a.en) = \(b.en)")
    }

    // MARK: tables

    private func side(_ keyed: KeyedTable) throws -> Side {
        let name = keyed.table
        if catalog.definitions[name.text] != nil {
            throw Diagnostic("relate.table", Message(
                zh: "“\(name.text)”是用“令”定义的，不是表",
                en: "\"\(name.text)\" is defined with let and is no table"), at: name.span,
                hint: Message(zh: "先存为表：\(name.text) | 存为 表名",
                              en: "keep it as a table first: \(name.text) | into NAME"))
        }
        if let source = domain.source(name.text) { return try side(source, name) }
        guard let table = catalog.table(name.text) else { throw unknownSource(name) }
        noteTable(name)
        let scope = Scope(columns: table.columns, entity: nil)
        let isMade = table.reference.name == AmbiguousKeys.name.en
        return Side(name: isMade ? AmbiguousKeys.name : Term(table.reference.name),
                    source: .table(table.reference, columns: table.columns.map(\.id)),
                    condition: nil, scope: scope, taken: table.columns.map(\.name))
    }

    private func side(_ source: SourceDefinition, _ name: Name) throws -> Side {
        note(name, source.name)
        // Who a row belongs to does not change with the day: it is one of all the rows.
        if source.condition != nil, let whole = domain.sources.first(where: {
            $0.entity == source.entity && $0.condition == nil
        }) {
            throw Diagnostic("relate.part", Message(
                zh: "“\(name.text)”只是一部分\(domain.noun(source.entity).zh)，关联 要用全部",
                en: "\(name.text) are only some rows: relate takes all of them"), at: name.span,
                hint: Message(zh: "写作 \(whole.name.zh)", en: "write \(whole.name.en)"))
        }
        try requireData(name.span)
        let entity = domain.entity(source.entity)
        let extra = catalog.data?.extraColumns[source.entity] ?? []
        return Side(
            name: source.name, source: .entity(source.entity),
            condition: try source.condition.map { try declared($0, of: source.entity) },
            scope: Scope(columns: [], entity: source.entity),
            taken: (entity?.fields.map(\.name) ?? []) + (entity?.levels ?? [])
                + (entity?.relations.map(\.name) ?? []) + extra.map { Term($0.name) })
    }

    private func checkName(_ name: Name, on side: Side, _ relating: Relating) throws {
        let isGlobal = Globals.all.contains { $0.matches(name.text) }
            || domain.constants.contains { $0.name.matches(name.text) }
        let others = catalog.relations.filter { !relating.replaces($0.relating) }.contains {
            $0.relation.up == name.text && $0.relation.lower.isSame(side.source)
                || $0.relation.down == name.text && $0.relation.upper.isSame(side.source)
        }
        guard others || isGlobal || catalog.definitions[name.text] != nil
                || side.taken.contains(where: { $0.matches(name.text) }) else { return }
        throw Diagnostic("name.taken", Message(
            zh: "\(side.name.zh) 已有名为“\(name.text)”的列、关联或定义，请换一个",
            en: "\(side.name.en) already has a column, a relation or a definition called "
                + "\"\(name.text)\": choose another name"), at: name.span)
    }

    // MARK: keys

    private struct KeyPair {
        let lower: Scalar
        let upper: Scalar
        let form: KeyForm
    }

    private func keys(_ relating: Relating, _ lower: Side, _ upper: Side) throws -> [KeyPair] {
        let (a, b) = (relating.lower.keys, relating.upper.keys)
        guard a.count == b.count else {
            throw Diagnostic("relate.keys", Message(
                zh: "两边键的个数不同：\(a.count) 与 \(b.count)",
                en: "the sides have different numbers of keys: \(a.count) and \(b.count)"),
                at: relating.upper.span,
                hint: Message(zh: "例如 表.(姓名, 出生) 到 表.(姓名, 出生)",
                              en: "such as TABLE.(name, birth) to TABLE.(name, birth)"))
        }
        let before = faults.count
        let pairs = try zip(a, b).map { own, other in
            (try key(own, lower), try key(other, upper), own, other)
        }
        if faults.count > before { throw Reported() }
        for (side, keys) in [(relating.lower, pairs.map(\.0)), (relating.upper, pairs.map(\.1))]
        where keys.allSatisfy(\.isConstant) { throw notAKey(side.span) }
        return try pairs.map { try pair($0, $1, $2, $3) }
    }

    private func key(_ expression: Expression, _ side: Side) throws -> Scalar {
        let value = try timeless.bind(expression, side.scope)
        guard value.type != .none else { return value }
        if value.dependsOnDay { throw notAKey(expression.span) }
        if let entity = value.type.entity, let key = domain.entity(entity)?.keyField
            .flatMap({ domain.entity(entity)?.field($0)?.name }) {
            let text = sourceText(expression.span)
            throw Diagnostic("relate.rows", Message(
                zh: "“\(text)”是\(domain.noun(entity).zh)，键要写它的编号",
                en: "\"\(text)\" is \(domain.name(of: value.type).en): a key is its id"),
                at: expression.span, hint: Message(zh: "写作 \(text).\(key.zh)",
                                                   en: "write \(text).\(key.en)"))
        }
        return value
    }

    private func notAKey(_ span: Span) -> Diagnostic {
        Diagnostic("relate.day", Message(
            zh: "键须是行里的列，且不随截至日而变",
            en: "a key is a column of the rows that does not change with the day"), at: span,
            hint: Message(zh: "用编号、姓名、出生日期这样的列",
                          en: "take columns such as an id, a name, a day of birth"))
    }

    /// Both of one type, or an error with the way to make them so.
    private func pair(_ a: Scalar, _ b: Scalar, _ own: Expression, _ other: Expression) throws
        -> KeyPair {
        switch (a.type, b.type) {
        case (.text, .text):
            let form: KeyForm
            if a.type.isSensitive || b.type.isSensitive {
                form = .folded
            } else if let codes = a.type.codes ?? b.type.codes,
                      a.type.codes == nil || b.type.codes == nil {
                form = .coded(codes)
            } else { form = .exact }
            return KeyPair(lower: a, upper: b, form: form)
        case (let x, let y) where x == y: return KeyPair(lower: a, upper: b, form: .exact)
        case (.year, .integer):
            return KeyPair(lower: Scalar(.convert(.yearToInteger, a), .integer), upper: b,
                           form: .exact)
        case (.integer, .year):
            return KeyPair(lower: a, upper: Scalar(.convert(.yearToInteger, b), .integer),
                           form: .exact)
        case (let x, let y) where x.isNumeric && y.isNumeric:
            guard case .compare(_, let left, let right) = try compare(
                .equal, a, b, own.span, other.span).node else { break }
            return KeyPair(lower: left, upper: right, form: .exact)
        default: break
        }
        throw unlike(a, b, own, other)
    }

    private func unlike(_ a: Scalar, _ b: Scalar, _ own: Expression, _ other: Expression)
        -> Diagnostic {
        let texts = (sourceText(own.span), sourceText(other.span))
        // What is not a text becomes one; a text that is to be a day becomes that.
        let isOther = a.type.isText != (a.type == .day || b.type == .day)
        let written = isOther ? texts.1 : texts.0
        let function = a.type == .day || b.type == .day ? DateOf.name : TextOf.name
        let hint = a.type.isText == b.type.isText
            ? Message(zh: "换一列作键", en: "take another column as the key")
            : Message(zh: "可写 \(function.zh)(\(written))，使两边类型相同",
                      en: "\(function.en)(\(written)) makes them alike")
        return Diagnostic("relate.type", Message(
            zh: "两边键的类型不同：“\(texts.0)”是\(domain.name(of: a.type).zh)，“\(texts.1)”是"
                + domain.name(of: b.type).zh,
            en: "the keys differ in type: \"\(texts.0)\" is \(domain.name(of: a.type).en), "
                + "\"\(texts.1)\" is \(domain.name(of: b.type).en)"),
            at: own.span, hint: hint)
    }
}
