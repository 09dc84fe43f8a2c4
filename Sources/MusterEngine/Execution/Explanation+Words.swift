import MusterValues
import MusterDiagnostics
import MusterPlan
import MusterStore

extension Explanation {
    /// What a query counts, when and by what, in whole sentences; the long form also names what is
    /// worked out for each group.
    package static func words(_ plan: Plan, isLong: Bool) -> [Message] {
        let chain = plan.chain, branches = chain.flatMap(\.branches)
        var lines = branches.flatMap { words($0, isLong: isLong) }
        let said = Set(branches.flatMap(\.definitions))
        let definitions = plan.definitions.filter { !said.contains($0) }
        if let rows = chain.lazy.compactMap({ $0.schema.origin }).first { lines.append(what(rows)) }
        for step in chain.reversed() {
            if case .scan(let scan) = step.node { lines.append(when(scan.readings)) }
            if case .table(let scan) = step.node, !scan.readings.isEmpty {
                lines.append(when(scan.readings))
            }
            if case .aggregate(_, let aggregation) = step.node {
                lines += grouped(aggregation, isLong: isLong)
            }
        }
        lines += definitions.map { $0.text(in: plan.schema) }
        var seen: Set<Message> = []
        lines += definitions.flatMap(\.fields).filter { seen.insert($0).inserted }
        if chain.contains(where: { if case .totals = $0.node { true } else { false } }) {
            lines.append(Message(zh: "合计：由各组原始的行重新计算，不是各行的平均",
                                 en: "totals: computed anew from the rows of the groups, not "
                                     + "averaged"))
        }
        return lines
    }

    private static func what(_ origin: Origin) -> Message {
        let conditions = origin.conditions
        let narrowed = conditions.isEmpty ? Message("") : Message(
            zh: "，限于 " + conditions.map(\.zh).joined(separator: " 且 "),
            en: ", where " + conditions.map(\.en).joined(separator: " and "))
        return Message(zh: "数的是：\(origin.source.zh)（\(origin.gloss.zh)）\(narrowed.zh)",
                       en: "counted: \(origin.source.en) (\(origin.gloss.en))\(narrowed.en)")
    }

    private static func when(_ readings: [Reading]) -> Message {
        let days = readings.map { CivilDay.text($0.day) }
        let shown = days.count > 6 ? days.prefix(3) + ["…"] + days.suffix(1) : days[...]
        let running = readings.contains(where: \.isRunning)
            ? Message(zh: "（其中最后一期尚未结束）", en: " (the last period is still running)")
            : Message("")
        return Message(zh: "时点：截至 " + shown.joined(separator: "、") + running.zh,
                       en: "when: as of " + shown.joined(separator: ", ") + running.en)
    }

    private static func grouped(_ aggregation: Aggregation, isLong: Bool) -> [Message] {
        let keys = aggregation.keys.map(\.column.name)
        let columns = aggregation.outputs.map(\.column.name)
        var lines: [Message] = []
        if !keys.isEmpty {
            lines.append(Message(zh: "分组：" + keys.map(\.zh).joined(separator: "、"),
                                 en: "grouped by: " + keys.map(\.en).joined(separator: ", ")))
        }
        if isLong, !columns.isEmpty {
            lines.append(Message(zh: "每组得出：" + columns.map(\.zh).joined(separator: "、"),
                                 en: "for each: " + columns.map(\.en).joined(separator: ", ")))
        }
        return lines
    }
}
