import MusterValues
import MusterDiagnostics
import MusterPlan
import MusterStore

/// A plan in words, from its source to its last step, with the rows after each.
package struct Explanation {
    private let environment: Environment
    private let executor: Executor

    package init(_ environment: Environment, _ executor: Executor) {
        self.environment = environment
        self.executor = executor
    }

    package func steps(_ plan: Plan) throws -> [(plan: Plan, text: Message, rows: Int)] {
        var steps = try (plan.branches + [plan.input].compactMap { $0 }).flatMap(self.steps)
        steps.append((plan, describe(plan), try executor.count(plan)))
        return steps
    }

    /// How many rows are read, and how many are left.
    package func rows(_ plan: Plan) throws -> Message {
        let left = try executor.count(plan)
        let sources = plan.steps.filter { $0.input == nil && $0.branches.isEmpty }
        if sources.contains(plan) { return Message(zh: "行数：\(left)", en: "rows: \(left)") }
        if sources.allSatisfy({ if case .one = $0.node { true } else { false } }) {
            return Message(zh: "不读数据", en: "no data is read")
        }
        let read = try sources.reduce(0) { try $0 + executor.count($1) }
        return Message(zh: "行数：读 \(read) 行，得 \(left) 行",
                       en: "rows: \(read) read, \(left) left")
    }

    package func describe(_ plan: Plan) -> Message {
        switch plan.node {
        case .scan(let scan):
            let noun = environment.domain.entity(scan.entity)?.rowNoun ?? Term(scan.entity)
            let shown = days(scan.readings)
            let source = plan.schema.origin?.source
                ?? Term("\(noun.en) rows", noun.zh)
            return Message(zh: "读“\(source.zh)”，截至 " + shown.joined(separator: "、"),
                           en: "read \(source.en) as of " + shown.joined(separator: ", "))
        case .one: return Message(zh: "一行", en: "one row")
        case .table(let scan):
            let days = self.days(scan.readings)
            return Message(
                zh: "读表 \(scan.table.name)" + (days.isEmpty ? "" : "，截至 " + days.joined(separator: "、")),
                en: "read the table \(scan.table.name)"
                    + (days.isEmpty ? "" : " as of " + days.joined(separator: ", ")))
        case .filter: return Message(zh: "只留符合条件的行", en: "keep the rows that meet the condition")
        case .project: return columns(plan)
        case .aggregate(_, let aggregation):
            let keys = aggregation.keys.map(\.column.name)
            if keys.isEmpty { return Message(zh: "汇总成一行", en: "aggregate to one row") }
            return Message(zh: "按 " + keys.map(\.zh).joined(separator: "、") + " 分组汇总",
                           en: "group by " + keys.map(\.en).joined(separator: ", "))
        case .sort: return Message(zh: "排序", en: "sort")
        case .limit(_, let count, let by):
            return by.isEmpty ? Message(zh: "取前 \(count) 行", en: "take the first \(count)")
                : Message(zh: "每组取前 \(count) 行", en: "take the first \(count) of each group")
        case .window(_, let window): return self.window(window.kind)
        case .totals: return Message(zh: "从原始的行算合计", en: "totals from the underlying rows")
        case .pivot: return Message(zh: "把一列的值变成列", en: "turn a column's values into columns")
        case .append: return Message(zh: "把后一张表的行接在前一张之后",
                                     en: "the rows of the one, then those of the other")
        }
    }

    private func days(_ readings: [Reading]) -> [String] {
        let days = readings.map { CivilDay.text($0.day) }
        return days.count > 4 ? days.prefix(2) + ["…"] + days.suffix(1) : days
    }

    private func columns(_ plan: Plan) -> Message {
        let names = plan.schema.shown.map(\.name)
        return Message(zh: "列：" + names.map(\.zh).joined(separator: "、"),
                       en: "columns: " + names.map(\.en).joined(separator: ", "))
    }

    private func window(_ kind: WindowKind) -> Message {
        switch kind {
        case .rank: Message(zh: "排名次", en: "rank")
        case .cumulate: Message(zh: "累计", en: "running total")
        case .sum: Message(zh: "求各行之和", en: "the sum over the rows")
        case .shifted: Message(zh: "取前后行的值", en: "the value of another row")
        case .previous: Message(zh: "取上一期的值", en: "the value of the period before")
        case .benchmark: Message(zh: "对照目标", en: "compare with the target")
        }
    }
}
