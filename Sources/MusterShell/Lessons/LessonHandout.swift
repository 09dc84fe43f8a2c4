import MusterDiagnostics
import MusterReport

/// Lessons on paper for learners: what is explained and asked, in reading order, without answers.
struct LessonHandout {
    private let lessons: [Lesson]

    init(_ lessons: [Lesson]) { self.lessons = lessons }

    var report: Report {
        var blocks: [Report.Block] = [
            .heading(Message(zh: "课程讲义", en: "Lessons: handout"), level: 1),
            .text(Message(
                zh: "在终端输入 muster lesson 课程名 开始或接着做一课，例如 muster lesson 1；在交互界面里输入 课程 1。"
                    + "题目之后输入语句，回车，当场判对错。\n"
                    + "提示：给一个提示。答案：看答案。题目：再看一遍题目。上一步、下一步：前后走。重来：从头开始。"
                    + "课程 结束：离开，下次接着做。",
                en: "Type muster lesson NAME in a terminal, such as muster lesson 1, to take a lesson "
                    + "or go on with it; in the shell, lesson 1. Behind a task type a statement and "
                    + "Enter: it is judged at once.\n"
                    + "hint gives one, answer shows the answer, task shows the task again, back and "
                    + "next move by a step, restart begins again, lesson off leaves.")),
        ]
        for (index, lesson) in lessons.enumerated() {
            blocks.append(.heading(Self.title(lesson, index + 1), level: 2))
            guard !lesson.isTest else {
                blocks.append(.text(Message(
                    zh: "共 \(lesson.steps.count) 题，满分 \(LessonMark.whole) 分，"
                        + "\(lesson.passMark ?? 0) 分合格；题目在考核时给出。",
                    en: "\(lesson.steps.count) tasks, \(LessonMark.whole) points, "
                        + "\(lesson.passMark ?? 0) pass. The tasks are set in the test.")))
                continue
            }
            for (place, step) in lesson.steps.enumerated() {
                let number = "\(index + 1).\(place + 1)"
                blocks.append(.text(Message(
                    zh: step.text.zh + "\n题目 \(number)　" + step.task.zh,
                    en: step.text.en + "\nTask \(number)  " + step.task.en)))
            }
        }
        return Report(blocks)
    }

    /// How a lesson is called on paper: its place, its title and how it is begun.
    static func title(_ lesson: Lesson, _ number: Int) -> Message {
        Message(zh: "\(number) \(lesson.title.zh)（课程 \(lesson.name)）",
                en: "\(number) \(lesson.title.en) (lesson \(lesson.name))")
    }
}
