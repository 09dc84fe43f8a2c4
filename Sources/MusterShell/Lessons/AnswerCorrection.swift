import MusterBinding
import MusterDiagnostics
import MusterLanguage

/// An answer in which one part is as the reference has it. Where that makes it right, the part
/// is what was wrong.
struct AnswerCorrection {
    let finding: LessonFinding
    let pipeline: Pipeline
    /// What of the reference a hint may name.
    var part: NamedPart?

    static func all(of answer: Pipeline, towards reference: Pipeline) -> [AnswerCorrection] {
        var all: [AnswerCorrection] = []
        func add(_ fault: LessonFault, _ message: Message, _ change: (inout Pipeline) -> Void) {
            var changed = answer
            change(&changed)
            all.append(AnswerCorrection(finding: LessonFinding(fault, Message(
                zh: "只差一处：\(message.zh)", en: "One thing only: \(message.en)")),
                pipeline: changed))
        }
        add(.source, Message(zh: "来源不对，看看题目问的是谁、是哪一种记录。",
                             en: "the source; whose figures are asked for?")) {
            ($0.source, $0.sourceSpan) = (reference.source, reference.sourceSpan)
        }
        add(.day, day(answer, reference)) { $0.asOf = reference.asOf }
        add(.period, Message(zh: "期间不对，看看题目要的是哪几年或哪几个月。",
                             en: "the periods; which years or months are asked for?")) {
            $0.over = reference.over
        }
        if answer.asOf != nil || answer.over != nil {
            add(.day, Message(zh: "看的日子或期间不对。", en: "the day or the periods.")) {
                ($0.asOf, $0.over) = (reference.asOf, reference.over)
            }
        }
        all += conditions(of: answer, towards: reference)
        for (index, other) in pairs(answer.stages, reference.stages) {
            for (label, value) in other.arguments.sorted(by: { $0.key < $1.key }) {
                let isMissing = answer.stages[index].arguments[label] == nil
                let (fault, message) = label == "by" && isMissing ? ungrouped
                    : part(label, of: other)
                add(fault, message) { $0.stages[index].arguments[label] = value }
            }
            let (fault, message) = part("", of: other)
            add(fault, message) { $0.stages[index] = other }
        }
        for index in answer.stages.indices {
            let stage = answer.stages[index], name = stage.term
            add(fault(of: stage), Message(zh: "多了一步“\(name.zh)”。",
                                         en: "a \(name.en) too many.")) {
                $0.stages.remove(at: index)
            }
        }
        for (index, stage) in reference.stages.enumerated() where index <= answer.stages.count {
            let name = stage.term
            add(fault(of: stage), Message(zh: "少了一步“\(name.zh)”。",
                                               en: "\(name.en) is missing.")) {
                $0.stages.insert(stage, at: index)
            }
        }
        return all
    }

    /// One boundary drawn the other way, or one condition more.
    private static func conditions(of answer: Pipeline, towards reference: Pipeline)
        -> [AnswerCorrection] {
        var all: [AnswerCorrection] = []
        func add(_ index: Int, _ stage: Stage, _ message: Message, _ part: NamedPart?) {
            var changed = answer
            changed.stages[index] = stage
            let fault: LessonFault = stage.traits.contains(.filters) ? .condition
                : stage.traits.contains(.countsPart) ? .numerator : .values
            all.append(AnswerCorrection(finding: LessonFinding(fault, message),
                                        pipeline: changed, part: part))
        }
        for (index, stage) in answer.stages.enumerated() {
            for (changed, message, part) in ConditionMistakes.boundaries(in: stage.rewritten) {
                add(index, changed, message, part)
            }
        }
        for (index, other) in pairs(answer.stages, reference.stages) {
            guard let wanted = other.condition, let given = answer.stages[index].condition else {
                continue
            }
            let parts = ConditionMistakes.parts(wanted)
            // One alone is wrong altogether where it differs, and none is missing.
            for condition in parts where parts.count > 1 {
                var changed = answer.stages[index]
                changed.arguments["condition"] = .expression(
                    Expression(.binary(.and, given, condition), given.span))
                add(index, changed, Message(zh: "少了一个条件。", en: "A condition is missing."),
                    ConditionMistakes.lacking(condition))
            }
        }
        return all
    }

    private static func day(_ answer: Pipeline, _ reference: Pipeline) -> Message {
        switch (answer.asOf, reference.asOf) {
        case (nil, _): Message(zh: "日期不对，题目要的不是快照截至日，要写“截至”。",
                               en: "the day; another than the snapshot's is asked for (as of).")
        case (_, nil): Message(zh: "日期不对，题目没有要“截至”另一天。",
                               en: "the day; no other day was asked for (as of).")
        default: Message(zh: "日期不对，“截至”后面要写题目说的那一天；只写年、月就是年末、月末。",
                         en: "the day; behind as of stands the day that was asked for. A year or "
                             + "month alone is its last day.")
        }
    }

    /// Stages that stand for each other: all of them where the verbs are the same, else those
    /// whose verb occurs once in both.
    private static func pairs(_ answer: [Stage], _ reference: [Stage]) -> [(Int, Stage)] {
        if answer.map(\.verb) == reference.map(\.verb) {
            return Array(zip(answer.indices, reference))
        }
        return answer.indices.compactMap { index in
            let verb = answer[index].verb
            let others = reference.filter { $0.verb == verb }
            guard others.count == 1, answer.filter({ $0.verb == verb }).count == 1 else {
                return nil
            }
            return (index, others[0])
        }
    }

    private static let ungrouped = (LessonFault.rows, Message(
        zh: "没有分组，后面要接“按”。", en: "nothing is grouped; by is missing."))

    private static func part(_ label: String, of stage: Stage) -> (LessonFault, Message) {
        let traits = stage.traits, name = stage.term
        if traits.contains(.filters) {
            return (.condition, Message(zh: "\(name.zh)的条件不对。",
                                        en: "the condition behind \(name.en)."))
        }
        if traits.contains(.countsPart), label == "condition" {
            return (.numerator, Message(zh: "\(name.zh)后面的条件不对，分子数错了。",
                                        en: "the condition behind \(name.en): who is counted."))
        }
        if label == "by" {
            return (.rows, Message(zh: "“按”后面的分组不对。", en: "the groups, behind by."))
        }
        if traits.contains(.cuts) {
            return (.rows, Message(zh: "取的行数不对。", en: "how many rows are taken."))
        }
        if traits.contains(.orders) {
            return (.order, Message(zh: "\(name.zh)的列或方向不对。",
                                    en: "what is sorted by, or its direction."))
        }
        if traits.contains(.chooses) {
            return (.columns, Message(zh: "\(name.zh)的列不对。",
                                      en: "the columns behind \(name.en)."))
        }
        return (fault(of: stage), Message(zh: "“\(name.zh)”后面写的不对。",
                                          en: "what stands behind \(name.en)."))
    }

    private static func fault(of stage: Stage) -> LessonFault {
        let faults: [(VerbTraits, LessonFault)] = [
            (.filters, .condition), (.cuts, .rows), (.orders, .order), (.totals, .total),
            (.chooses, .columns), (.addsColumns, .columns),
        ]
        return faults.first { stage.traits.contains($0.0) }?.1 ?? .values
    }
}
