import MusterDiagnostics
import MusterStore
import Synchronization

/// One execution: the data it reads, and what it has worked out once and uses again.
package final class Run: Sendable {
    let dataSets: [DataSet]
    /// The snapshot whose rows results are numbered by.
    let current: Int
    let union: RowUnion?
    let domain: Domain
    let threads: Int
    private let isCancelled: @Sendable () -> Bool
    let batches: BatchCount

    private struct RelatedKey: Hashable {
        let aggregate: ObjectIdentifier
        let dataSet: Int
        let day: Int32
    }
    private struct TestKey: Hashable {
        let test: ObjectIdentifier
        let dictionary: ObjectIdentifier
    }
    /// One step of a path: a column of an entity's table.
    struct Step: Hashable {
        let entity: String
        let column: String
    }
    private struct PathKey: Hashable {
        let steps: [Step]
        let dataSet: Int
    }
    private struct Memory {
        var paths: [PathKey: Vector] = [:]
        var related: [RelatedKey: Vector] = [:]
        var tests: [TestKey: [UInt8]] = [:]
        var rowSets: [TestKey: [UInt8]] = [:]
        var subqueries: [ObjectIdentifier: Vector] = [:]
        /// Keeps what the identities above name alive.
        var anchors: [AnyObject & Sendable] = []
    }
    private let memory = Mutex(Memory())

    /// - Parameters:
    ///   - isCancelled: asked before every batch of rows; true ends it with `run.cancelled`.
    ///   - progress: told after every batch how many are done, of how many that are known of by
    ///     then, from any thread.
    package init(_ environment: Environment, threads: Int = 2,
                isCancelled: @escaping @Sendable () -> Bool = { false },
                progress: @escaping @Sendable (_ done: Int, _ total: Int) -> Void = { _, _ in }) {
        batches = BatchCount(progress)
        dataSets = environment.dataSets
        current = environment.current ?? 0
        union = environment.union
        domain = environment.domain
        self.threads = max(1, threads)
        self.isCancelled = isCancelled
    }

    /// Another execution over one snapshot's data, interrupted with this one.
    func alone(on data: DataSet) -> Run {
        Run(data, domain: domain, threads: threads, isCancelled: isCancelled, batches)
    }

    private init(_ data: DataSet, domain: Domain, threads: Int,
                 isCancelled: @escaping @Sendable () -> Bool, _ batches: BatchCount) {
        self.batches = batches
        dataSets = [data]
        current = 0
        union = nil
        self.domain = domain
        self.threads = threads
        self.isCancelled = isCancelled
    }

    /// Looked at once a batch.
    func checkCancelled() throws {
        if isCancelled() {
            throw Diagnostic.interrupted
        }
    }

    /// Dense over the owner entity's rows. Not computed twice for a day.
    func related(_ aggregate: RelatedAggregate, dataSet: Int, day: Int32) throws -> Vector {
        let key = RelatedKey(aggregate: ObjectIdentifier(aggregate), dataSet: dataSet, day: day)
        if let known = memory.withLock({ $0.related[key] }) { return known }
        let computed = try Executor(self).related(aggregate, dataSet: dataSet, day: day)
        memory.withLock {
            $0.related[key] = computed
            $0.anchors.append(aggregate)
        }
        return computed
    }

    /// What a path of several steps leads to from every row of the table where it begins; nil
    /// where it is one step, or where the table is large: then following it row by row is less.
    func values(along steps: [Step], dataSet: Int) -> Vector? {
        let data = dataSets[dataSet], largest = 1 << 18
        guard steps.count > 1, data.rowCount(steps[0].entity) <= largest else { return nil }
        let key = PathKey(steps: steps, dataSet: dataSet)
        if let known = memory.withLock({ $0.paths[key] }) { return known }
        guard var values = data.column(steps[0].entity, steps[0].column)?
            .values(0..<data.rowCount(steps[0].entity)) else { return nil }
        for step in steps.dropFirst() {
            guard case .row(let rows) = values,
                  let column = data.column(step.entity, step.column) else { return nil }
            values = column.values(rows)
        }
        memory.withLock { $0.paths[key] = values }
        return values
    }

    /// The answers of a text test for every text of a dictionary.
    func answers(_ test: TextTest, _ dictionary: TextDictionary) -> [UInt8] {
        let key = TestKey(test: ObjectIdentifier(test), dictionary: ObjectIdentifier(dictionary))
        if let known = memory.withLock({ $0.tests[key] }) { return known }
        let computed = (0..<Int32(dictionary.count)).map { code -> UInt8 in
            test.test(dictionary[code]) ? 1 : 0
        }
        memory.withLock {
            $0.tests[key] = computed
            $0.anchors.append(test)
            $0.anchors.append(dictionary)
        }
        return computed
    }

    /// For each row of the tree whether it is in the set or below it.
    func members(of set: RowSet, dataSet: Int) throws -> [UInt8] {
        let data = dataSets[dataSet]
        let key = TestKey(test: ObjectIdentifier(set), dictionary: ObjectIdentifier(data))
        if let known = memory.withLock({ $0.rowSets[key] }) { return known }
        var roots: Set<Int32> = []
        for name in set.names {
            if case .found(let row) = RowFinder(data, domain, set.entity).find(name) {
                roots.insert(row)
            }
        }
        let computed = data.below(roots, entity: set.entity)
        memory.withLock {
            $0.rowSets[key] = computed
            $0.anchors.append(set)
        }
        return computed
    }

    func subquery(_ plan: Plan, _ compute: () throws -> Vector) rethrows -> Vector {
        let key = ObjectIdentifier(plan)
        if let known = memory.withLock({ $0.subqueries[key] }) { return known }
        let computed = try compute()
        memory.withLock {
            $0.subqueries[key] = computed
            $0.anchors.append(plan)
        }
        return computed
    }
}
