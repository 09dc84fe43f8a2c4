import MusterDiagnostics
import MusterLanguage
import MusterReport

/// What a learner asks for while a lesson is going on.
extension LessonCoach {
    func follow(_ request: LessonRequest) throws {
        switch request {
        case .begin: break
        case .task: present()
        case .hint: hint()
        case .show: show()
        case .skip: skip()
        case .back: try back()
        case .restart: try restart()
        case .leave: leave()
        }
    }

    /// Shows the step that is due.
    func present() {
        guard lesson.steps.indices.contains(step) else { return }
        let current = lesson.steps[step]
        let total = lesson.steps.count
        say(Message(zh: "\n── \(lesson.title.zh) · 第 \(step + 1) 步，共 \(total) 步 ──",
                    en: "\n── \(lesson.title.en) · step \(step + 1) of \(total) ──"))
        if step == 0, lesson.isTest { say(rules) }
        if !current.text[language].isEmpty { say(current.text) }
        say(Message(zh: "题目：\(current.task.zh)", en: "Task: \(current.task.en)"))
        if step == 0 {
            say(Message(
                zh: "（提示 给提示，答案 看答案，题目 再看一遍，上一步、下一步 前后走，重来 从头开始，课程 结束 离开）",
                en: "(hint, answer shows it, task shows the task again, back, next, restart; "
                    + "lesson off ends it)"))
        }
    }

    private var rules: Message {
        Message(
            zh: "共 \(lesson.steps.count) 题，满分 \(LessonMark.whole) 分，\(lesson.passMark ?? 0) 分合格。"
                + "一次做对、不看提示得满分；多试一次扣该题两成，看一个提示扣三成，做对至少得两成；"
                + "看答案或跳过不得分。语句写错没有结果的，不算一次。",
            en: "\(lesson.steps.count) tasks, \(LessonMark.whole) points, "
                + "\(lesson.passMark ?? 0) pass. Right at once without a hint has all points of a "
                + "task; a further try costs two tenths of them, a hint three; two tenths are left "
                + "at least. With the answer shown, or passed over, a task has none. A statement "
                + "with an error is no try.")
    }

    private func hint() {
        guard lesson.steps.indices.contains(step) else { return }
        let hints = lesson.steps[step].hints
        guard hintsGiven < hints.count else {
            return say(hints.isEmpty
                ? Message(zh: "这一步没有提示；输入 答案 看答案。",
                          en: "This step has none; answer shows the answer.")
                : Message(zh: "提示已给完；输入 答案 看答案。",
                          en: "There are no more hints; answer shows the answer."))
        }
        say(Message(zh: "提示：\(hints[hintsGiven].zh)", en: "Hint: \(hints[hintsGiven].en)"))
        hintsGiven += 1
        progress.change(lesson.name) {
            $0.hints += 1
            $0.count(\.hints)
        }
    }

    /// Shows the reference in the language that is spoken.
    private func show() {
        guard let judge else { return }
        let step = self.step
        progress.change(lesson.name) { record in
            // Of a task that is solved already, the answer is no secret.
            if !record.solved.contains(step) { record.shown.insert(step) }
        }
        let shown = judge.answer(in: language).split(separator: "\n").map { "  " + $0 }
            .joined(separator: "\n")
        say(Message(zh: "答案：\n\(shown)\n照样输入一遍，就到下一步。",
                    en: "The answer:\n\(shown)\nType it to go on."))
    }

    private func skip() {
        let step = self.step
        progress.change(lesson.name) { record in
            if !record.solved.contains(step) { record.skipped.insert(step) }
        }
        if let judge {
            // Later steps may go on from what this one defines.
            for statement in judge.statements {
                guard case .assignment = statement.kind else { continue }
                try? session.execute(statement, judge.source)
                rehearsal.add(statement, judge.source)
            }
        }
        advance()
    }

    /// To the step before, whether it was solved or passed over.
    private func back() throws {
        guard step > 0 else {
            return say(Message(zh: "这已经是第一步。", en: "This is the first step."))
        }
        progress.change(lesson.name) { $0.step -= 1 }
        try begin(from: step)
        present()
    }

    private func restart() throws {
        progress.change(lesson.name) { $0.beginAnew(isTest: lesson.isTest) }
        try begin(from: 0)
        present()
    }

    func say(_ message: Message) {
        let width = session.preferences.width.map { min($0, 100) }
        let text = message[language].split(separator: "\n", omittingEmptySubsequences: false)
            .flatMap { $0.hasPrefix("  ") ? [String($0)] : wrapped(String($0), to: width) }
        session.inform(text.joined(separator: "\n") + "\n")
    }
}
