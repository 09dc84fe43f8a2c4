import MusterDiagnostics
import MusterLanguage

/// `lesson [NAME]`: the lessons there are, or one of them; `lesson off` leaves.
enum LessonCommand: Command {
    static let signature = Signature(Term("lesson", "课程"), [
        Slot("name", .rest, required: false, shown: Message(zh: "名称|关", en: "NAME|off")),
    ])
    static let summary = Message(
        zh: "列出课程；后面写名称则开始或继续，写“关”则结束",
        en: "list the lessons; with a name start or go on with one, with off leave it")
    static let argument: CommandArgument? = .lesson
    static let leaving = Message(zh: "课程 结束", en: "lesson off")

    static func effects(of call: CommandCall, in session: Session) throws -> [Effect] {
        guard let name = call.rest("name")?.trimmingSuffix(of: "。;； ") else {
            return list(session)
        }
        if ["off", "结束", "关"].contains(name) {
            return try request(.leave, call, session)
        }
        return [.lesson(.begin(try LessonLibrary.find(name, at: call.span)))]
    }

    private static func list(_ session: Session) -> [Effect] {
        let progress = session.progressFile
        return [.list([Term("number", "序号"), Term("lesson", "课程"), Term("title", "标题"),
                       Term("state", "进度")],
                      LessonLibrary.files().enumerated().map { index, file in
            let lesson = try? LessonLibrary.read(file.path)
            return [Message("\(index + 1)"), Message(file.name),
                    lesson?.title ?? Message(zh: "（文件有错误，用 muster lesson --check 查看）",
                                             en: "(the file is faulty: muster lesson --check)"),
                    lesson.map { state(progress[file.name], of: $0) } ?? Message("")]
        })]
    }

    static func state(_ record: LessonProgress.Record, of lesson: Lesson) -> Message {
        if let day = record.finished {
            guard let mark = record.marks.last else {
                return Message(zh: "已学完 \(day)", en: "done \(day)")
            }
            return Message(zh: "已考核 \(day)，\(mark) 分", en: "taken \(day), \(mark) points")
        }
        if record.step == 0 { return Message(zh: "未开始", en: "not begun") }
        return Message(zh: "第 \(record.step + 1) 步，共 \(lesson.steps.count) 步",
                       en: "step \(record.step + 1) of \(lesson.steps.count)")
    }

    /// What a learner asks for, while a lesson is going on.
    static func request(_ request: LessonRequest, _ call: CommandCall, _ session: Session) throws
        -> [Effect] {
        guard session.coach == nil else { return [.lesson(request)] }
        let word = call.name.text
        let isTable = session.environment.tables[word] != nil
        throw Diagnostic("lesson.none", Message(
            zh: "现在没有在上课", en: "no lesson is going on"),
            at: call.span, hint: isTable
                ? Message(zh: "表 \(word) 写作 `\(word)`", en: "the table \(word) is written `\(word)`")
                : Message(zh: "先写 课程 名称", en: "first lesson NAME"))
    }
}

/// `task`.
enum TaskCommand: Command {
    static let signature = Signature(Term("task", "题目"), [])
    static let summary = Message(zh: "上课时：再看一遍这一步的题目",
                                 en: "in a lesson: show the task of this step again")

    static func effects(of call: CommandCall, in session: Session) throws -> [Effect] {
        try LessonCommand.request(.task, call, session)
    }
}

/// `back`.
enum BackCommand: Command {
    static let signature = Signature(Term("back", "上一步"), [])
    static let summary = Message(zh: "上课时：回到上一步", en: "in a lesson: go back a step")

    static func effects(of call: CommandCall, in session: Session) throws -> [Effect] {
        try LessonCommand.request(.back, call, session)
    }
}

/// `hint`.
enum HintCommand: Command {
    static let signature = Signature(Term("hint", "提示"), [])
    static let summary = Message(zh: "上课时：给一个提示", en: "in a lesson: give a hint")

    static func effects(of call: CommandCall, in session: Session) throws -> [Effect] {
        try LessonCommand.request(.hint, call, session)
    }
}

/// `skip`.
enum SkipCommand: Command {
    static let signature = Signature(Term("skip", "跳过"), [])
    static let summary = Message(zh: "上课时：跳到下一步，也可写“下一步”",
                                 en: "in a lesson: go to the next step; next does the same")
    static let synonyms = ["下一步", "next"]

    static func effects(of call: CommandCall, in session: Session) throws -> [Effect] {
        try LessonCommand.request(.skip, call, session)
    }
}

/// `show`.
enum ShowCommand: Command {
    static let signature = Signature(Term("show", "显示"), [])
    static let summary = Message(zh: "上课时：看答案，也可写“答案”",
                                 en: "in a lesson: show the answer; answer does the same")
    static let synonyms = ["答案", "answer"]

    static func effects(of call: CommandCall, in session: Session) throws -> [Effect] {
        try LessonCommand.request(.show, call, session)
    }
}

/// `restart`.
enum RestartCommand: Command {
    static let signature = Signature(Term("restart", "重来"), [])
    static let summary = Message(zh: "上课时：从第一步重来", en: "in a lesson: begin again at its first step")

    static func effects(of call: CommandCall, in session: Session) throws -> [Effect] {
        try LessonCommand.request(.restart, call, session)
    }
}

extension String {
    fileprivate func trimmingSuffix(of characters: String) -> String? {
        var text = self[...]
        while let last = text.last, characters.contains(last) { text.removeLast() }
        return text.isEmpty ? nil : String(text)
    }
}
