import MusterStore

/// Rows in the making: a batch of a scan, or a whole intermediate result.
package struct Frame: Sendable {
    package enum Rows: Sendable {
        case range(Range<Int32>)
        case list([Int32])

        var count: Int {
            switch self {
            case .range(let range): range.count
            case .list(let list): list.count
            }
        }

        func gathered(_ positions: [Int32]) -> Rows {
            switch self {
            case .range(let range): .list(positions.map { $0 < 0 ? -1 : range.lowerBound + $0 })
            case .list(let list): .list(positions.map { $0 < 0 ? -1 : list[Int($0)] })
            }
        }
    }

    /// The day at which rows are read: one for all, or each its own.
    package enum Days: Sendable {
        case same(Int32)
        case each([Int32])

        func at(_ index: Int) -> Int32 {
            switch self {
            case .same(let day): day
            case .each(let days): days[index]
            }
        }

        func gathered(_ positions: [Int32]) -> Days {
            switch self {
            case .same: self
            case .each(let days): .each(positions.map { days[Int($0)] })
            }
        }
    }

    package var count: Int
    package var columns: [Vector]
    /// Rows of the schema's entity, in the table of `dataSet`; nil once grouped.
    package var rows: Rows?
    package var days: Days
    package var dataSet: Int
    /// For each row the keys (by column position) that it is a total over; nil: no totals.
    package var totals: [UInt32]?
    /// For each row of a grouped result its group's number in the aggregation.
    package var groups: [Int32]?

    init(count: Int, columns: [Vector], rows: Rows? = nil, days: Days, dataSet: Int,
         totals: [UInt32]? = nil, groups: [Int32]? = nil) {
        self.count = count
        self.columns = columns
        self.rows = rows
        self.days = days
        self.dataSet = dataSet
        self.totals = totals
        self.groups = groups
    }

    func gathered(_ positions: [Int32]) -> Frame {
        Frame(count: positions.count, columns: columns.map { $0.gathered(positions) },
              rows: rows?.gathered(positions), days: days.gathered(positions), dataSet: dataSet,
              totals: totals.map { totals in positions.map { totals[Int($0)] } },
              groups: groups.map { groups in positions.map { groups[Int($0)] } })
    }

    func isTotal(_ index: Int) -> Bool { (totals?[index] ?? 0) != 0 }

    /// Positions of ordinary rows, then those of totals.
    var partition: (ordinary: [Int32], totals: [Int32]) {
        guard let marks = totals else { return (Array(0..<Int32(count)), []) }
        var ordinary: [Int32] = [], rest: [Int32] = []
        for index in 0..<count {
            if marks[index] == 0 { ordinary.append(Int32(index)) } else { rest.append(Int32(index)) }
        }
        return (ordinary, rest)
    }

    /// Frames of the same shape one after the other.
    static func concatenated(_ parts: [Frame]) -> Frame? {
        guard let first = parts.first else { return nil }
        if parts.count == 1 { return first }
        let columns = first.columns.indices.map { index in
            Vector.concatenated(parts.map { $0.columns[index] }) ?? first.columns[index]
        }
        let count = parts.reduce(0) { $0 + $1.count }
        var rows: Rows?
        if parts.allSatisfy({ $0.rows != nil }) {
            rows = .list(parts.flatMap { part -> [Int32] in
                switch part.rows {
                case .range(let range): Array(range)
                case .list(let list): list
                case nil: []
                }
            })
        }
        var days = first.days
        let sameDay: Bool = if case .same(let day) = first.days {
            parts.allSatisfy { if case .same(day) = $0.days { true } else { false } }
        } else { false }
        if !sameDay {
            days = .each(parts.flatMap { part in (0..<part.count).map { part.days.at($0) } })
        }
        let hasTotals = parts.contains { $0.totals != nil }
        let hasGroups = parts.allSatisfy { $0.groups != nil }
        return Frame(
            count: count, columns: columns, rows: rows, days: days, dataSet: first.dataSet,
            totals: hasTotals
                ? parts.flatMap { $0.totals ?? [UInt32](repeating: 0, count: $0.count) } : nil,
            groups: hasGroups ? parts.flatMap { $0.groups ?? [] } : nil)
    }
}
