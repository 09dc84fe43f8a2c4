import MusterDiagnostics
import MusterLeague
import MusterReport
@testable import MusterShell
import Testing

/// The lessons on paper: a handout for learners, and what a trainer prepares.
struct PaperTests {
    private func text(_ report: Report, _ language: Language) -> String {
        report.blocks.map { block in
            switch block {
            case .heading(let text, _), .text(let text): text[language]
            case .table(let table):
                table.cells.flatMap { $0 }.map { "\($0)" }.joined(separator: "\n")
            default: ""
            }
        }.joined(separator: "\n")
    }

    @Test("a handout has each task and no answer, and nothing of the test's", arguments: Language.allCases)
    func handout(language: Language) throws {
        let lessons = try ["rate", "test"].map(Classroom.lesson)
        let text = text(LessonHandout(lessons).report, language)
        for (index, step) in lessons[0].steps.enumerated() {
            #expect(text.contains("1.\(index + 1)"))
            #expect(text.contains(step.task[language]))
            #expect(text.contains(step.text[language]))
        }
        #expect(!lessons[1].steps.contains { text.contains($0.task[language]) })
        #expect(text.contains(lessons[1].title[language]))
    }

    @Test("the trainer's pages have the answers in the language that is spoken", arguments: [
        (Language.zh, "团员 | 筛选 年龄 >= 14 | 比率 已注册"),
        (.en, "members | where age >= 14 | rate registered"),
    ])
    func preparation(language: Language, answer: String) throws {
        let lesson = try Classroom.lesson("rate")
        let text = text(try LessonPreparation([lesson], League.domain(), language).report, language)
        #expect(text.contains(answer))
        #expect(text.contains("8:45–9:10"))
        #expect(text.contains("muster lesson --handout"))
        #expect(lesson.trainer.map { text.contains($0[language]) } == true)
    }

    @Test("a day has its pauses, and what does not fit goes to the next")
    func timetable() {
        func kinds(_ lengths: [Int]) -> [String] {
            LessonTimetable(lengths).parts.map { part in
                let name = switch part.kind {
                case .opening: "opening"
                case .pause: "pause"
                case .lunch: "lunch"
                case .lesson(let index): "\(index)"
                }
                return "\(part.day) \(part.time) \(name)"
            }
        }
        #expect(kinds([75, 60, 60]) == [
            "1 8:30–8:45 opening", "1 8:45–10:00 0", "1 10:00–10:15 pause", "1 10:15–11:15 1",
            "1 11:15–13:30 lunch", "1 13:30–14:30 2",
        ])
        #expect(kinds([195, 200, 60]) == [
            "1 8:30–8:45 opening", "1 8:45–12:00 0", "1 12:00–13:30 lunch", "1 13:30–16:50 1",
            "2 8:30–9:30 2",
        ])
    }

    @Test("the lessons that there are fill one day")
    func oneDay() throws {
        let lessons = try Classroom.lessons.map { try LessonLibrary.read($0) }
        #expect(lessons.allSatisfy { $0.trainer != nil })
        #expect(LessonTimetable(lessons.map(\.minutes)).parts.allSatisfy { $0.day == 1 })
    }
}
