import Dispatch
import MusterDiagnostics
import MusterStore
import Synchronization

/// Carries out plans. Scans run in batches on two workers; the parts are put together in the
/// order of the batches, so that no answer depends on the number of threads.
package struct Executor: Sendable {
    let run: Run

    package init(_ run: Run) { self.run = run }

    static let batchSize = 16_384
    /// Fixed, whatever the number of threads: sums of fractions depend on how they are split.
    static let partitions = 2

    /// All rows of a plan.
    package func execute(_ plan: Plan) throws -> Frame {
        if let stream = try Stream(plan, run) { return try collect(stream) }
        switch plan.node {
        case .scan: return try collect(try Stream(scanOnly: plan, run))
        case .frozen(let table): return table.frame
        case .filter(let input, let condition):
            return try filter(try execute(input), condition)
        case .project(let input, let keep, let add):
            return try project(try execute(input), keep, add)
        case .aggregate(_, let aggregation):
            return try aggregate(plan, aggregation).frame
        case .sort(let input, let terms): return try sort(try execute(input), terms)
        case .limit(let input, let count, let by):
            return try limit(try execute(input), count, by)
        case .window(let input, let kind, let by):
            return try window(try execute(input), kind, by)
        case .totals(let input, let sets): return try totals(input, sets)
        case .pivot(let input, let spec):
            return try pivot(try execute(input), spec, input)
        }
    }

    /// The one value of a plan of one row and column; none where there is no row.
    func single(_ plan: Plan) throws -> Vector {
        let frame = try execute(plan)
        guard frame.columns.count == 1, frame.count <= 1 else {
            throw Diagnostic("subquery.shape", Message(
                zh: "括号内的查询须只有一行一列，现有 \(frame.count) 行 \(frame.columns.count) 列",
                en: "a query used as a value must give one row and one column, not "
                    + "\(frame.count) × \(frame.columns.count)"))
        }
        return frame.count == 1 ? frame.columns[0] : frame.columns[0].nones(1)
    }

    private func collect(_ stream: Stream) throws -> Frame {
        let parts = try parallel(stream.batches) { batches in
            try batches.map { united(try stream.frame($0), stream.schema) }
        }
        return Frame.concatenated(parts.flatMap { $0 }) ?? stream.emptyFrame
    }

    /// The frame with rows of another snapshot by the numbers that results use.
    private func united(_ frame: Frame, _ schema: Schema) -> Frame {
        guard frame.dataSet != run.current, let union = run.union else { return frame }
        var result = frame
        for (position, column) in schema.columns.enumerated() {
            if case .row(let entity) = column.type, case .row(let rows) = frame.columns[position] {
                result.columns[position] = .row(
                    union.translated(rows, entity: entity, from: frame.dataSet))
            }
        }
        // A listing of another snapshot's rows keeps them until its columns are chosen.
        if schema.entity == nil { result.dataSet = run.current; result.rows = nil }
        return result
    }

    /// Runs the body over each partition's batches; results in partition order.
    func parallel<R: Sendable>(_ batches: [Stream.Batch],
                               _ body: @Sendable ([Stream.Batch]) throws -> R) throws -> [R] {
        run.batches.plan(batches.count)
        let count = batches.count < 2 * Executor.partitions ? 1 : Executor.partitions
        let parts = (0..<count).map { part in
            Array(batches[batches.count * part / count..<batches.count * (part + 1) / count])
        }
        guard count > 1, run.threads > 1 else { return try parts.map(body) }
        let results = Mutex<[Int: Result<R, any Error>]>([:])
        DispatchQueue.concurrentPerform(iterations: count) { part in
            let result = Result { try body(parts[part]) }
            results.withLock { $0[part] = result }
        }
        return try results.withLock { found in
            try (0..<count).compactMap { try found[$0]?.get() }
        }
    }

    func filter(_ frame: Frame, _ condition: Scalar) throws -> Frame {
        let mask = try Evaluator(run).mask(condition, frame)
        guard frame.totals != nil else { return frame.gathered(Mask.positions(mask)) }
        // A total was made of the rows it was made of; a condition does not judge it.
        let kept = (0..<frame.count).filter { mask[$0] == 1 || frame.isTotal($0) }
        return frame.gathered(kept.map { Int32($0) })
    }

    func project(_ frame: Frame, _ keep: [Int], _ add: [Scalar], totalsFrame: Frame? = nil) throws
        -> Frame {
        let evaluator = Evaluator(run, totalsFrame: totalsFrame)
        var result = frame
        var kept = keep.map { frame.columns[$0] }
        for scalar in add { kept.append(try evaluator.evaluate(scalar, frame)) }
        result.columns = kept
        if let totals = frame.totals {
            // The marks are by column position: move them with their columns.
            result.totals = totals.map { mark in
                var moved: UInt32 = mark & Executor.formerKeys
                for (to, from) in keep.enumerated() where mark & Executor.mark(from) != 0 {
                    moved |= Executor.mark(to)
                }
                // A total whose key is no longer shown is a total all the same.
                return mark != 0 && moved == 0 ? Executor.formerKeys : moved
            }
        }
        return result
    }

    /// The mark of a total over the key at a column position.
    static func mark(_ column: Int) -> UInt32 { column < 31 ? 1 << UInt32(column) : 0 }
    static let formerKeys: UInt32 = 1 << 31

    func sort(_ frame: Frame, _ terms: [SortTerm]) throws -> Frame {
        let evaluator = Evaluator(run)
        let keys = try terms.map { term in
            OrderedValues(try evaluator.evaluate(term.value, frame), term.value.type,
                          isDescending: term.isDescending)
        }
        let (ordinary, totals) = frame.partition
        return frame.gathered(OrderedValues.sorted(ordinary, by: keys) + totals)
    }

    func limit(_ frame: Frame, _ count: Int, _ by: [Scalar]) throws -> Frame {
        let (ordinary, totals) = frame.partition
        guard !by.isEmpty else {
            return frame.gathered(Array(ordinary.prefix(count)) + totals)
        }
        let groups = try self.groups(frame, by)
        var taken: [Int32: Int] = [:]
        let kept = ordinary.filter { position in
            let group = groups[Int(position)]
            taken[group, default: 0] += 1
            return taken[group, default: 0] <= count
        }
        return frame.gathered(kept + totals)
    }

    /// A number for each row by the values of some expressions.
    func groups(_ frame: Frame, _ by: [Scalar]) throws -> [Int32] {
        guard !by.isEmpty else { return [Int32](repeating: 0, count: frame.count) }
        let evaluator = Evaluator(run)
        let vectors = try by.map { try evaluator.evaluate($0, frame) }
        var index = GroupIndex(by.map(\.type), sizes: by.map { _ in nil })
        return index.groups(of: vectors, count: frame.count)
    }
}
