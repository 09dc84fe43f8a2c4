import MusterStore

/// Puts frames of rows into groups: keys to group numbers, values to accumulators.
struct GroupWorker: Sendable {
    let run: Run
    let aggregation: Aggregation
    private let routing: Routing?

    init(_ run: Run, _ aggregation: Aggregation, _ routing: Routing?) {
        self.run = run
        self.aggregation = aggregation
        self.routing = routing
    }

    var isRouted: Bool { routing != nil }

    func start() -> Executor.Accumulated {
        let index = routing?.index ?? GroupIndex(
            aggregation.keys.map(\.column.type),
            sizes: aggregation.keys.map { key in
                key.column.type.entity.flatMap { entity in
                    run.dataSets.map { $0.rowCount(entity) }.max()
                }
            })
        var accumulators = aggregation.measures.map { Accumulator($0) }
        let count = routing?.count ?? (aggregation.keys.isEmpty ? 1 : 0)
        for position in accumulators.indices { accumulators[position].grow(to: count) }
        return Executor.Accumulated(
            index: index, accumulators: accumulators,
            days: [Int32](repeating: None.day, count: routing?.count ?? 0))
    }

    /// Evaluates everything once without rows.
    func warm(_ frame: Frame) throws {
        var state = start()
        try add(frame, to: &state)
    }

    func add(_ frame: Frame, to state: inout Executor.Accumulated) throws {
        let evaluator = Evaluator(run)
        let (positions, vectors) = try keyVectors(frame, evaluator)
        let count = positions?.count ?? frame.count
        var groups: [Int32]
        if aggregation.keys.isEmpty {
            groups = [Int32](repeating: 0, count: count)
        } else {
            groups = state.index.groups(of: vectors, count: count, adding: routing == nil)
        }
        if let routing {
            groups = groups.map { $0 < 0 ? -1 : routing.target[Int($0)] }
            if routing.countsRowsOnce { dropRepeats(&groups, positions) }
        }
        let groupCount = routing?.count ?? max(state.index.count,
                                               aggregation.keys.isEmpty ? 1 : 0)
        noteDays(frame, positions, groups, groupCount, &state.days)
        for (position, measure) in aggregation.measures.enumerated() {
            let mask = try measure.condition.map { condition -> [UInt8] in
                let mask = try evaluator.mask(condition, frame)
                return positions.map { chosen in chosen.map { mask[Int($0)] } } ?? mask
            }
            let values = try measure.measured.map { scalar -> Vector in
                let vector = united(try evaluator.evaluate(scalar, frame), scalar.type, frame)
                return positions.map { vector.gathered($0) } ?? vector
            }
            state.accumulators[position].grow(to: groupCount)
            state.accumulators[position].add(groups, mask: mask, values: values)
        }
    }

    /// Which rows fall into one of the groups.
    func membership(of frame: Frame, in set: GroupSet) throws -> [UInt8] {
        guard !aggregation.keys.isEmpty else { return [UInt8](repeating: 1, count: frame.count) }
        let (positions, vectors) = try keyVectors(frame, Evaluator(run))
        var index = set.index
        let groups = index.groups(of: vectors, count: positions?.count ?? frame.count,
                                  adding: false)
        var mask = [UInt8](repeating: 0, count: frame.count)
        for (line, group) in groups.enumerated() where set.groups.contains(group) {
            mask[Int(positions?[line] ?? Int32(line))] = 1
        }
        return mask
    }

    /// The keys' values; where a key may have several values for a row, also which row each
    /// line comes from.
    func keyVectors(_ frame: Frame, _ evaluator: Evaluator) throws -> ([Int32]?, [Vector]) {
        var positions: [Int32]?
        var vectors: [Vector] = []
        for key in aggregation.keys {
            switch key.kind {
            case .value(let scalar):
                let vector = try evaluator.evaluate(scalar, frame)
                let own = united(vector, key.column.type, frame)
                vectors.append(positions.map { own.gathered($0) } ?? own)
            case .each(let labels, let conditions):
                let masks = try conditions.map { try evaluator.mask($0, frame) }
                let (lines, rows) = expand(positions, frame.count) { row in
                    masks.indices.filter { masks[$0][Int(row)] == 1 }.map { Int32($0) }
                }
                vectors = vectors.map { $0.gathered(lines.map(\.line)) }
                vectors.append(.text(lines.map(\.value), dictionary(of: key, labels)))
                positions = rows
            case .lineage(let scalar, let entity):
                let parents = run.dataSets[frame.dataSet].parents[entity] ?? []
                guard case .row(let own) = try evaluator.evaluate(scalar, frame) else { continue }
                let (lines, rows) = expand(positions, frame.count) { row in
                    var line: [Int32] = [], current = own[Int(row)]
                    while current >= 0 { line.append(current); current = parents[Int(current)] }
                    return line
                }
                vectors = vectors.map { $0.gathered(lines.map(\.line)) }
                vectors.append(.row(lines.map(\.value)))
                positions = rows
            }
        }
        return (positions, vectors)
    }

    /// Rows of another snapshot by the numbers that results use.
    private func united(_ vector: Vector, _ type: ValueType, _ frame: Frame) -> Vector {
        guard frame.dataSet != run.current, frame.rows != nil, let union = run.union,
              case .row(let entity) = type, case .row(let rows) = vector else { return vector }
        return .row(union.translated(rows, entity: entity, from: frame.dataSet))
    }

    /// The dictionary of `each`'s labels is the same object for every batch.
    private func dictionary(of key: GroupKey, _ labels: [String]) -> TextDictionary {
        if case .text(_, let dictionary)? = key.domain { return dictionary }
        return key.labelDictionary ?? TextDictionary(labels)
    }

    private func expand(_ positions: [Int32]?, _ count: Int, _ values: (Int32) -> [Int32])
        -> (lines: [(line: Int32, value: Int32)], rows: [Int32]) {
        var lines: [(line: Int32, value: Int32)] = []
        var rows: [Int32] = []
        let existing = positions ?? Array(0..<Int32(count))
        for (line, row) in existing.enumerated() {
            for value in values(row) {
                lines.append((Int32(line), value))
                rows.append(row)
            }
        }
        return (lines, rows)
    }

    private func dropRepeats(_ groups: inout [Int32], _ positions: [Int32]?) {
        guard let positions else { return }
        var seen: Set<Int64> = []
        for line in groups.indices where groups[line] >= 0 {
            let key = Int64(positions[line]) << 32 | Int64(groups[line])
            if !seen.insert(key).inserted { groups[line] = -1 }
        }
    }

    private func noteDays(_ frame: Frame, _ positions: [Int32]?, _ groups: [Int32],
                          _ count: Int, _ days: inout [Int32]) {
        // Groups are numbered as they appear: the new ones appeared in this frame.
        if routing == nil, case .same(let day) = frame.days, !groups.isEmpty {
            while days.count < count { days.append(day) }
            return
        }
        while days.count < count { days.append(None.day) }
        guard days.contains(None.day) else { return }
        switch frame.days {
        case .same(let day):
            for group in groups where group >= 0 && days[Int(group)] == None.day {
                days[Int(group)] = day
            }
        case .each(let own):
            for (line, group) in groups.enumerated()
            where group >= 0 && days[Int(group)] == None.day {
                days[Int(group)] = own[Int(positions?[line] ?? Int32(line))]
            }
        }
    }
}

extension Measure {
    var measured: Scalar? {
        switch kind {
        case .count: nil
        case .sum(let a), .minimum(let a), .maximum(let a), .distinct(let a), .quantile(let a, _):
            a
        }
    }
}
