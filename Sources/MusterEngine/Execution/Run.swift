import MusterBinding
import MusterDiagnostics
import MusterPlan
import MusterStore
import Synchronization

/// One execution: the data it reads, and what it has worked out once and uses again.
package final class Run: Sendable {
    let universe: Universe
    let tables: [String: FrozenTable]
    let registry: Registry
    /// Where rows are read of which a plan says nothing.
    let usual: Place
    let threads: Int
    let limits: Limits
    private let isCancelled: @Sendable () -> Bool
    let batches: BatchCount
    /// Where it is wanted how long its steps take.
    package let times: StageTimes?
    /// What has been worked out, by what it was worked out of.
    let memory: Mutex<Memory>
    /// What the statements before it have left, and it leaves to those behind it.
    let recollection: Recollection?

    /// By function: the values that it could not convert.
    private let lost = Mutex<[String: Set<String>]>([:])

    var domain: Domain { universe.domain }
    var union: RowUnion { universe.union }

    /// - Parameters:
    ///   - recollection: what is shared with other executions, one after the other.
    ///   - isCancelled: asked before every step over a batch of rows; true ends it with
    ///     `run.cancelled`.
    ///   - progress: told after every batch how many are done, of how many that are known of by
    ///     then, from any thread.
    package init(_ environment: Environment, threads: Int = 2, limits: Limits = Limits(),
                 times: StageTimes? = nil, recollection: Recollection? = nil,
                 isCancelled: @escaping @Sendable () -> Bool = { false },
                 progress: @escaping @Sendable (_ done: Int, _ total: Int) -> Void = { _, _ in }) {
        batches = BatchCount(progress)
        universe = environment.universe
        tables = environment.tables
        registry = environment.registry
        usual = environment.usualPlace
        self.threads = max(1, threads)
        self.limits = limits
        self.isCancelled = isCancelled
        self.times = times
        self.recollection = recollection
        memory = Mutex(recollection?.memory(of: universe, at: usual) ?? Memory())
    }

    /// Another execution over one snapshot's data, interrupted with this one.
    func alone(on data: DataSet) -> Run { Run(data, of: self) }

    private init(_ data: DataSet, of run: Run) {
        batches = run.batches
        universe = Universe([data], kept: [], current: 0, domain: run.domain)
        tables = [:]
        registry = run.registry
        usual = Place(dataSet: 0, day: data.asOf)
        threads = run.threads
        limits = run.limits
        isCancelled = run.isCancelled
        times = nil
        recollection = nil
        memory = Mutex(Memory())
    }

    func data(_ place: Place) -> DataSet? {
        universe.dataSets.indices.contains(place.dataSet) ? universe.dataSets[place.dataSet] : nil
    }

    /// A value that a function made none of, for it could not be converted.
    func lose(_ value: String, in function: String) {
        lost.withLock { _ = $0[function, default: []].insert(value) }
    }

    /// What could not be converted, by the functions' names; values in order.
    package var losses: [(function: String, values: [String])] {
        lost.withLock { lost in
            lost.keys.sorted().map { (function: $0, values: (lost[$0] ?? []).sorted()) }
        }
    }

    /// Whether the user has stopped it.
    var isCancelledNow: @Sendable () -> Bool { isCancelled }

    /// Throws where something was worked out without what could not be fetched.
    func checkSound() throws {
        for data in universe.dataSets { try data.remote?.checkSound() }
    }

    /// Looked at before every step over a batch of rows.
    package func checkCancelled() throws {
        try checkSound()
        if isCancelled() {
            throw Diagnostic.interrupted
        }
    }

    /// The row of a name in a data set; equal to no row, where there is none.
    func row(_ name: RowName, in dataSet: Int) -> Int32 {
        union.row(name.key, entity: name.entity, in: dataSet) ?? RowUnion.nobody
    }

    /// A row by its name, as plans hold it.
    func name(_ number: Int32, _ entity: String) -> RowName? {
        guard let (index, row) = union.home(of: number, entity: entity, preferring: nil),
              let key = universe.dataSets[index].key(row, entity) else { return nil }
        return RowName(entity: entity, key: key)
    }
}
