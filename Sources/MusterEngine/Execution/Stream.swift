import MusterDiagnostics
import MusterPlan
import MusterStore

/// A scan and the filters and projections above it, run batch by batch without ever holding all
/// rows: what the rows pass through before they are grouped or gathered.
struct Stream: Sendable {
    struct Batch: Sendable {
        let place: Place
        let period: Int32?
        let rows: Range<Int32>
    }
    private let scan: Scan
    /// Bottom-up.
    private let steps: [Plan]
    private let run: Run
    let batches: [Batch]
    let schema: Schema
    private let emptyBatches: [Batch]

    /// Nil where something below is not a scan, filter or projection.
    /// `place`: where it is read instead of where the scan says, which may be in a data set that
    /// only a kept table holds.
    init?(_ plan: Plan, _ run: Run, at place: Place? = nil) throws {
        var steps: [Plan] = []
        var current = plan
        while true {
            switch current.node {
            case .filter(let input, let condition):
                guard !condition.hasColumnTotal else { return nil }
                steps.append(current)
                current = input
            case .project(let input, let values):
                guard !values.contains(where: \.hasColumnTotal) else { return nil }
                steps.append(current)
                current = input
            case .scan(let scan):
                self.scan = scan
                self.steps = steps.reversed()
                self.run = run
                schema = plan.schema
                (batches, emptyBatches) = try Stream.batches(scan, run, place)
                return
            default: return nil
            }
        }
    }

    private static func batches(_ scan: Scan, _ run: Run, _ other: Place?) throws
        -> ([Batch], [Batch]) {
        guard !scan.readings.isEmpty else {
            throw Diagnostic("snapshot.none", Message(
                zh: "还没有装载快照", en: "no snapshot is loaded"),
                hint: Message(zh: "先写：装载 \"文件夹\"", en: "first load \"FOLDER\""))
        }
        var batches: [Batch] = [], empty: [Batch] = []
        for reading in scan.readings {
            let place = try other ?? run.universe.place(reading)
            let data = run.universe.dataSets[place.dataSet]
            try data.prepare(scan.entity, run)
            let count = data.rowCount(scan.entity)
            for start in stride(from: 0, to: count, by: Executor.batchSize) {
                let end = min(count, start + Executor.batchSize)
                batches.append(Batch(place: place, period: reading.period,
                                     rows: Int32(start)..<Int32(end)))
            }
            empty.append(Batch(place: place, period: reading.period, rows: 0..<0))
        }
        return (batches, empty)
    }

    /// Works out what all batches of a reading share (aggregates of related rows), so that two
    /// workers do not both do it.
    func prepare() throws -> [Frame] { try emptyBatches.map { try frame($0) } }

    /// The frame of a source without any row.
    var emptyFrame: Frame {
        Frame(count: 0, ids: schema.columns.map(\.id),
              columns: schema.columns.map { $0.type.nones(0) }, rows: .list([]),
              places: .same(emptyBatches.first?.place ?? run.usual))
    }

    /// One batch, through every step.
    func frame(_ batch: Batch) throws -> Frame {
        try run.checkCancelled()
        defer { if !batch.rows.isEmpty { run.batches.finishOne() } }
        var frame = Frame(count: batch.rows.count, ids: [], columns: [], rows: .range(batch.rows),
                          places: .same(batch.place), isLocal: true)
        if let condition = scan.condition {
            let mask = try Evaluator(run).mask(condition, frame)
            let kept = Mask.select(mask, base: batch.rows.lowerBound)
            frame.rows = .list(kept)
            frame.count = kept.count
        }
        if let period = scan.period {
            frame.append(period, .day([Int32](repeating: batch.period ?? None.day,
                                              count: frame.count)))
        }
        let executor = Executor(run)
        for step in steps {
            switch step.node {
            case .filter(_, let condition): frame = try executor.filter(frame, condition)
            case .project(_, let values):
                frame = try executor.project(frame, step.schema, values)
            default: break
            }
        }
        return frame
    }
}
