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
    /// What binding must know of it.
    func facts(_ domain: Domain) -> SnapshotFacts {
        var extra: [String: [SnapshotFacts.ExtraColumn]] = [:]
        for (entity, table) in tables where !table.undeclared.isEmpty {
            extra[entity] = table.undeclared.compactMap { name in
                table[name].map { SnapshotFacts.ExtraColumn(name: name, type: $0.type) }
            }
        }
        var years: [Int32] = []
        if let targets = domain.targets,
           case .day(let found)? = column(targets.entity, targets.year) { years = found }
        return SnapshotFacts(asOf: asOf, fingerprint: snapshot.fingerprint, extraColumns: extra,
                             targetYears: years)
    }
}
