import MusterDiagnostics
import MusterStore

/// Evaluates bound expressions over a frame, a whole vector at a time.
struct Evaluator {
    let run: Run
    /// What `total(x)` gives, where rows are total rows of another frame.
    var totalsFrame: Frame?

    init(_ run: Run, totalsFrame: Frame? = nil) {
        self.run = run
        self.totalsFrame = totalsFrame
    }

    /// The values of an expression for every row of the frame.
    func evaluate(_ scalar: Scalar, _ frame: Frame) throws -> Vector {
        switch frame.days {
        case .same(let day): return try evaluate(scalar, frame, day)
        case .each(let days):
            guard scalar.dependsOnDay else {
                return try evaluate(scalar, frame, run.dataSets[frame.dataSet].asOf)
            }
            return try evaluateByDay(scalar, frame, days)
        }
    }

    /// As a mask: 1 where true.
    func mask(_ scalar: Scalar, _ frame: Frame) throws -> [UInt8] {
        guard case .bool(let mask) = try evaluate(scalar, frame) else {
            return [UInt8](repeating: 0, count: frame.count)
        }
        return mask
    }

    private func evaluateByDay(_ scalar: Scalar, _ frame: Frame, _ days: [Int32]) throws
        -> Vector {
        var positions: [Int32: [Int32]] = [:]
        var order: [Int32] = []
        for (index, day) in days.enumerated() {
            if positions[day] == nil { order.append(day) }
            positions[day, default: []].append(Int32(index))
        }
        var parts: [Vector] = []
        var place = [Int32](repeating: 0, count: frame.count)
        var next: Int32 = 0
        for day in order {
            let own = positions[day] ?? []
            parts.append(try evaluate(scalar, frame.gathered(own), day))
            for position in own { place[Int(position)] = next; next += 1 }
        }
        return Vector.concatenated(parts)?.gathered(place) ?? scalar.type.nones(0)
    }

    private func evaluate(_ scalar: Scalar, _ frame: Frame, _ day: Int32) throws -> Vector {
        switch scalar.node {
        case .constant(let value): return value.repeated(frame.count, as: scalar.type)
        case .column(let index): return frame.columns[index]
        case .rowNumber: return .row(rowNumbers(frame))
        case .field(let entity, let name, let row):
            return try field(entity, name, row, frame, day, scalar.type)
        case .day: return .day([Int32](repeating: day, count: frame.count))
        case .not(let a): return .bool(Mask.not(try bools(a, frame, day)))
        case .and(let a, let b):
            return .bool(Mask.and(try bools(a, frame, day), try bools(b, frame, day)))
        case .or(let a, let b):
            return .bool(Mask.or(try bools(a, frame, day), try bools(b, frame, day)))
        case .compare(let op, let a, let b): return try compare(op, a, b, frame, day)
        case .inForce(let from, let until):
            guard case .day(let from) = try evaluate(from, frame, day),
                  case .day(let until) = try evaluate(until, frame, day) else {
                return scalar.type.nones(frame.count)
            }
            return .bool(Comparison.inForce(from, until, at: day))
        case .arithmetic(let op, let a, let b):
            return try arithmetic(op, a, b, scalar.type, frame, day)
        case .convert(let conversion, let a):
            return try convert(conversion, try evaluate(a, frame, day))
        case .conditional(let condition, let a, let b):
            return choose(try bools(condition, frame, day), try evaluate(a, frame, day),
                          try evaluate(b, frame, day))
        case .isNone(let a): return .bool(nones(try evaluate(a, frame, day)))
        default: return try evaluateRest(scalar, frame, day)
        }
    }

    private func evaluateRest(_ scalar: Scalar, _ frame: Frame, _ day: Int32) throws -> Vector {
        switch scalar.node {
        case .textTest(let test, let a):
            guard case .text(let codes, let dictionary) = try evaluate(a, frame, day) else {
                return scalar.type.nones(frame.count)
            }
            return .bool(Mask.lookUp(codes, in: run.answers(test, dictionary), none: 0))
        case .below(let set, let a):
            guard case .row(let rows) = try evaluate(a, frame, day) else {
                return scalar.type.nones(frame.count)
            }
            let table = try run.members(of: set, dataSet: frame.dataSet)
            return .bool(Mask.lookUp(rows, in: table, none: 0))
        case .oneOf(let a, let values): return try oneOf(a, values, frame, day)
        case .call(let kernel, let arguments):
            return try kernel.evaluate(try arguments.map { try evaluate($0, frame, day) },
                                       frame.count)
        case .related(let aggregate, let row):
            let dense = try run.related(aggregate, dataSet: frame.dataSet, day: day)
            guard case .row(let rows) = try evaluate(row, frame, day) else {
                return scalar.type.nones(frame.count)
            }
            return dense.gathered(rows)
        case .atDay(let a, let other):
            let one = Frame.unit(day: day, dataSet: frame.dataSet)
            guard case .day(let days) = try evaluate(other, one, day), days[0] != None.day else {
                return scalar.type.nones(frame.count)
            }
            return try evaluate(a, frame, days[0])
        case .columnTotal(let a): return try columnTotal(a, frame, day)
        case .subquery(let plan):
            let value = try run.subquery(plan) { try Executor(run).single(plan) }
            return value.gathered([Int32](repeating: 0, count: frame.count))
        case .lowest(let rows, let entity):
            return .row(lowest(try rows.map { try evaluate($0, frame, day) }, entity, frame))
        case .inGroups(let set):
            return .bool(try GroupWorker(run, set.aggregation, nil).membership(of: frame, in: set))
        case .benchmark(let row, let year): return try benchmark(row, year, frame, day)
        case .lookUp(let lookUp, let key):
            return try self.lookUp(lookUp, try evaluate(key, frame, day))
        default: return scalar.type.nones(frame.count)
        }
    }

    private func lowest(_ candidates: [Vector], _ entity: String, _ frame: Frame) -> [Int32] {
        let parents = run.dataSets[frame.dataSet].parents[entity] ?? []
        func depth(_ row: Int32) -> Int {
            var depth = 0, current = row
            while current >= 0, Int(current) < parents.count {
                depth += 1
                current = parents[Int(current)]
            }
            return depth
        }
        return (0..<frame.count).map { position in
            var best = None.row
            for case .row(let rows) in candidates where depth(rows[position]) > depth(best) {
                best = rows[position]
            }
            return best
        }
    }

    func bools(_ scalar: Scalar, _ frame: Frame, _ day: Int32) throws -> [UInt8] {
        if case .bool(let mask) = try evaluate(scalar, frame, day) { return mask }
        return [UInt8](repeating: 0, count: frame.count)
    }

    func vector(_ scalar: Scalar, _ frame: Frame, _ day: Int32) throws -> Vector {
        try evaluate(scalar, frame, day)
    }

    private func rowNumbers(_ frame: Frame) -> [Int32] {
        switch frame.rows {
        case .range(let range): Array(range)
        case .list(let list): list
        case nil: [Int32](repeating: None.row, count: frame.count)
        }
    }

    private func field(_ entity: String, _ name: String, _ row: Scalar, _ frame: Frame,
                       _ day: Int32, _ type: ValueType) throws -> Vector {
        guard let column = run.dataSets[frame.dataSet].column(entity, name) else {
            return type.nones(frame.count)
        }
        if case .rowNumber = row.node {
            switch frame.rows {
            case .range(let range):
                return column.values(Int(range.lowerBound)..<Int(range.upperBound))
            case .list(let list): return column.values(list)
            case nil: return type.nones(frame.count)
            }
        }
        if let (first, path) = row.path, let values = run.values(
            along: path + [Run.Step(entity: entity, column: name)], dataSet: frame.dataSet),
           case .row(let rows) = try evaluate(first, frame, day) {
            return values.gathered(rows)
        }
        guard case .row(let rows) = try evaluate(row, frame, day) else {
            return type.nones(frame.count)
        }
        return column.values(rows)
    }
}

extension Scalar {
    /// For a path of fields, the first step of it and the steps behind that.
    fileprivate var path: (first: Scalar, steps: [Run.Step])? {
        guard case .field(let entity, let column, let row) = node else { return nil }
        guard case .field = row.node, let (first, steps) = row.path else { return (self, []) }
        return (first, steps + [Run.Step(entity: entity, column: column)])
    }
}

extension Frame {
    /// A frame of one row without columns: for constant expressions.
    static func unit(day: Int32, dataSet: Int) -> Frame {
        Frame(count: 1, columns: [], rows: .list([-1]), days: .same(day), dataSet: dataSet)
    }
}
