import MusterDiagnostics
import MusterPlan
import MusterStore

extension Executor {
    /// Adds total rows: the rows beneath the groups that are left are grouped again without the
    /// keys that are totalled, and what came after the grouping is done to the outcome.
    func totals(_ plan: Plan) throws -> Frame {
        if let line = try self.line(plan) { return line.whole }
        return try plan.input.map(execute) ?? Frame.unit(run.usual)
    }

    /// A grouping and the stages behind it, carried out.
    struct Line {
        let bottom: Plan
        let index: GroupIndex
        /// Those that add no totals.
        var stages: [Plan] = []
        /// The ordinary rows: of the grouping, then behind each stage.
        var frames: [Frame]
        /// All rows behind the last stage.
        var whole: Frame

        var ordinary: Frame { frames[frames.count - 1] }
    }

    /// Nil where there is no grouping beneath.
    private func line(_ plan: Plan) throws -> Line? {
        switch plan.node {
        case .aggregate:
            let grouped = try aggregate(plan)
            return Line(bottom: plan, index: grouped.index, frames: [grouped.frame],
                        whole: grouped.frame)
        case .totals(let input, let totals):
            guard var line = try self.line(input) else { return nil }
            line.whole = try adding(totals, to: line)
            return line
        case .filter(let input, _), .project(let input, _), .sort(let input, _),
             .limit(let input, _, _), .window(let input, _):
            guard var line = try self.line(input) else { return nil }
            line.whole = try apply(plan, to: line.whole)
            line.stages.append(plan)
            var ordinary = line.whole
            if ordinary.totals != nil {
                ordinary = ordinary.gathered(ordinary.partition.ordinary)
                (ordinary.totals, ordinary.basis, ordinary.blocks) = (nil, nil, [])
            }
            line.frames.append(ordinary)
            return line
        case .scan, .table, .one, .append, .pivot: return nil
        }
    }

    private func adding(_ totals: Totals, to line: Line) throws -> Frame {
        var result = line.whole
        if result.totals == nil { result.totals = [UInt64](repeating: 0, count: result.count) }
        let ordinary = line.ordinary
        let survivors = ordinary.groups ?? []
        guard !survivors.isEmpty else { return result }
        let known = result.basis?.members ?? []
        let basis = result.basis?.frame ?? ordinary
        var parts = [result]
        var members: [[Int32]] = []
        let subtotal = totals.below == nil ? 0 : Frame.subtotal
        for set in totals.sets {
            let maker = TotalsMaker(self, line.bottom, set, line.stages, totals.rules,
                                    line.frames, line.index)
            let own = maker.members(of: survivors)
            try run.checkGroups(result.count + members.count + own.count)
            var part = try maker.frame(of: own, through: line.stages.count)
            let before = Int32(known.count + members.count)
            part.groups = part.groups?.map { Executor.groupNumber(ofTotal: $0 + before) }
            part.totals = [UInt64](repeating: set.reduce(subtotal) { $0 | Frame.mark($1) },
                                   count: part.count)
            members += own
            parts.append(part)
            try run.checkGroups(result.count + members.count)
        }
        var row: [Int32: Int32] = [:]
        for (position, group) in (basis.groups ?? []).enumerated() {
            row[group] = Int32(position)
        }
        guard var whole = try Frame.concatenated(parts, run) else { return result }
        whole.basis = Basis(frame: basis,
                            members: known + members.map { $0.compactMap { row[$0] } })
        whole.blocks = blocks(of: whole, result, totals, line)
        return whole.blocks.isEmpty ? whole : try inBlocks(whole)
    }

    /// The groups that rows lie in, those of the subtotals made now too; `before`: without these.
    private func blocks(of whole: Frame, _ before: Frame, _ totals: Totals, _ line: Line)
        -> [Blocks] {
        guard let basis = whole.basis, let groups = whole.groups else { return [] }
        let examples = groups.map { group -> Int32 in
            guard let total = Executor.totalNumber(group) else { return group }
            return basis.members[total].first.flatMap { basis.frame.groups?[Int($0)] } ?? -1
        }
        func blocks(_ depth: Int, _ mark: UInt64, _ isFoot: [Bool]) -> Blocks {
            var numbers: [[Int32]: Int32] = [:]
            let keys = (0..<depth).reduce(0) { $0 | Frame.mark($1) }
            return Blocks(depth: depth, mark: mark, numbers: examples.enumerated().map {
                row, group in
                // What is over one of these keys lies in none of the groups, and keeps its order.
                if (whole.totals?[row] ?? 0) & keys != 0 { return Int32.max }
                guard group >= 0 else { return -1 }
                let codes = (0..<depth).map { line.index.codes[$0][Int(group)] }
                let next = Int32(numbers.count)
                return numbers[codes] ?? { numbers[codes] = next; return next }()
            }, isFoot: isFoot)
        }
        let made = [Bool](repeating: false, count: whole.count - before.count)
        var all = before.blocks.map { blocks($0.depth, $0.mark, $0.isFoot + made) }
        if let depth = totals.below {
            let mark = totals.sets[0].reduce(0) { $0 | Frame.mark($1) }
            all.append(blocks(depth, mark, (0..<whole.count).map { $0 >= before.count }))
            all = all.enumerated().sorted {
                ($0.element.depth, $0.offset) < ($1.element.depth, $1.offset)
            }.map(\.element)
        }
        return all
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
                let type = stage.schema[window.column]?.type ?? .integer
                frame.append(window.column, type.nones(frame.count))
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
