import MusterBinding
import MusterDiagnostics
import MusterPlan
import MusterStore

/// A finished frame with its columns' meaning: what `into` keeps, and a loaded plain table. It
/// stays as it is, whatever is loaded later.
package final class FrozenTable: Sendable {
    package let reference: TableReference
    /// Their identities are those of the frame.
    package let columns: [ColumnInfo]
    package let frame: Frame
    /// What its rows are read in.
    let universe: Universe?
    /// Where a plan says that its rows are read: where all of them are, each its own where they
    /// are read in several places.
    let readings: RowReadings
    fileprivate let dataSets: [DataSet]

    package var name: String { reference.name }
    /// Whether it is a result that was kept, and no file.
    var isKept: Bool { universe != nil }

    /// `isReadAtOwn`: its rows came from readings of their own, so that without rows there is no
    /// saying at which.
    init(_ name: String, columns: [ColumnInfo], frame: Frame, universe: Universe?,
         isReadAtOwn: Bool = false) {
        reference = TableReference(name: name, version: TableVersions.next())
        self.columns = columns
        self.frame = frame
        self.universe = universe
        readings = FrozenTable.readings(frame, universe, isReadAtOwn)
        dataSets = FrozenTable.needed(columns, frame, universe)
    }

    private static func readings(_ frame: Frame, _ universe: Universe?, _ isReadAtOwn: Bool)
        -> RowReadings {
        guard let universe else { return .fixed(nil) }
        guard frame.count > 0 || !isReadAtOwn, let place = frame.places.common,
              universe.dataSets.indices.contains(place.dataSet) else { return .own }
        return .fixed(Reading(snapshot: universe.dataSets[place.dataSet].asOf, day: place.day))
    }

    /// The data sets that its rows are read in, and those that rows in its columns stand in where
    /// the former do not have them.
    private static func needed(_ columns: [ColumnInfo], _ frame: Frame, _ universe: Universe?)
        -> [DataSet] {
        guard let universe else { return [] }
        var needed = Set(frame.places.all.map(\.dataSet))
        for (column, vector) in zip(columns, frame.columns) {
            guard case .row(let entity) = column.type, case .row(let rows) = vector else {
                continue
            }
            var left = universe.isTrivial ? [] : Set(rows).filter { $0 >= 0 }.sorted()
            for index in needed.sorted() + universe.searchOrder where !left.isEmpty {
                let found = universe.union.local(left, entity: entity, in: index)
                if found.contains(where: { $0 >= 0 }) { needed.insert(index) }
                left = zip(left, found).filter { $1 < 0 }.map(\.0)
            }
        }
        return needed.sorted().filter(universe.dataSets.indices.contains).map {
            universe.dataSets[$0]
        }
    }
}

/// Everything that names in a query may refer to, with the data. A value: a script gets a copy
/// of its own.
package struct Environment: Sendable {
    package let domain: Domain
    package let registry: Registry
    /// The loaded snapshots by their day, ascending.
    package var dataSets: [DataSet] { didSet { learn(); unite() } }
    /// The one that queries read; nil where none is loaded.
    package var current: Int? { didSet { unite() } }
    /// What an execution can read.
    package private(set) var universe: Universe
    package var tables: [String: FrozenTable] = [:] { didSet { learn(); unite() } }
    /// What binding may know of the snapshots and tables: worked out when they change.
    private var snapshotFacts: [SnapshotFacts] = []
    private var tableFacts: [String: TableFacts] = [:]
    package var definitions: [String: Definition] = [:]
    package var parameters: [String: Parameter] = [:]
    /// What was related; one holds while its tables are those that it was made of.
    package var relations: [MadeRelation] = []
    package var last: Plan?
    /// Names of persons are shown by their first character only.
    package var hidesNames = false
    /// What is shown is for the public: no persons, and no figures of fewer than so many.
    package var publishesFrom: Int?

    package init(domain: Domain, registry: Registry, dataSets: [DataSet] = []) {
        self.domain = domain
        self.registry = registry
        self.dataSets = dataSets.sorted { $0.asOf < $1.asOf }
        self.current = dataSets.isEmpty ? nil : dataSets.count - 1
        universe = Universe([], kept: [], current: nil, domain: domain)
        learn()
        unite()
    }

    private mutating func learn() {
        snapshotFacts = dataSets.map { $0.facts(domain, beside: dataSets) }
        tableFacts = tables.mapValues { table in
            TableFacts(reference: table.reference, columns: table.columns,
                       readings: table.readings)
        }
    }

    private mutating func unite() {
        if let current, !dataSets.indices.contains(current) { return }
        let kept = tables.keys.sorted().flatMap { tables[$0]?.dataSets ?? [] }
        let next = Universe(dataSets, kept: kept, current: current, domain: domain)
        let isSame = next.current == universe.current && next.loaded == universe.loaded
            && next.dataSets.elementsEqual(universe.dataSets) { $0 === $1 }
        if !isSame { universe = next }
    }

    /// An earlier day to read at than the snapshot's, where the user asked for one.
    package var readingDay: Int32?

    /// Which snapshot an earlier day is read from.
    package var history = History.current

    /// The day at which queries read unless they say otherwise.
    package var today: Int32? { readingDay ?? data?.asOf }

    package var data: DataSet? {
        current.flatMap { dataSets.indices.contains($0) ? dataSets[$0] : nil }
    }

    /// What binding may know.
    package var catalog: Catalog {
        var catalog = Catalog(
            domain: domain, registry: registry,
            snapshots: snapshotFacts, current: data == nil ? nil : current,
            tables: tableFacts, definitions: definitions, parameters: parameters,
            relations: relations.filter(holds), last: last, today: today, history: history)
        catalog.hidesNames = hidesNames
        return catalog
    }

    /// Where a statement reads that says nothing of it.
    var usualPlace: Place {
        guard let reading = catalog.reading, let place = try? universe.place(reading) else {
            return Place(dataSet: universe.current, day: today ?? 0)
        }
        return place
    }

    /// A kept or plain table; the one that the language makes by either of its names.
    package func table(_ name: String) -> FrozenTable? {
        tables[name] ?? (AmbiguousKeys.name.matches(name) ? tables[AmbiguousKeys.name.en] : nil)
    }

    /// Whether it holds, and was looked at in the snapshot that is read.
    package func isUpToDate(_ made: MadeRelation) -> Bool {
        holds(made) && (made.readsSnapshots == false || made.under == catalog.state)
    }

    /// Whether the tables of a relation are there as it was made of them.
    package func holds(_ made: MadeRelation) -> Bool {
        made.relation.tables.allSatisfy { tables[$0.name]?.reference == $0 }
    }
}

extension Binder {
    /// Binding over what is loaded; `run` answers what only the data knows, nil where a text is
    /// only looked at.
    package init(_ environment: Environment, run: Run?, source: SourceText? = nil) {
        self.init(environment.catalog, facts: run.map { EngineFacts(environment, $0) },
                  source: source)
    }
}
