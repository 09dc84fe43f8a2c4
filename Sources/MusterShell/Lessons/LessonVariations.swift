import MusterBinding
import MusterDiagnostics
import MusterLanguage

/// A mistake that could be made with a reference query: the query as it would be then.
struct LessonVariation {
    let finding: LessonFinding
    let statements: [Statement]
    /// What of the reference a hint may name.
    let part: NamedPart?

    /// The usual mistakes with these statements, the most telling first. Some of them may not
    /// even be well typed: whoever runs them passes those over.
    static func all(of statements: [Statement], _ domain: Domain) -> [LessonVariation] {
        var all: [LessonVariation] = []
        for (index, statement) in statements.enumerated() {
            for (finding, kind, part) in changed(statement.kind, domain) {
                var changed = statements
                changed[index].kind = kind
                all.append(LessonVariation(finding: finding, statements: changed, part: part))
            }
        }
        return all
    }

    private static func changed(_ kind: StatementKind, _ domain: Domain)
        -> [(LessonFinding, StatementKind, NamedPart?)] {
        switch kind {
        case .query(let expression):
            changed(expression, domain).map { ($0.0, .query($0.1), $0.2) }
        case .assignment(let name, let parameters, let value):
            changed(value, domain).map {
                ($0.0, .assignment(name, parameters: parameters, $0.1), $0.2)
            }
        default: []
        }
    }

    private static func changed(_ expression: Expression, _ domain: Domain)
        -> [(LessonFinding, Expression, NamedPart?)] {
        guard case .pipeline(let pipeline) = expression.kind else {
            // A condition that a `let` gives a name to.
            return ConditionMistakes.all(expression).map {
                (LessonFinding(.condition, $0.message), $0.expression, $0.part)
            }
        }
        return PipelineMistakes(pipeline, domain).all.map {
            ($0.0, Expression(.pipeline($0.1), expression.span), $0.2)
        }
    }
}

/// The mistakes of one pipeline.
private struct PipelineMistakes {
    private let pipeline: Pipeline
    private let domain: Domain
    private(set) var all: [(LessonFinding, Pipeline, NamedPart?)] = []

    init(_ pipeline: Pipeline, _ domain: Domain) {
        self.pipeline = pipeline
        self.domain = domain
        totals()
        denominators()
        periods()
        conditions()
        days()
        sources()
        keys()
    }

    private mutating func add(_ fault: LessonFault, _ message: Message,
                              _ part: NamedPart? = nil, _ change: (inout Pipeline) -> Void) {
        var copy = pipeline
        change(&copy)
        if copy != pipeline { all.append((LessonFinding(fault, message), copy, part)) }
    }

    private func stages(_ traits: VerbTraits) -> [Int] {
        pipeline.stages.indices.filter { pipeline.stages[$0].traits.contains(traits) }
    }

    private mutating func totals() {
        for index in stages(.totals) {
            add(.total, Message(zh: "各行都对，缺合计行。",
                                en: "All rows are right; the total is missing.")) {
                $0.stages.remove(at: index)
            }
        }
    }

    /// Who is counted was filtered out first, so that the rate is of themselves.
    private mutating func denominators() {
        for index in stages(.countsPart) {
            let stage = pipeline.stages[index]
            guard let condition = stage.arguments["condition"] else { continue }
            add(.denominator, Message(
                zh: "分母不对：已经先筛选了要数的人，比率就成了他们自己的比率。去掉前面的筛选。",
                en: "The denominator is wrong: those to be counted were filtered out before, so "
                    + "the rate is of themselves. Leave that filter out.")) {
                $0.stages.insert(Stage(verb: VerbNames.filter,
                                       name: Name(VerbNames.filter, stage.span),
                                       arguments: ["condition": condition], span: stage.span),
                                 at: index)
            }
        }
    }

    private mutating func periods() {
        if let over = pipeline.over, let range = over.range,
           case .range(let low, let high) = range.kind {
            for (from, to) in [(-1, 0), (0, 1), (1, 0), (0, -1)] {
                guard let first = low.shifted(by: from), let last = high.shifted(by: to) else {
                    continue
                }
                let noun = over.unit == .years ? Message(zh: "年", en: "year")
                    : Message(zh: "个月", en: "month")
                let message = from < 0 || to > 0
                    ? Message(zh: "多了一\(noun.zh)。", en: "One \(noun.en) too many.")
                    : Message(zh: "少了一\(noun.zh)。", en: "One \(noun.en) too few.")
                add(.period, message) {
                    $0.over = Pipeline.Over(over.unit, unitSpan: over.unitSpan,
                                            range: Expression(.range(first, last), range.span))
                }
            }
        }
        for step in [-1, 1] {
            let rewriter = SyntaxRewriter { $0.isYear ? $0.shifted(by: step) : nil }
            var stages = pipeline
            stages.over = nil
            stages.asOf = nil
            let shifted = rewriter.rewrite(stages).stages
            add(.period, Message(zh: "年度不对，差一年。", en: "The year is off by one.")) {
                $0.stages = shifted
            }
        }
    }

    private mutating func conditions() {
        for index in stages(.filters) {
            let condition = pipeline.stages[index].condition
            add(.condition, Message(zh: "少了一个条件：结果里有不该算的人或行。",
                                    en: "A condition is missing: some rows do not belong."),
                condition.map(ConditionMistakes.lacking)) {
                $0.stages.remove(at: index)
            }
        }
        for (index, stage) in pipeline.stages.enumerated() {
            guard let condition = stage.condition else {
                singleConditions(of: stage, index)
                continue
            }
            for change in ConditionMistakes.all(condition) {
                add(stage.traits.contains(.filters) ? .condition : .numerator, change.message,
                    change.part) {
                    $0.stages[index].arguments["condition"] = .expression(change.expression)
                }
            }
        }
    }

    /// Conditions inside aggregates and keys.
    private mutating func singleConditions(of stage: Stage, _ index: Int) {
        for (changed, message, part) in ConditionMistakes.single(in: stage.rewritten) {
            add(.values, message, part) { $0.stages[index] = changed }
        }
    }

    private mutating func days() {
        if pipeline.asOf != nil {
            add(.day, Message(zh: "日期不对：你的结果是按快照的截至日看的，题目要的是另一天。",
                              en: "The day is wrong: yours reads at the snapshot's day.")) {
                $0.asOf = nil
            }
        }
        if pipeline.over != nil {
            add(.columns, Message(zh: "缺“历年”或“历月”：题目要的是逐期的数。",
                                  en: "over is missing: figures for each period were asked for.")) {
                $0.over = nil
            }
        }
    }

    private mutating func sources() {
        guard case .name(let name) = pipeline.source,
              let source = domain.source(name.text) else { return }
        let own = source.name
        for other in domain.sources.filter({ $0.entity == source.entity }).map(\.name)
        where other.en != own.en {
            add(.source, Message(zh: "来源不对：你数的是\(other.zh)，题目问的是\(own.zh)。",
                                 en: "The source is wrong: these are \(other.en), "
                                    + "not \(own.en).")) {
                $0.source = .name(Name(other.en, name.span))
            }
        }
    }

    private mutating func keys() {
        for (index, stage) in pipeline.stages.enumerated() {
            guard case .keys(let keys)? = stage.arguments["by"] else { continue }
            for (position, key) in keys.enumerated() {
                if key.every != nil {
                    add(.rows, Message(
                        zh: "没有人的组也要列出来：键前写“每个”。",
                        en: "Groups without anybody are to be listed too: every before the key.")) {
                        $0.stages[index].replace(position, in: keys, by: Key(
                            alias: key.alias, key.value))
                    }
                }
                for (level, changed) in key.value.otherLevels(domain) {
                    add(.level, Message(
                        zh: "层级不对：你是按“\(level.zh)”分的组。",
                        en: "The level is wrong: these are groups by \(level.en).")) {
                        $0.stages[index].replace(position, in: keys, by: Key(
                            alias: key.alias, every: key.every, changed, under: key.under,
                            orNone: key.orNone))
                    }
                }
            }
        }
    }
}

extension Stage {
    /// What a filter or a rate asks for.
    var condition: Expression? {
        guard case .expression(let condition)? = arguments["condition"] else { return nil }
        return condition
    }

    /// The stage with its expressions rewritten.
    func rewritten(by rewriter: SyntaxRewriter) -> Stage {
        let whole = rewriter.rewrite(Pipeline(.last, sourceSpan: span, stages: [self],
                                              span: span))
        return whole.stages.first ?? self
    }

    fileprivate mutating func replace(_ position: Int, in keys: [Key], by key: Key) {
        var keys = keys
        keys[position] = key
        arguments["by"] = .keys(keys)
    }
}

extension Expression {
    /// A year or month a few on; nil for anything else, or a number that grows too large.
    fileprivate func shifted(by step: Int) -> Expression? {
        switch kind {
        case .literal(.integer(let number)):
            let (sum, isOver) = number.addingReportingOverflow(Int64(step))
            return isOver ? nil : Expression(.literal(.integer(sum)), span)
        case .literal(.year(let year)):
            return Expression(.literal(.year(year &+ Int32(step))), span)
        case .literal(.month(let month)):
            return Expression(.literal(.month(month &+ Int32(step))), span)
        default: return nil
        }
    }

    fileprivate var isYear: Bool {
        switch kind {
        case .literal(.integer(let number)): (2000...2100).contains(number)
        case .literal(.year): true
        default: false
        }
    }

    /// `unit.district` at the other levels.
    fileprivate func otherLevels(_ domain: Domain) -> [(Term, Expression)] {
        let tree = domain.tree
        let codes = tree?.fields.filter { $0.type.codes != nil && $0.name.en != tree?.levelField }
        let levels = (tree?.levels ?? []) + (codes ?? []).map(\.name)
        guard case .path(let names) = kind, names.count > 1, let last = names.last,
              levels.contains(where: { $0.matches(last.text) }) else { return [] }
        return levels.filter { !$0.matches(last.text) }.map { level in
            (level, Expression(.path(names.dropLast() + [Name(level.en, last.span)]), span))
        }
    }
}
