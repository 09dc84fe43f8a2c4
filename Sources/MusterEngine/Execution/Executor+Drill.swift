import MusterBinding
import MusterDiagnostics
import MusterPlan
import MusterStore

/// What of a row's people `drill` lists.
package enum DrillPart: Sendable, Hashable {
    /// All rows that fall into the group.
    case base
    /// Those that a column counts.
    case counted(ColumnID)
    /// Those that the column n does not count: who is still missing.
    case missing
}

extension Executor {
    /// The rows behind one row of a grouped result, as a plan of their own. `pivoted` narrows a
    /// pivoted row to one of its values. Throws where the result has no recipe.
    package func drill(_ plan: Plan, row: Int, pivoted: PivotValue?, _ part: DrillPart) throws
        -> Plan {
        let (bottom, groups) = try self.groups(behind: [row], of: plan, pivoted: pivoted)
        guard case .aggregate(let source, let aggregation) = bottom.node else { throw noRecipe }
        var conditions = [Scalar(.inGroups(aggregation.keys, groups), .bool)]
        switch part {
        case .base: break
        case .counted(let column):
            if let output = output(column, of: plan), let counts = measured(output, aggregation) {
                conditions.append(counts)
            }
        case .missing:
            guard let output = aggregation.outputs.first(where: {
                $0.column.name.en == ColumnNames.persons.en
            }), let counts = measured(output.column.id, aggregation) else {
                throw Diagnostic("drill.missing", Message(
                    zh: "这个结果没有“人数”列，说不出差的是谁",
                    en: "this result has no column n, so nobody can be said to be missing"))
            }
            conditions.append(counts.negated)
        }
        return Plan(.filter(source, Scalar.all(conditions) ?? .yes), source.schema)
    }

    private var noRecipe: Diagnostic {
        Diagnostic("drill.recipe", Message(
            zh: "上一个结果不是分组的结果，没有可展开的行",
            en: "the last result is not a grouped one: there are no rows behind its rows"),
            hint: Message(zh: "先用 比率、汇总 或 计数 … 按 …",
                          en: "first group with rate, summarize or count … by …"))
    }

    /// The grouping beneath, and the keys' values of the groups that went into some rows.
    private func groups(behind rows: [Int], of plan: Plan, pivoted: PivotValue?) throws
        -> (Plan, [[Constant]]) {
        for step in plan.chain {
            switch step.node {
            case .aggregate: return (step, try values(of: rows, plan, step))
            case .pivot(let input, let pivot):
                let inner = try execute(input)
                let wanted = try pivotRows(rows, try execute(plan), inner, pivot, input, pivoted)
                return try groups(behind: wanted, of: input, pivoted: nil)
            default: continue
            }
        }
        throw noRecipe
    }

    private func values(of rows: [Int], _ plan: Plan, _ bottom: Plan) throws -> [[Constant]] {
        guard case .aggregate(_, let aggregation) = bottom.node else { throw noRecipe }
        let frame = try execute(plan)
        let index = try aggregate(bottom).index
        var members: Set<Int32> = []
        for row in rows where row < frame.count {
            guard let group = frame.groups?[row] else { continue }
            if let number = Executor.totalNumber(group), let basis = frame.basis {
                members.formUnion(basis.members[number].compactMap {
                    basis.frame.groups?[Int($0)]
                })
            } else if group >= 0 { members.insert(group) }
        }
        let keys = aggregation.keys.indices.map { index.values(ofKey: $0) }
        return members.sorted().map { group in
            zip(keys, aggregation.keys).map { run.constant($0, Int(group), $1.column.type) }
        }
    }

    /// The rows of a pivot's input that went into some of its rows.
    private func pivotRows(_ rows: [Int], _ frame: Frame, _ inner: Frame, _ pivot: Pivot,
                           _ input: Plan, _ pivoted: PivotValue?) throws -> [Int] {
        guard let column = input.schema[pivot.column], let own = inner[pivot.column] else {
            return []
        }
        let mark = Frame.mark(column.keyIndex)
        let wanted = pivoted.map { run.vector([$0.value], column.type).datum(0) }
        return rows.filter { $0 < frame.count }.flatMap { row in
            (0..<inner.count).filter { other in
                let marks = inner.totals?[other] ?? 0
                let total = frame.totals?[row] ?? 0
                guard total == Frame.marks(marks, without: mark), pivot.keys.allSatisfy({ key in
                    frame[key]?.datum(row) == inner[key]?.datum(other)
                }) else { return false }
                guard let pivoted else { return true }
                return pivoted.isTotal == (marks & mark != 0)
                    && (pivoted.isTotal || own.datum(other) == wanted)
            }
        }
    }

    /// The grouping's output that a column is, under whatever name.
    private func output(_ id: ColumnID, of plan: Plan) -> ColumnID? {
        switch plan.node {
        case .project(let input, let values):
            guard let place = plan.schema.position(of: id), let own = values[place].column else {
                return nil
            }
            return output(own, of: input)
        case .pivot(let input, let pivot):
            for row in pivot.cells {
                if let place = row.firstIndex(of: id) {
                    return output(pivot.shown[place], of: input)
                }
            }
            return nil
        case .aggregate(_, let aggregation):
            return aggregation.outputs.contains { $0.column.id == id } ? id : nil
        default: return plan.input.flatMap { output(id, of: $0) }
        }
    }

    /// The condition under which a row is counted in an output; nil where all are.
    private func measured(_ column: ColumnID, _ aggregation: Aggregation) -> Scalar? {
        guard let output = aggregation.outputs.first(where: { $0.column.id == column }) else {
            return nil
        }
        let read = aggregation.expanded(output.value).columns
        let measures = aggregation.measures.filter { read.contains($0.id) }
        let conditions = measures.compactMap(\.condition)
        guard conditions.count == measures.count else { return nil }
        return Scalar.any(conditions)
    }
}

extension Evaluator {
    /// Which rows fall into one of some groups.
    func membership(_ keys: [GroupKey], _ groups: [[Constant]], _ frame: Frame, _ place: Place)
        throws -> [UInt8] {
        let worker = GroupWorker(run, Aggregation(keys: keys, measures: [], outputs: [],
                                                  readings: .fixed(nil)), nil)
        let known = run.remembered(\.groups, Memory.GroupsKey(keys: keys, groups: groups)) {
            var index = worker.start().index
            let columns = keys.indices.map { key in
                run.vector(groups.map { $0[key] }, keys[key].column.type)
            }
            _ = index.groups(of: columns, count: groups.count)
            return index
        }
        return try worker.membership(of: frame, in: known)
    }
}
