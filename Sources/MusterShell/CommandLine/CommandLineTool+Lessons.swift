import Foundation
import MusterDiagnostics
import MusterLanguage
import MusterReport
import MusterStore

extension CommandLineTool {
    /// The list of lessons, or the shell in one of them. Standard input that is no terminal is
    /// read as what a learner types.
    package func lesson(_ name: String?) -> Int32 {
        let isInteractive = Terminal.isTerminal(0)
        let session = newSession(isInteractive: isInteractive)
        guard let name else { return session.run(LessonCommand.signature.name.en) ? 0 : 1 }
        let opening = "\(LessonCommand.signature.name.en) \(name)"
        if isInteractive {
            return Shell(session, isColoured: colour, opening: opening).run()
        }
        guard session.run(opening) else { return 1 }
        do {
            return status(followed(try Terminal.standardInput(), session), session)
        } catch {
            session.show(error, nil)
            return 1
        }
    }

    /// Line by line as in the shell: a fault does not keep the rest from being tried.
    private func followed(_ text: String, _ session: Session) -> Bool {
        var isFine = true
        var statement = ""
        for line in text.split(whereSeparator: \.isNewline) {
            statement += (statement.isEmpty ? "" : "\n") + line
            guard isComplete(statement, vocabulary: session.vocabulary) else { continue }
            isFine = session.run(statement) && isFine
            statement = ""
            if session.isFinished { return isFine }
        }
        return (statement.isEmpty || session.run(statement)) && isFine
    }

    /// Tests lesson files, all there are where none is named: every reference answer must be
    /// right on both snapshots, every listed wrong answer be refused for the reason listed.
    package func check(lessons names: [String]) -> Int32 {
        let session = newSession(isInteractive: false)
        var isFine = true
        for path in names.isEmpty ? LessonLibrary.files().map(\.path) : names {
            do {
                let lesson = FileManager.default.fileExists(atPath: path)
                    ? try LessonLibrary.read(path) : try LessonLibrary.find(path, at: nil)
                let faults = try LessonCheck(lesson, domain).faults()
                if !faults.isEmpty { session.show(faults) }
                isFine = isFine && faults.isEmpty
                let wrong = lesson.steps.map(\.wrongAnswers.count).reduce(0, +)
                session.say(Message(
                    zh: "\(lesson.path)：\(lesson.steps.count) 步，错答 \(wrong) 个，问题 \(faults.count) 处",
                    en: "\(lesson.path): \(lesson.steps.count) steps, \(wrong) wrong answers, "
                        + "\(faults.count) faults"))
            } catch {
                isFine = false
                session.show(error, nil)
            }
        }
        return isFine ? 0 : 1
    }

    /// The progress files of a class: its learners, where each is, and what each step took.
    package func report(progress paths: [String]) -> Int32 {
        let session = newSession(isInteractive: false)
        var isFine = true
        var classes: [ClassReport.Learner] = []
        for path in paths {
            do {
                classes.append(ClassReport.Learner(path, try LessonProgress.read(path)))
            } catch {
                isFine = false
                session.show(error, nil)
            }
        }
        let report = ClassReport(classes, order: LessonLibrary.files().map(\.name)).report
        return session.present(report) && isFine ? 0 : 1
    }

    /// Lessons on paper, all there are where none is named: for learners their texts and tasks,
    /// for the trainer what is to be prepared and the answers.
    ///
    /// - Parameter output: the file, in the format of its ending; nil for standard output.
    package func print(lessons names: [String], forTrainer: Bool, to output: String?) -> Int32 {
        let session = newSession(isInteractive: false, GivenFiles(
            folders: options.allowed.map(homePath), data: [], output: output))
        if let code = refusal(session, output: output) { return code }
        do {
            let lessons = try names.isEmpty
                ? LessonLibrary.files().map { try LessonLibrary.read($0.path) }
                : names.map { try LessonLibrary.find($0, at: nil) }
            guard !lessons.isEmpty else {
                throw Diagnostic("lesson.none", Message(
                    zh: "没有找到课程", en: "there are no lessons"),
                    hint: Message(zh: "用 MUSTER_LESSONS 指明课程文件夹",
                                  en: "name their folder in MUSTER_LESSONS"))
            }
            let language = session.preferences.language
            let report = forTrainer
                ? try LessonPreparation(lessons, domain, language).report
                : LessonHandout(lessons).report
            guard let output else { return session.present(report) ? 0 : 1 }
            try session.export(report, to: session.exportFile(output, at: nil), at: nil)
            return 0
        } catch {
            session.show(error, nil)
            return status(false, session)
        }
    }
}
