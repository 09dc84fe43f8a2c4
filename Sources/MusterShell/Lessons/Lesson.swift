import MusterDiagnostics

/// One lesson: a chain of steps, each with a task whose answer is a query on a sample.
public struct Lesson: Sendable {
    /// The file's name without number and ending: `count` of `02-count.lesson`.
    public let name: String
    public let path: String
    public let title: Message
    /// The sample's path as the lesson names it.
    public let snapshot: String
    /// Loading the sample is a task of the lesson.
    public let isLoadedByLearner: Bool
    public let steps: [LessonStep]
}

/// One step: what is explained, what is to be done, and what to say of other answers.
public struct LessonStep: Sendable {
    public let text: Message
    public let task: Message
    /// One or more statements; the last one's result is what an answer is compared with.
    public let answer: String
    /// Given one after the other.
    public let hints: [Message]
    public let wrongAnswers: [WrongAnswer]
}

/// An answer that the author foresees, and what the hint must name.
public struct WrongAnswer: Sendable {
    public let text: String
    public let fault: LessonFault
    /// What the author says to it, beside what the comparison finds.
    public let reason: Message?
    /// Its line in the lesson's file, counted from 1.
    public let line: Int
}

/// How an answer differs from the reference: what a hint names.
public enum LessonFault: String, Sendable, CaseIterable {
    case columns, rows, denominator, numerator, total, order, period, condition, source, day, level
    case values, constant, failure

    public var name: Term {
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
public struct LessonFinding: Sendable {
    public let fault: LessonFault
    public let message: Message

    init(_ fault: LessonFault, _ message: Message) {
        self.fault = fault
        self.message = message
    }
}
