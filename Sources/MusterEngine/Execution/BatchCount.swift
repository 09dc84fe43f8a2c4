import Synchronization

/// Counts the batches of an execution, those of queries within it included, for whoever follows
/// it. Any thread may count.
final class BatchCount: Sendable {
    private let planned = Atomic<Int>(0)
    private let finished = Atomic<Int>(0)
    private let report: @Sendable (_ done: Int, _ total: Int) -> Void

    init(_ report: @escaping @Sendable (Int, Int) -> Void) { self.report = report }

    func plan(_ batches: Int) { planned.add(batches, ordering: .relaxed) }

    func finishOne() {
        let (_, done) = finished.add(1, ordering: .relaxed)
        report(done, max(done, planned.load(ordering: .relaxed)))
    }
}
