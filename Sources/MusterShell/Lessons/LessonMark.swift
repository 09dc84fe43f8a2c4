import MusterDiagnostics

/// The mark of a closing test, of 100 points that its steps share evenly.
///
/// A step solved at once without a hint has all its points. Each further try costs two tenths of
/// them and each hint three; what a learner solves has two tenths at least. A step whose answer
/// was looked at, or that was passed over, has none.
struct LessonMark {
    static let whole = 100

    private let lesson: Lesson
    private let record: LessonProgress.Record

    init(_ lesson: Lesson, _ record: LessonProgress.Record) {
        self.lesson = lesson
        self.record = record
    }

    /// The points of a step, counted from 0.
    func points(_ step: Int) -> Int {
        guard record.solved.contains(step), !record.shown.contains(step) else { return 0 }
        let tally = record.steps[step] ?? LessonProgress.Tally()
        let tenths = max(2, 10 - 2 * tally.wrong - 3 * tally.hints)
        return full * tenths / 10
    }

    var total: Int { lesson.steps.indices.reduce(0) { $0 + points($1) } }

    var isPassed: Bool { total >= lesson.passMark ?? 0 }

    /// The lessons that teach what cost points, in the order of the steps, each once.
    var revised: [String] {
        var names: [String] = []
        for (index, step) in lesson.steps.enumerated() where points(index) < full {
            if let name = step.revised, !names.contains(name) { names.append(name) }
        }
        return names
    }

    private var full: Int { Self.whole / max(1, lesson.steps.count) }

    /// What is told when the test is over; a lesson to revise with its title where it is known.
    func message(title: (String) -> Message?) -> Message {
        let total = total
        let verdict = isPassed ? Message(zh: "合格", en: "passed") : Message(zh: "不合格", en: "failed")
        let lessons = revised.map { name in
            title(name).map { Message(zh: "课程 \(name)（\($0.zh)）", en: "lesson \(name) (\($0.en))") }
                ?? Message(zh: "课程 \(name)", en: "lesson \(name)")
        }
        let revision = lessons.isEmpty ? Message("") : Message(
            zh: "\n失分的题目，请复习：" + lessons.map(\.zh).joined(separator: "、") + "。",
            en: "\nTo revise, where points were lost: "
                + lessons.map(\.en).joined(separator: ", ") + ".")
        return Message(
            zh: "成绩：\(total) 分，\(verdict.zh)（满分 \(Self.whole) 分，\(lesson.passMark ?? 0) 分合格）。"
                + revision.zh,
            en: "The mark: \(total) of \(Self.whole) points, \(verdict.en) "
                + "(\(lesson.passMark ?? 0) pass)." + revision.en)
    }
}
