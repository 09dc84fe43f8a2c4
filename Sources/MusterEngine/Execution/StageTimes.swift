import MusterPlan
import Synchronization

/// How long the steps of one plan took, each without those before it. What a step has worked out
/// beside its input (a query within a condition) is part of it.
package final class StageTimes: Sendable {
    private struct State {
        /// Those that have begun, the last step first, with what the ones before them took.
        var open: [(plan: Plan, before: Duration)] = []
        var taken: [(plan: Plan, time: Duration)] = []
    }

    private let state = Mutex(State())

    package init() {}

    /// In the order in which they ended: the source first.
    package var taken: [(plan: Plan, time: Duration)] { state.withLock { $0.taken } }

    /// Carries out the body, and counts it where the plan is the whole or what goes into the step
    /// that began last.
    func measuring<R>(_ plan: Plan, _ body: () throws -> R) throws -> R {
        let isStep = state.withLock { state in
            let isNext = state.open.last.map { $0.plan.input == plan } ?? state.taken.isEmpty
            if isNext { state.open.append((plan, .zero)) }
            return isNext
        }
        guard isStep else { return try body() }
        let clock = ContinuousClock(), start = clock.now
        defer {
            let took = clock.now - start
            state.withLock { state in
                let own = state.open.removeLast()
                state.taken.append((plan, took - own.before))
                if let last = state.open.indices.last { state.open[last].before += took }
            }
        }
        return try body()
    }
}
