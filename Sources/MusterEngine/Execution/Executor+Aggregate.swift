import MusterDiagnostics
import MusterStore

/// A grouped result and the numbering of its groups, for `total` and `drill`.
struct Grouped {
    var frame: Frame
    let index: GroupIndex
}

/// Sends the rows of known groups to other groups: what a total adds up.
struct Routing: Sendable {
    let index: GroupIndex
    /// For each known group the one its rows go to, or -1.
    let target: [Int32]
    let count: Int
    /// A row that several known groups hold counts once in the group they go to.
    let countsRowsOnce: Bool
}

extension Executor {
    func aggregate(_ plan: Plan, _ aggregation: Aggregation) throws -> Grouped {
        guard let input = plan.input else { preconditionFailure("an aggregate has an input") }
        let state = try accumulate(input, aggregation, routing: nil)
        var index = state.index
        var accumulators = state.accumulators
        var days = state.days
        addDomainGroups(aggregation, &index, &days, plan)
        let count = max(index.count, aggregation.keys.isEmpty ? 1 : 0)
        for position in accumulators.indices { accumulators[position].grow(to: count) }
        var columns = aggregation.keys.indices.map { index.values(ofKey: $0) }
        if aggregation.keys.isEmpty { columns = [] }
        let domains = domains(aggregation, columns)
        let frame = try finish(aggregation, keys: columns, accumulators, count,
                               days: days, plan: plan)
        let order = sortedGroups(frame, aggregation).filter { group in
            domains.indices.allSatisfy { key in
                domains[key]?.contains(frame.columns[key].constant(Int(group))) ?? true
            }
        }
        return Grouped(frame: frame.gathered(order), index: index)
    }

    /// The values that each `every` key shows: its domain and no others; a list of codes that is
    /// not closed takes in the values that occur.
    private func domains(_ aggregation: Aggregation, _ columns: [Vector]) -> [Set<Constant>?] {
        aggregation.keys.enumerated().map { position, key in
            guard let domain = key.domain else { return nil }
            var values = Set((0..<domain.count).map { domain.constant($0) })
            if key.column.type.codes?.isClosed == false {
                let found = columns[position]
                values.formUnion((0..<found.count).map { found.constant($0) })
                values.remove(.none)
            }
            if key.keepsNone { values.insert(.none) }
            return values
        }
    }

    /// Keys and outputs of groups, from their measures.
    func finish(_ aggregation: Aggregation, keys: [Vector], _ accumulators: [Accumulator],
                _ count: Int, days: [Int32], plan: Plan) throws -> Frame {
        if accumulators.contains(where: \.overflowed) { throw Evaluator.overflow }
        var columns = keys
        for (accumulator, measure) in zip(accumulators, aggregation.measures) {
            columns.append(accumulator.result(count, type: measure.type))
        }
        let usual = usualDay(plan)
        // Rows of several periods in one group: their day is the query's, whichever comes first.
        let days = plan.repeatsPeriods && !aggregation.keys.contains { $0.column.role == .period }
            ? [] : days.map { $0 == None.day ? usual : $0 }
        var frame = Frame(count: count, columns: columns, days: .same(days.first ?? usual),
                          dataSet: run.current,
                          groups: Array(0..<Int32(count)))
        if Set(days).count > 1 {
            frame.days = .each((0..<count).map { $0 < days.count ? days[$0] : usual })
        }
        let evaluator = Evaluator(run)
        for output in aggregation.outputs {
            frame.columns.append(try evaluator.evaluate(output.value, frame))
        }
        let measured = keys.count..<(keys.count + accumulators.count)
        frame.columns.removeSubrange(measured)
        return frame
    }

    /// The day of rows that stand for no period: the query's.
    func usualDay(_ plan: Plan) -> Int32 {
        let own = plan.repeatsPeriods ? nil : plan.instants.last?.day
        return own ?? run.dataSets.last?.asOf ?? 0
    }

    private func sortedGroups(_ frame: Frame, _ aggregation: Aggregation) -> [Int32] {
        let keys = aggregation.keys.enumerated().map { position, key in
            OrderedValues(frame.columns[position], key.column.type)
        }
        return OrderedValues.sorted(Array(0..<Int32(frame.count)), by: keys)
    }

    struct Accumulated: Sendable {
        var index: GroupIndex
        var accumulators: [Accumulator]
        /// The day of each group's first row.
        var days: [Int32]
    }

    /// Runs all rows of the input into groups.
    func accumulate(_ input: Plan, _ aggregation: Aggregation, routing: Routing?) throws
        -> Accumulated {
        let worker = GroupWorker(run, aggregation, routing)
        if let stream = try Stream(input, run) {
            for frame in try stream.prepare() { try worker.warm(frame) }
            let parts = try parallel(stream.batches) { batches in
                var state = worker.start()
                for batch in batches { try worker.add(try stream.frame(batch), to: &state) }
                return state
            }
            return merge(parts, worker)
        }
        let whole = try execute(input)
        var state = worker.start()
        try worker.add(whole.totals == nil ? whole : whole.gathered(whole.partition.ordinary),
                       to: &state)
        return state
    }

    private func merge(_ parts: [Accumulated], _ worker: GroupWorker) -> Accumulated {
        guard var result = parts.first else { return worker.start() }
        for part in parts.dropFirst() {
            let map: [Int32]
            if worker.isRouted {
                map = Array(0..<Int32(part.days.count))
            } else {
                let keys = worker.aggregation.keys.indices.map { part.index.values(ofKey: $0) }
                map = keys.isEmpty ? [0] : result.index.groups(of: keys, count: part.index.count)
            }
            let count = worker.isRouted ? result.days.count
                : worker.aggregation.keys.isEmpty ? 1 : result.index.count
            for group in part.days.indices {
                let target = Int(map[group])
                while result.days.count <= target { result.days.append(None.day) }
                if result.days[target] == None.day { result.days[target] = part.days[group] }
            }
            for position in result.accumulators.indices {
                result.accumulators[position].grow(to: count)
                result.accumulators[position].merge(part.accumulators[position], map)
            }
        }
        return result
    }

    /// Groups that an `every` key demands though no row has them.
    private func addDomainGroups(_ aggregation: Aggregation, _ index: inout GroupIndex,
                                 _ days: inout [Int32], _ plan: Plan) {
        let keys = aggregation.keys
        guard keys.contains(where: { $0.domain != nil }) else { return }
        let others = keys.indices.filter { keys[$0].domain == nil }
        let present = (0..<index.count)
        let values = keys.indices.map { index.values(ofKey: $0) }
        // The combinations of the other keys' values that occur; one empty one without others.
        var combinations: [Int32] = []
        var seen: Set<[Constant]> = []
        if others.isEmpty {
            combinations = [-1]
        } else {
            for group in present
            where seen.insert(others.map { values[$0].constant(group) }).inserted {
                combinations.append(Int32(group))
            }
        }
        var columns = keys.indices.map { position in
            others.contains(position) ? values[position].gathered(combinations)
                : keys[position].column.type.nones(combinations.count)
        }
        for position in keys.indices {
            guard let domain = keys[position].domain else { continue }
            let rows = columns.first?.count ?? 0
            let repeats = (0..<rows).flatMap { row in
                [Int32](repeating: Int32(row), count: domain.count)
            }
            columns = columns.map { $0.gathered(repeats) }
            columns[position] = domain.gathered(
                (0..<rows).flatMap { _ in Array(0..<Int32(domain.count)) })
        }
        let before = index.count
        _ = index.groups(of: columns, count: columns.first?.count ?? 0)
        let instants = plan.instants
        guard index.count > before else { return }
        let period = keys.firstIndex { $0.column.role == .period }
        let usual = usualDay(plan)
        let periods = period.map { index.values(ofKey: $0) }
        for group in before..<index.count {
            let own = periods.flatMap { periods -> Int32? in
                guard case .day(let value) = periods.constant(group) else { return nil }
                return instants.first { $0.period == value }?.day
            }
            days.append(own ?? usual)
        }
    }
}

extension Plan {
    /// Whether a `sort` decided the order of the rows.
    var isSorted: Bool {
        switch node {
        case .sort: true
        case .aggregate, .pivot: false
        default: input?.isSorted ?? true
        }
    }

    /// Whether its rows were read once a period, at the days of several periods.
    var repeatsPeriods: Bool {
        if case .frozen(let table) = node, case .each = table.frame.days { return true }
        return input?.repeatsPeriods ?? instants.contains { $0.period != nil }
    }

    /// The instants of the scan at the bottom.
    package var instants: [Instant] {
        if case .scan(_, _, let instants) = node { return instants }
        return input?.instants ?? []
    }
}
