import MusterDiagnostics
import MusterPlan
import MusterSQL
import MusterStore

extension Executor {
    /// The rows of known groups in the groups that they are sent to, where rows stand in a
    /// database; nil where none do. What is counted or added up is known of the groups already;
    /// of what is not (different persons, a median, rows that fall into several groups) the rows
    /// themselves are asked again.
    func remoteTotals(_ input: Plan, _ aggregation: Aggregation, _ routing: Routing,
                      at place: Place?) throws -> Accumulated? {
        let worker = GroupWorker(run, aggregation, nil)
        guard !aggregation.overlaps, aggregation.measures.allSatisfy(\.followsFromGroups) else {
            return try regroupedAtOnce(input, aggregation, routing, at: place)
                ?? regrouped(input, aggregation, routing, at: place)
        }
        guard let groups = try remoteGroups(input, aggregation, worker, at: place) else {
            return nil
        }
        let keys = aggregation.keys.indices.map { groups.index.values(ofKey: $0) }
        var index = routing.index
        let known = index.groups(of: keys, count: groups.index.count, adding: false)
        var state = GroupWorker(run, aggregation, routing).start()
        state.accumulators = zip(aggregation.measures, groups.accumulators).map { measure, all in
            var sums = Accumulator(measure, worked: measure.type.vector([]), [], routing.count + 1)
            // What goes nowhere goes to a group behind the others.
            let map = known.map { group -> Int32 in
                let target = group < 0 ? -1 : routing.target[Int(group)]
                return target < 0 ? Int32(routing.count) : target
            }
            sums.merge(all, map)
            return sums
        }
        return state
    }

    /// All targets by one statement; nil where the rows stand in no database, or not all in one
    /// snapshot's, or no statement can say it.
    private func regroupedAtOnce(_ input: Plan, _ aggregation: Aggregation, _ routing: Routing,
                                 at place: Place?) throws -> Accumulated? {
        guard run.universe.isTrivial, let data = run.universe.dataSets.first,
              let scan = input.remoteScan(run, at: place), data.isRemote(scan.entity) else {
            return nil
        }
        let groups = routing.target.indices.filter { routing.target[$0] >= 0 }.map { Int32($0) }
        let columns = aggregation.keys.indices.map { key in
            BroughtColumn(routing.index.values(ofKey: key).gathered(groups),
                          aggregation.keys[key].column.type)
        } + [BroughtColumn(.row(groups.map { routing.target[Int($0)] }), .integer)]
        return try guessing {
            let statement: SQLStatement
            do {
                statement = try write(data) {
                    try $0.regrouped(input.at(place, data), aggregation, columns)
                }
            } catch is NotInSQL { return nil }
            var found = try fetch(statement, data)
            guard case .int(let targets) = found.removeFirst() else { return nil }
            var state = GroupWorker(run, aggregation, routing).start()
            state.accumulators = try zip(aggregation.measures, found).map { measure, vector in
                Accumulator(measure, worked: try adopted(vector, measure.type, data),
                            targets.map { Int32($0) }, routing.count)
            }
            return state
        }
    }

    /// Each target's rows asked for by themselves: those that fall into one of its groups.
    private func regrouped(_ input: Plan, _ aggregation: Aggregation, _ routing: Routing,
                           at place: Place?) throws -> Accumulated? {
        var members = [[Int32]](repeating: [], count: routing.count)
        for (group, target) in routing.target.enumerated() where target >= 0 {
            members[Int(target)].append(Int32(group))
        }
        let keys = aggregation.keys.indices.map { routing.index.values(ofKey: $0) }
        var state = GroupWorker(run, aggregation, routing).start()
        let whole = Aggregation(keys: [], measures: aggregation.measures, outputs: [],
                                readings: aggregation.readings)
        let worker = GroupWorker(run, whole, nil)
        for (target, groups) in members.enumerated() {
            let values = groups.map { group in
                zip(keys, aggregation.keys).map { run.constant($0, Int(group), $1.column.type) }
            }
            let isIn = Scalar(.inGroups(aggregation.keys, values), .bool)
            let rows = Plan(.filter(input, isIn), input.schema)
            guard let own = try remoteGroups(rows, whole, worker, at: place) else { return nil }
            for measure in state.accumulators.indices {
                if target == 0 {
                    state.accumulators[measure] = Accumulator(
                        aggregation.measures[measure],
                        worked: aggregation.measures[measure].type.vector([]), [], routing.count)
                }
                state.accumulators[measure].merge(own.accumulators[measure], [Int32(target)])
            }
        }
        return state
    }
}
