import Dispatch
import MusterDiagnostics
import MusterEngine
import Synchronization

/// Makes beside what the user types what the first Tab would otherwise have to: the rules of pinyin
/// are read, and a snapshot's names are indexed.
final class NamesAhead: Sendable {
    private struct Begun {
        weak var data: DataSet?
        var hasRules = false
    }
    private let begun = Mutex(Begun())
    private let group = DispatchGroup()
    private let isOver = Atomic(false)

    /// Begins with what is missing, once a snapshot.
    func make(_ environment: Environment) {
        let data = environment.data, tree = environment.domain.tree
        let isNew = begun.withLock { begun in
            defer { begun = Begun(data: data, hasRules: true) }
            return !begun.hasRules || begun.data !== data
        }
        guard isNew else { return }
        DispatchQueue.global(qos: .utility).async(group: group) {
            Pinyin.learn(["中"])
            guard let data, let tree else { return }
            _ = NameIndex.of(data, tree) { self.isOver.load(ordering: .relaxed) }
        }
    }

    func wait() { group.wait() }

    /// What is not done by now is given up: no thread outlives what it reads.
    func end() {
        isOver.store(true, ordering: .relaxed)
        wait()
    }
}
