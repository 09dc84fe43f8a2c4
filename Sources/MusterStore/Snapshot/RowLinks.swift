/// Rows of a table that refer to rows of the same table, one of the fields as their parent.
struct RowLinks {
    struct Link {
        let field: String
        /// By row: the row referred to, -1 none, -2 unknown.
        var targets: [Int32]
    }
    struct Fault: Hashable {
        let row: Int32
        let field: String
        let reason: RejectReason
    }

    var links: [Link]
    /// Which of the links must form a forest.
    let parent: Int?
    let rowCount: Int
    private var faults: [Int32: Fault] = [:]

    init(_ links: [Link], parent: Int?, rowCount: Int) {
        self.links = links
        self.parent = parent
        self.rowCount = rowCount
    }

    /// The rows to turn away, ascending: those that refer to nothing, those in a cycle of
    /// parents, and whatever refers to a row turned away.
    mutating func findFaults() -> [Fault] {
        for link in links {
            for row in 0..<rowCount where link.targets[row] == -2 {
                note(Fault(row: Int32(row), field: link.field, reason: .unknownReference))
            }
        }
        spread(from: Array(faults.keys))
        let cycles = rowsInCycles()
        spread(from: cycles)
        return faults.values.sorted { $0.row < $1.row }
    }

    private mutating func note(_ fault: Fault) {
        if faults[fault.row] == nil { faults[fault.row] = fault }
    }

    /// Turns away what refers to these rows, and so on.
    private mutating func spread(from rows: [Int32]) {
        guard !rows.isEmpty else { return }
        for link in links.indices {
            // Rows by their target: those of target t stand at order[starts[t]..<starts[t + 1]].
            var starts = [Int32](repeating: 0, count: rowCount + 1)
            for target in links[link].targets where target >= 0 { starts[Int(target) + 1] += 1 }
            for row in 0..<rowCount { starts[row + 1] += starts[row] }
            var next = starts
            var order = [Int32](repeating: 0, count: Int(starts[rowCount]))
            for row in 0..<rowCount {
                let target = Int(links[link].targets[row])
                guard target >= 0 else { continue }
                order[Int(next[target])] = Int32(row)
                next[target] += 1
            }
            referrers.append((starts, order))
        }
        defer { referrers = [] }
        var waiting = rows
        while let row = waiting.popLast() {
            for (link, (starts, order)) in referrers.enumerated() {
                for place in starts[Int(row)]..<starts[Int(row) + 1] {
                    let child = order[Int(place)]
                    guard faults[child] == nil else { continue }
                    note(Fault(row: child, field: links[link].field, reason: .unknownReference))
                    waiting.append(child)
                }
            }
        }
    }
    private var referrers: [(starts: [Int32], order: [Int32])] = []

    /// Notes the rows whose parents lead back to themselves.
    private mutating func rowsInCycles() -> [Int32] {
        guard let parent else { return [] }
        let parents = links[parent].targets
        var found: [Int32] = []
        // 0 not seen; else the number of the walk that saw it.
        var walks = [Int32](repeating: 0, count: rowCount)
        for start in 0..<Int32(rowCount) where walks[Int(start)] == 0 {
            let walk = start + 1
            var row = start
            while row >= 0, walks[Int(row)] == 0 {
                walks[Int(row)] = walk
                row = parents[Int(row)]
            }
            guard row >= 0, walks[Int(row)] == walk, faults[row] == nil else { continue }
            let first = row
            repeat {
                note(Fault(row: row, field: links[parent].field, reason: .cycle))
                found.append(row)
                row = parents[Int(row)]
            } while row != first
        }
        return found
    }

    /// Fills values that are `none` from the nearest ancestor that has one.
    static func inherit(_ values: inout [Int32], none: Int32, parents: [Int32]) {
        var isSettled = values.map { $0 != none }
        var path: [Int] = []
        for row in values.indices where !isSettled[row] {
            path.removeAll(keepingCapacity: true)
            var above = row
            while above >= 0, !isSettled[above] {
                path.append(above)
                above = Int(parents[above])
            }
            let value = above >= 0 ? values[above] : none
            for place in path {
                values[place] = value
                isSettled[place] = true
            }
        }
    }
}
