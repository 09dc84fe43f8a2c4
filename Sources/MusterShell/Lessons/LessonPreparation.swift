import MusterBinding
import MusterDiagnostics
import MusterReport
import MusterStore

/// What a trainer needs on paper: what to set up, a timetable, and each lesson's answers with
/// the mistakes that are foreseen.
struct LessonPreparation {
    private let lessons: [Lesson]
    private let domain: Domain
    private let language: Language

    init(_ lessons: [Lesson], _ domain: Domain, _ language: Language) {
        self.lessons = lessons
        self.domain = domain
        self.language = language
    }

    /// - Throws: where a lesson's sample cannot be loaded or an answer cannot be read.
    var report: Report {
        get throws {
            var blocks: [Report.Block] = [
                .heading(Message(zh: "培训准备", en: "Preparing the lessons"), level: 1),
                .heading(Message(zh: "事前", en: "Before the day"), level: 2),
                .table(.texts([Term("what", "做什么"), Term("type", "输入")], Self.before)),
                .heading(Message(zh: "时间安排", en: "Timetable"), level: 2), .table(timetable),
                .heading(Message(zh: "课上", en: "While it goes on"), level: 2),
                .table(.texts([Term("what", "做什么"), Term("type", "输入")], Self.during)),
            ]
            for (index, lesson) in lessons.enumerated() {
                blocks.append(.heading(LessonHandout.title(lesson, index + 1), level: 2))
                blocks.append(.table(try answers(lesson, index + 1)))
            }
            return Report(blocks)
        }
    }

    /// A command line, the same in both languages.
    private static func typed(_ line: String) -> Message { Message(zh: line, en: line) }

    private static let before: [[Message]] = [
        [Message(zh: "每台电脑装好，试一下能不能运行", en: "Install it on every computer and try it"),
         typed("muster --version")],
        [Message(zh: "看课程是否齐全；改过课程的，检查一遍", en: "See that the lessons are there; test them where "
                    + "they were changed"),
         typed("muster lesson; muster lesson --check")],
        [Message(zh: "同用一台电脑的，每人一个账号，进度才分得开",
                 en: "Where all use one computer, an account for each, so that each has a progress"),
         Message("")],
        [Message(zh: "打印讲义，每人一份", en: "Print a handout for each"),
         Message(zh: "muster lesson --handout --output 讲义.html",
                 en: "muster lesson --handout --output handout.html")],
        [Message(zh: "打印本页，自己用", en: "Print this page for yourself"),
         Message(zh: "muster lesson --prepare --output 备课.html",
                 en: "muster lesson --prepare --output prepare.html")],
        [Message(zh: "投影前隐去姓名", en: "Shorten names before anything is projected"),
         Message(zh: "设置 隐私 严格", en: "set privacy strict")],
    ]

    private static let during: [[Message]] = [
        [Message(zh: "看全班到了哪一步，谁卡住了（各账号的进度文件，或收上来的文件）",
                 en: "See where the class is and who is stuck, from the accounts' files or those "
                    + "handed in"),
         typed("muster lesson --report /home/*/.local/state/muster/lessons.json")],
        [Message(zh: "考核后存下成绩", en: "Keep the marks of the test"),
         Message(zh: "muster lesson --report --format csv *.json > 成绩.csv",
                 en: "muster lesson --report --format csv *.json > marks.csv")],
        [Message(zh: "下课前各人交进度文件，以姓名为文件名",
                 en: "Before they leave, learners hand in their progress under their names"),
         Message(zh: "cp ~/.local/state/muster/lessons.json 姓名.json",
                 en: "cp ~/.local/state/muster/lessons.json NAME.json")],
    ]

    private var timetable: ResultTable {
        let table = LessonTimetable(lessons.map(\.minutes))
        let days = table.parts.last?.day ?? 1
        return .texts(
            [Term("time", "时间"), Term("lesson", "课程"), Term("content", "内容"),
             Term("trainer", "讲什么")],
            table.parts.map { part in
                let time = days == 1 ? Message(part.time)
                    : Message(zh: "第 \(part.day) 天 \(part.time)", en: "day \(part.day), \(part.time)")
                switch part.kind {
                case .opening:
                    return [time, Message(""), Message(zh: "开场", en: "Opening"),
                            Message(zh: "为什么学，怎样打字、补全、退出",
                                    en: "what it is for; typing, Tab, leaving")]
                case .pause: return [time, Message(""), Message(zh: "休息", en: "Pause"), Message("")]
                case .lunch: return [time, Message(""), Message(zh: "午休", en: "Lunch"), Message("")]
                case .lesson(let index):
                    let lesson = lessons[index]
                    return [time, Message(lesson.name), lesson.title, lesson.trainer ?? Message("")]
                }
            })
    }

    private func answers(_ lesson: Lesson, _ number: Int) throws -> ResultTable {
        let books = try LessonBooks(sample: lesson.snapshot, domain)
        return .texts(
            [Term("number", "题号"), Term("task", "题目"), Term("answer", "答案"),
             Term("mistakes", "常见的错")],
            try lesson.steps.enumerated().map { place, step in
                let answer = try LessonJudge(step, books).answer(in: language)
                let reasons = step.wrongAnswers.compactMap(\.reason)
                let faults = Set(step.wrongAnswers.map(\.fault))
                let kinds = LessonFault.allCases.filter(faults.contains).map(\.name)
                return [
                    Message("\(number).\(place + 1)"), step.task,
                    Message(answer.split(separator: "\n").joined(separator: "\n")),
                    Message(zh: kinds.map(\.zh).joined(separator: "、") + "。"
                                + reasons.map(\.zh).joined(),
                            en: kinds.map(\.en).joined(separator: ", ") + ". "
                                + reasons.map(\.en).joined(separator: " ")),
                ]
            })
    }
}
