import Foundation
import MusterDiagnostics
@testable import MusterShell
import Testing

/// The closing test: what a good and a weak learner are given, and what is kept of it.
struct ClosingTestTests {
    private func inTest(_ language: Language = .zh, _ body: (Classroom, Lesson) throws -> Void)
        throws {
        let folder = try Classroom.scratch()
        defer { try? FileManager.default.removeItem(at: folder) }
        let lesson = try Classroom.lesson("test")
        let room = Classroom(language, progress: folder.appending(path: "lessons.json"))
        room.type("lesson \(lesson.path)")
        try body(room, lesson)
    }

    @Test("its ten tasks share a hundred points, and each names a lesson to revise")
    func shape() throws {
        let lesson = try Classroom.lesson("test")
        #expect(lesson.steps.count == 10 && lesson.passMark == 60)
        let names = Set(Classroom.lessons.map {
            LessonLibrary.name(ofFile: ($0 as NSString).lastPathComponent)
        })
        #expect(lesson.steps.allSatisfy { $0.revised.map(names.contains) == true })
    }

    @Test("a good learner, one slip and one hint: 95 of 100")
    func good() throws {
        try inTest { room, lesson in
            #expect(room.session.coach?.prompt.zh == "考核 1/10> ")
            var said = ""
            for (index, step) in lesson.steps.enumerated() {
                if index == 1 { room.type(step.wrongAnswers[0].text) }
                if index == 4 { room.type("提示") }
                said = room.type(step.answer)
                #expect(said.contains("✓ 对了。"), "\(step.answer)\n\(said)")
                if index == 1 { #expect(said.contains("得 8 分")) }
            }
            #expect(said.contains("成绩：95 分，合格"))
            #expect(said.contains("课程 rate（"))
            #expect(said.contains("课程 day（"))
            #expect(!said.contains("课程 where（"))
            let record = try #require(room.record(lesson.name))
            #expect(record.marks == [95] && record.finished != nil)
        }
    }

    @Test("a weak learner: wrong answers, hints, answers looked at, tasks passed over")
    func weak() throws {
        try inTest(.en) { room, lesson in
            var said = ""
            for (index, step) in lesson.steps.enumerated() {
                switch index {
                // Two further tries and a hint: 10 - 4 - 3.
                case 0, 3, 6:
                    room.type(step.wrongAnswers[0].text)
                    room.type("hint")
                    room.type(step.wrongAnswers[1].text)
                    said = room.type(step.answer)
                // Five tries and a hint: the least that a solution has.
                case 1:
                    for _ in 0..<5 { room.type(step.wrongAnswers[0].text) }
                    room.type("hint")
                    said = room.type(step.answer)
                case 2, 5:
                    room.type("answer")
                    said = room.type(step.answer)
                default: said = room.type("next")
                }
            }
            #expect(said.contains("The mark: 11 of 100 points, failed (60 pass)."), "\(said)")
            #expect(said.contains("To revise, where points were lost: lesson where ("))
            #expect(room.record(lesson.name)?.marks == [11])
        }
    }

    @Test("an error in a statement is no try, and nothing is gained by doing a task again")
    func fairness() throws {
        try inTest { room, lesson in
            room.type("团员 | 计数计数")
            #expect(room.type(lesson.steps[0].answer).contains("得 10 分"))
            room.type("上一步")
            room.type(lesson.steps[0].wrongAnswers[0].text)
            room.type("答案")
            room.type(lesson.steps[0].answer)
            let record = try #require(room.record(lesson.name))
            #expect(LessonMark(lesson, record).points(0) == 10)
            // Passed over, and done after all.
            room.type("下一步")
            room.type("上一步")
            room.type(lesson.steps[1].answer)
            #expect(LessonMark(lesson, try #require(room.record(lesson.name))).points(1) == 10)
        }
    }

    @Test("taken once more it counts from nothing, and the first mark stays")
    func again() throws {
        try inTest { room, lesson in
            for _ in lesson.steps { room.type("下一步") }
            #expect(room.record(lesson.name)?.marks == [0])
            room.type("课程 \(lesson.path)")
            for step in lesson.steps { room.type(step.answer) }
            #expect(room.record(lesson.name)?.marks == [0, 100])
        }
    }

    @Test("a task has its points in tenths, and none less than nothing", arguments: [
        (0, 0, 10), (1, 0, 8), (0, 1, 7), (2, 1, 3), (4, 0, 2), (9, 9, 2), (1_000_000, 1_000_000, 2),
    ])
    func points(wrong: Int, hints: Int, points: Int) throws {
        let lesson = try Classroom.lesson("test")
        var record = LessonProgress.Record()
        record.steps[0] = LessonProgress.Tally()
        record.steps[0]?.wrong = wrong
        record.steps[0]?.hints = hints
        #expect(LessonMark(lesson, record).points(0) == 0)
        record.solved = [0]
        #expect(LessonMark(lesson, record).points(0) == points)
        record.shown = [0]
        #expect(LessonMark(lesson, record).points(0) == 0)
    }
}
