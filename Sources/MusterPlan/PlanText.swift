import MusterDiagnostics
import MusterValues

/// The printed form of a plan: a step a line, from the source on, in the names of the language.
/// The same plan is always printed the same; `#n` is a column's identity.
package struct PlanText {
    private let plan: Plan

    package init(_ plan: Plan) { self.plan = plan }

    /// The lines, without line feeds.
    package var lines: [String] {
        plan.chain.reversed().flatMap { step -> [String] in
            let body = lines(of: step)
            guard step.input?.schema.hasTotals == true, let rule = step.totalsRule else {
                return body
            }
            return body + ["  totals: \(rule.words)"]
        }
    }

    private func lines(of step: Plan) -> [String] {
        let names = ColumnNaming(step)
        switch step.node {
        case .scan(let scan): return lines(of: scan, names)
        case .table(let scan):
            return ["table \(scan.table.name)", columns(step.schema.columns)]
                + lines(of: scan.readings, as: scan.period, names)
        case .one(let reading): return ["one row" + (reading.map { " at " + $0.words } ?? "")]
        case .filter(_, let condition): return ["where " + condition.text(names)]
        case .project(let input, let values):
            return ["columns"] + zip(step.schema.columns, values).compactMap { column, value in
                let isKept = value.column == column.id
                    && input.schema[column.id]?.name == column.name
                return "  " + column.text + (isKept ? "" : " = " + value.text(names))
            }
        case .aggregate(_, let aggregation): return lines(of: aggregation, names)
        case .sort(_, let terms): return ["sort " + terms.map { $0.text(names) }.joined(separator: ", ")]
        case .limit(_, let count, let by): return ["take \(count)" + within(by, names)]
        case .window(_, let window): return lines(of: window, names)
        case .totals(let input, let totals): return lines(of: totals, input)
        case .pivot(_, let pivot): return lines(of: pivot, step, names)
        case .append(let first, let second):
            return PlanText(first).lines + ["append"] + PlanText(second).lines.map { "  " + $0 }
                + [columns(step.schema.columns)]
        }
    }

    private func lines(of scan: Scan, _ names: ColumnNaming) -> [String] {
        var lines = ["read \(scan.entity)"]
        if let condition = scan.condition { lines.append("  where " + condition.text(names)) }
        return lines + self.lines(of: scan.readings, as: scan.period, names)
    }

    private func lines(of readings: [Reading], as period: ColumnID?, _ names: ColumnNaming)
        -> [String] {
        readings.map { reading in
            "  at " + reading.words
                + (period.map { " as " + names.text($0) + reading.periodWords } ?? "")
        }
    }

    private func lines(of aggregation: Aggregation, _ names: ColumnNaming) -> [String] {
        var lines = ["group"]
        for key in aggregation.keys { lines.append("  by " + key.text(names)) }
        for measure in aggregation.measures { lines.append("  measure " + measure.text(names)) }
        for output in aggregation.outputs {
            lines.append("  \(output.column.text) = \(output.value.text(names))")
        }
        switch aggregation.readings {
        case .fixed(let reading): lines += reading.map { ["  read at " + $0.words] } ?? []
        case .own: lines.append("  read at the period of each")
        }
        return lines
    }

    private func lines(of window: Window, _ names: ColumnNaming) -> [String] {
        let column = names.text(window.column)
        switch window.kind {
        case .rank(let terms):
            return ["\(column) = rank " + terms.map { $0.text(names) }.joined(separator: ", ")
                + within(window.by, names)]
        case .cumulate(let value):
            return ["\(column) = cumulate " + value.text(names) + within(window.by, names)]
        case .sum(let value):
            return ["\(column) = sum " + value.text(names) + within(window.by, names)]
        case .shifted(let value, let distance):
            return ["\(column) = shifted \(distance) " + value.text(names)
                + within(window.by, names)]
        case .previous(let value, let period, let same, _):
            return ["\(column) = previous " + value.text(names) + " over " + names.text(period)
                + within(same, names)]
        case .benchmark(let row, let year):
            return ["\(column) = target(" + [row, year].compactMap { $0?.text(names) }
                .joined(separator: ", ") + ")"]
        }
    }

    private func lines(of totals: Totals, _ input: Plan) -> [String] {
        let keys = input.grouping?.keys.map(\.column.name.en) ?? []
        var lines = totals.sets.map { set in
            (totals.below == nil ? "total " : "subtotal ") + set.map { keys.indices.contains($0) ? keys[$0] : "?" }
                .joined(separator: ", ")
        }
        for (stage, rule) in zip(input.stagesOfGrouping, totals.rules) {
            lines.append("  \(stage.verb): \(rule.words)")
        }
        return lines
    }

    private func lines(of pivot: Pivot, _ step: Plan, _ names: ColumnNaming) -> [String] {
        let type = step.input?.schema[pivot.column]?.type ?? .plainText
        var lines = ["pivot " + names.text(pivot.column) + " show "
            + pivot.shown.map { names.text($0) }.joined(separator: ", ")
            + (pivot.sortsRows ? "" : " in the order of the rows")]
        for (value, cells) in zip(pivot.values, pivot.cells) {
            let shown = value.isTotal ? "total" : value.value.text(as: type)
            lines.append("  \(shown): " + cells.map { names.text($0) }.joined(separator: ", "))
        }
        return lines
    }

    private func within(_ by: [Scalar], _ names: ColumnNaming) -> String {
        by.isEmpty ? "" : " by " + by.map { $0.text(names) }.joined(separator: ", ")
    }

    private func columns(_ columns: [ColumnInfo]) -> String {
        "  columns " + columns.map(\.text).joined(separator: ", ")
    }
}

/// The names of the columns that a step reads and makes.
struct ColumnNaming {
    private var names: [ColumnID: String] = [:]

    init(_ step: Plan) {
        for column in (step.input?.schema.columns ?? []) + step.schema.columns {
            names[column.id] = column.text
        }
    }

    func text(_ id: ColumnID) -> String { names[id] ?? "#\(id.number)" }
}

extension Plan {
    /// The verb that its step mostly comes from.
    fileprivate var verb: String {
        switch node {
        case .filter: "where"
        case .project: "columns"
        case .sort: "sort"
        case .limit: "take"
        case .window(_, let window):
            switch window.kind {
            case .rank: "rank"
            case .cumulate: "cumulate"
            case .sum: "share"
            case .shifted: "derive"
            case .previous: "previous"
            case .benchmark: "target"
            }
        case .scan, .table, .one, .append, .aggregate, .totals, .pivot: "source"
        }
    }
}

extension TotalsRule {
    fileprivate var words: String {
        switch self {
        case .recomputed: "computed from the total's own values"
        case .notJudged: "not judged"
        case .none: "none"
        case .common: "what the groups have in common"
        case .amongTotals: "over the totals of the groups that are left"
        }
    }
}

extension ColumnInfo {
    /// Name and identity.
    fileprivate var text: String {
        (name.en.isEmpty ? "" : name.en) + "#\(id.number)" + (isHidden ? " (hidden)" : "")
    }
}

extension Reading {
    fileprivate var words: String {
        let day = CivilDay.text(self.day)
        return (snapshot == self.day ? day : "\(day) in \(CivilDay.text(snapshot))")
            + (isRunning ? " (running)" : "")
    }

    fileprivate var periodWords: String {
        guard let period, period != snapshot else { return "" }
        return period < 10_000 ? " \(period)" : " " + CivilDay.text(ofMonth: period)
    }
}
