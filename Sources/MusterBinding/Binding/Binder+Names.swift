import MusterDiagnostics
import MusterLanguage
import MusterPlan
import MusterStore

/// What a path came to: its value, and the names of its steps for a heading.
struct ResolvedPath {
    let value: Scalar
    let path: [Term]
    /// The field it ends in, where it is one.
    var field: FieldDefinition?
    /// The column that it is, as a whole.
    var column: ColumnInfo?
}

extension Binder {
    func resolve(_ names: [Name], _ scope: Scope) throws -> ResolvedPath {
        let found = try resolvePath(names, scope)
        try refuseTableRow(found, names)
        return found
    }

    /// The same where the row of a plain table may be meant: to go on from it, or to ask whether
    /// there is one.
    func resolvePath(_ names: [Name], _ scope: Scope) throws -> ResolvedPath {
        if let substitution = scope.substitutions[names[0].text], names.count == 1 {
            return ResolvedPath(value: try value(of: substitution), path: [Term(names[0].text)])
        }
        if let column = try columnPath(names, scope) { return column }
        if let entity = scope.entity,
           let found = try field(names[...], entity, scope.row, scope) { return found }
        if let found = try relatedPath(names[...], scope) { return found }
        if names.count == 1, let found = try global(names[0], scope) { return found }
        throw unknown(names, scope)
    }

    /// Notes what the words of a column's path mean.
    private func note(_ names: ArraySlice<Name>, _ path: [Term]) {
        var rest = names
        for term in path {
            guard let first = rest.popFirst() else { return }
            if let next = rest.first, !term.matches(first.text),
               term.en == first.text + "." + next.text {
                // Two words that are one in Chinese: `registered.date`.
                note(first.span, Term(first.text, term.zh))
                note(next.span, Term(next.text, ""))
                rest = rest.dropFirst()
            } else {
                note(first.span, term)
            }
        }
    }

    /// A column, or a path that goes on from a column that holds rows.
    private func columnPath(_ names: [Name], _ scope: Scope) throws -> ResolvedPath? {
        for length in (1...names.count).reversed() {
            let prefix = names.prefix(length).map(\.text)
            guard let index = scope.columns.place(named: Array(prefix)) else {
                continue
            }
            let column = scope.columns[index]
            note(names[..<length], column.path)
            let base = column.value
            if length == names.count {
                return ResolvedPath(value: base, path: column.path, column: column)
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
            value = Scalar(.ancestor(entity: entity, level: level.en, row: row), .row(entity))
            term = level
            note(first.span, term)
        } else if let column = catalog.data?.extraColumns[entity]?.first(where: {
            Heading.isSame($0.name, first.text)
        }) {
            value = Scalar(.field(entity: entity, column: column.name, row: row), column.type)
            term = Term(column.name)
        } else {
            return try relatedPath(names, entity: entity, at: row, scope)
        }
        return try steps(rest, behind: ResolvedPath(value: value, path: [term], field: found),
                         first, scope)
    }

    /// The value of an entity's field at a row.
    func read(_ field: FieldDefinition, _ entity: EntityDefinition, _ row: Scalar) throws
        -> Scalar {
        switch field.origin {
        case .stored(let column):
            let value = catalog.value(of: field, column, entity: entity.name, at: row)
            // `registered.date` is stored as `registered`, which names another field.
            guard field.name.en == column else {
                return Scalar(.named(field.name, value), field.type)
            }
            return value
        case .itself: return Scalar(row.node, field.type)
        case .expression:
            let scalar = try declaredField(field, of: entity)
            if case .row = row.node { return scalar }
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
                value: .constant(.text(catalog.data?.fingerprint ?? ""), .plainText),
                path: [Globals.fingerprint])
        }
        if Globals.root.matches(name.text), let tree = domain.tree {
            note(name.span, Globals.root)
            try requireData(name.span)
            return ResolvedPath(value: .constant(.row(try top(of: tree, name.span)),
                                                 .row(tree.name)), path: [Globals.root])
        }
        if let constant = domain.constants.first(where: { $0.name.matches(name.text) }) {
            note(name.span, constant.name)
            return ResolvedPath(value: .constant(constant.value, constant.type),
                                path: [constant.name])
        }
        guard let definition = catalog.definitions[name.text] else {
            return try relativeTime(name)
        }
        guard definition.parameters.isEmpty else {
            throw wrongArguments(definition, at: name)
        }
        note(name.span, Term(name.text))
        return ResolvedPath(value: try expand(definition, [], scope, at: name),
                            path: [Term(name.text)])
    }

    /// The row of a tree that all others are below.
    package func top(of tree: EntityDefinition, _ span: Span) throws -> RowName {
        guard let facts else { return RowName(entity: tree.name, key: "") }
        let tops = try facts.tops(of: tree.name)
        if tops.count == 1 { return tops[0].row }
        let noun = tree.rowNoun
        throw Diagnostic("root.several", Message(
            zh: "快照里有 \(tops.count) 个没有上级的\(noun.zh)，说不出哪个是顶级",
            en: "\(tops.count) of the snapshot's \(noun.en)s have none above: none of them is the "
                + "root"),
            at: span, hint: Message(zh: "写出\(noun.zh)的名称", en: "name the \(noun.en)"),
            related: tops.prefix(8).map { Message("\($0.label) (\($0.row.key))") })
    }

    /// The day and fingerprint of the data have no value without any, but for checking a script.
    func requireData(_ span: Span) throws {
        guard catalog.data == nil, facts != nil else { return }
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
        guard scope.expanding.count < Limits.definitions else {
            throw Stopped(fault: Limits.tooManyDefinitions)
        }
        if try asPipeline(definition.value) != nil {
            throw rowsAsValue(name)
        }
        var inner = scope
        inner.expanding.append(definition.name)
        let box = Scope.Box(scope)
        for (parameter, argument) in zip(definition.parameters, arguments) {
            inner.substitutions[parameter.text] = Scope.Substitution(value: argument.value,
                                                                     scope: box,
                                                                     binder: self)
        }
        func bound() throws -> Scalar {
            try inside(definition.source).bind(definition.value, inner)
        }
        do {
            let value = try expanding(name) {
                // With arguments each use is another expression.
                try arguments.isEmpty ? once(definition.name, scope.bound, bound) : bound()
            }
            return Scalar(.named(Term(definition.name), value), value.type)
        } catch let diagnostic as Diagnostic {
            throw diagnostic.located(in: definition.source)
        }
    }

    /// What a `let`'s parameter stands for.
    func value(of substitution: Scope.Substitution) throws -> Scalar {
        let binder = substitution.binder
        return try binder.once("", substitution.bound) {
            try binder.bind(substitution.value, substitution.scope.scope)
        }
    }
}

/// Names that mean the same everywhere.
package enum Globals {
    package static let asOf = Term("as_of", "截至日")
    package static let fingerprint = Term("fingerprint", "数据指纹")
    /// The row of the tree that all others are below.
    package static let root = Term("root", "顶级")
    package static let all = [asOf, fingerprint, root]
    /// The last result, as a source.
    package static let last = Term("last", "上次结果")
    /// The second word of a field such as `registered.date`.
    static let date = Term("date", "日期")
}

extension EntityDefinition {
    package func field(_ name: String) -> FieldDefinition? {
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
    /// The type of a column that no schema declared.
    package var type: ValueType {
        switch self {
        case .text: .plainText
        case .day: .day
        case .integer: .integer
        case .hundredths: .decimal(2)
        case .decimal(_, let places): .decimal(places)
        case .double: .number
        case .bool: .bool
        case .reference(_, let table): .row(table)
        }
    }
}
