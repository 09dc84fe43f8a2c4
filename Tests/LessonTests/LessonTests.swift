import Foundation
import MusterLeague
import MusterDiagnostics
import MusterLanguage
@testable import MusterShell
import Testing

/// Every lesson is done by a script, right and wrong.
struct LessonTests {
    @Test func thereAreAtLeastTwelve() { #expect(Classroom.lessons.count >= 12) }

    @Test("a lesson's file is sound: right answers pass, wrong ones are told what is wrong",
          arguments: Classroom.lessons)
    func check(path: String) throws {
        let lesson = try LessonLibrary.read(path)
        #expect(!lesson.steps.isEmpty)
        #expect(lesson.steps.allSatisfy { !$0.hints.isEmpty && $0.wrongAnswers.count >= 2 })
        for fault in try LessonCheck(lesson, League.domain()).faults() {
            Issue.record("\(fault.message.en)")
        }
    }

    @Test("a lesson is played through in the session, each wrong answer before the right one")
    func playOne() throws {
        try play(try #require(Classroom.lessons.first { $0.hasSuffix("/04-rate.lesson") }))
    }

    @Test("every lesson is played through", arguments: Classroom.lessons)
    func thoroughPlay(path: String) throws { try play(path) }

    private func play(_ path: String) throws {
        let lesson = try LessonLibrary.read(path)
        let folder = try Classroom.scratch()
        defer { try? FileManager.default.removeItem(at: folder) }
        let room = Classroom(.zh, progress: folder.appending(path: "lessons.json"))
        #expect(room.type("课程 " + path).contains(lesson.steps[0].task.zh))
        var refused = 0
        for (index, step) in lesson.steps.enumerated() {
            let judge = try LessonJudge(step, LessonBooks(sample: lesson.snapshot, League.domain()))
            for statement in judge.statements.dropLast() {
                room.type(judge.source.slice(statement.span))
            }
            for wrong in step.wrongAnswers {
                let said = room.type(wrong.text)
                #expect(!said.contains("✓"), "\(wrong.text)\n\(said)")
                #expect(said.contains("✗") || wrong.fault == .failure
                        || judge.isCommand, "\(wrong.text)\n\(said)")
                refused += said.contains("✗") ? 1 : 0
                #expect((room.record(lesson.name)?.step ?? 0) == index)
            }
            let said = room.type(step.answer)
            #expect(said.contains("✓ 对了。"), "\(step.answer)\n\(said)")
            let next = index + 1 < lesson.steps.count ? lesson.steps[index + 1].task.zh : "学完了"
            #expect(said.contains(next))
        }
        let record = try #require(room.record(lesson.name))
        #expect(record.finished != nil && record.step == lesson.steps.count)
        #expect(record.solved == Set(lesson.steps.indices) && record.wrong == refused)
        #expect(room.session.coach == nil)
    }

    @Test("the answer as show gives it is right in both languages", arguments: Classroom.lessons)
    func shown(path: String) throws {
        let lesson = try LessonLibrary.read(path)
        let books = try LessonBooks(sample: lesson.snapshot, League.domain())
        for step in lesson.steps {
            let judge = try LessonJudge(step, books)
            for language in Language.allCases {
                let text = judge.answer(in: language)
                let finding = try judge.finding(answer: text)
                #expect(finding == nil, "\(text)\(finding?.message.en ?? "")")
            }
        }
    }
}

extension LessonJudge {
    /// The answer is a command: queries beside it are not judged.
    var isCommand: Bool {
        if case .command? = statements.last?.kind { true } else { false }
    }
}
