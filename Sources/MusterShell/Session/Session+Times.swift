import Foundation
import MusterBinding
import MusterDiagnostics
import MusterEngine
import MusterPlan

extension Session {
    /// Says how long the steps of a query took. Steps that were carried out in one pass stand on
    /// one line, as they were written.
    func say(_ times: StageTimes, of plan: Plan, _ binder: Binder) {
        var left = times.taken[...], written: [Message] = [], lines: [Message] = []
        let explanation = Explanation(environment, Executor(newRun()))
        for step in plan.chain.reversed() {
            let isSource = step.input == nil && step.branches.isEmpty
            let stage = isSource ? explanation.describe(step) : binder.stage(of: step)
            if let stage, stage != written.last { written.append(stage) }
            // What lists an entity's columns is no step of the text.
            let isLast = step == plan
            guard let (taken, time) = left.first, taken == step || isLast else { continue }
            left.removeFirst()
            lines.append(Message(
                zh: "  \(time.shown) 秒  " + written.map(\.zh).joined(separator: " | "),
                en: "  \(time.shown) s  " + written.map(\.en).joined(separator: " | ")))
            written = []
        }
        let masked = environment.domain.words.sensitive.masked
        for line in lines { say(Message(zh: masked(line.zh), en: masked(line.en))) }
    }
}

extension Duration {
    /// Seconds, with three places.
    var shown: String {
        String(format: "%.3f", Double(components.seconds) + Double(components.attoseconds) / 1e18)
    }
}
