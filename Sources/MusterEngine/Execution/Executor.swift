import Dispatch
import MusterDiagnostics
import MusterPlan
import MusterStore
import Synchronization

/// Carries out plans. Scans run in batches on as many workers as the run has threads; the parts
/// are put together in the order of the batches, so that no answer depends on their number.
package struct Executor: Sendable {
    let run: Run

    package init(_ run: Run) { self.run = run }

    static let batchSize = 16_384

    /// All rows of a plan.
    package func execute(_ plan: Plan) throws -> Frame {
        guard let times = run.times else { return try rows(plan) }
        return try times.measuring(plan) { try rows(plan) }
    }

    private func rows(_ plan: Plan) throws -> Frame {
        if let rows = try remoteRows(plan) { return rows }
        if let stream = try Stream(plan, run) { return try collect(stream) }
        switch plan.node {
        case .scan: preconditionFailure("a scan is a stream")
        case .table(let scan): return try self.table(scan, plan.schema)
        case .one(let reading):
            var unit = Frame.unit(try reading.map { try run.universe.place($0) } ?? run.usual)
            unit.isLocal = false
            return unit
        case .aggregate: return try aggregate(plan).frame
        case .totals: return try totals(plan)
        case .pivot(let input, let pivot): return try self.pivot(try execute(input), pivot, input)
        case .filter(let input, _), .project(let input, _), .sort(let input, _),
             .limit(let input, _, _), .window(let input, _):
            return try apply(plan, to: try execute(input))
        }
    }

    /// A kept or plain table's rows, once for each reading where there are any.
    private func table(_ scan: TableScan, _ schema: Schema) throws -> Frame {
        let frame = try run.frame(scan.table)
        guard !scan.readings.isEmpty else { return try identified(frame, schema) }
        try run.checkCells(rows: frame.count * scan.readings.count, columns: frame.ids.count)
        let parts = try scan.readings.map { reading -> Frame in
            try run.checkCancelled()
            var part = frame
            part.places = .same(try run.universe.place(reading))
            if scan.period != nil {
                part.columns.insert(.day([Int32](repeating: reading.period ?? None.day,
                                                 count: frame.count)), at: 0)
            }
            part.ids = schema.columns.map(\.id)
            return part
        }
        return try Frame.concatenated(parts, run) ?? frame
    }

    /// One stage on the frame that its input gave.
    func apply(_ stage: Plan, to frame: Frame) throws -> Frame {
        switch stage.node {
        case .filter(_, let condition): try filter(frame, condition)
        case .project(_, let values): try project(frame, stage.schema, values)
        case .sort(let input, let terms): try sort(frame, terms, input)
        case .limit(_, let count, let by): try limit(frame, count, by)
        case .window(_, let window): try self.window(frame, window)
        default: frame
        }
    }

    /// A kept table's frame under the identities that a plan gives its columns.
    private func identified(_ frame: Frame, _ schema: Schema) throws -> Frame {
        var result = frame
        result.ids = schema.columns.map(\.id)
        if let basis = frame.basis {
            result.basis = Basis(frame: try identified(basis.frame, schema),
                                 members: basis.members)
        }
        return result
    }

    /// The one value of a plan of one row and column; none where there is no row.
    func single(_ plan: Plan) throws -> Vector {
        let frame = try execute(plan)
        let shown = plan.schema.shown
        guard shown.count == 1, frame.count <= 1 else {
            throw Diagnostic("subquery.shape", Message(
                zh: "括号内的查询须只有一行一列，现有 \(frame.count) 行 \(shown.count) 列",
                en: "a query used as a value must give one row and one column, not "
                    + "\(frame.count) × \(shown.count)"))
        }
        let column = frame[shown[0].id] ?? shown[0].type.nones(frame.count)
        // Its first row; -1, none, where it has no row.
        return column.gathered([Int32(frame.count) - 1])
    }

    private func collect(_ stream: Stream) throws -> Frame {
        let tally = RowTally()
        let parts = try parallel(stream.batches) { batches in
            try batches.map { batch in
                let frame = united(try stream.frame(batch), stream.schema)
                try run.checkCells(rows: tally.add(frame.count), columns: frame.ids.count)
                return frame
            }
        }
        return try Frame.concatenated(parts.flatMap { $0 }, run) ?? stream.emptyFrame
    }

    /// A batch's columns of rows by the numbers that results use.
    private func united(_ frame: Frame, _ schema: Schema) -> Frame {
        var result = frame
        result.isLocal = false
        guard !run.universe.isTrivial, case .same(let place) = frame.places else { return result }
        for (position, column) in schema.columns.enumerated() {
            result.columns[position] = run.united(frame.columns[position], column.type,
                                                  from: place.dataSet)
        }
        return result
    }

    /// Runs the body over each part of the batches; results in the order of the parts.
    func parallel<R: Sendable>(_ batches: [Stream.Batch],
                               _ body: @Sendable ([Stream.Batch]) throws -> R) throws -> [R] {
        run.batches.plan(batches.count)
        let count = max(1, min(run.threads, batches.count / 2))
        let parts = (0..<count).map { part in
            Array(batches[batches.count * part / count..<batches.count * (part + 1) / count])
        }
        guard count > 1 else { return try parts.map(body) }
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
        guard frame.totals != nil else { return try frame.gathered(Mask.positions(mask), run) }
        // A total was made of the rows it was made of; a condition does not judge it.
        let kept = (0..<frame.count).filter { mask[$0] == 1 || frame.isTotal($0) }
        return try frame.gathered(kept.map { Int32($0) }, run)
    }

    /// The columns of a schema, computed. `totalsFrame`: what `total(x)` sums, where that is
    /// another frame's rows.
    func project(_ frame: Frame, _ schema: Schema, _ values: [Scalar], totalsFrame: Frame? = nil)
        throws -> Frame {
        let evaluator = Evaluator(run, totalsFrame: totalsFrame)
        var result = frame
        result.ids = schema.columns.map(\.id)
        result.columns = try values.map { try evaluator.evaluate($0, frame) }
        if let basis = frame.basis {
            result.basis = Basis(
                frame: try project(basis.frame, schema, values, totalsFrame: totalsFrame ?? frame),
                members: basis.members)
        }
        return result
    }

    func sort(_ frame: Frame, _ terms: [SortTerm], _ input: Plan? = nil) throws -> Frame {
        guard frame.blocks.isEmpty else {
            return try sorted(frame, Array(zip(terms, ordered(frame, terms)))) {
                input?.keysBehind($0.value)
            }
        }
        let (ordinary, totals) = frame.partition
        return try frame.gathered(
            try OrderedValues.sorted(ordinary, by: try ordered(frame, terms), run) + totals, run)
    }

    func ordered(_ frame: Frame, _ terms: [SortTerm]) throws -> [OrderedValues] {
        let evaluator = Evaluator(run)
        return try terms.map { term in
            try OrderedValues(try evaluator.evaluate(term.value, frame), term.value.type,
                              isDescending: term.isDescending, run)
        }
    }

    func limit(_ frame: Frame, _ count: Int, _ by: [Scalar]) throws -> Frame {
        let (ordinary, totals) = frame.partition
        guard !by.isEmpty else {
            return try frame.gathered(
                inPlace(Array(ordinary.prefix(count)), totals, frame), run)
        }
        let groups = try self.groups(frame, by)
        var taken: [Int32: Int] = [:], step = 0
        let kept = try ordinary.filter { position in
            try run.checkNow(&step)
            let group = groups[Int(position)]
            taken[group, default: 0] += 1
            return taken[group, default: 0] <= count
        }
        return try frame.gathered(inPlace(kept, totals, frame), run)
    }

    /// Ordinary rows and totals as they stand: subtotals between.
    private func inPlace(_ ordinary: [Int32], _ totals: [Int32], _ frame: Frame) -> [Int32] {
        frame.blocks.isEmpty ? ordinary + totals : (ordinary + totals).sorted()
    }

    /// A number for each row by the values of some expressions.
    func groups(_ frame: Frame, _ by: [Scalar]) throws -> [Int32] {
        guard !by.isEmpty else { return [Int32](repeating: 0, count: frame.count) }
        let evaluator = Evaluator(run)
        let vectors = try by.map { try evaluator.evaluate($0, frame) }
        var index = GroupIndex(by.map(\.type), sizes: by.map { _ in nil })
        return try index.groups(of: vectors, count: frame.count, check: run.checkCancelled)
    }
}
