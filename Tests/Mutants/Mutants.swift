import Glibc

/// Changes that are compiled into the program beside what they change (`scripts/mutants`), and the
/// one of them that is switched on: its number stands in `MUSTER_MUTANT`.
public enum Mutants {
    /// The change that is made in this run; -1 for none.
    @usableFromInline static let on = getenv("MUSTER_MUTANT").flatMap { Int(String(cString: $0)) }
        ?? -1

    /// A byte a change: 1 where the program came by, 3 where it would have made a difference
    /// there. `MUSTER_MUTANTS_SEEN` names the file that they are kept in, whatever ends the program.
    @usableFromInline nonisolated(unsafe) static let seen: UnsafeMutablePointer<UInt8> = {
        let size = 1 << 16
        let file = getenv("MUSTER_MUTANTS_SEEN").map { open($0, O_RDWR | O_CREAT, 0o600) } ?? -1
        let isKept = file >= 0 && ftruncate(file, size) == 0
        let memory = mmap(nil, size, PROT_READ | PROT_WRITE,
                          isKept ? MAP_SHARED : MAP_PRIVATE | MAP_ANONYMOUS, isKept ? file : -1, 0)
        guard let memory, memory != MAP_FAILED else { fatalError("no memory to note changes in") }
        return memory.assumingMemoryBound(to: UInt8.self)
    }()

    /// Whether the change is made; `differs` says whether it gives another value here and now.
    @inlinable public static func isOn(_ number: Int, _ differs: Bool = true) -> Bool {
        seen[number] |= differs ? 3 : 1
        return number == on
    }
}

@inlinable public func mutated<T: ExpressibleByIntegerLiteral>(_ number: Int, _ before: T,
                                                               _ after: T) -> T {
    Mutants.isOn(number) ? after : before
}

@inlinable public func mutatedTruth(_ number: Int, _ before: Bool) -> Bool {
    Mutants.isOn(number) != before
}

@inlinable public func mutatedMin<T: Comparable>(_ number: Int, _ a: T, _ b: T) -> T {
    Mutants.isOn(number, a != b) ? max(a, b) : min(a, b)
}

@inlinable public func mutatedMax<T: Comparable>(_ number: Int, _ a: T, _ b: T) -> T {
    Mutants.isOn(number, a != b) ? min(a, b) : max(a, b)
}

extension Sequence where Element: Comparable {
    @inlinable public func mutatedMin(_ number: Int) -> Element? {
        Mutants.isOn(number) ? self.max() : self.min()
    }

    @inlinable public func mutatedMax(_ number: Int) -> Element? {
        Mutants.isOn(number) ? self.min() : self.max()
    }
}
