/// The merged areas of a sheet, found by row and column.
struct SheetMerges: Sendable {
    /// Rows from 1, columns from 0, the last ones included.
    struct Area: Sendable {
        let top: UInt32, bottom: UInt32
        let left: UInt32, right: UInt32
    }

    private let areas: [Area]
    /// Of each row that has something in it: where its areas begin among `order`, by the column
    /// in which they do. Empty where there is no area.
    private var starts: [Int] = []
    private var order: [Int32] = []

    /// Areas over rows without anything, or the part of them that is, cost nothing.
    /// Nil past `SheetLimits.mergedRows`, as no program writes them.
    init?(_ areas: [Area], rows: [UInt32]) {
        self.areas = areas
        guard !areas.isEmpty else { return }
        let ranges = areas.map { area in
            let first = Self.first(rows, from: area.top)
            return first..<max(first, Self.first(rows, from: area.bottom + 1))
        }
        let sum = ranges.reduce(0) { $0 + $1.count }
        guard sum <= SheetLimits.mergedRows else { return nil }
        starts = [Int](repeating: 0, count: rows.count + 1)
        for range in ranges { for row in range { starts[row + 1] += 1 } }
        for row in rows.indices { starts[row + 1] += starts[row] }
        order = [Int32](repeating: 0, count: starts[rows.count])
        var next = starts
        for index in areas.indices.sorted(by: { areas[$0].left < areas[$1].left }) {
            for row in ranges[index] {
                order[next[row]] = Int32(index)
                next[row] += 1
            }
        }
    }

    var isEmpty: Bool { order.isEmpty }

    func area(_ row: Int, _ column: Int) -> Area? {
        guard !order.isEmpty else { return nil }
        var (low, high) = (starts[row], starts[row + 1])
        while low < high {
            let middle = (low + high) / 2
            if Int(areas[Int(order[middle])].left) <= column {
                low = middle + 1
            } else {
                high = middle
            }
        }
        guard low > starts[row] else { return nil }
        let area = areas[Int(order[low - 1])]
        return Int(area.right) >= column ? area : nil
    }

    /// The place of the area's first row, if it has something in it.
    func row(of area: Area, _ numbers: [UInt32]) -> Int? {
        let row = Self.first(numbers, from: area.top)
        return row < numbers.count && numbers[row] == area.top ? row : nil
    }

    /// The place of the first row numbered so or higher.
    private static func first(_ rows: [UInt32], from number: UInt32) -> Int {
        var (low, high) = (0, rows.count)
        while low < high {
            let middle = (low + high) / 2
            if rows[middle] < number { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
