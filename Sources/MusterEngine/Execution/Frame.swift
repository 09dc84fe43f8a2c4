import MusterPlan
import MusterStore

/// Rows in the making: a batch of a scan, or a whole intermediate result.
package struct Frame: Sendable {
    enum Rows: Sendable {
        case range(Range<Int32>)
        case list([Int32])

        func gathered(_ positions: [Int32]) -> Rows {
            switch self {
            case .range(let range): .list(positions.map { $0 < 0 ? -1 : range.lowerBound + $0 })
            case .list(let list): .list(positions.map { $0 < 0 ? -1 : list[Int($0)] })
            }
        }

        var numbers: [Int32] {
            switch self {
            case .range(let range): Array(range)
            case .list(let list): list
            }
        }
    }

    package var count: Int
    /// The identity of each column.
    var ids: [ColumnID]
    package var columns: [Vector]
    /// Rows of an entity, each by its number in the data set of its place; nil once grouped.
    var rows: Rows?
    var places: Places
    /// Whether rows in columns are numbered as in the data set of their place; else as in the
    /// union of all.
    var isLocal: Bool
    /// For each row the keys (by their place in the grouping) that it is a total over; nil: no
    /// totals.
    var totals: [UInt64]?
    /// For each row of a grouped result its group's number in the aggregation; a total's number
    /// is negative, below none's.
    var groups: [Int32]?
    /// What the totals were made of.
    var basis: Basis?
    /// Where there are subtotals: what they stand below, from the outermost groups to the inner.
    var blocks: [Blocks] = []

    init(count: Int, ids: [ColumnID], columns: [Vector], rows: Rows? = nil, places: Places,
         isLocal: Bool = false, totals: [UInt64]? = nil, groups: [Int32]? = nil) {
        self.count = count
        self.ids = ids
        self.columns = columns
        self.rows = rows
        self.places = places
        self.isLocal = isLocal
        self.totals = totals
        self.groups = groups
    }

    /// A frame of one row without columns: for constant expressions.
    static func unit(_ place: Place) -> Frame {
        Frame(count: 1, ids: [], columns: [], rows: .list([-1]), places: .same(place),
              isLocal: true)
    }

    /// A column's values; nil where the frame has no such column.
    subscript(id: ColumnID) -> Vector? { ids.firstIndex(of: id).map { columns[$0] } }

    mutating func append(_ id: ColumnID, _ vector: Vector) {
        ids.append(id)
        columns.append(vector)
    }

    func gathered(_ positions: [Int32]) -> Frame { gathered(positions) {} }

    /// The same, where there are many rows; throws where the run is interrupted.
    func gathered(_ positions: [Int32], _ run: Run) throws -> Frame {
        try gathered(positions, run.checkCancelled)
    }

    private func gathered(_ positions: [Int32], _ check: () throws -> Void) rethrows -> Frame {
        var frame = Frame(
            count: positions.count, ids: ids, columns: try columns.map {
                try check()
                return $0.gathered(positions)
            },
            rows: rows?.gathered(positions), places: places.gathered(positions),
            isLocal: isLocal,
            totals: totals.map { totals in positions.map { totals[Int($0)] } },
            groups: groups.map { groups in positions.map { groups[Int($0)] } })
        frame.basis = basis
        frame.blocks = blocks.map { $0.gathered(positions) }
        return frame
    }

    func isTotal(_ index: Int) -> Bool { (totals?[index] ?? 0) != 0 }

    /// The mark of a total over a key.
    static func mark(_ key: Int?) -> UInt64 {
        key.map { $0 < Totals.keyLimit ? 1 << UInt64($0) : 0 } ?? 0
    }

    /// The mark of a subtotal, beside those of its keys.
    static let subtotal: UInt64 = 1 << UInt64(Totals.keyLimit)

    func isSubtotal(_ index: Int) -> Bool { (totals?[index] ?? 0) & Frame.subtotal != 0 }

    /// A row's marks without that of a key that has become columns.
    static func marks(_ marks: UInt64, without key: UInt64) -> UInt64 {
        let left = marks & ~key
        return left == subtotal ? 0 : left
    }

    /// Positions of ordinary rows, then those of totals.
    var partition: (ordinary: [Int32], totals: [Int32]) {
        guard let marks = totals else { return (Array(0..<Int32(count)), []) }
        var ordinary: [Int32] = [], rest: [Int32] = []
        for index in 0..<count {
            if marks[index] == 0 {
                ordinary.append(Int32(index))
            } else {
                rest.append(Int32(index))
            }
        }
        return (ordinary, rest)
    }

    /// Frames of the same shape one after the other.
    /// Throws where the run is interrupted.
    static func concatenated(_ parts: [Frame], _ run: Run) throws -> Frame? {
        guard let first = parts.first else { return nil }
        if parts.count == 1 { return first }
        let columns = try first.columns.indices.map { index in
            try run.checkCancelled()
            return Vector.concatenated(parts.map { $0.columns[index] }) ?? first.columns[index]
        }
        let rows: Rows? = parts.allSatisfy { $0.rows != nil }
            ? .list(parts.flatMap { $0.rows?.numbers ?? [] }) : nil
        let hasTotals = parts.contains { $0.totals != nil }
        let hasGroups = parts.allSatisfy { $0.groups != nil }
        return Frame(
            count: parts.reduce(0) { $0 + $1.count }, ids: first.ids, columns: columns,
            rows: rows, places: Places.concatenated(parts.map { ($0.places, $0.count) }),
            isLocal: first.isLocal,
            totals: hasTotals
                ? parts.flatMap { $0.totals ?? [UInt64](repeating: 0, count: $0.count) } : nil,
            groups: hasGroups ? parts.flatMap { $0.groups ?? [] } : nil)
    }
}

/// What the total rows of a frame were made of: the rows that stood there when they were made,
/// as later stages compute on them, whether these still show them or not.
final class Basis: Sendable {
    let frame: Frame
    /// For each total, by its number, its rows in the frame.
    let members: [[Int32]]

    init(frame: Frame, members: [[Int32]]) {
        self.frame = frame
        self.members = members
    }
}
