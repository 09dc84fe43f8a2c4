import MusterDiagnostics
import MusterStore

extension Executor {
    /// Adds total rows: the rows beneath the groups that are left are grouped again without the
    /// keys that are totalled, and what came after the grouping is done to the outcome.
    func totals(_ input: Plan, _ sets: [[Int]]) throws -> Frame {
        var stages: [Plan] = []
        var bottom = input
        while true {
            if case .aggregate = bottom.node { break }
            guard let next = bottom.input else { return try execute(input) }
            stages.append(bottom)
            bottom = next
        }
        guard case .aggregate(let source, let aggregation) = bottom.node else {
            return try execute(input)
        }
        stages.reverse()
        let grouped = try aggregate(bottom, aggregation)
        var frames = [grouped.frame]
        for stage in stages { frames.append(try apply(stage, to: frames[frames.count - 1])) }
        var result = frames[frames.count - 1]
        result.totals = [UInt32](repeating: 0, count: result.count)
        let survivors = result.groups ?? []
        guard !survivors.isEmpty else { return result }
        var parts = [result]
        var before: Int32 = 0
        for set in sets {
            let part = try total(set, survivors, grouped.index, bottom, source, aggregation,
                                 stages, frames, numberedFrom: before)
            before += Int32(part.count)
            parts.append(part)
        }
        return Frame.concatenated(parts) ?? result
    }

    /// A total row bears the number of its total as a negative group, below none's.
    static func groupNumber(ofTotal number: Int32) -> Int32 { -2 - number }

    /// The groups that each total row is made of, in the order of the totals' numbers.
    func groupsOfTotals(_ survivors: [Int32], _ sets: [[Int]], _ index: GroupIndex, keys: Int)
        -> [[Int32]] {
        sets.flatMap { set in
            var known: [[Int32]: Int] = [:]
            var members: [[Int32]] = []
            for group in survivors {
                let rest = (0..<keys).filter { !set.contains($0) }
                    .map { index.codes[$0][Int(group)] }
                let place = known[rest] ?? members.count
                if known.updateValue(place, forKey: rest) == nil { members.append([]) }
                members[place].append(group)
            }
            return members
        }
    }

    private func total(_ set: [Int], _ survivors: [Int32], _ index: GroupIndex, _ bottom: Plan,
                       _ source: Plan, _ aggregation: Aggregation, _ stages: [Plan],
                       _ frames: [Frame], numberedFrom before: Int32) throws -> Frame {
        let members = groupsOfTotals(survivors, [set], index, keys: aggregation.keys.count)
        var target = [Int32](repeating: -1, count: index.count)
        for (place, groups) in members.enumerated() {
            for group in groups { target[Int(group)] = Int32(place) }
        }
        let examples = members.map { $0[0] }
        let countsRowsOnce = aggregation.keys.contains {
            if case .value = $0.kind { false } else { true }
        }
        let routing = Routing(index: index, target: target, count: examples.count,
                              countsRowsOnce: countsRowsOnce)
        let state = try accumulate(source, aggregation, routing: routing)
        let keys = aggregation.keys.indices.map { position in
            set.contains(position) ? index.values(ofKey: position).nones(examples.count)
                : index.values(ofKey: position).gathered(examples)
        }
        // A total of groups without rows is read at the day of its groups.
        var days = state.days
        for (place, example) in examples.enumerated() where days[place] == None.day {
            let first = frames[0]
            if let row = first.groups?.firstIndex(of: example) { days[place] = first.days.at(row) }
        }
        var frame = try finish(aggregation, keys: keys, state.accumulators, examples.count,
                               days: days, plan: bottom)
        let mark = set.reduce(UInt32(0)) { $0 | Executor.mark($1) }
        frame.totals = [UInt32](repeating: mark == 0 ? Executor.formerKeys : mark,
                                count: frame.count)
        let order = aggregation.keys.enumerated().map { position, key in
            OrderedValues(frame.columns[position], key.column.type)
        }
        frame = frame.gathered(OrderedValues.sorted(Array(0..<Int32(frame.count)), by: order))
        for (position, stage) in stages.enumerated() {
            frame = try applyToTotals(stage, frame, beside: frames[position], target)
        }
        frame.groups = frame.groups?.map { Executor.groupNumber(ofTotal: before + $0) }
        return frame
    }

    /// One stage on the frame that its input gave.
    private func apply(_ stage: Plan, to frame: Frame) throws -> Frame {
        switch stage.node {
        case .filter(_, let condition): try filter(frame, condition)
        case .project(_, let keep, let add): try project(frame, keep, add)
        case .sort(_, let terms): try sort(frame, terms)
        case .limit(_, let count, let by): try limit(frame, count, by)
        case .window(_, let kind, let by): try window(frame, kind, by)
        default: frame
        }
    }

    /// What a stage between a grouping and its total means for the total rows: it computes, but
    /// it does not judge them.
    private func applyToTotals(_ stage: Plan, _ frame: Frame, beside ordinary: Frame,
                               _ target: [Int32]) throws -> Frame {
        switch stage.node {
        case .project(_, let keep, let add):
            return try project(frame, keep, add, totalsFrame: ordinary)
        case .window(_, .rank, _):
            var result = frame
            result.columns.append(.int([Int64](repeating: None.integer, count: frame.count)))
            return result
        case .window(_, .benchmark(let row, let year, _), _):
            var result = frame
            result.columns.append(try benchmark(frame, madeOf: ordinary, target, row: row,
                                                year: year))
            return result
        case .window(_, let kind, let by): return try window(frame, kind, by)
        default: return frame
        }
    }
}
