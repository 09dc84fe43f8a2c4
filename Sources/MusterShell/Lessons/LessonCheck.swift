import MusterBinding
import MusterDiagnostics

/// Tests one lesson: each reference answer against itself on both snapshots, each listed wrong
/// answer for being refused with the hint that it names.
struct LessonCheck {
    private let lesson: Lesson
    private let domain: Domain

    init(_ lesson: Lesson, _ domain: Domain) {
        self.lesson = lesson
        self.domain = domain
    }

    /// - Throws: where the sample cannot be loaded.
    func faults() throws -> [Diagnostic] {
        let books = try LessonBooks(sample: lesson.snapshot, domain)
        return try lesson.steps.enumerated().flatMap { try faults($0, $1, books) }
    }

    private func faults(_ index: Int, _ step: LessonStep, _ books: LessonBooks) throws
        -> [Diagnostic] {
        let judge: LessonJudge
        do {
            judge = try LessonJudge(step, books)
            for place in [LessonJudge.Ground.sample, .second]
            where try judge.reference(place).isEmpty {
                return [fault(index, Message(zh: "答案没有结果可比", en: "the answer shows no result"))]
            }
        } catch let fault as Diagnostic {
            return [fault]
        } catch let faults as Diagnostics {
            return faults.all
        }
        var faults: [Diagnostic] = []
        if let finding = try judge.finding(answer: step.answer) {
            faults.append(fault(index, Message(
                zh: "答案自己没有通过：\(finding.message.zh)",
                en: "the reference answer is refused: \(finding.message.en)")))
        }
        for wrong in step.wrongAnswers {
            let place = Message(zh: "第 \(wrong.line) 行的错答",
                                en: "the wrong answer of line \(wrong.line)")
            guard let finding = try judge.finding(answer: wrong.text) else {
                faults.append(fault(index, Message(
                    zh: "\(place.zh)被当成对的：\(wrong.text)",
                    en: "\(place.en) passes as right: \(wrong.text)")))
                continue
            }
            if finding.fault != wrong.fault {
                let found = finding.fault.name, wanted = wrong.fault.name
                faults.append(fault(index, Message(
                    zh: "\(place.zh)应指出“\(wanted.zh)”，得到的是“\(found.zh)”：\(finding.message.zh)",
                    en: "\(place.en) should be told of \(wanted.en), and is told of \(found.en): "
                        + finding.message.en),
                    Message(zh: "改写类别，或用 原因: 写明该说什么",
                            en: "change what it names, or say with because: what it is to hear")))
            }
        }
        return faults
    }

    private func fault(_ index: Int, _ message: Message, _ hint: Message? = nil) -> Diagnostic {
        Diagnostic("lesson.check", Message(
            zh: "\(lesson.path) 第 \(index + 1) 步：\(message.zh)",
            en: "\(lesson.path), step \(index + 1): \(message.en)"), hint: hint)
    }
}
