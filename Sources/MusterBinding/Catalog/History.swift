import MusterPlan

/// Which of the loaded snapshots says what was so at an earlier day.
package enum History: Sendable, Hashable, CaseIterable {
    /// The current one, looking back from its own day.
    case current
    /// The last one at or before the day; where there is none, the first looks back.
    case snapshots
}

extension Catalog {
    /// Where a day is read, of the loaded snapshots; nil where none is loaded. What happened
    /// between a snapshot and a later day at which it is read is not known.
    package func reading(at day: Int32, period: Int32? = nil, isRunning: Bool = false)
        -> Reading? {
        guard let data else { return nil }
        let snapshot = switch history {
        case .current: data.asOf
        case .snapshots: snapshots.last { $0.asOf <= day }?.asOf ?? snapshots[0].asOf
        }
        return Reading(snapshot: snapshot, day: day, period: period, isRunning: isRunning)
    }
}
