import MusterDiagnostics
import MusterLanguage
import MusterPlan

enum TotalVerb: Verb {
    static let signature = Signature(Term("total", "合计"),
                                     [Slot("columns", .columns, required: false)])
    static let summary = Message(
        zh: "加合计行，从原始的行重新算，不由比率平均",
        en: "add total rows, computed from the underlying rows and never from the rates")
    static let topics = ["占比", "比例", "百分比", "share", "percentage", "percent"]
    static let traits: VerbTraits = .totals
    static let synonyms = ["totals", "总计", "合计行"]

    static func bind(_ stage: Stage, _ input: Plan, _ binder: Binder) throws -> Plan {
        let keys = try grouping(stage, input, behindSubtotals: true)
        let named = try self.keys(stage, input, keys, binder)
        let sets: [[Int]]
        if !named.isEmpty {
            guard named.count <= 6 else {
                throw Diagnostic("total.many", Message(zh: "最多对六列做合计",
                                                       en: "total takes six columns at most"),
                                 at: stage.span)
            }
            sets = subsets(named)
        } else if input.hasSubtotals {
            // One row over everything; periods never add up.
            sets = [keys.indices.filter { keys[$0].column.role != .period }]
        } else {
            try refusePeriod(keys[0], stage.span, keys, binder.domain.words.hints.path)
            sets = [[0]]
        }
        var schema = input.schema
        schema.hasTotals = true
        return Plan(.totals(input, Totals(sets: sets,
                                          rules: input.stagesOfGrouping.compactMap(\.totalsRule))),
                    schema)
    }

    /// The places of the keys that are named.
    static func keys(_ stage: Stage, _ input: Plan, _ keys: [GroupKey], _ binder: Binder) throws
        -> [Int] {
        var chosen: [Int] = []
        for expression in stage.columns("columns") {
            guard case .path(let names) = expression.kind else { continue }
            let found = try binder.resolve(names, Scope(input)).column
            guard let key = found?.keyIndex else {
                let verb = stage.term
                throw Diagnostic("total.key", Message(
                    zh: "\(verb.zh) 后面须是分组的列",
                    en: "\(verb.en) takes columns that rows are grouped by"), at: expression.span)
            }
            try refusePeriod(keys[key], expression.span, keys, binder.domain.words.hints.path)
            guard key < Totals.keyLimit else {
                throw Diagnostic("total.far", Message(
                    zh: "合计 只用于前 \(Totals.keyLimit) 个分组的列",
                    en: "total takes one of the first \(Totals.keyLimit) grouping keys"),
                    at: stage.span)
            }
            if !chosen.contains(key) { chosen.append(key) }
        }
        return chosen
    }

    /// Every subset but the empty one: k1, k2, both; by size, in the order written.
    private static func subsets(_ keys: [Int]) -> [[Int]] {
        (1..<(1 << keys.count)).map { bits in
            keys.indices.filter { bits >> $0 & 1 == 1 }.map { keys[$0] }
        }.sorted { $0.count < $1.count }
    }

    /// The keys of the grouping below, or an error where there is none to total.
    ///
    /// - Parameter behindSubtotals: whether rows may have subtotals already.
    static func grouping(_ stage: Stage, _ input: Plan, behindSubtotals: Bool) throws
        -> [GroupKey] {
        var plan: Plan? = input
        while let current = plan {
            switch current.node {
            case .aggregate(_, let aggregation):
                guard !aggregation.keys.isEmpty else {
                    throw Diagnostic("total.keys", Message(
                        zh: "没有分组，不需要合计", en: "there are no groups to total"),
                        at: stage.span, hint: Message(zh: "先用 按 分组", en: "group with by first"))
                }
                return aggregation.keys
            case .filter, .project, .sort, .limit, .window: plan = current.input
            case .totals(let input, let totals) where totals.below != nil && behindSubtotals:
                plan = input
            case .totals:
                throw Diagnostic("total.twice", Message(
                    zh: "已经有合计；要几种合计请写在一起，小计写在合计之前",
                    en: "there are totals already"),
                    at: stage.span, hint: Message(zh: "例如 合计 a, b", en: "name all keys: total a, b; subtotal "
                        + "goes before total"))
            case .pivot:
                throw Diagnostic("total.pivot", Message(
                    zh: "合计 要写在 透视 之前", en: "put total before pivot"), at: stage.span)
            case .scan, .table, .one, .append: plan = nil
            }
        }
        throw Diagnostic("total.grouping", Message(
            zh: "合计 前面须有分组的结果（比率、汇总、计数 … 按 …）",
            en: "total needs a grouped result before it (rate, summarize or count … by …)"),
            at: stage.span)
    }

    private static func refusePeriod(_ key: GroupKey, _ span: Span, _ keys: [GroupKey],
                                     _ path: Term) throws {
        guard key.column.role == .period else { return }
        let hint: Message
        if let other = keys.lazy.map(\.column).first(where: { $0.role != .period }) {
            hint = Message(zh: "写明要合计的列：合计 \(other.name.zh)",
                           en: "name the key to total: total \(other.name.en)")
        } else {
            let period = key.column.name
            hint = Message(zh: "先再按别的列分组，例如 按 \(path.zh), \(period.zh)",
                           en: "group by something else too, such as by \(path.en), "
                               + period.en)
        }
        throw Diagnostic("total.period", Message(
            zh: "不能对“\(key.column.name.zh)”做合计：同一个人会算好几次",
            en: "there is no total over \(key.column.name.en): a person would count several times"),
            at: span, hint: hint)
    }
}
