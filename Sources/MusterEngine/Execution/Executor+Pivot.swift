import MusterDiagnostics
import MusterStore

extension Executor {
    /// The values that a column takes, in the order of its type, the totals' last.
    package func pivotValues(_ frame: Frame, column: Int, type: ValueType) -> [PivotValue] {
        let order = OrderedValues(frame.columns[column], type)
        var seen: Set<PivotValue> = []
        var values: [PivotValue] = []
        for position in OrderedValues.sorted(Array(0..<Int32(frame.count)), by: [order]) {
            let isTotal = (frame.totals?[Int(position)] ?? 0) & Executor.mark(column) != 0
            let value = PivotValue(
                value: isTotal ? .none : frame.columns[column].constant(Int(position)),
                isTotal: isTotal)
            if seen.insert(value).inserted { values.append(value) }
        }
        return values.filter { !$0.isTotal } + values.filter(\.isTotal)
    }

    func pivot(_ frame: Frame, _ spec: PivotSpec, _ input: Plan) throws -> Frame {
        let schema = input.schema
        let evaluator = Evaluator(run)
        var keys = try spec.keys.map {
            try evaluator.evaluate(Scalar(.column($0), schema.columns[$0].type), frame)
        }
        let mark = Executor.mark(spec.column)
        let marks = (0..<frame.count).map { (frame.totals?[$0] ?? 0) & ~mark }
        keys.append(.int(marks.map { Int64($0) }))
        var index = GroupIndex(spec.keys.map { schema.columns[$0].type } + [.integer],
                               sizes: spec.keys.map { _ in nil } + [nil])
        let groups = index.groups(of: keys, count: frame.count)
        var first = [Int32](repeating: -1, count: index.count)
        var place: [Int: [PivotValue: Int32]] = [:]
        for row in 0..<frame.count {
            let group = Int(groups[row])
            if first[group] < 0 { first[group] = Int32(row) }
            let isTotal = (frame.totals?[row] ?? 0) & mark != 0
            let value = PivotValue(
                value: isTotal ? .none : frame.columns[spec.column].constant(row),
                isTotal: isTotal)
            if place[group, default: [:]].updateValue(Int32(row), forKey: value) != nil {
                throw Diagnostic("pivot.several", Message(
                    zh: "透视的一格里有多行：请先按其余各列分组",
                    en: "several rows fall into one cell of the pivot: group by the other "
                        + "columns first"), at: spec.span)
            }
        }
        var columns = spec.keys.map { frame.columns[$0].gathered(first) }
        for value in spec.values {
            for shown in spec.shown {
                let rows = (0..<index.count).map { place[$0]?[value] ?? -1 }
                var column = frame.columns[shown].gathered(rows)
                if schema.columns[shown].role == .additive {
                    column = column.zeroWhere(rows.map { $0 < 0 })
                }
                columns.append(column)
            }
        }
        let hasTotals = frame.totals != nil
        let result = Frame(
            count: index.count, columns: columns,
            days: input.repeatsPeriods && !spec.keys.contains { schema.columns[$0].role == .period }
                ? .same(usualDay(input)) : frame.days.gathered(first),
            dataSet: frame.dataSet,
            totals: hasTotals ? first.map { row in movedMark(marks[Int(row)], spec.keys) } : nil)
        return spec.sortsRows ? inKeyOrder(result, spec, schema) : result
    }

    /// Ordinary rows by their keys, then the totals as they stand.
    private func inKeyOrder(_ frame: Frame, _ spec: PivotSpec, _ schema: Schema) -> Frame {
        let order = spec.keys.enumerated().map { place, key in
            OrderedValues(frame.columns[place], schema.columns[key].type)
        }
        let (ordinary, totals) = frame.partition
        return frame.gathered(OrderedValues.sorted(ordinary, by: order) + totals)
    }

    private func movedMark(_ mark: UInt32, _ keys: [Int]) -> UInt32 {
        var moved = mark & Executor.formerKeys
        for (to, from) in keys.enumerated() where mark & Executor.mark(from) != 0 {
            moved |= Executor.mark(to)
        }
        return mark != 0 && moved == 0 ? Executor.formerKeys : moved
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
