extension Array {
    /// Takes out the elements at `dead` (ascending, without repeats), in place.
    mutating func remove(at dead: UnsafeBufferPointer<Int32>) {
        guard !dead.isEmpty else { return }
        withUnsafeMutableBufferPointer { values in
            guard let base = values.baseAddress else { return }
            var write = Int(dead[0])
            for (index, hole) in dead.enumerated() {
                let start = Int(hole) + 1
                let end = index + 1 < dead.count ? Int(dead[index + 1]) : values.count
                (base + write).update(from: base + start, count: end - start)
                write += end - start
            }
        }
        removeLast(dead.count)
    }
}

extension LoadedColumn {
    mutating func remove(at dead: UnsafeBufferPointer<Int32>) {
        switch self {
        case .short(var values):
            self = .byte([])
            values.remove(at: dead)
            self = .short(values)
        case .long(var values):
            self = .byte([])
            values.remove(at: dead)
            self = .long(values)
        case .byte(var values):
            self = .short([])
            values.remove(at: dead)
            self = .byte(values)
        }
    }
}

/// Rows that were turned away, and what becomes of the numbers of the others.
struct RowRenumbering {
    /// By old row: the new one, or -1.
    let rows: [Int32]
    /// The old rows turned away, ascending.
    let dead: [Int32]

    init(rowCount: Int, dead: [Int32]) {
        self.dead = dead
        var rows: [Int32] = []
        rows.reserveCapacity(rowCount)
        var next = 0
        for row in 0..<Int32(rowCount) {
            if next < dead.count, dead[next] == row {
                next += 1
                rows.append(-1)
            } else {
                rows.append(row - Int32(next))
            }
        }
        self.rows = rows
    }

    subscript(row: Int32) -> Int32 { row < 0 ? row : rows[Int(row)] }
}
