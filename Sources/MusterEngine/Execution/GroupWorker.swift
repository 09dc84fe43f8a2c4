import MusterBinding
import MusterPlan
import MusterStore

/// Sends the rows of known groups to other groups: what a total adds up.
struct Routing: Sendable {
    let index: GroupIndex
    /// For each known group the one its rows go to, or -1.
    let target: [Int32]
    let count: Int
    /// A row that several known groups hold counts once in the group they go to.
    let countsRowsOnce: Bool
}

/// Groups in the making.
struct Accumulated: Sendable {
    var index: GroupIndex
    var accumulators: [Accumulator]
    /// For each group its first row's place, by its position in the list; -1 for none yet.
    var placeOf: [Int32]
    var places = PlaceList()
}

/// Puts frames of rows into groups: keys to group numbers, values to accumulators.
struct GroupWorker: Sendable {
    let run: Run
    let aggregation: Aggregation
    private let routing: Routing?
    /// The dictionaries of `each`'s labels, the same objects for every batch.
    private let labels: [TextDictionary?]

    init(_ run: Run, _ aggregation: Aggregation, _ routing: Routing?) {
        self.run = run
        self.aggregation = aggregation
        self.routing = routing
        labels = aggregation.keys.map { key in
            if case .each(let labels, _) = key.kind { TextDictionary(labels) } else { nil }
        }
    }

    var isRouted: Bool { routing != nil }

    func start() -> Accumulated {
        let index = routing?.index ?? GroupIndex(
            aggregation.keys.map(\.column.type),
            sizes: aggregation.keys.map { key in key.column.type.entity.map(rowCount) })
        var accumulators = aggregation.measures.map { Accumulator($0) }
        let count = routing?.count ?? (aggregation.keys.isEmpty ? 1 : 0)
        for position in accumulators.indices { accumulators[position].grow(to: count) }
        return Accumulated(index: index, accumulators: accumulators,
                           placeOf: [Int32](repeating: -1, count: routing?.count ?? 0))
    }

    /// How many rows of an entity a key may meet. The union is not asked for owners: to number
    /// all people for a sum of each one's hours would be work for nothing.
    private func rowCount(_ entity: String) -> Int {
        keepsLocal ? run.universe.dataSets.map { $0.rowCount(entity) }.max() ?? 0
            : run.union.count(entity)
    }

    /// Evaluates everything once without rows.
    func warm(_ frame: Frame) throws {
        var state = start()
        try add(frame, to: &state)
    }

    func add(_ frame: Frame, to state: inout Accumulated) throws {
        let evaluator = Evaluator(run, isOfOneBatch: frame.isLocal)
        let (positions, vectors) = try keyVectors(frame, evaluator)
        let count = positions?.count ?? frame.count
        var groups: [Int32]
        if aggregation.keys.isEmpty {
            groups = [Int32](repeating: 0, count: count)
        } else {
            groups = try state.index.groups(of: vectors, count: count, adding: routing == nil,
                                            check: run.checkCancelled)
            try run.checkGroups(state.index.count)
        }
        if let routing {
            groups = groups.map { $0 < 0 ? -1 : routing.target[Int($0)] }
            if routing.countsRowsOnce { dropRepeats(&groups, positions) }
        }
        let groupCount = routing?.count ?? max(state.index.count,
                                               aggregation.keys.isEmpty ? 1 : 0)
        if case .own = aggregation.readings {
            notePlaces(frame, positions, groups, groupCount, &state)
        }
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

    /// Which rows fall into one of the groups that an index knows.
    func membership(of frame: Frame, in known: GroupIndex) throws -> [UInt8] {
        guard !aggregation.keys.isEmpty else { return [UInt8](repeating: 1, count: frame.count) }
        let (positions, vectors) = try keyVectors(frame, Evaluator(run))
        var index = known
        let groups = try index.groups(of: vectors, count: positions?.count ?? frame.count,
                                      adding: false, check: run.checkCancelled)
        var mask = [UInt8](repeating: 0, count: frame.count)
        for (line, group) in groups.enumerated() where group >= 0 {
            mask[Int(positions?[line] ?? Int32(line))] = 1
        }
        return mask
    }

    /// The keys' values; where a key may have several values for a row, also which row each
    /// line comes from.
    private func keyVectors(_ frame: Frame, _ evaluator: Evaluator) throws
        -> ([Int32]?, [Vector]) {
        var positions: [Int32]?
        var vectors: [Vector] = []
        for (place, key) in aggregation.keys.enumerated() {
            switch key.kind {
            case .value(let scalar):
                let vector = try evaluator.evaluate(scalar, frame)
                let own = united(vector, key.column.type, frame)
                vectors.append(positions.map { own.gathered($0) } ?? own)
            case .each(_, let conditions):
                let masks = try conditions.map { try evaluator.mask($0, frame) }
                let (lines, rows) = expand(positions, frame.count) { row in
                    masks.indices.filter { masks[$0][Int(row)] == 1 }.map { Int32($0) }
                }
                vectors = vectors.map { $0.gathered(lines.map(\.line)) }
                vectors.append(.text(lines.map(\.value), labels[place] ?? .empty))
                positions = rows
            case .lineage(let scalar, let entity):
                guard case .same(let own) = frame.places,
                      case .row(let rows) = try evaluator.evaluate(scalar, frame) else { continue }
                let parents = run.data(own)?.parents[entity] ?? []
                let (lines, owners) = expand(positions, frame.count) { row in
                    var line: [Int32] = [], current = rows[Int(row)]
                    while current >= 0 { line.append(current); current = parents[Int(current)] }
                    return line
                }
                vectors = vectors.map { $0.gathered(lines.map(\.line)) }
                vectors.append(.row(lines.map(\.value)))
                positions = owners
            }
        }
        return (positions, vectors)
    }

    /// Rows by the numbers that results use.
    private func united(_ vector: Vector, _ type: ValueType, _ frame: Frame) -> Vector {
        guard frame.isLocal, !keepsLocal, case .same(let place) = frame.places else {
            return vector
        }
        return run.united(vector, type, from: place.dataSet)
    }

    /// Owners of related rows stay as their own data set numbers them.
    var keepsLocal: Bool {
        aggregation.keys.count == 1 && aggregation.keys[0].column.id == Executor.ownerID
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

    private func notePlaces(_ frame: Frame, _ positions: [Int32]?, _ groups: [Int32],
                            _ count: Int, _ state: inout Accumulated) {
        // Groups are numbered as they appear: the new ones appeared in this frame.
        if routing == nil, case .same(let place) = frame.places, !groups.isEmpty {
            let position = state.places.position(of: place)
            while state.placeOf.count < count { state.placeOf.append(position) }
            return
        }
        while state.placeOf.count < count { state.placeOf.append(-1) }
        guard state.placeOf.contains(-1) else { return }
        for (line, group) in groups.enumerated()
        where group >= 0 && state.placeOf[Int(group)] < 0 {
            let place = frame.places.at(Int(positions?[line] ?? Int32(line)))
            state.placeOf[Int(group)] = state.places.position(of: place)
        }
    }
}
