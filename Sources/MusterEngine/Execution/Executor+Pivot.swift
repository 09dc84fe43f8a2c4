import MusterBinding
import MusterDiagnostics
import MusterPlan
import MusterStore

extension Executor {
    /// A value of a pivoted column, rows by their numbers.
    private struct Spot: Hashable {
        let value: Datum
        let isTotal: Bool
    }

    private func spot(_ frame: Frame, _ row: Int, _ vector: Vector, _ mark: UInt64) -> Spot {
        let isTotal = (frame.totals?[row] ?? 0) & mark != 0
        return Spot(value: isTotal ? .none : vector.datum(row), isTotal: isTotal)
    }

    /// The values that a column takes, in the order of its type, the totals' last.
    func pivotValues(_ frame: Frame, _ column: ColumnInfo) throws -> [PivotValue] {
        guard let vector = frame[column.id] else { return [] }
        let order = try run.ordered(vector, column)
        let mark = Frame.mark(column.keyIndex)
        var seen: Set<Spot> = [], step = 0
        var values: [PivotValue] = []
        for position in try OrderedValues.sorted(
            Array(0..<Int32(frame.count)), by: [order], run) {
            try run.checkNow(&step)
            let spot = spot(frame, Int(position), vector, mark)
            guard seen.insert(spot).inserted else { continue }
            if seen.count > Limits.columns { throw Limits.tooManyColumns }
            values.append(PivotValue(
                value: spot.isTotal ? .none : run.constant(vector, Int(position), column.type),
                isTotal: spot.isTotal))
        }
        return values.filter { !$0.isTotal } + values.filter(\.isTotal)
    }

    func pivot(_ frame: Frame, _ pivot: Pivot, _ input: Plan) throws -> Frame {
        let schema = input.schema
        let infos = pivot.keys.compactMap { schema[$0] }
        guard let column = schema[pivot.column], let pivoted = frame[pivot.column] else {
            return frame
        }
        let mark = Frame.mark(column.keyIndex)
        let marks = (0..<frame.count).map { Frame.marks(frame.totals?[$0] ?? 0, without: mark) }
        var keys = infos.map { frame[$0.id] ?? $0.type.nones(frame.count) }
        keys.append(.int(marks.map { Int64(bitPattern: $0) }))
        var index = GroupIndex(infos.map(\.type) + [.integer], sizes: keys.map { _ in nil })
        let groups = try index.groups(of: keys, count: frame.count,
                                      check: run.checkCancelled)
        try run.checkCells(rows: index.count,
                           columns: pivot.keys.count + pivot.values.count * pivot.shown.count)
        var first = [Int32](repeating: -1, count: index.count), step = 0
        var rows: [Spot: [Int32]] = [:]
        // The totals' marks that there are beside the pivoted values, and beside their total.
        var kinds: [Bool: Set<UInt64>] = [:], last: (isTotal: Bool, mark: UInt64)?
        let unseen = [Int32](repeating: -1, count: index.count)
        for row in 0..<frame.count {
            let group = Int(groups[row])
            if first[group] < 0 { first[group] = Int32(row) }
            let spot = spot(frame, row, pivoted, mark)
            try run.checkNow(&step)
            if last.map({ $0 != (spot.isTotal, marks[row]) }) ?? true {
                last = (spot.isTotal, marks[row])
                kinds[spot.isTotal, default: []].insert(marks[row])
            }
            // Changed in place: a copy for every row would be quadratic.
            guard rows[spot, default: unseen].take(group, Int32(row)) else {
                throw severalRows(pivot.span)
            }
        }
        let places = try self.places(of: frame, first, pivot, input)
        var result = Frame(count: index.count, ids: pivot.keys,
                           columns: infos.indices.map { keys[$0].gathered(first) }, places: places,
                           totals: frame.totals.map { _ in first.map { marks[Int($0)] } })
        // A total of which there is none for the pivoted values is not known, and not 0.
        let own = first.map { marks[Int($0)] }
        for (value, cells) in zip(pivot.values, pivot.cells) {
            let isKnown = own.map { kinds[value.isTotal]?.contains($0) ?? false }
            let spot = Spot(value: run.vector([value.value], column.type).datum(0),
                            isTotal: value.isTotal)
            try run.checkCancelled()
            let taken = rows[spot] ?? unseen
            for ((id, shown), isZero) in zip(zip(cells, pivot.shown), pivot.zero) {
                guard let vector = frame[shown] else { continue }
                let values = vector.gathered(taken)
                let isNothing = zip(taken, isKnown).map { $0 < 0 && $1 }
                result.append(id, isZero ? values.zeroWhere(isNothing) : values)
            }
        }
        result.blocks = try blocks(of: result, frame, first, infos, mark)
        if pivot.sortsRows { result = try inKeyOrder(result, infos) }
        return result.blocks.isEmpty ? result : try inBlocks(result)
    }

    /// The groups that the rows of a pivot lie in: of the keys that are left.
    private func blocks(of result: Frame, _ frame: Frame, _ first: [Int32], _ infos: [ColumnInfo],
                        _ mark: UInt64) throws -> [Blocks] {
        var step = 0
        return try frame.blocks.compactMap { own in
            let left = own.mark & ~mark
            guard left != 0 else { return nil }
            let keys = infos.filter { $0.keyIndex.map { $0 < own.depth } ?? false }
                .compactMap { result[$0.id] }
            var numbers: [[Datum]: Int32] = [:]
            return Blocks(depth: own.depth, mark: left, numbers: try (0..<result.count).map { row in
                try run.checkNow(&step)
                let values = keys.map { $0.datum(row) }
                let next = Int32(numbers.count)
                return numbers[values] ?? { numbers[values] = next; return next }()
            }, isFoot: first.map { own.isFoot[Int($0)] })
        }
    }

    private func severalRows(_ span: Span?) -> Diagnostic {
        Diagnostic("pivot.several", Message(
            zh: "透视的一格里有多行：请先按其余各列分组",
            en: "several rows fall into one cell of the pivot: group by the other "
                + "columns first"), at: span)
    }

    /// Rows of several periods become one, which stands for none of them.
    private func places(of frame: Frame, _ first: [Int32], _ pivot: Pivot, _ input: Plan) throws
        -> Places {
        let keepsPeriod = pivot.keys.contains { input.schema[$0]?.role == .period }
        switch frame.places {
        case .each where !keepsPeriod: return .same(run.usual)
        default: return frame.places.gathered(first)
        }
    }

    /// Ordinary rows by their keys, then the totals as they stand. Where there are subtotals, the
    /// groups by their keys, subtotals alone too.
    private func inKeyOrder(_ frame: Frame, _ keys: [ColumnInfo]) throws -> Frame {
        let order = try keys.map { try run.ordered(frame[$0.id] ?? .int([]), $0) }
        var (ordinary, totals) = frame.partition
        ordinary += totals.filter { frame.isSubtotal(Int($0)) }
        totals.removeAll { frame.isSubtotal(Int($0)) }
        var result = try frame.gathered(
            try OrderedValues.sorted(ordinary, by: order, run) + totals, run)
        result.blocks = result.blocks.map(\.renumbered)
        return result
    }
}

extension [Int32] {
    /// Takes a place for a number; false where it is taken.
    fileprivate mutating func take(_ place: Int, _ number: Int32) -> Bool {
        guard self[place] < 0 else { return false }
        self[place] = number
        return true
    }
}

extension Vector {
    /// Numbers with 0 put in where told.
    func zeroWhere(_ missing: [Bool]) -> Vector {
        switch self {
        case .int(var v):
            for row in v.indices where missing[row] { v[row] = 0 }
            return .int(v)
        case .double(var v):
            for row in v.indices where missing[row] { v[row] = 0 }
            return .double(v)
        default: return self
        }
    }
}
