import MusterDiagnostics

/// One lesson: a chain of steps, each with a task whose answer is a query on a sample.
package struct Lesson: Sendable {
    /// The file's name without number and ending: `count` of `02-count.lesson`.
    package let name: String
    package let path: String
    package let title: Message
    /// The sample's path as the lesson names it.
    package let snapshot: String
    /// Loading the sample is a task of the lesson.
    package let isLoadedByLearner: Bool
    /// How long a class takes with it, in minutes.
    package let minutes: Int
    /// What whoever teaches it is told of it.
    package let trainer: Message?
    /// The points of `LessonMark.whole` with which a closing test is passed; nil for a lesson.
    package let passMark: Int?
    package let steps: [LessonStep]

    package var isTest: Bool { passMark != nil }
}

/// One step: what is explained, what is to be done, and what to say of other answers.
package struct LessonStep: Sendable {
    package let text: Message
    package let task: Message
    /// One or more statements; the last one's result is what an answer is compared with.
    package let answer: String
    /// Given one after the other.
    package let hints: [Message]
    package let wrongAnswers: [WrongAnswer]
    /// The lesson that teaches what a step of a test asks for.
    package var revised: String?
}

/// An answer that the author foresees, and what the hint must name.
package struct WrongAnswer: Sendable {
    package let text: String
    package let fault: LessonFault
    /// What the author says to it, beside what the comparison finds.
    package let reason: Message?
    /// Its line in the lesson's file, counted from 1.
    package let line: Int
}

/// How an answer differs from the reference: what a hint names.
package enum LessonFault: String, Sendable, CaseIterable {
    case columns, rows, denominator, numerator, total, order, period, condition, source, day, level
    case values, constant, failure

    package var name: Term {
        switch self {
        case .columns: Term(rawValue, "列")
        case .rows: Term(rawValue, "行")
        case .denominator: Term(rawValue, "分母")
        case .numerator: Term(rawValue, "分子")
        case .total: Term(rawValue, "合计")
        case .order: Term(rawValue, "次序")
        case .period: Term(rawValue, "期间")
        case .condition: Term(rawValue, "条件")
        case .source: Term(rawValue, "来源")
        case .day: Term(rawValue, "日期")
        case .level: Term(rawValue, "层级")
        case .values: Term(rawValue, "数值")
        case .constant: Term(rawValue, "常数")
        case .failure: Term(rawValue, "出错")
        }
    }

    init?(named text: String) {
        guard let fault = LessonFault.allCases.first(where: { $0.name.matches(text) }) else {
            return nil
        }
        self = fault
    }
}

/// What a comparison found: which fault, and what to say of it.
package struct LessonFinding: Sendable {
    package let fault: LessonFault
    package let message: Message

    init(_ fault: LessonFault, _ message: Message) {
        self.fault = fault
        self.message = message
    }
}
