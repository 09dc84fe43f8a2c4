import Foundation
import MusterValues
import MusterDiagnostics
import MusterBinding
import MusterEngine
import MusterPlan
import MusterLanguage
import MusterReport
import MusterStore

/// Leads through one lesson in a session: sets tasks, follows what is typed and judges it.
final class LessonCoach {
    let lesson: Lesson
    private let books: LessonBooks
    private let progress: ProgressFile
    private let session: Unowned
    private var judge: LessonJudge?
    private var hintsGiven = 0
    /// The query that the last result came from, whole where it was typed in parts.
    private var query: Pipeline?
    /// Tables shown since the last statement ended.
    private var seen: [ResultTable] = []
    /// The same conversation on the second snapshot, and what is still to be said there.
    private let rehearsal: Rehearsal
    /// What was loaded and defined before the lesson.
    private let outer: Books

    private struct Unowned { unowned let session: Session }

    /// Starts or goes on with a lesson. Throws where its sample cannot be loaded or a reference
    /// cannot be read; the session is as it was then.
    init(_ lesson: Lesson, in session: Session, _ progress: ProgressFile) throws {
        self.lesson = lesson
        self.progress = progress
        self.session = Unowned(session: session)
        books = try LessonBooks(sample: lesson.snapshot, session.environment.domain)
        rehearsal = Rehearsal(books, session.preferences.language)
        outer = session.coach?.outer ?? session.books
        if progress[lesson.name].step >= lesson.steps.count {
            progress.change(lesson.name) { $0.step = 0 }
        }
        try begin(from: step)
    }

    private var step: Int { progress[lesson.name].step }

    private var language: Language { session.session.preferences.language }

    /// Puts the session where a learner is who has done the steps before.
    private func begin(from step: Int) throws {
        let session = self.session.session
        let data = lesson.isLoadedByLearner && step == 0 ? [] : [books.sample]
        var fresh = Books(session.environment.domain, dataSets: data)
        fresh.apply(.hideNames(session.environment.hidesNames, SetCommand.privacy))
        session.exchange(fresh)
        rehearsal.clear()
        for earlier in lesson.steps.prefix(step) {
            let judge = try LessonJudge(earlier, books)
            for statement in judge.statements {
                guard case .assignment = statement.kind else { continue }
                try session.execute(statement, judge.source)
                rehearsal.add(statement, judge.source)
            }
        }
        judge = try lesson.steps.indices.contains(step)
            ? LessonJudge(lesson.steps[step], books) : nil
        hintsGiven = 0
        (seen, query) = ([], nil)
    }

    // MARK: what the session tells

    /// A statement has shown these.
    func saw(_ blocks: [Report.Block]) {
        seen += Report(blocks).tables
    }

    /// A statement was carried out.
    func followed(_ statement: Statement, _ source: SourceText) {
        defer { seen = [] }
        guard let judge, statement.isRehearsed else { return }
        rehearsal.add(statement, source)
        query = statement.pipeline.flatMap { $0.after(query) }
        var tables = seen
        if tables.isEmpty, case .query = statement.kind, let last = session.session.answer {
            tables = [last.table]
        }
        guard !tables.isEmpty else { return }
        judge.hidesNames = session.session.environment.hidesNames
        do {
            if let finding = try judge.finding(answer(tables, statement, source, judge)) {
                guard judge.isAttempt(statement) else { return }
                progress.change(lesson.name) { $0.wrong += 1 }
                say(Message(zh: "✗ 还不对。\(finding.message.zh)",
                            en: "✗ Not yet. \(finding.message.en)"))
            } else {
                solved()
            }
        } catch {
            session.session.show(error, nil)
        }
    }

    private func answer(_ tables: [ResultTable], _ statement: Statement, _ source: SourceText,
                        _ judge: LessonJudge) -> LessonAnswer {
        let books = session.session.books
        return LessonAnswer(
            onSample: tables,
            onSecond: { try self.rehearsal.tables(hidesNames: judge.hidesNames) },
            query: query,
            trial: { pipeline, place in
                let changed = statement.with(pipeline)
                return place == .second ? self.rehearsal.trial(changed, source)
                    : LessonBooks.trial(changed, source, in: books, self.language)
            })
    }

    private func solved() {
        let step = self.step
        say(Message(zh: "✓ 对了。", en: "✓ Right."))
        progress.change(lesson.name) { $0.solved.insert(step) }
        advance()
    }

    private func advance() {
        let next = step + 1
        let isDone = next >= lesson.steps.count
        progress.change(lesson.name) {
            $0.step = next
            if isDone { $0.finished = LessonCoach.today }
        }
        guard !isDone else { return finish() }
        do {
            judge = try LessonJudge(lesson.steps[next], books)
        } catch { session.session.show(error, nil) }
        hintsGiven = 0
        present()
    }

    private func finish() {
        let files = LessonLibrary.files()
        let place = files.firstIndex { $0.name == lesson.name }
        let next = place.flatMap { $0 + 1 < files.count ? files[$0 + 1].name : nil }
        say(Message(
            zh: "这一课“\(lesson.title.zh)”学完了。" + (next.map { "下一课：课程 \($0)" } ?? ""),
            en: "That was the lesson \"\(lesson.title.en)\"."
                + (next.map { " The next one: lesson \($0)" } ?? "")))
        leave()
    }

    /// Ends the lesson; what was loaded before is there again.
    func leave() {
        let session = self.session.session
        session.endLesson()
        if outer.environment.current != nil { session.exchange(outer) }
    }

    private static var today: String {
        let parts = Calendar.current.dateComponents([.year, .month, .day], from: Date())
        return CivilDay.number(parts.year ?? 0, parts.month ?? 0, parts.day ?? 0)
            .map { CivilDay.text($0) } ?? ""
    }

    // MARK: what the learner asks for

    /// Shows the step that is due.
    func present() {
        guard lesson.steps.indices.contains(step) else { return }
        let current = lesson.steps[step]
        let total = lesson.steps.count
        say(Message(zh: "\n── \(lesson.title.zh) · 第 \(step + 1) 步，共 \(total) 步 ──",
                    en: "\n── \(lesson.title.en) · step \(step + 1) of \(total) ──"))
        if !current.text[language].isEmpty { say(current.text) }
        say(Message(zh: "题目：\(current.task.zh)", en: "Task: \(current.task.en)"))
        if step == 0 {
            say(Message(zh: "（提示 给提示，显示 给答案，跳过 到下一步，重来 从头开始，课程 结束 离开）",
                        en: "(hint, show for the answer, skip, restart; lesson off ends it)"))
        }
    }

    func hint() {
        guard lesson.steps.indices.contains(step) else { return }
        let hints = lesson.steps[step].hints
        guard hintsGiven < hints.count else {
            return say(hints.isEmpty
                ? Message(zh: "这一步没有提示；输入 显示 看答案。",
                          en: "This step has none; show gives the answer.")
                : Message(zh: "提示已给完；输入 显示 看答案。",
                          en: "There are no more hints; show gives the answer."))
        }
        say(Message(zh: "提示：\(hints[hintsGiven].zh)", en: "Hint: \(hints[hintsGiven].en)"))
        hintsGiven += 1
        progress.change(lesson.name) { $0.hints += 1 }
    }

    /// Shows the reference in the language that is spoken.
    func show() {
        guard let judge else { return }
        let step = self.step
        progress.change(lesson.name) { $0.shown.insert(step) }
        let shown = judge.answer(in: language).split(separator: "\n").map { "  " + $0 }
            .joined(separator: "\n")
        say(Message(zh: "答案：\n\(shown)\n照样输入一遍，就到下一步。",
                    en: "The answer:\n\(shown)\nType it to go on."))
    }

    func skip() {
        let step = self.step
        progress.change(lesson.name) { $0.skipped.insert(step) }
        if let judge {
            // Later steps may go on from what this one defines.
            for statement in judge.statements {
                guard case .assignment = statement.kind else { continue }
                try? session.session.execute(statement, judge.source)
                rehearsal.add(statement, judge.source)
            }
        }
        advance()
    }

    func restart() throws {
        progress.change(lesson.name) { $0.step = 0 }
        try begin(from: 0)
        present()
    }

    private func say(_ message: Message) {
        let width = session.session.preferences.width.map { min($0, 100) }
        let text = message[language].split(separator: "\n", omittingEmptySubsequences: false)
            .flatMap { $0.hasPrefix("  ") ? [String($0)] : wrapped(String($0), to: width) }
        session.session.inform(text.joined(separator: "\n") + "\n")
    }
}
