import MusterBinding
import MusterDiagnostics
import MusterPlan
import MusterStore

/// Evaluates expressions over a frame, a whole vector at a time.
struct Evaluator {
    let run: Run
    /// The rows that `total(x)` sums, where they are not the frame's own.
    private let totalsFrame: Frame?
    private let named: NamedValues?

    /// - Parameter isOfOneBatch: it is only asked about one batch of a scan: what has a name is
    ///   worked out once, however many measures read it.
    init(_ run: Run, totalsFrame: Frame? = nil, isOfOneBatch: Bool = false) {
        self.run = run
        self.totalsFrame = totalsFrame
        named = isOfOneBatch ? NamedValues() : nil
    }

    /// The values of an expression for every row of the frame; rows numbered as the frame's.
    func evaluate(_ scalar: Scalar, _ frame: Frame) throws -> Vector {
        if totalsFrame == nil, scalar.hasColumnTotal {
            // A part of the frame is summed over the whole of it.
            return try Evaluator(run, totalsFrame: frame).evaluate(scalar, frame)
        }
        if case .column(let id) = scalar.node, let column = frame[id] { return column }
        switch frame.places {
        case .same(let place): return try evaluate(scalar, frame, at: place)
        case .each(let own, let places):
            let differs = scalar.dependsOnDay
                || (!run.universe.isTrivial && scalar.dependsOnSnapshot)
            guard differs, frame.count > 0 else {
                return try value(scalar, frame, places.first ?? run.usual)
            }
            return try evaluate(scalar, frame, own, places)
        }
    }

    /// Every row in its own place: those of one place together.
    private func evaluate(_ scalar: Scalar, _ frame: Frame, _ own: [Int32], _ places: [Place])
        throws -> Vector {
        var positions = [[Int32]](repeating: [], count: places.count)
        for (index, place) in own.enumerated() { positions[Int(place)].append(Int32(index)) }
        var parts: [Vector] = []
        var order = [Int32](repeating: 0, count: frame.count)
        var next: Int32 = 0
        for (place, rows) in zip(places, positions) where !rows.isEmpty {
            var part = frame.gathered(rows)
            part.places = .same(place)
            parts.append(try evaluate(scalar, part, at: place))
            for row in rows { order[Int(row)] = next; next += 1 }
        }
        return Vector.concatenated(parts)?.gathered(order) ?? scalar.type.nones(frame.count)
    }

    /// At one place: columns of rows go in as its data set numbers them, and come out as the
    /// frame does.
    private func evaluate(_ scalar: Scalar, _ frame: Frame, at place: Place) throws -> Vector {
        guard !frame.isLocal, !run.universe.isTrivial, scalar.dependsOnSnapshot else {
            return try value(scalar, frame, place)
        }
        var local = frame
        local.isLocal = true
        let read = scalar.rowColumns
        for (position, id) in frame.ids.enumerated() {
            guard let entity = read[id] else { continue }
            local.columns[position] = run.local(frame.columns[position], .row(entity),
                                                in: place.dataSet)
        }
        return run.united(try value(scalar, local, place), scalar.type, from: place.dataSet)
    }

    /// As a mask: 1 where true.
    func mask(_ scalar: Scalar, _ frame: Frame) throws -> [UInt8] {
        guard case .bool(let mask) = try evaluate(scalar, frame) else {
            return [UInt8](repeating: 0, count: frame.count)
        }
        return mask
    }

    /// The values in one place, with everything in that place's numbers.
    func value(_ scalar: Scalar, _ frame: Frame, _ place: Place) throws -> Vector {
        try run.checkCancelled()
        switch scalar.node {
        case .constant(let value):
            return run.repeated(value, frame.count, as: scalar.type, in: place.dataSet)
        case .column(let id): return frame[id] ?? scalar.type.nones(frame.count)
        case .named(_, let inner):
            return try named?.value(inner, place) { try value(inner, frame, place) }
                ?? value(inner, frame, place)
        case .row: return .row(rowNumbers(frame))
        case .field(let entity, let name, let row):
            return try field(Memory.Step(entity: entity, column: name, isLevel: false), row, frame,
                             place, scalar.type)
        case .ancestor(let entity, let level, let row):
            return try field(Memory.Step(entity: entity, column: level, isLevel: true), row, frame,
                             place, scalar.type)
        case .day: return .day([Int32](repeating: place.day, count: frame.count))
        case .not(let a): return .bool(Mask.not(try bools(a, frame, place)))
        case .and(let a, let b):
            return .bool(Mask.and(try bools(a, frame, place), try bools(b, frame, place)))
        case .or(let a, let b):
            return .bool(Mask.or(try bools(a, frame, place), try bools(b, frame, place)))
        case .compare(let op, let a, let b): return try compare(op, a, b, frame, place)
        case .inForce(let from, let until):
            guard case .day(let from) = try value(from, frame, place),
                  case .day(let until) = try value(until, frame, place) else {
                return scalar.type.nones(frame.count)
            }
            return .bool(Comparison.inForce(from, until, at: place.day))
        case .arithmetic(let op, let a, let b):
            return try arithmetic(op, a, b, scalar.type, frame, place)
        case .convert(let conversion, let a):
            return try convert(conversion, try value(a, frame, place))
        case .conditional(let condition, let a, let b):
            return choose(try bools(condition, frame, place), try value(a, frame, place),
                          try value(b, frame, place))
        case .isNone(let a): return .bool(nones(try value(a, frame, place)))
        default: return try furtherValue(scalar, frame, place)
        }
    }

    private func furtherValue(_ scalar: Scalar, _ frame: Frame, _ place: Place) throws -> Vector {
        switch scalar.node {
        case .textTest(let test, let pattern, let a):
            guard case .text(let codes, let dictionary) = try value(a, frame, place) else {
                return scalar.type.nones(frame.count)
            }
            return .bool(Mask.lookUp(codes, in: try run.answers(test, pattern, dictionary),
                                     none: 0))
        case .below(let names, let a):
            guard case .row(let rows) = try value(a, frame, place) else {
                return scalar.type.nones(frame.count)
            }
            return .bool(Mask.lookUp(rows, in: run.members(of: names, dataSet: place.dataSet),
                                     none: 0))
        case .part(let whole, let a):
            guard case .row(let rows) = try value(a, frame, place) else {
                return scalar.type.nones(frame.count)
            }
            let parts = run.parts(of: whole, dataSet: place.dataSet)
            return .row(rows.map { $0 < 0 || Int($0) >= parts.count ? None.row : parts[Int($0)] })
        case .call(let name, let arguments): return try call(name, arguments, frame, place)
        case .related(let aggregate, let row):
            let dense = try run.related(aggregate, place)
            guard case .row(let rows) = try value(row, frame, place) else {
                return scalar.type.nones(frame.count)
            }
            return dense.gathered(rows.map {
                RowUnion.isAbsent($0) ? Int32(dense.count - 1) : $0
            })
        case .atDay(let a, let other):
            guard case .day(let days) = try Evaluator(run).value(other, .unit(place), place),
                  days[0] != None.day else { return scalar.type.nones(frame.count) }
            return try value(a, frame, Place(dataSet: place.dataSet, day: days[0]))
        case .columnTotal(let a): return try columnTotal(a, totalsFrame ?? frame, frame.count)
        case .subquery(let plan):
            let single = try run.remembered(\.subqueries, plan) {
                try Executor(run).single(plan)
            }
            let values = single.gathered([Int32](repeating: 0, count: frame.count))
            return frame.isLocal ? run.local(values, scalar.type, in: place.dataSet) : values
        case .lowest(let rows, let entity):
            return .row(lowest(try rows.map { try value($0, frame, place) }, entity, frame, place))
        case .inGroups(let keys, let groups):
            return .bool(try membership(keys, groups, frame, place))
        case .benchmark(let row, let year): return try benchmark(row, year, frame, place)
        case .lookUp(let lookUp, let key):
            let keys = try value(key, frame, place)
            guard frame.isLocal else { return try self.lookUp(lookUp, keys) }
            // The table's rows are numbered as the union.
            return run.local(try self.lookUp(
                lookUp, run.united(keys, key.type, from: place.dataSet)), scalar.type,
                             in: place.dataSet)
        case .match(let match, let keys):
            return .row(try run.rows(match, try keys.map { try value($0, frame, place) }, place))
        case .cell(let table, let column, let row):
            guard case .row(let rows) = try value(row, frame, place) else {
                return scalar.type.nones(frame.count)
            }
            let values = try run.frame(table).columns[column].gathered(rows)
            return frame.isLocal ? run.local(values, scalar.type, in: place.dataSet) : values
        default: return scalar.type.nones(frame.count)
        }
    }

    private func call(_ name: String, _ arguments: [Scalar], _ frame: Frame, _ place: Place) throws
        -> Vector {
        guard let kernel = run.registry.kernel(named: name) else {
            preconditionFailure("no function is bound without its kernel: \(name)")
        }
        return try kernel.evaluate(KernelCall(
            arguments: try arguments.map { try value($0, frame, place) },
            types: arguments.map(\.type), count: frame.count,
            lost: { run.lose($0, in: name) }))
    }

    private func lowest(_ candidates: [Vector], _ entity: String, _ frame: Frame, _ place: Place)
        -> [Int32] {
        let parents = run.data(place)?.parents[entity] ?? []
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

    func bools(_ scalar: Scalar, _ frame: Frame, _ place: Place) throws -> [UInt8] {
        if case .bool(let mask) = try value(scalar, frame, place) { return mask }
        return [UInt8](repeating: 0, count: frame.count)
    }

    private func rowNumbers(_ frame: Frame) -> [Int32] {
        frame.rows?.numbers ?? [Int32](repeating: None.row, count: frame.count)
    }

    private func field(_ step: Memory.Step, _ row: Scalar, _ frame: Frame, _ place: Place,
                       _ type: ValueType) throws -> Vector {
        if let data = run.data(place), data.isRemote(step.entity) {
            guard case .row(let rows) = try value(row, frame, place) else {
                return type.nones(frame.count)
            }
            let values = try Executor(run).remoteValues(step.entity, step.column, rows, type, data)
            if case .row(let found) = values, let entity = type.entity, data.isRemote(entity) {
                try Executor(run).learnNames(Set(found), entity, data)
            }
            return values
        }
        guard let column = run.data(place)?.column(step) else { return type.nones(frame.count) }
        let values = try field(column, step, row.bare, frame, place)
        return try values.map { try adapted($0, column.type, to: type, step) }
            ?? type.nones(frame.count)
    }

    /// The values as the column has them; nil where there are no rows.
    private func field(_ column: Column, _ step: Memory.Step, _ row: Scalar, _ frame: Frame,
                       _ place: Place) throws -> Vector? {
        if case .row = row.node {
            switch frame.rows {
            case .range(let range):
                return column.values(Int(range.lowerBound)..<Int(range.upperBound))
            case .list(let list): return column.values(list)
            case nil: return nil
            }
        }
        if let (first, path) = row.path, let values = run.values(along: path + [step],
                                                                 dataSet: place.dataSet),
           case .row(let rows) = try value(first, frame, place) {
            return values.gathered(rows)
        }
        guard case .row(let rows) = try value(row, frame, place) else { return nil }
        return column.values(rows)
    }

    /// A field that no schema declares may be of another type in each snapshot: numbers are made
    /// numbers of the type that is asked for, and nothing else is taken for one.
    private func adapted(_ values: Vector, _ own: ValueType, to type: ValueType,
                         _ step: Memory.Step) throws -> Vector {
        if own == type || (!own.isNumeric && values.isLike(type.nones(0))) { return values }
        if case .text(_, let texts) = values, texts.count == 0 { return type.nones(values.count) }
        guard let conversion = own.conversion(to: type) else {
            throw Diagnostic.differs(step.column, own, type)
        }
        return try convert(conversion, values)
    }
}

extension Diagnostic {
    /// A field that no schema declares is of two types in two snapshots.
    static func differs(_ column: String, _ own: ValueType, _ type: ValueType) -> Diagnostic {
        Diagnostic("field.type", Message(
            zh: "“\(column)”在各快照中类型不同：\(own.name.zh)与\(type.name.zh)",
            en: "\"\(column)\" differs in type between the snapshots: "
                + "\(own.name.en) and \(type.name.en)"),
            hint: Message(zh: "每次只查询一份快照", en: "query one snapshot at a time"))
    }
}
