import Foundation
import MusterLeague
import MusterDiagnostics
@testable import MusterShell

/// A learner's session that keeps its progress in a file of its own.
final class Classroom {
    let session: Session
    let progress: URL
    private(set) var faults: [Diagnostic] = []
    private final class Heard {
        var text = ""
    }
    private let heard = Heard()

    /// The project's lessons, in order.
    static let lessons: [String] = {
        let folder = root.appending(path: "scripts/lessons").path
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return files.filter { $0.hasSuffix(".lesson") }.sorted().map { folder + "/" + $0 }
    }()

    static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    static func scratch() throws -> URL {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "muster-lessons-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }

    static func lesson(_ name: String) throws -> Lesson {
        try LessonLibrary.read(lessons.first { $0.hasSuffix("-\(name).lesson") } ?? name)
    }

    /// - Parameter now: the clock that the progress is kept by.
    init(_ language: Language = .en, progress: URL, now: @escaping () -> Date = { Date() }) {
        self.progress = progress
        let heard = heard
        session = Session(preferences: Preferences(language: language), domain: League.domain(),
                          output: SessionOutput(results: { _ in },
                                                messages: { heard.text += $0 }))
        session.keepProgress(in: ProgressFile(
            progress.path, now: now, report: { [unowned self] in faults.append($0) }))
    }

    /// What is said to a statement besides its result.
    @discardableResult
    func type(_ text: String) -> String {
        heard.text = ""
        session.run(text)
        return heard.text
    }

    func record(_ lesson: String) -> LessonProgress.Record? {
        (try? LessonProgress.read(progress.path))?.lessons[lesson]
    }
}
