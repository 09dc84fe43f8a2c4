import MusterPlan
import MusterStore
import Synchronization

/// What statements have worked out of the same data, read at the same day, for those behind them:
/// a script asks for the same counts in its texts, conditions and tables.
package final class Recollection: Sendable {
    private struct Kept {
        let universe: Universe
        let usual: Place
        let memory: Memory
    }
    private let kept = Mutex<Kept?>(nil)
    /// How many values are kept from one statement to the next: 256 MB of numbers.
    private static let values = 1 << 25

    package init() {}

    /// What is known of that data; nothing, where other data was read before.
    func memory(of universe: Universe, at usual: Place) -> Memory {
        kept.withLock { kept in
            guard let kept, kept.universe === universe, kept.usual == usual else { return Memory() }
            return kept.memory
        }
    }

    func keep(_ memory: Memory, of universe: Universe, at usual: Place) {
        let memory = memory.values > Recollection.values ? memory.ofGroups : memory
        kept.withLock { $0 = Kept(universe: universe, usual: usual, memory: memory) }
    }
}

extension Memory {
    /// About how many values it holds that stand for rows of the data.
    fileprivate var values: Int {
        [paths.values.map(\.count), related.values.map(\.count), rowSets.values.map(\.count),
         parts.values.map(\.count), tests.values.map(\.count), matchTexts.values.map(\.count)]
            .joined().reduce(0, +)
    }

    /// The groups alone, which are few.
    fileprivate var ofGroups: Memory {
        var memory = Memory()
        memory.grouped = grouped
        return memory
    }
}

extension Run {
    /// Leaves what it worked out to the statements behind it. Where a function could not convert
    /// a value, they work it out anew, for each says so.
    package func handOn() {
        guard let recollection, losses.isEmpty, (try? checkSound()) != nil else { return }
        var memory = memory.withLock { $0 }
        memory.hasGuessedWrong = false
        recollection.keep(memory, of: universe, at: usual)
    }
}
