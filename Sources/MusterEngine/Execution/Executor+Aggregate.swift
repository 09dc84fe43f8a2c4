import MusterDiagnostics
import MusterPlan
import MusterStore

/// A grouped result and the numbering of its groups, for `total` and `drill`.
struct Grouped {
    var frame: Frame
    let index: GroupIndex
}

extension Executor {
    /// The groups of a plan; where they are few, not worked out twice.
    func aggregate(_ plan: Plan) throws -> Grouped {
        var numbering = Renumbering()
        let recipe = numbering.plan(plan)
        if var known = run.memory.withLock({ $0.grouped[recipe] }) {
            known.frame.ids = plan.schema.columns.map(\.id)
            return known
        }
        let grouped = try groups(plan)
        if grouped.frame.count <= Executor.batchSize {
            run.memory.withLock { $0.grouped[recipe] = grouped }
        }
        return grouped
    }

    private func groups(_ plan: Plan) throws -> Grouped {
        guard case .aggregate(let input, let aggregation) = plan.node else {
            preconditionFailure("not a grouping")
        }
        let state = try accumulate(input, aggregation, routing: nil)
        var index = state.index
        var accumulators = state.accumulators
        let dataSets = try self.dataSets(input.readings, aggregation, state)
        let domains = try aggregation.keys.map { key in
            try key.domain.map { try values(of: $0, key.column.type, dataSets) }
        }
        let place = try input.readings.last.map { try run.universe.place($0) } ?? run.usual
        try addDomainGroups(aggregation, domains, at: place, &index)
        let count = max(index.count, aggregation.keys.isEmpty ? 1 : 0)
        for position in accumulators.indices { accumulators[position].grow(to: count) }
        let keys = aggregation.keys.indices.map { index.values(ofKey: $0) }
        let places = try self.places(aggregation, state, keys, count, input.readings)
        let frame = try finish(aggregation, keys: keys, accumulators, count, places)
        let shown = shownValues(aggregation, domains, keys)
        let order = try sortedGroups(frame, aggregation).filter { group in
            shown.indices.allSatisfy { key in
                shown[key]?.contains(frame.columns[key].datum(Int(group))) ?? true
            }
        }
        return Grouped(frame: try frame.gathered(order, run), index: index)
    }

    /// Where the groups are read.
    private func places(_ aggregation: Aggregation, _ state: Accumulated, _ keys: [Vector],
                        _ count: Int, _ readings: [Reading]) throws -> Places {
        switch aggregation.readings {
        case .fixed(let reading):
            return .same(try reading.map { try run.universe.place($0) } ?? run.usual)
        case .own:
            var list = state.places
            let usual = list.position(of: run.usual)
            let period = aggregation.keys.firstIndex { $0.column.role == .period }
            let positions = try (0..<count).map { group -> Int32 in
                if group < state.placeOf.count, state.placeOf[group] >= 0 {
                    return state.placeOf[group]
                }
                // No row has it: it is read where its period is.
                guard let period, case .day(let days) = keys[period],
                      let reading = readings.first(where: { $0.period == days[group] }) else {
                    return usual
                }
                return list.position(of: try run.universe.place(reading))
            }
            return .each(positions, of: list.places)
        }
    }

    /// The values that each `every` key shows: its domain and no others; a list of codes that is
    /// not closed takes in the values that occur.
    private func shownValues(_ aggregation: Aggregation, _ domains: [Vector?], _ columns: [Vector])
        -> [Set<Datum>?] {
        aggregation.keys.enumerated().map { position, key in
            guard let domain = domains[position] else { return nil }
            var values = Set((0..<domain.count).map { domain.datum($0) })
            if key.column.type.codes?.isClosed == false {
                let found = columns[position]
                values.formUnion((0..<found.count).map { found.datum($0) })
                values.remove(.none)
            }
            if key.keepsNone { values.insert(.none) }
            if case .parts(let whole)? = key.domain {
                values.insert(Vector.row([run.number(of: whole)]).datum(0))
            }
            return values
        }
    }

    /// Keys and outputs of groups, from their measures.
    func finish(_ aggregation: Aggregation, keys: [Vector], _ accumulators: [Accumulator],
                _ count: Int, _ places: Places) throws -> Frame {
        if accumulators.contains(where: \.overflowed) { throw Diagnostic.overflow }
        var frame = Frame(count: count, ids: aggregation.keys.map(\.column.id), columns: keys,
                          places: places, groups: Array(0..<Int32(count)))
        for (accumulator, measure) in zip(accumulators, aggregation.measures) {
            try run.checkCancelled()
            frame.append(measure.id, accumulator.result(count, type: measure.type))
        }
        let evaluator = Evaluator(run)
        for output in aggregation.outputs {
            frame.append(output.column.id, try evaluator.evaluate(output.value, frame))
        }
        let measured = keys.count..<(keys.count + accumulators.count)
        frame.columns.removeSubrange(measured)
        frame.ids.removeSubrange(measured)
        return frame
    }

    func sortedGroups(_ frame: Frame, _ aggregation: Aggregation) throws -> [Int32] {
        let keys = try aggregation.keys.enumerated().map { position, key in
            try run.ordered(frame.columns[position], key.column)
        }
        return try OrderedValues.sorted(Array(0..<Int32(frame.count)), by: keys, run)
    }

    /// Runs all rows of the input into groups.
    func accumulate(_ input: Plan, _ aggregation: Aggregation, routing: Routing?,
                    at place: Place? = nil) throws -> Accumulated {
        let worker = GroupWorker(run, aggregation, routing)
        if let routing, let routed = try remoteTotals(input, aggregation, routing, at: place) {
            return routed
        }
        if routing == nil,
           let groups = try remoteGroups(input, aggregation, worker, at: place) { return groups }
        if let stream = try Stream(input, run, at: place) {
            for frame in try stream.prepare() { try worker.warm(frame) }
            let parts = try parallel(stream.batches) { batches in
                var state = worker.start()
                for batch in batches { try worker.add(try stream.frame(batch), to: &state) }
                return state
            }
            return try merge(parts, worker)
        }
        let whole = try execute(input)
        var state = worker.start()
        try worker.add(whole.totals == nil ? whole : whole.gathered(whole.partition.ordinary),
                       to: &state)
        return state
    }

    func merge(_ parts: [Accumulated], _ worker: GroupWorker) throws -> Accumulated {
        guard var result = parts.first else { return worker.start() }
        for part in parts.dropFirst() {
            try run.checkCancelled()
            let map: [Int32], count: Int
            if worker.isRouted {
                count = result.placeOf.count
                map = Array(0..<Int32(count))
            } else if worker.aggregation.keys.isEmpty {
                (map, count) = ([0], 1)
            } else {
                let keys = worker.aggregation.keys.indices.map { part.index.values(ofKey: $0) }
                map = try result.index.groups(of: keys, count: part.index.count,
                                              check: run.checkCancelled)
                count = result.index.count
                try run.checkGroups(count)
            }
            for (group, position) in part.placeOf.enumerated() where position >= 0 {
                let target = Int(map[group])
                while result.placeOf.count <= target { result.placeOf.append(-1) }
                if result.placeOf[target] < 0 {
                    result.placeOf[target] = result.places.position(
                        of: part.places.places[Int(position)])
                }
            }
            for position in result.accumulators.indices {
                try run.checkCancelled()
                result.accumulators[position].grow(to: count)
                result.accumulators[position].merge(part.accumulators[position], map)
            }
        }
        return result
    }
}
