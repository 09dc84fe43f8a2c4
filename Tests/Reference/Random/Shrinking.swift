/// Makes a failing query and its snapshots as small as they still fail in the same way.
package struct Shrinking {
    package private(set) var shelf: Shelf
    package private(set) var text: String
    package private(set) var verdict: Trial.Verdict
    private let judge: (Shelf, String) -> Trial.Verdict
    private var attempts: Int

    /// `judge` answers the query on the books by both sides; it is asked `attempts` times at most.
    package static func shrunk(_ shelf: Shelf, _ text: String, _ verdict: Trial.Verdict,
                              attempts: Int = 600,
                              judge: @escaping (Shelf, String) -> Trial.Verdict) -> Shrinking {
        var shrinking = Shrinking(shelf: shelf, text: text, verdict: verdict, judge: judge,
                                  attempts: attempts)
        while shrinking.step() {}
        return shrinking
    }

    private mutating func step() -> Bool {
        for smaller in QueryEdits.smaller(text) where accepts(shelf, smaller) { return true }
        var isSmaller = droppedBooks()
        for book in shelf.books.indices {
            isSmaller = dropped(book, \.people) || isSmaller
            isSmaller = dropped(book, \.service) || isSmaller
            isSmaller = dropped(book, \.teams) || isSmaller
            isSmaller = droppedUnits(book) || isSmaller
            isSmaller = droppedTargets(book) || isSmaller
        }
        return droppedLines() || isSmaller
    }

    /// Leaves out lines of the files, one after the other.
    private mutating func droppedLines() -> Bool {
        var isSmaller = false
        for file in shelf.files.indices {
            for row in shelf.files[file].rows.indices.reversed() {
                var smaller = shelf
                smaller.files[file].rows.remove(at: row)
                if accepts(smaller, text) { isSmaller = true }
            }
        }
        return isSmaller
    }

    private mutating func accepts(_ shelf: Shelf, _ text: String) -> Bool {
        guard attempts > 0 else { return false }
        attempts -= 1
        let now = judge(shelf, text)
        guard now.isLike(verdict) else { return false }
        (self.shelf, self.text, verdict) = (shelf, text, now)
        return true
    }

    private mutating func droppedBooks() -> Bool {
        var isSmaller = false
        for book in shelf.books.reversed() where shelf.books.count > 1 {
            var smaller = shelf
            smaller.books.removeAll { $0.asOf == book.asOf }
            if book.asOf == shelf.current { smaller.current = smaller.books[0].asOf }
            if accepts(smaller, text) { isSmaller = true }
        }
        return isSmaller
    }

    /// Leaves out runs of rows, halves first.
    private mutating func dropped<Row>(_ book: Int, _ rows: WritableKeyPath<Book, [Row]>) -> Bool {
        var isSmaller = false
        var size = shelf.books[book][keyPath: rows].count
        while size > 0 {
            var start = 0
            while start < shelf.books[book][keyPath: rows].count {
                var smaller = shelf
                let end = min(start + size, smaller.books[book][keyPath: rows].count)
                smaller.books[book][keyPath: rows].removeSubrange(start..<end)
                smaller.books[book].dropOrphans()
                if accepts(smaller, text) { isSmaller = true } else { start += size }
            }
            size /= 2
        }
        return isSmaller
    }

    private mutating func droppedUnits(_ book: Int) -> Bool {
        var isSmaller = false
        for unit in shelf.books[book].units.reversed() {
            let isUsed = shelf.books[book].units.contains { below in
                below.parent.map { ([unit.id] + unit.formerly).contains($0) } ?? false
            }
            guard !isUsed, shelf.books[book].units.count > 1 else { continue }
            var smaller = shelf
            smaller.books[book].units.removeAll { $0.id == unit.id }
            smaller.books[book].dropOrphans()
            if accepts(smaller, text) { isSmaller = true }
        }
        return isSmaller
    }

    private mutating func droppedTargets(_ book: Int) -> Bool {
        var isSmaller = false
        for place in (shelf.books[book].targets ?? []).indices.reversed() {
            var smaller = shelf
            smaller.books[book].targets?.remove(at: place)
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
