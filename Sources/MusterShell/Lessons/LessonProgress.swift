import Foundation
import Glibc
import MusterDiagnostics
import MusterFiles
import MusterValues

/// How far a learner has come with each lesson: the file `lessons.json`.
struct LessonProgress: Codable, Sendable {
    static let currentFormat = "muster-lessons/1"

    /// What a step took, until it was solved.
    struct Tally: Codable, Sendable {
        var hints = 0
        var wrong = 0
        /// When the learner came to it: `2015-06-02 09:41`, by the computer's clock.
        var begun: String?

        init() {}

        init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: CodingKeys.self)
            hints = try values.count(.hints)
            wrong = try values.count(.wrong)
            begun = try values.decodeIfPresent(String.self, forKey: .begun)
        }
    }

    /// One lesson's record. Steps are counted from 0.
    struct Record: Codable, Sendable {
        /// The step to go on with; the number of steps where the lesson is done.
        var step = 0
        var solved: Set<Int> = []
        var skipped: Set<Int> = []
        /// Steps whose answer was looked at.
        var shown: Set<Int> = []
        var hints = 0
        var wrong = 0
        /// The day on which the last step was done.
        var finished: String?
        /// By the step.
        var steps: [Int: Tally] = [:]
        /// When this record last changed, as `Tally.begun`.
        var changed: String?
        /// Of a closing test: the mark of each time that it was gone through.
        var marks: [Int] = []

        enum CodingKeys: String, CodingKey {
            case step, solved, skipped, shown, hints, wrong, finished, steps, changed, marks
        }

        init() {}

        init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: CodingKeys.self)
            step = try values.count(.step)
            solved = try values.decodeIfPresent(Set<Int>.self, forKey: .solved) ?? []
            skipped = try values.decodeIfPresent(Set<Int>.self, forKey: .skipped) ?? []
            shown = try values.decodeIfPresent(Set<Int>.self, forKey: .shown) ?? []
            hints = try values.count(.hints)
            wrong = try values.count(.wrong)
            finished = try values.decodeIfPresent(String.self, forKey: .finished)
            steps = try values.decodeIfPresent([Int: Tally].self, forKey: .steps) ?? [:]
            changed = try values.decodeIfPresent(String.self, forKey: .changed)
            marks = try values.decodeIfPresent([Int].self, forKey: .marks) ?? []
        }

        func encode(to encoder: any Encoder) throws {
            var values = encoder.container(keyedBy: CodingKeys.self)
            try values.encode(step, forKey: .step)
            try values.encode(solved.sorted(), forKey: .solved)
            try values.encode(skipped.sorted(), forKey: .skipped)
            try values.encode(shown.sorted(), forKey: .shown)
            try values.encode(hints, forKey: .hints)
            try values.encode(wrong, forKey: .wrong)
            try values.encodeIfPresent(finished, forKey: .finished)
            if !steps.isEmpty { try values.encode(steps, forKey: .steps) }
            try values.encodeIfPresent(changed, forKey: .changed)
            if !marks.isEmpty { try values.encode(marks, forKey: .marks) }
        }

        /// Counts a hint or a wrong answer of the step that is due; what comes behind its
        /// solution is practice.
        mutating func count(_ kind: WritableKeyPath<Tally, Int>) {
            if !solved.contains(step) { steps[step, default: Tally()][keyPath: kind] += 1 }
        }

        /// From the first step; what was done of a test counts no more, its marks stay.
        mutating func beginAnew(isTest: Bool) {
            step = 0
            guard isTest else { return }
            (solved, skipped, shown, steps, finished) = ([], [], [], [:], nil)
        }
    }

    var format = LessonProgress.currentFormat
    /// The account; nobody need tell their name.
    var learner = NSUserName()
    var lessons: [String: Record] = [:]

    /// - Throws: `Diagnostic` that names the file where it is no progress file.
    static func read(_ path: String) throws -> LessonProgress {
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw fault(path, systemFault(errno == 0 ? ENOENT : errno))
        }
        guard let progress = try? JSONDecoder().decode(LessonProgress.self, from: bytes),
              progress.format == currentFormat else {
            throw fault(path, Message(zh: "不是课程进度文件，或已损坏",
                                      en: "it is no progress file, or damaged"))
        }
        return progress
    }

    private static func fault(_ path: String, _ reason: Message) -> Diagnostic {
        Diagnostic("lesson.progress", Message(
            zh: "课程进度文件 \(path) 读不了：\(reason.zh)",
            en: "cannot read the progress file \(path): \(reason.en)"))
    }
}

extension KeyedDecodingContainer {
    /// A file may hold anything; counts go on from these without overflow.
    fileprivate func count(_ key: Key) throws -> Int {
        min(max(0, try decodeIfPresent(Int.self, forKey: key) ?? 0), 1_000_000)
    }
}

/// Keeps the progress of lessons between sessions, each change at once.
final class ProgressFile {
    let path: String?
    private let now: () -> Date
    private let report: (Diagnostic) -> Void
    private(set) var progress = LessonProgress()

    init(_ path: String? = ProgressFile.defaultPath, now: @escaping () -> Date = { Date() },
         report: @escaping (Diagnostic) -> Void) {
        self.path = path
        self.now = now
        self.report = report
        guard let path, FileManager.default.fileExists(atPath: path) else { return }
        do {
            progress = try LessonProgress.read(path)
        } catch let fault as Diagnostic {
            setAside(path, fault)
        } catch {}
    }

    /// `$XDG_STATE_HOME/muster/lessons.json`, beside the history; nil without a home.
    static var defaultPath: String? {
        HistoryFile.defaultPath.map {
            ($0 as NSString).deletingLastPathComponent + "/lessons.json"
        }
    }

    subscript(lesson: String) -> LessonProgress.Record {
        progress.lessons[lesson] ?? LessonProgress.Record()
    }

    /// Changes a lesson's record; what another shell has written of other lessons stays.
    func change(_ lesson: String, _ change: (inout LessonProgress.Record) -> Void) {
        var record = self[lesson]
        change(&record)
        let moment = moment
        record.changed = moment
        if record.finished == nil, record.steps[record.step]?.begun == nil {
            record.steps[record.step, default: LessonProgress.Tally()].begun = moment
        }
        if let path, let newest = try? LessonProgress.read(path) { progress = newest }
        progress.lessons[lesson] = record
        guard let path else { return }
        do {
            PrivateFile.makeFolders(above: path)
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            try writeAside(try FilePolicy.own.place(path),
                           Array(try encoder.encode(progress)) + [0x0A], isPrivate: true)
        } catch let fault as Diagnostic {
            report(fault)
        } catch {
            report(Diagnostic("lesson.progress", Message(
                zh: "课程进度没有存下：\(error.localizedDescription)",
                en: "the progress could not be kept: \(error.localizedDescription)")))
        }
    }

    /// The day by the computer's clock.
    var today: String { String(moment.prefix(10)) }

    private var moment: String {
        let parts = Calendar(identifier: .gregorian)
            .dateComponents(in: .current, from: now())
        let day = CivilDay.number(parts.year ?? 0, parts.month ?? 0, parts.day ?? 0)
            .map { CivilDay.text($0) } ?? ""
        func two(_ number: Int?) -> String {
            let number = number ?? 0
            return number < 10 ? "0\(number)" : "\(number)"
        }
        return "\(day) \(two(parts.hour)):\(two(parts.minute))"
    }

    /// A damaged file keeps nobody from learning; nothing of it is lost either.
    private func setAside(_ path: String, _ fault: Diagnostic) {
        var fault = fault
        fault.severity = .warning
        fault.hint = PrivateFile.setAside(path, ending: ".damaged").map { aside in
            Message(zh: "已改名为 \(aside)，进度从头记起", en: "it is now \(aside); progress starts anew")
        } ?? Message(zh: "进度从头记起", en: "progress starts anew")
        report(fault)
    }
}
