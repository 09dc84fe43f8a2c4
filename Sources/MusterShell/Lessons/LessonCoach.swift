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
    let progress: ProgressFile
    private let conversation: Unowned
    private(set) var judge: LessonJudge?
    /// How many of the step's hints were given.
    var hintsGiven = 0
    /// The query that the last result came from, whole where it was typed in parts.
    private var query: Pipeline?
    /// Tables shown since the last statement ended.
    private var seen: [ResultTable] = []
    /// The same conversation on the second snapshot, and what is still to be said there.
    let rehearsal: Rehearsal
    /// What was loaded and defined before the lesson.
    private let outer: Books

    private struct Unowned { unowned let session: Session }

    /// Starts or goes on with a lesson. Throws where its sample cannot be loaded or a reference
    /// cannot be read; the session is as it was then.
    init(_ lesson: Lesson, in session: Session, _ progress: ProgressFile) throws {
        self.lesson = lesson
        self.progress = progress
        conversation = Unowned(session: session)
        books = try LessonBooks(sample: lesson.snapshot, session.environment.domain)
        rehearsal = Rehearsal(books, session.preferences.language)
        outer = session.coach?.outer ?? session.books
        if progress[lesson.name].step >= lesson.steps.count {
            progress.change(lesson.name) { $0.beginAnew(isTest: lesson.isTest) }
        }
        try begin(from: step)
    }

    /// The step that is due, counted from 0.
    var step: Int { progress[lesson.name].step }

    var session: Session { conversation.session }

    var language: Language { session.preferences.language }

    /// Stands before what is typed, so that one sees where one is.
    var prompt: Message {
        let place = "\(step + 1)/\(lesson.steps.count)> "
        return lesson.isTest ? Message(zh: "考核 \(place)", en: "test \(place)")
            : Message(zh: "课 \(place)", en: "lesson \(place)")
    }

    /// Puts the session where a learner is who has done the steps before.
    func begin(from step: Int) throws {
        let data = lesson.isLoadedByLearner && step == 0 ? [] : books.sample
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
        if tables.isEmpty, case .query = statement.kind, let last = session.answer {
            tables = [last.table]
        }
        guard !tables.isEmpty else { return }
        judge.hidesNames = session.environment.hidesNames
        do {
            if let finding = try judge.finding(answer(tables, statement, source, judge)) {
                guard judge.isAttempt(statement) else { return }
                progress.change(lesson.name) {
                    $0.wrong += 1
                    $0.count(\.wrong)
                }
                say(Message(zh: "✗ 还不对。\(finding.message.zh)",
                            en: "✗ Not yet. \(finding.message.en)"))
            } else {
                solved()
            }
        } catch {
            session.show(error, nil)
        }
    }

    private func answer(_ tables: [ResultTable], _ statement: Statement, _ source: SourceText,
                        _ judge: LessonJudge) -> LessonAnswer {
        let books = session.books
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
        progress.change(lesson.name) {
            $0.solved.insert(step)
            $0.skipped.remove(step)
        }
        let points = LessonMark(lesson, progress[lesson.name]).points(step)
        say(lesson.isTest ? Message(zh: "✓ 对了。得 \(points) 分。", en: "✓ Right: \(points) points.")
            : Message(zh: "✓ 对了。", en: "✓ Right."))
        advance()
    }

    func advance() {
        let next = step + 1
        let isDone = next >= lesson.steps.count
        let today = progress.today
        progress.change(lesson.name) {
            $0.step = next
            guard isDone else { return }
            $0.finished = today
            if lesson.isTest { $0.marks.append(LessonMark(lesson, $0).total) }
        }
        guard !isDone else { return finish() }
        do {
            judge = try LessonJudge(lesson.steps[next], books)
        } catch { session.show(error, nil) }
        hintsGiven = 0
        present()
    }

    private func finish() {
        if lesson.isTest {
            say(LessonMark(lesson, progress[lesson.name]).message {
                try? LessonLibrary.find($0, at: nil).title
            })
        }
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
        session.endLesson()
        if outer.environment.current != nil { session.exchange(outer) }
    }
}
