import MusterBinding
import MusterDiagnostics
import MusterPlan
import MusterStore

/// What a derived table is worked out with: one snapshot's data, and the language over it.
struct SnapshotDerivation: Derivation {
    private let own: DataSet
    private let binder: Binder
    private let run: Run

    init(_ data: DataSet, _ run: Run) {
        own = data
        self.run = run.alone(on: data)
        binder = Binder(Catalog(
            domain: run.domain, registry: Registry(domain: run.domain, statements: []),
            snapshots: [data.facts(run.domain)], current: 0, today: data.asOf), facts: nil)
    }

    var data: any SnapshotTables { own }

    func rows(of entity: String, where condition: String) throws -> [Int32] {
        let plan = Plan(.scan(Scan(
            entity: entity, condition: try binder.declared(condition, of: entity),
            readings: [Reading(snapshot: own.asOf, day: own.asOf)], period: nil)),
                        Schema(entity: entity, columns: []))
        return try Executor(run).execute(plan).rows?.numbers ?? []
    }

    func values(_ expression: String, of entity: String, at rows: [Int32]) throws
        -> (vector: Vector, type: ValueType) {
        let scalar = try binder.declared(expression, of: entity)
        let frame = Frame(count: rows.count, ids: [], columns: [], rows: .list(rows),
                          places: .same(Place(dataSet: 0, day: own.asOf)), isLocal: true)
        return (try Evaluator(run).evaluate(scalar, frame), scalar.type)
    }

    func checkCancelled() throws { try run.checkCancelled() }
}

extension DataSet {
    /// The type of a column that no schema declares: of numbers, the one that takes in those of
    /// every snapshot; a column without values has any.
    func extraType(_ entity: String, _ name: String, _ domain: Domain, beside others: [DataSet])
        -> ValueType? {
        guard let column = tables[entity]?[name] else { return nil }
        // Hidden in one snapshot, hidden in all.
        let hidden = ([self] + others).lazy.compactMap {
            $0.tables[entity]?.type(ofUndeclared: name, domain)
        }.first { $0.isSensitive || $0.isPersonal }
        if let hidden, column.type.isText || column.isBlank { return hidden }
        let types = others.compactMap { $0.tables[entity]?[name] }.filter { !$0.isBlank }
            .map(\.type)
        if column.isBlank { return types.first ?? column.type }
        guard column.type.isNumeric else { return column.type }
        return types.filter(\.isNumeric).reduce(column.type) { $0.common(with: $1) }
    }

    /// What binding must know of it, among those that a query may read with it.
    func facts(_ domain: Domain, beside others: [DataSet] = []) -> SnapshotFacts {
        var extra: [String: [SnapshotFacts.ExtraColumn]] = [:]
        for (entity, table) in tables where !table.undeclared.isEmpty {
            extra[entity] = table.undeclared.compactMap { name in
                extraType(entity, name, domain, beside: others).map {
                    SnapshotFacts.ExtraColumn(name: name, type: $0)
                }
            }
        }
        var years: [Int32] = []
        if let targets = domain.targets,
           case .day(let found)? = column(targets.entity, targets.year) { years = found }
        return SnapshotFacts(asOf: asOf, fingerprint: snapshot.fingerprint, extraColumns: extra,
                             targetYears: years, dated: dated(domain))
    }

    /// The columns of whose values rows say since when they hold.
    private func dated(_ domain: Domain) -> Set<LookingBack.Field> {
        var found: Set<LookingBack.Field> = []
        for entity in domain.entities {
            for field in entity.fields {
                guard let since = field.since, case .stored(let name) = field.origin else {
                    continue
                }
                if hasValues(entity.name, since) {
                    found.insert(LookingBack.Field(entity: entity.name, column: name))
                }
            }
        }
        return found
    }
}

extension Table {
    /// The type of a column that no schema declares: a text under a heading of personal data, or
    /// among whose values are mostly such, has their sensitivity.
    func type(ofUndeclared name: String, _ domain: Domain) -> ValueType? {
        guard let type = self[name]?.type, type.isText else { return self[name]?.type }
        if hidden.contains(name) { return .text(.sensitive) }
        return domain.discretion(under: name).map { .text($0) } ?? type
    }
}
