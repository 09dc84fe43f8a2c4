import Foundation
import MusterDiagnostics
import MusterReport
import MusterStore
import MusterValues

/// How far the learners of a class have come, for the trainer: each learner, where each is now,
/// and what each step took.
struct ClassReport {
    struct Learner {
        /// The file's name says who it is, since learners hand in files named after them.
        let name: String
        let progress: LessonProgress

        init(_ path: String, _ progress: LessonProgress) {
            let file = ((path as NSString).lastPathComponent as NSString).deletingPathExtension
            name = file == "lessons" && !progress.learner.isEmpty ? progress.learner : file
            self.progress = progress
        }
    }

    /// One lesson of one learner.
    private struct Entry {
        let learner: String
        let lesson: String
        let record: LessonProgress.Record

        var tally: LessonProgress.Tally { record.steps[record.step] ?? .init() }
        var isOpen: Bool { record.finished == nil }
    }

    /// Who has tried a step so often without success, or stayed at it so many minutes, is stuck.
    private static let stuckTries = 3
    private static let stuckMinutes = 10

    private let learners: [Learner]
    private let entries: [Entry]
    /// The newest change of any file, in minutes: what the time at a step is counted up to.
    private let latest: Int?

    /// - Parameter order: the lessons in their order; others come behind them.
    init(_ learners: [Learner], order: [String] = []) {
        self.learners = learners
        func place(_ lesson: String) -> Int { order.firstIndex(of: lesson) ?? order.count }
        entries = learners.flatMap { learner in
            learner.progress.lessons.map {
                Entry(learner: learner.name, lesson: $0.key, record: $0.value)
            }
        }.sorted { (place($0.lesson), $0.lesson) < (place($1.lesson), $1.lesson) }
        latest = entries.compactMap { Self.minute($0.record.changed) }.max()
    }

    var report: Report {
        Report([
            .heading(Message(zh: "学员", en: "Learners"), level: 2), .table(table),
            .heading(Message(zh: "现在在哪一步", en: "Where they are"), level: 2), .table(places),
            .heading(Message(zh: "各步情况", en: "Steps"), level: 2), .table(steps),
            .notes([Message(
                zh: "卡住：在这一步答错 \(Self.stuckTries) 次以上，或停留 \(Self.stuckMinutes) 分钟以上；"
                    + "停留时间算到全班最后一次操作为止。",
                en: "Stuck: \(Self.stuckTries) wrong answers or more at the step, or "
                    + "\(Self.stuckMinutes) minutes or more at it, counted up to what anybody in "
                    + "the class did last.")]),
        ])
    }

    // MARK: learners

    /// A row a learner.
    var table: ResultTable {
        Self.table([
            Term("learner", "学员"), Term("lessons_done", "学完课数"), Term("steps_solved", "做对步数"),
            Term("steps_shown", "看过答案"), Term("steps_skipped", "跳过"), Term("hints", "提示次数"),
            Term("wrong", "答错次数"), Term("mark", "考核成绩"), Term("at", "正在学"),
        ], numbers: Set(1...7), learners.map(row))
    }

    private func row(_ learner: Learner) -> [Cell] {
        let records = learner.progress.lessons
        func sum(_ count: (LessonProgress.Record) -> Int) -> Cell {
            .integer(records.values.reduce(0) { $0 &+ Int64(count($1)) })
        }
        let open = records.filter { $0.value.finished == nil }.keys.sorted()
        let mark = records.sorted { $0.key < $1.key }.compactMap(\.value.marks.last).last
        return [
            .text(learner.name), sum { $0.finished == nil ? 0 : 1 }, sum { $0.solved.count },
            sum { $0.shown.count }, sum { $0.skipped.count }, sum { $0.hints },
            sum { $0.wrong }, mark.map { .integer(Int64($0)) } ?? .none,
            open.isEmpty ? .none : .text(open.map { name in
                "\(name) \((records[name]?.step ?? 0) + 1)"
            }.joined(separator: ", ")),
        ]
    }

    // MARK: steps

    /// A row for each lesson that a learner is in the middle of.
    var places: ResultTable {
        Self.table([
            Term("learner", "学员"), Term("lesson", "课程"), Term("step", "步"),
            Term("wrong", "答错次数"), Term("hints", "提示次数"), Term("since", "开始时间"),
            Term("minutes", "停留分钟"), Term("stuck", "卡住"),
        ], numbers: [2, 3, 4, 6], entries.filter(\.isOpen).map { entry in
            [
                .text(entry.learner), .text(entry.lesson), .integer(Int64(entry.record.step + 1)),
                .integer(Int64(entry.tally.wrong)), .integer(Int64(entry.tally.hints)),
                entry.tally.begun.map { .text($0) } ?? .none,
                minutes(entry).map { .integer(Int64($0)) } ?? .none, .bool(isStuck(entry)),
            ]
        })
    }

    /// A row for each step that somebody is at or had trouble with.
    var steps: ResultTable {
        var rows: [[Cell]] = []
        var done: Set<String> = []
        for lesson in entries.map(\.lesson) where done.insert(lesson).inserted {
            let own = entries.filter { $0.lesson == lesson }
            let touched = own.flatMap { entry in
                entry.record.steps.filter { $0.value.wrong > 0 || $0.value.hints > 0 }.map(\.key)
                    + (entry.isOpen ? [entry.record.step] : [])
                    + entry.record.shown + entry.record.skipped
            }
            for step in Set(touched).filter({ $0 >= 0 && $0 < .max }).sorted() {
                let here = own.filter { $0.isOpen && $0.record.step == step }
                func count(_ isOne: (Entry) -> Bool) -> Cell {
                    .integer(Int64(own.count(where: isOne)))
                }
                func sum(_ path: KeyPath<LessonProgress.Tally, Int>) -> Cell {
                    .integer(own.reduce(0) {
                        $0 + Int64($1.record.steps[step]?[keyPath: path] ?? 0)
                    })
                }
                rows.append([
                    .text(lesson), .integer(Int64(step + 1)), .integer(Int64(here.count)),
                    .integer(Int64(here.count(where: isStuck))),
                    count { $0.record.solved.contains(step) }, sum(\.wrong), sum(\.hints),
                    count { $0.record.shown.contains(step) },
                    count { $0.record.skipped.contains(step) },
                ])
            }
        }
        return Self.table([
            Term("lesson", "课程"), Term("step", "步"), Term("here", "在这一步"), Term("stuck", "卡住"),
            Term("solved", "做对"), Term("wrong", "答错次数"), Term("hints", "提示次数"),
            Term("shown", "看过答案"), Term("skipped", "跳过"),
        ], numbers: Set(1...8), rows)
    }

    private func isStuck(_ entry: Entry) -> Bool {
        entry.tally.wrong >= Self.stuckTries || minutes(entry) ?? 0 >= Self.stuckMinutes
    }

    private func minutes(_ entry: Entry) -> Int? {
        guard let latest, let begun = Self.minute(entry.tally.begun) else { return nil }
        return max(0, latest - begun)
    }

    /// The minutes up to a moment as a record has it: `2015-06-02 09:41`.
    private static func minute(_ moment: String?) -> Int? {
        guard let parts = moment?.split(separator: " "), parts.count == 2 else { return nil }
        let date = parts[0].split(separator: "-").compactMap { Int($0) }
        let clock = parts[1].split(separator: ":").compactMap { Int($0) }
        guard date.count == 3, let day = CivilDay.number(date[0], date[1], date[2]) else {
            return nil
        }
        guard clock.count == 2, (0..<24).contains(clock[0]), (0..<60).contains(clock[1]) else {
            return nil
        }
        return Int(day) * 1440 + clock[0] * 60 + clock[1]
    }

    private static func table(_ headings: [Term], numbers: Set<Int>, _ rows: [[Cell]])
        -> ResultTable {
        ResultTable(
            columns: headings.enumerated().map { index, name in
                ResultColumn(name: name, isNumeric: numbers.contains(index))
            },
            cells: headings.indices.map { column in rows.map { $0[column] } },
            rowCount: rows.count)
    }
}
