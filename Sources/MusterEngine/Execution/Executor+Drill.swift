import MusterDiagnostics
import MusterStore

/// What of a row's people `drill` lists.
package enum DrillPart: Sendable, Hashable {
    /// All rows that fall into the group.
    case base
    /// Those that a column counts.
    case counted(column: String)
    /// Those that the column n does not count: who is still missing.
    case missing
}

extension Executor {
    /// The rows behind one row of a grouped result, as a plan of their own. `pivoted` narrows a
    /// pivoted row to one of its values. Throws where the result has no recipe.
    package func drill(_ plan: Plan, row: Int, pivoted: PivotValue?, _ part: DrillPart) throws
        -> Plan {
        let groups = try self.groups(behind: [row], of: plan, pivoted: pivoted)
        guard case .aggregate(let source, let aggregation) = groups.plan.node else {
            throw noRecipe
        }
        let set = GroupSet(aggregation: aggregation, index: groups.index, groups: groups.members)
        var condition = Scalar(.inGroups(set), .bool)
        switch part {
        case .base: break
        case .counted(let column):
            if let counts = measured(column, aggregation) {
                condition = Scalar(.and(condition, counts), .bool)
            }
        case .missing:
            guard let counts = measured(ColumnNames.persons.en, aggregation) else {
                throw Diagnostic("drill.missing", Message(
                    zh: "这个结果没有“人数”列，说不出差的是谁",
                    en: "this result has no column n, so nobody can be said to be missing"))
            }
            condition = Scalar(.and(condition, Scalar(.not(counts), .bool)), .bool)
        }
        return Plan(.filter(source, condition), source.schema)
    }

    private var noRecipe: Diagnostic {
        Diagnostic("drill.recipe", Message(
            zh: "上一个结果不是分组的结果，没有可展开的行",
            en: "the last result is not a grouped one: there are no rows behind its rows"),
            hint: Message(zh: "先用 比率、汇总 或 计数 … 按 …",
                          en: "first group with rate, summarize or count … by …"))
    }

    private struct Behind {
        let plan: Plan
        let index: GroupIndex
        let members: Set<Int32>
    }

    private func groups(behind rows: [Int], of plan: Plan, pivoted: PivotValue?) throws
        -> Behind {
        var bottom = plan
        var totals: [[Int]] = []
        var beneath: Plan?
        while true {
            switch bottom.node {
            case .aggregate:
                return try resolve(rows, plan, bottom, totals, beneath)
            case .pivot(let input, let spec):
                let frame = try execute(plan)
                let inner = try execute(input)
                let wanted = rows.flatMap { pivotRows($0, frame, inner, spec, pivoted) }
                return try groups(behind: wanted, of: input, pivoted: nil)
            case .totals(let input, let sets):
                totals = sets
                beneath = input
                bottom = input
            default:
                guard let input = bottom.input else { throw noRecipe }
                bottom = input
            }
        }
    }

    private func resolve(_ rows: [Int], _ plan: Plan, _ bottom: Plan, _ totals: [[Int]],
                         _ beneath: Plan?) throws -> Behind {
        guard case .aggregate(_, let aggregation) = bottom.node else { throw noRecipe }
        let frame = try execute(plan)
        let index = try aggregate(bottom, aggregation).index
        var ofTotals: [[Int32]] = []
        if let beneath {
            ofTotals = groupsOfTotals(try execute(beneath).groups ?? [], totals, index,
                                      keys: aggregation.keys.count)
        }
        var members: Set<Int32> = []
        for row in rows where row < frame.count {
            guard let group = frame.groups?[row] else { continue }
            if group >= 0 { members.insert(group); continue }
            let number = Int(Executor.groupNumber(ofTotal: group))
            if ofTotals.indices.contains(number) { members.formUnion(ofTotals[number]) }
        }
        return Behind(plan: bottom, index: index, members: members)
    }

    /// The rows of a pivot's input that went into one of its rows.
    private func pivotRows(_ row: Int, _ frame: Frame, _ inner: Frame, _ spec: PivotSpec,
                           _ pivoted: PivotValue?) -> [Int] {
        guard row < frame.count else { return [] }
        let mark = Executor.mark(spec.column)
        return (0..<inner.count).filter { other in
            let marks = inner.totals?[other] ?? 0
            let sameKeys = spec.keys.enumerated().allSatisfy { place, key in
                let isTotal = (frame.totals?[row] ?? 0) & Executor.mark(place) != 0
                return isTotal == (marks & Executor.mark(key) != 0)
                    && frame.columns[place].constant(row) == inner.columns[key].constant(other)
            }
            guard sameKeys else { return false }
            guard let pivoted else { return true }
            return pivoted.isTotal == (marks & mark != 0)
                && inner.columns[spec.column].constant(other) == pivoted.value
        }
    }

    /// The condition under which a row is counted in an output; nil where all are.
    private func measured(_ column: String, _ aggregation: Aggregation) -> Scalar? {
        guard let output = aggregation.outputs.first(where: {
            $0.column.name.matches(column)
        }) else { return nil }
        let base = aggregation.keys.count
        let conditions = output.value.columns.sorted().compactMap { index -> Scalar?? in
            aggregation.measures.indices.contains(index - base)
                ? .some(aggregation.measures[index - base].condition) : nil
        }
        guard !conditions.isEmpty, conditions.allSatisfy({ $0 != nil }) else { return nil }
        return conditions.compactMap(\.self).reduce(nil as Scalar?) { all, next in
            all.map { Scalar(.or($0, next), .bool) } ?? next
        }
    }
}
