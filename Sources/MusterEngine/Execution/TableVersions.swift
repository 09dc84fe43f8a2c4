import Synchronization

/// Tells every kept table from all others of its name.
enum TableVersions {
    private static let last = Atomic<Int>(0)

    static func next() -> Int { last.add(1, ordering: .relaxed).newValue }
}
