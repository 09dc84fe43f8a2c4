import Foundation
import MusterDiagnostics
import MusterStore

/// How far the learners of a class have come: a row a learner, for the trainer.
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

    private let learners: [Learner]

    init(_ learners: [Learner]) { self.learners = learners }

    var table: ResultTable {
        let rows = learners.map(row)
        let headings = [
            Term("learner", "学员"), Term("lessons_done", "学完课数"), Term("steps_solved", "做对步数"),
            Term("steps_shown", "看过答案"), Term("steps_skipped", "跳过"), Term("hints", "提示次数"),
            Term("wrong", "答错次数"), Term("at", "正在学"),
        ]
        return ResultTable(
            columns: headings.enumerated().map { index, name in
                ResultColumn(name: name, isNumeric: (1...6).contains(index))
            },
            cells: headings.indices.map { column in rows.map { $0[column] } },
            rowCount: rows.count)
    }

    private func row(_ learner: Learner) -> [Cell] {
        let records = learner.progress.lessons
        func sum(_ count: (LessonProgress.Record) -> Int) -> Cell {
            .integer(records.values.reduce(0) { $0 &+ Int64(count($1)) })
        }
        let open = records.filter { $0.value.finished == nil }.keys.sorted()
        return [
            .text(learner.name), sum { $0.finished == nil ? 0 : 1 }, sum { $0.solved.count },
            sum { $0.shown.count }, sum { $0.skipped.count }, sum { $0.hints },
            sum { $0.wrong },
            open.isEmpty ? .none : .text(open.map { name in
                "\(name) \((records[name]?.step ?? 0) + 1)"
            }.joined(separator: ", ")),
        ]
    }
}
