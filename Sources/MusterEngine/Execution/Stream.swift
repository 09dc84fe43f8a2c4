import MusterStore

/// A scan and the filters and projections above it, run batch by batch without ever holding all
/// rows: what the rows pass through before they are grouped or gathered.
struct Stream: Sendable {
    struct Batch: Sendable {
        let instant: Instant
        let rows: Range<Int32>
    }
    private let entity: String
    private let condition: Scalar?
    /// Bottom-up.
    private let steps: [Plan]
    private let hasPeriod: Bool
    private let run: Run
    let batches: [Batch]
    let schema: Schema

    /// Nil where something below is not a scan, filter or projection.
    init?(_ plan: Plan, _ run: Run) throws {
        var steps: [Plan] = []
        var current = plan
        while true {
            switch current.node {
            case .filter(let input, let condition):
                guard !condition.hasColumnTotal else { return nil }
                steps.append(current)
                current = input
            case .project(let input, _, let add):
                guard !add.contains(where: \.hasColumnTotal) else { return nil }
                steps.append(current)
                current = input
            case .scan(let entity, let condition, let instants):
                try self.init(entity, condition, instants, Array(steps.reversed()),
                              current.schema, plan.schema, run)
                return
            default: return nil
            }
        }
    }

    init(scanOnly plan: Plan, _ run: Run) throws {
        guard case .scan(let entity, let condition, let instants) = plan.node else {
            preconditionFailure("not a scan")
        }
        try self.init(entity, condition, instants, [], plan.schema, plan.schema, run)
    }

    private init(_ entity: String, _ condition: Scalar?, _ instants: [Instant], _ steps: [Plan],
                 _ scanSchema: Schema, _ schema: Schema, _ run: Run) throws {
        self.entity = entity
        self.condition = condition
        self.steps = steps
        self.run = run
        self.schema = schema
        hasPeriod = !scanSchema.columns.isEmpty
        var batches: [Batch] = []
        for instant in instants {
            try run.dataSets[instant.dataSet].prepare(entity, run)
            let count = run.dataSets[instant.dataSet].rowCount(entity)
            for start in stride(from: 0, to: count, by: Executor.batchSize) {
                let end = min(count, start + Executor.batchSize)
                batches.append(Batch(instant: instant, rows: Int32(start)..<Int32(end)))
            }
        }
        self.batches = batches
        self.emptyBatches = instants.map { Batch(instant: $0, rows: 0..<0) }
    }

    private let emptyBatches: [Batch]

    /// Works out what all batches of an instant share (aggregates of related rows), so that two
    /// workers do not both do it.
    func prepare() throws -> [Frame] { try emptyBatches.map { try frame($0) } }

    /// The frame of a source without any row.
    var emptyFrame: Frame {
        Frame(count: 0, columns: schema.columns.map { $0.type.nones(0) }, rows: .list([]),
              days: .same(emptyBatches.first?.instant.day ?? 0), dataSet: 0)
    }

    /// One batch, through every step.
    func frame(_ batch: Batch) throws -> Frame {
        try run.checkCancelled()
        defer { if !batch.rows.isEmpty { run.batches.finishOne() } }
        let evaluator = Evaluator(run)
        var frame = Frame(
            count: batch.rows.count, columns: [], rows: .range(batch.rows),
            days: .same(batch.instant.day), dataSet: batch.instant.dataSet)
        if let condition {
            let mask = try evaluator.mask(condition, frame)
            let kept = Mask.select(mask, base: batch.rows.lowerBound)
            frame.rows = .list(kept)
            frame.count = kept.count
        }
        if hasPeriod {
            frame.columns = [.day([Int32](repeating: batch.instant.period ?? None.day,
                                          count: frame.count))]
        }
        let executor = Executor(run)
        for step in steps {
            switch step.node {
            case .filter(_, let condition): frame = try executor.filter(frame, condition)
            case .project(_, let keep, let add): frame = try executor.project(frame, keep, add)
            default: break
            }
        }
        return frame
    }
}

extension Scalar {
    var hasColumnTotal: Bool {
        if case .columnTotal = node { return true }
        return parts.contains(where: \.hasColumnTotal)
    }
}
