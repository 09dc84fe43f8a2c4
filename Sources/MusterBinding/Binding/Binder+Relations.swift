import MusterDiagnostics
import MusterLanguage
import MusterPlan

/// Paths along relations that were made between tables: up to the one row, down to the many.
extension Binder {
    /// The rows that stand at a place: an entity's, or a plain table's by its columns there.
    private struct Standing {
        let source: RowSource
        /// A value over the table's own rows, at the row that stands here.
        let place: (Scalar) -> Scalar
    }

    /// What stands for a column that is not there any more; no plan's column has it.
    private static let gone = ColumnID(-2)

    private func standing(_ scope: Scope) -> Standing? {
        if let entity = scope.entity { return standing(entity: entity, at: scope.row) }
        guard case .table(let table, let columns)? = scope.table,
              let facts = facts(on: table) else { return nil }
        let known = Set(scope.columns.map(\.id))
        let places = Dictionary(zip(facts.columns.map(\.id), columns)) { first, _ in first }
        return Standing(source: .table(table, columns: columns)) { value in
            value.substituting { id in
                guard let column = places[id],
                      let info = facts.columns.first(where: { $0.id == id }) else { return nil }
                return Scalar(.column(known.contains(column) ? column : Self.gone), info.type)
            }
        }
    }

    private func standing(entity: String, at row: Scalar) -> Standing {
        Standing(source: .entity(entity)) { $0.atRow(row) }
    }

    /// A row of a plain table that a relation led to.
    private func standing(table: TableReference, at row: Scalar) -> Standing? {
        guard let facts = facts(on: table) else { return nil }
        return Standing(source: .table(table, columns: facts.columns.map(\.id))) { value in
            value.substituting { id in
                facts.columns.firstIndex { $0.id == id }.map {
                    Scalar(.cell(table, $0, row), facts.columns[$0].type)
                }
            }
        }
    }

    private func standing(at value: Scalar) -> Standing? {
        switch value.type {
        case .row(let entity): standing(entity: entity, at: value)
        case .tableRow(let table): standing(table: table, at: value)
        default: nil
        }
    }

    private func facts(on table: TableReference) -> TableFacts? {
        catalog.tables[table.name].flatMap { $0.reference == table ? $0 : nil }
    }

    // MARK: up

    /// A path that begins with the name of the row above the one that stands here.
    func relatedPath(_ names: ArraySlice<Name>, _ scope: Scope) throws -> ResolvedPath? {
        guard let standing = standing(scope) else { return nil }
        return try relatedPath(names, standing, scope)
    }

    /// The same at a row of an entity that a path has led to.
    func relatedPath(_ names: ArraySlice<Name>, entity: String, at row: Scalar, _ scope: Scope)
        throws -> ResolvedPath? {
        try relatedPath(names, standing(entity: entity, at: row), scope)
    }

    private func relatedPath(_ names: ArraySlice<Name>, _ standing: Standing, _ scope: Scope) throws
        -> ResolvedPath? {
        guard let first = names.first, let made = catalog.relations.first(where: {
            $0.relation.up == first.text && $0.relation.lower.isSame(standing.source)
        }) else { return nil }
        note(first.span, Term(made.relation.up))
        let keys = made.relation.upperRow(standing.place)
        guard keys.parts.allSatisfy({ isAtHand($0, scope) }) else { throw keysGone(first, made) }
        return try steps(names.dropFirst(), behind: ResolvedPath(
            value: keys, path: [Term(made.relation.up)]), first, scope)
    }

    /// Whether what it reads of columns stands in the rows.
    private func isAtHand(_ key: Scalar, _ scope: Scope) -> Bool {
        key.columns.isSubset(of: scope.columns.map(\.id))
    }

    private func keysGone(_ name: Name, _ made: MadeRelation) -> Diagnostic {
        Diagnostic("relate.gone", Message(
            zh: "前面的步骤改掉了 \(made.relating.lower.table.text) 的键，“\(name.text)”已找不到",
            en: "an earlier stage replaced the keys of \(made.relating.lower.table.text): "
                + "\"\(name.text)\" cannot be found any more"), at: name.span,
            hint: Message(zh: "给新的列另取一个名字", en: "give the new column another name"))
    }

    /// What a path goes on with behind a row.
    func steps(_ rest: ArraySlice<Name>, behind found: ResolvedPath, _ last: Name, _ scope: Scope)
        throws -> ResolvedPath {
        guard let next = rest.first else { return found }
        let further: ResolvedPath?
        switch found.value.type {
        case .row(let entity):
            further = try field(rest, entity, found.value, scope)
            if further == nil { throw unknownField(next, entity, scope) }
        case .tableRow(let table):
            further = try cell(rest, table, found.value, scope)
            if further == nil { throw unknownCell(next, table) }
        default:
            throw Diagnostic("path.end", Message(
                zh: "“\(last.text)”是\(domain.name(of: found.value.type).zh)，后面不能再加点",
                en: "\"\(last.text)\" is \(domain.name(of: found.value.type).en): nothing can "
                    + "follow its dot"),
                at: next.span)
        }
        guard let further else { return found }
        return ResolvedPath(value: further.value, path: found.path + further.path,
                            field: further.field)
    }

    /// A column of a plain table at one of its rows, or what that row leads to.
    private func cell(_ names: ArraySlice<Name>, _ table: TableReference, _ row: Scalar,
                      _ scope: Scope) throws -> ResolvedPath? {
        guard let facts = facts(on: table) else { return nil }
        for length in (1...names.count).reversed() {
            let prefix = names.prefix(length)
            guard let place = facts.columns.place(named: prefix.map(\.text)),
                  let last = prefix.last else { continue }
            let column = facts.columns[place]
            for (name, term) in zip(prefix, column.path) { note(name.span, term) }
            return try steps(names.dropFirst(length), behind: ResolvedPath(
                value: Scalar(.cell(table, place, row), column.type), path: column.path),
                last, scope)
        }
        guard let standing = standing(table: table, at: row) else { return nil }
        return try relatedPath(names, standing, scope)
    }

    private func unknownCell(_ name: Name, _ table: TableReference) -> Diagnostic {
        let relations = relations(upFrom: .table(table, columns: [])).map { Term($0.relation.up) }
        return Diagnostic("name.unknown", Message(
            zh: "表 \(table.name) 没有列“\(name.text)”",
            en: "the table \(table.name) has no column \"\(name.text)\""), at: name.span,
            typed: name.text, among: (facts(on: table)?.columns.map(\.name) ?? []) + relations)
    }

    /// An error where the row of a plain table would be a value: it has no name to be shown by.
    func refuseTableRow(_ found: ResolvedPath, _ names: [Name]) throws {
        guard case .tableRow(let table) = found.value.type else { return }
        let text = names.map(\.text).joined(separator: ".")
        let column = facts(on: table)?.columns.first?.name ?? Term("COLUMN", "列")
        throw Diagnostic("relate.row", Message(
            zh: "“\(text)”是表 \(table.name) 的一行，要写明哪一列",
            en: "\"\(text)\" is a row of the table \(table.name): name one of its columns"),
            at: names.first.map { $0.span.union(names[names.count - 1].span) }, hint: Message(
                zh: "例如 \(text).\(column.zh)；问有没有，写 \(text) 不为空",
                en: "such as \(text).\(column.en); whether there is one is \(text) is not none"))
    }

    // MARK: down

    /// The relation whose many rows a name means, of the rows that stand at a place.
    func relatedRows(_ name: Name, _ scope: Scope) -> (made: MadeRelation, row: Scalar)? {
        standing(scope).flatMap { relatedRows(name, $0, scope) }
    }

    func relatedRows(_ name: Name, of row: Scalar, _ scope: Scope)
        -> (made: MadeRelation, row: Scalar)? {
        standing(at: row).flatMap { relatedRows(name, $0, scope) }
    }

    private func relatedRows(_ name: Name, _ standing: Standing, _ scope: Scope)
        -> (made: MadeRelation, row: Scalar)? {
        guard let made = catalog.relations.first(where: {
            $0.relation.down == name.text && $0.relation.upper.isSame(standing.source)
        }) else { return nil }
        let row: Scalar
        switch standing.source {
        case .entity(let entity):
            row = standing.place(Scalar(.row, .row(entity)))
        case .table:
            row = made.relation.ownRow(standing.place)
            guard row.parts.allSatisfy({ isAtHand($0, scope) }) else { return nil }
        }
        return (made, row)
    }

    /// The lower rows of a relation as rows to be measured: their names, and who owns each.
    func lowerRows(of relation: Relation) -> (source: RowSource, scope: Scope, owner: Scalar)? {
        switch relation.lower {
        case .entity(let entity):
            return (relation.lower, Scope(columns: [], entity: entity),
                    relation.upperRow { $0 })
        case .table(let table, _):
            guard let facts = facts(on: table) else { return nil }
            let columns = log.columns(of: facts)
            var scope = Scope(columns: columns, entity: nil)
            scope.table = .table(table, columns: columns.map(\.id))
            guard let standing = standing(scope) else { return nil }
            return (standing.source, scope, relation.upperRow(standing.place))
        }
    }

    // MARK: what there is

    /// The relations by which rows lead up to others.
    package func relations(upFrom source: RowSource) -> [MadeRelation] {
        catalog.relations.filter { $0.relation.lower.isSame(source) }
    }

    /// The relations by which rows lead down to others.
    package func relations(downFrom source: RowSource) -> [MadeRelation] {
        catalog.relations.filter {
            $0.relation.down != nil && $0.relation.upper.isSame(source)
        }
    }
}
