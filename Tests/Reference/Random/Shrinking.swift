/// Makes a failing query and its snapshot as small as they still fail in the same way.
package struct Shrinking {
    package private(set) var book: Book
    package private(set) var text: String
    package private(set) var verdict: Trial.Verdict
    private let judge: (Book, String) -> Trial.Verdict
    private var attempts: Int

    /// `judge` answers the query on the book by both sides; it is asked `attempts` times at most.
    package static func shrunk(_ book: Book, _ text: String, _ verdict: Trial.Verdict,
                              attempts: Int = 600,
                              judge: @escaping (Book, String) -> Trial.Verdict) -> Shrinking {
        var shrinking = Shrinking(book: book, text: text, verdict: verdict, judge: judge,
                                  attempts: attempts)
        while shrinking.step() {}
        return shrinking
    }

    private mutating func step() -> Bool {
        for smaller in QueryEdits.smaller(text) where accepts(book, smaller) { return true }
        var isSmaller = dropped(\.people)
        isSmaller = dropped(\.service) || isSmaller
        isSmaller = dropped(\.teams) || isSmaller
        isSmaller = droppedUnits() || isSmaller
        if book.targets != nil { isSmaller = droppedTargets() || isSmaller }
        return isSmaller
    }

    private mutating func accepts(_ book: Book, _ text: String) -> Bool {
        guard attempts > 0 else { return false }
        attempts -= 1
        let now = judge(book, text)
        guard now.isLike(verdict) else { return false }
        (self.book, self.text, verdict) = (book, text, now)
        return true
    }

    /// Leaves out runs of rows, halves first.
    private mutating func dropped<Row>(_ rows: WritableKeyPath<Book, [Row]>) -> Bool {
        var isSmaller = false
        var size = book[keyPath: rows].count
        while size > 0 {
            var start = 0
            while start < book[keyPath: rows].count {
                var smaller = book
                let end = min(start + size, smaller[keyPath: rows].count)
                smaller[keyPath: rows].removeSubrange(start..<end)
                smaller.dropOrphans()
                if accepts(smaller, text) { isSmaller = true } else { start += size }
            }
            size /= 2
        }
        return isSmaller
    }

    private mutating func droppedUnits() -> Bool {
        var isSmaller = false
        for unit in book.units.reversed() {
            let isUsed = book.units.contains { $0.parent == unit.id }
            guard !isUsed, book.units.count > 1 else { continue }
            var smaller = book
            smaller.units.removeAll { $0.id == unit.id }
            smaller.dropOrphans()
            if accepts(smaller, text) { isSmaller = true }
        }
        return isSmaller
    }

    private mutating func droppedTargets() -> Bool {
        var isSmaller = false
        for place in (book.targets ?? []).indices.reversed() {
            var smaller = book
            smaller.targets?.remove(at: place)
            if accepts(smaller, text) { isSmaller = true }
        }
        return isSmaller
    }
}

extension Book {
    /// Leaves out rows whose unit or person is gone.
    fileprivate mutating func dropOrphans() {
        let known = Set(units.flatMap { [$0.id] + $0.formerly })
        people.removeAll { !known.contains($0.unit) }
        teams.removeAll { !known.contains($0.unit) }
        targets?.removeAll { $0.unit.map { !known.contains($0) } ?? false }
        let persons = Set(people.map(\.id))
        service.removeAll { !persons.contains($0.member) }
    }
}
