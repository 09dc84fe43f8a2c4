import MusterDiagnostics
import MusterEngine
import MusterLeague
import MusterReport
@testable import MusterShell
import Synchronization
import Testing

/// What the statistics make of the samples: each sample is loaded once, and each report made once,
/// however many tests look at it.
enum Made {
    /// What a report depends on.
    struct Question: Hashable {
        var script: String
        /// The folders of the snapshots, in the order in which they are loaded.
        var paths: [String]
        var language = Language.zh
        /// Read at this day instead of the snapshot's own.
        var asOf: Int32?
        var given: [String: String] = [:]

        /// Files of the project: they stay as they are while the tests run.
        var isLasting: Bool {
            given.isEmpty && paths.allSatisfy { $0.hasPrefix(Made.samples) }
        }
    }

    /// A report, and what was said beside it.
    typealias Outcome = (report: Report, messages: String)

    private static let samples = Project.path("samples") + "/"
    private static let loaded = Mutex<[String: DataSet]>([:])
    private static let outcomes = Mutex<[Question: Outcome]>([:])

    /// - Throws: the `Diagnostic` that the script ended with.
    static func outcome(_ question: Question) throws -> Outcome {
        if let known = outcomes.withLock({ $0[question] }) { return known }
        let made = try make(question)
        // Two tests may have asked at once: the reports are the same.
        if question.isLasting { outcomes.withLock { $0[question] = made } }
        return made
    }

    private static func make(_ question: Question) throws -> Outcome {
        var messages = ""
        var preferences = Preferences(language: question.language)
        preferences.isQuiet = true
        let session = Session(preferences: preferences, domain: League.domain(),
                              output: SessionOutput(results: { _ in },
                                                    messages: { messages += $0 }))
        for path in question.paths { try load(path, session) }
        if let asOf = question.asOf { try session.read(at: asOf) }
        let (report, fault) = session.collecting {
            try session.runScript(
                Project.path("scripts/statistics/\(question.script).muster"),
                given: question.given.mapValues(GivenValue.text), at: nil)
        }
        if let fault { throw fault }
        return (report, messages)
    }

    private static func load(_ path: String, _ session: Session) throws {
        guard path.hasPrefix(samples) else { return try session.load(path) }
        if let known = loaded.withLock({ $0[path] }) {
            session.change(.load(known))
        } else {
            try session.load(path)
            let data = try #require(session.environment.dataSets.first {
                $0.snapshot.path == path
            })
            loaded.withLock { $0[path] = data }
        }
    }
}
