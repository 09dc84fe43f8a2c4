import MusterDiagnostics
import MusterLanguage
import MusterStore

/// What a path came to: its value, and the names of its steps for a heading.
struct ResolvedPath {
    let value: Scalar
    let path: [Term]
    /// The field it ends in, where it is one.
    var field: FieldDefinition?
    /// The column that it is, as a whole.
    var column: Int?
}

extension Binder {
    func resolve(_ names: [Name], _ scope: Scope) throws -> ResolvedPath {
        if let substitution = scope.substitutions[names[0].text], names.count == 1 {
            return ResolvedPath(value: try bind(substitution.value, substitution.scope.scope),
                                path: [Term(names[0].text)])
        }
        if let column = try columnPath(names, scope) { return column }
        if let entity = scope.entity,
           let found = try field(names[...], entity, scope.row, scope) { return found }
        if names.count == 1, let found = try global(names[0], scope) { return found }
        throw unknown(names, scope)
    }

    /// A column, or a path that goes on from a column that holds rows.
    private func columnPath(_ names: [Name], _ scope: Scope) throws -> ResolvedPath? {
        for length in (1...names.count).reversed() {
            let prefix = names.prefix(length).map(\.text)
            guard let index = scope.columns.lastIndex(where: { $0.matches(prefix) }) else {
                continue
            }
            let column = scope.columns[index]
            for (name, term) in zip(names, column.path) { note(name.span, term) }
            let base = Scalar(.column(scope.number(index)), column.type)
            if length == names.count {
                return ResolvedPath(value: base, path: column.path, column: index)
            }
            guard case .row(let entity) = column.type,
                  let rest = try field(names[length...], entity, base, scope) else { continue }
            return ResolvedPath(value: rest.value, path: column.path + rest.path,
                                field: rest.field)
        }
        if scope.isOpen, names.count == 1, names[0].isQuoted {
            return ResolvedPath(value: .constant(.none, .none), path: [Term(names[0].text)])
        }
        return nil
    }

    /// Fields of an entity, one step after the other. Nil where the first is unknown.
    func field(_ names: ArraySlice<Name>, _ entity: String, _ row: Scalar, _ scope: Scope) throws
        -> ResolvedPath? {
        guard let definition = domain.entity(entity), let first = names.first else { return nil }
        var rest = names.dropFirst()
        var value: Scalar
        var term: Term
        var found: FieldDefinition?
        if let next = rest.first,
           let dotted = definition.field(first.text, next.text) {
            rest = rest.dropFirst()
            value = try read(dotted, definition, row)
            term = dotted.name
            found = dotted
            if let base = definition.fields.first(where: {
                dotted.name.en == $0.name.en + "." + Globals.date.en
            }) {
                // One word in Chinese.
                note(first.span, Term(base.name.en, dotted.name.zh))
                note(next.span, Term(Globals.date.en, ""))
            }
        } else if let field = definition.field(first.text) {
            value = try read(field, definition, row)
            term = field.name
            found = field
            note(first.span, term)
        } else if let level = definition.levels.first(where: { $0.matches(first.text) }) {
            value = Scalar(.field(entity: entity, column: level.en, row: row), .row(entity))
            term = level
            note(first.span, term)
        } else if let column = environment.data?.tables[entity]?[first.text],
                  environment.data?.tables[entity]?.undeclared.contains(first.text) == true {
            value = Scalar(.field(entity: entity, column: first.text, row: row), column.type)
            term = Term(first.text)
        } else {
            return nil
        }
        guard !rest.isEmpty else { return ResolvedPath(value: value, path: [term], field: found) }
        guard case .row(let target) = value.type else {
            throw Diagnostic("path.end", Message(
                zh: "“\(first.text)”是\(domain.name(of: value.type).zh)，后面不能再加点",
                en: "\"\(first.text)\" is \(domain.name(of: value.type).en): nothing can follow its dot"),
                at: rest.first?.span)
        }
        guard let further = try field(rest, target, value, scope) else {
            throw unknownField(rest[rest.startIndex], target, scope)
        }
        return ResolvedPath(value: further.value, path: [term] + further.path,
                            field: further.field)
    }

    private func read(_ field: FieldDefinition, _ entity: EntityDefinition, _ row: Scalar) throws
        -> Scalar {
        switch field.origin {
        case .stored(let column):
            return Scalar(.field(entity: entity.name, column: column, row: row), field.type)
        case .itself: return Scalar(row.node, field.type)
        case .expression:
            let scalar = try declaredField(field, of: entity)
            if case .rowNumber = row.node { return scalar }
            // Through none there is nothing, not even a no.
            return Scalar(.conditional(Scalar(.isNone(row), .bool),
                                       .constant(.none, field.type), scalar.atRow(row)),
                          field.type)
        }
    }

    /// The day of the row, and names of expressions.
    private func global(_ name: Name, _ scope: Scope) throws -> ResolvedPath? {
        if Globals.asOf.matches(name.text) {
            note(name.span, Globals.asOf)
            try requireData(name.span)
            return ResolvedPath(value: Scalar(.day, .day), path: [Globals.asOf])
        }
        if Globals.fingerprint.matches(name.text) {
            note(name.span, Globals.fingerprint)
            try requireData(name.span)
            return ResolvedPath(
                value: .constant(.text(environment.data?.snapshot.fingerprint ?? ""), .plainText),
                path: [Globals.fingerprint])
        }
        if let constant = domain.constants.first(where: { $0.name.matches(name.text) }) {
            note(name.span, constant.name)
            return ResolvedPath(value: .constant(constant.value, constant.type),
                                path: [constant.name])
        }
        guard let definition = environment.definitions[name.text] else { return nil }
        guard definition.parameters.isEmpty else {
            throw wrongArguments(definition, at: name)
        }
        note(name.span, Term(name.text))
        return ResolvedPath(value: try expand(definition, [], scope, at: name),
                            path: [Term(name.text)])
    }

    /// The day and fingerprint of the data have no value without any, but for checking a script.
    private func requireData(_ span: Span) throws {
        guard environment.data == nil, executor != nil else { return }
        throw Diagnostic("snapshot.none", Message(
            zh: "还没有装载快照", en: "no snapshot is loaded"), at: span,
            hint: Message(zh: "在命令行写上快照，或先 装载 \"文件夹\"",
                          en: "name a snapshot on the command line, or first load \"FOLDER\""))
    }

    /// A `let`'s expression, bound where it is used.
    func expand(_ definition: Definition, _ arguments: [Argument], _ scope: Scope, at name: Name)
        throws -> Scalar {
        guard !scope.expanding.contains(definition.name) else {
            throw circle(name)
        }
        if try asPipeline(definition.value) != nil {
            throw rowsAsValue(name)
        }
        var inner = scope
        inner.expanding.append(definition.name)
        let box = Scope.Box(scope)
        for (parameter, argument) in zip(definition.parameters, arguments) {
            inner.substitutions[parameter.text] = Scope.Substitution(value: argument.value,
                                                                     scope: box)
        }
        let outer = foreignSource
        foreignSource = definition.source
        defer { foreignSource = outer }
        do {
            return try bind(definition.value, inner)
        } catch let diagnostic as Diagnostic {
            throw diagnostic.located(in: definition.source)
        }
    }

    private func rowsAsValue(_ name: Name) -> Diagnostic {
        Diagnostic("let.source", Message(
            zh: "“\(name.text)”是一个来源，不能当作一个值",
            en: "\"\(name.text)\" is a source of rows, not a value"), at: name.span,
            hint: Message(zh: "例如 (\(name.text) | 计数)", en: "for example (\(name.text) | count)"))
    }

    func unknown(_ names: [Name], _ scope: Scope) -> Diagnostic {
        if names.count == 1, let function = registry.function(named: names[0].text) {
            return Diagnostic("name.function", Message(
                zh: "“\(names[0].text)”是函数，要带括号",
                en: "\"\(names[0].text)\" is a function and needs brackets"), at: names[0].span,
                hint: Message(zh: "写作：\(function.usage.zh)",
                              en: "write \(function.usage.en)"))
        }
        if let rows = scope.aggregates?.rows, let found = try? resolve(names, rows) {
            let text = names.map(\.text).joined(separator: ".")
            let example = found.value.type.isNumeric ? "sum(\(text))" : "count(\(text) = …)"
            let zh = found.value.type.isNumeric ? "求和(\(text))" : "计数(\(text) = …)"
            return Diagnostic("aggregate.missing", Message(
                zh: "“\(text)”每行各有一个值，一组要汇总成一个值",
                en: "\"\(text)\" has a value for each row; a group needs one value"),
                at: names[0].span, hint: Message(zh: "例如 \(zh)，或放到 按 后面",
                                                 en: "such as \(example), or put it behind by"))
        }
        if names.count == 1, isSource(names[0].text) { return rowsAsValue(names[0]) }
        guard let entity = scope.entity else {
            let text = names.map(\.text).joined(separator: ".")
            let known = scope.columns.map(\.name)
                + environment.definitions.keys.sorted().map { Term($0) }
            let span = names.count == 1 ? names[0].span
                : Span(names[0].span.lower, names[names.count - 1].span.upper)
            let list = known.prefix(12)
            // Its place was before the rows were grouped, selected or kept.
            let isField = domain.entities.contains { $0.field(names[0].text) != nil }
            let earlier = isField && !scope.columns.isEmpty
                ? Message(zh: "；其他字段须在分组、选取或存表之前使用",
                          en: "; other fields come before rows are grouped, selected or kept")
                : Message("")
            return Diagnostic("name.unknown", Message(
                zh: "没有名为“\(text)”的列", en: "there is no column \"\(text)\""), at: span,
                suggestions: nearest(text, among: known),
                hint: list.isEmpty ? nil : Message(
                    zh: "现有：" + list.map(\.zh).joined(separator: "、") + earlier.zh,
                    en: "there are: " + list.map(\.en).joined(separator: ", ") + earlier.en))
        }
        return unknownField(names[0], entity, scope)
    }

    /// A field of that name that a row referred to has: `kind` of a member is `unit.kind`.
    private func fieldOneStepUp(_ name: String, _ entity: String) -> Term? {
        guard let definition = domain.entity(entity) else { return nil }
        for step in definition.fields {
            guard case .row(let target) = step.type, target != entity,
                  let upper = domain.entity(target) else { continue }
            if let found = upper.field(name)?.name ?? upper.levels.first(where: {
                $0.matches(name)
            }) {
                return Term("\(step.name.en).\(found.en)", "\(step.name.zh).\(found.zh)")
            }
        }
        return nil
    }

    private func unknownField(_ name: Name, _ entity: String, _ scope: Scope) -> Diagnostic {
        var known: [Term] = []
        var title = Term(entity)
        if let definition = domain.entity(entity) {
            known = definition.fields.map(\.name) + definition.levels
            title = sourcesRead[entity] ?? domain.sources.first { $0.entity == entity }?.name
                ?? Term(entity)
        }
        if scope.entity == entity {
            known += scope.columns.map(\.name)
            known += environment.definitions.keys.sorted().map { Term($0) }
        }
        if let up = fieldOneStepUp(name.text, entity) {
            return Diagnostic("field.up", Message(
                zh: "\(title.zh) 没有字段“\(name.text)”",
                en: "\(title.en) has no field \"\(name.text)\""), at: name.span,
                hint: Message(zh: "是否指 \(up.zh)（\(up.en)）？",
                              en: "did you mean \(up.en) (\(up.zh))?"),
                fixes: [Fix(name.span, up)])
        }
        if let meant = saidOtherwise(name.text, entity) {
            return Diagnostic("name.otherwise", Message(
                zh: "\(title.zh) 没有字段“\(name.text)”",
                en: "\(title.en) has no field \"\(name.text)\""), at: name.span,
                hint: Message(zh: "写作 \(meant.zh)", en: "write \(meant.en)"),
                fixes: [Fix(name.span, meant)])
        }
        let relation = domain.entity(entity)?.relations.first { $0.name.matches(name.text) }
        if let relation {
            return Diagnostic("path.relation", Message(
                zh: "“\(name.text)”是许多行，要先汇总",
                en: "\"\(name.text)\" is many rows: aggregate them"), at: name.span,
                hint: Message(zh: "例如 计数(\(relation.name.zh))",
                              en: "for example count(\(relation.name.en))"))
        }
        return Diagnostic("field.unknown", Message(
            zh: "\(title.zh) 没有字段“\(name.text)”",
            en: "\(title.en) has no field \"\(name.text)\""), at: name.span,
            suggestions: nearest(name.text, among: known),
            hint: Message(zh: "用“字段 \(title.zh)”查看有哪些字段", en: "`fields \(title.en)` lists its fields"))
    }
}

/// Names that mean the same everywhere.
public enum Globals {
    public static let asOf = Term("as_of", "截至日")
    public static let fingerprint = Term("fingerprint", "数据指纹")
    public static let all = [asOf, fingerprint]
    /// The last result, as a source.
    public static let last = Term("last", "上次结果")
    /// The second word of a field such as `registered.date`.
    static let date = Term("date", "日期")
}

extension EntityDefinition {
    public func field(_ name: String) -> FieldDefinition? {
        fields.first { $0.name.matches(name) }
    }

    /// A field whose English name has a dot, by its two parts.
    func field(_ first: String, _ second: String) -> FieldDefinition? {
        if let exact = fields.first(where: { $0.name.en == first + "." + second }) { return exact }
        guard Globals.date.matches(second),
              let base = fields.first(where: { $0.name.matches(first) }) else { return nil }
        return fields.first { $0.name.en == base.name.en + "." + Globals.date.en }
    }
}

extension Column {
    var type: ValueType {
        switch self {
        case .text: .plainText
        case .day: .day
        case .integer: .integer
        case .hundredths: .hundredths
        case .double: .number
        case .bool: .bool
        case .reference(_, let table): .row(table)
        }
    }
}

extension Scalar {
    /// The same value of another row than the current one.
    func atRow(_ row: Scalar) -> Scalar {
        replacingRows { row }
    }

    private func replacingRows(_ row: () -> Scalar) -> Scalar {
        switch node {
        case .rowNumber: return Scalar(row().node, type)
        case .field(let entity, let name, let inner):
            return Scalar(.field(entity: entity, column: name, row: inner.replacingRows(row)),
                          type)
        default: return mapParts { $0.replacingRows(row) }
        }
    }
}
