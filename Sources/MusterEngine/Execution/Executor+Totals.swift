import MusterDiagnostics
import MusterPlan
import MusterStore

extension Executor {
    /// Adds total rows: the rows beneath the groups that are left are grouped again without the
    /// keys that are totalled, and what came after the grouping is done to the outcome.
    func totals(_ input: Plan, _ totals: Totals) throws -> Frame {
        guard let bottom = input.chain.first(where: {
            if case .aggregate = $0.node { true } else { false }
        }) else { return try execute(input) }
        let stages = input.stagesOfGrouping
        let grouped = try aggregate(bottom)
        var frames = [grouped.frame]
        for stage in stages { frames.append(try apply(stage, to: frames[frames.count - 1])) }
        var result = frames[frames.count - 1]
        result.totals = [UInt64](repeating: 0, count: result.count)
        let survivors = result.groups ?? []
        guard !survivors.isEmpty else { return result }
        var parts = [result]
        var members: [[Int32]] = []
        for set in totals.sets {
            let maker = TotalsMaker(self, bottom, set, stages, totals.rules, frames, grouped.index)
            let own = maker.members(of: survivors)
            try run.checkGroups(result.count + members.count + own.count)
            var part = try maker.frame(of: own, through: stages.count)
            let before = Int32(members.count)
            part.groups = part.groups?.map { Executor.groupNumber(ofTotal: $0 + before) }
            part.totals = [UInt64](repeating: set.reduce(0) { $0 | Frame.mark($1) },
                                   count: part.count)
            members += own
            parts.append(part)
            try run.checkGroups(result.count + members.count)
        }
        var row: [Int32: Int32] = [:]
        for (position, group) in survivors.enumerated() { row[group] = Int32(position) }
        guard var whole = try Frame.concatenated(parts, run) else { return result }
        var basis = frames[frames.count - 1]
        basis.totals = nil
        whole.basis = Basis(frame: basis, members: members.map { $0.compactMap { row[$0] } })
        return whole
    }

    /// A total row bears the number of its total as a negative group, below none's.
    static func groupNumber(ofTotal number: Int32) -> Int32 { -2 - number }

    /// The number of a total by its row's group; nil for an ordinary row.
    static func totalNumber(_ group: Int32) -> Int? { group <= -2 ? Int(-2 - group) : nil }
}

/// Makes the total rows over one set of keys, stage by stage.
struct TotalsMaker {
    let executor: Executor
    private let source: Plan
    let aggregation: Aggregation
    let set: [Int]
    let stages: [Plan]
    let rules: [TotalsRule]
    /// The ordinary rows: of the grouping, then behind each stage.
    let frames: [Frame]
    let index: GroupIndex

    init(_ executor: Executor, _ bottom: Plan, _ set: [Int], _ stages: [Plan],
         _ rules: [TotalsRule], _ frames: [Frame], _ index: GroupIndex) {
        guard case .aggregate(let source, let aggregation) = bottom.node else {
            preconditionFailure("totals stand on a grouping")
        }
        self.executor = executor
        self.source = source
        self.aggregation = aggregation
        self.set = set
        self.stages = stages
        self.rules = rules
        self.frames = frames
        self.index = index
    }

    /// The groups of each total, one for each combination of the other keys among them.
    func members(of groups: [Int32]) -> [[Int32]] {
        let rest = aggregation.keys.indices.filter { !set.contains($0) }
        var known: [[Int32]: Int] = [:]
        var members: [[Int32]] = []
        for group in groups {
            let codes = codes(of: group, rest)
            let place = known[codes] ?? members.count
            if known.updateValue(place, forKey: codes) == nil { members.append([]) }
            members[place].append(group)
        }
        return members
    }

    func codes(of group: Int32, _ keys: [Int]) -> [Int32] {
        keys.map { index.codes[$0][Int(group)] }
    }

    /// The totals of some groups, in the order of their keys, behind the first `count` stages.
    /// `groups` of the frame say which total a row is. `isSorted`: the sorts among the stages are
    /// applied to them too.
    func frame(of members: [[Int32]], through count: Int, isSorted: Bool = false) throws
        -> Frame {
        var frame = try grouped(members)
        for position in 0..<count {
            let stage = stages[position], ordinary = frames[position]
            switch (rules[position], stage.node) {
            case (.recomputed, .project(_, let values)):
                frame = try executor.project(frame, stage.schema, values, totalsFrame: ordinary)
            case (.none, .window(_, let window)):
                frame.append(window.column,
                             .int([Int64](repeating: None.integer, count: frame.count)))
            case (.common, .window(_, let window)):
                guard case .benchmark(let row, let year) = window.kind else { break }
                frame.append(window.column, try executor.benchmark(
                    frame, madeOf: ordinary, rows(of: members, in: ordinary), row, year))
            case (.amongTotals, .window(_, let window)):
                frame.append(window.column, try series(frame, members, window, at: position))
            case (.notJudged, .sort(_, let terms)) where isSorted:
                frame = try executor.sort(frame, terms)
            default: break
            }
        }
        return frame
    }

    private func rows(of members: [[Int32]], in frame: Frame) -> [[Int32]] {
        var place: [Int32: Int32] = [:]
        for (row, group) in (frame.groups ?? []).enumerated() { place[group] = Int32(row) }
        return members.map { $0.compactMap { place[$0] } }
    }

    /// The rows beneath the groups grouped again.
    private func grouped(_ members: [[Int32]]) throws -> Frame {
        var target = [Int32](repeating: -1, count: index.count)
        for (total, groups) in members.enumerated() {
            for group in groups { target[Int(group)] = Int32(total) }
        }
        let routing = Routing(index: index, target: target, count: members.count,
                              countsRowsOnce: aggregation.overlaps)
        let state = try executor.accumulate(source, aggregation, routing: routing)
        let examples = members.map { $0[0] }
        let keys = aggregation.keys.indices.map { position in
            set.contains(position) ? index.values(ofKey: position).nones(examples.count)
                : index.values(ofKey: position).gathered(examples)
        }
        let first = rows(of: members.map { [$0[0]] }, in: frames[0]).map { $0.first ?? 0 }
        let frame = try executor.finish(aggregation, keys: keys, state.accumulators,
                                        examples.count, frames[0].places.gathered(first))
        return frame.gathered(try executor.sortedGroups(frame, aggregation))
    }

    /// A window's values for the totals: those that they would have if they had been made where
    /// it stands, in the order of the rows there, of the groups that agree with one that is left
    /// in all but what the window goes along.
    private func series(_ frame: Frame, _ members: [[Int32]], _ window: Window, at position: Int)
        throws -> Vector {
        if case .previous(let scalar, let period, _, let periods) = window.kind,
           let key = stages[position].schema[period]?.keyIndex {
            return try previous(frame, members, scalar, periods, periodKey: key, at: position)
        }
        let along = keysAlong(window, position)
        let identity = aggregation.keys.indices.filter { !along.contains($0) }
        let left = Set(members.joined().map { codes(of: $0, identity) })
        let there = frames[position].groups ?? []
        let whole = self.members(of: there.filter { left.contains(codes(of: $0, identity)) })
        // Most often it is the totals themselves that stood there.
        let sorts = stages[..<position].contains {
            if case .sort = $0.node { true } else { false }
        }
        let line = !sorts && whole == members ? frame
            : try self.frame(of: whole, through: position, isSorted: true)
        let values = try executor.window(line, window)[window.column] ?? .int([])
        let rest = aggregation.keys.indices.filter { !set.contains($0) }
        var rows: [[Int32]: Int32] = [:]
        for (row, number) in (line.groups ?? []).enumerated() {
            rows[codes(of: whole[Int(number)][0], rest)] = Int32(row)
        }
        return values.gathered((frame.groups ?? []).map { number in
            rows[codes(of: members[Int(number)][0], rest)] ?? -1
        })
    }

    /// The keys that a window goes along: those that it neither keeps apart nor the total takes
    /// together.
    private func keysAlong(_ window: Window, _ position: Int) -> Set<Int> {
        let schema = stages[position].schema
        let apart = window.by.compactMap { value in
            value.column.flatMap { schema[$0]?.keyIndex }
        }
        return Set(aggregation.keys.indices.filter { !set.contains($0) && !apart.contains($0) })
    }
}
