import Foundation
import MusterDiagnostics
import MusterBinding
import MusterEngine
import MusterPlan
import MusterLanguage
import MusterLeague
import MusterReport
import MusterStore
import Synchronization

/// The two snapshots that a lesson's answers are judged on: its sample, and a generated one on
/// which an answer that was made to fit the sample shows.
final class LessonBooks: Sendable {
    let sample: DataSet

    /// - Throws: `Diagnostic` where the sample cannot be loaded.
    init(sample path: String) throws {
        sample = try LessonBooks.load(LessonLibrary.snapshot(path))
    }

    /// A city of invented people, made once in the life of the program. The same each time.
    static func second() throws -> DataSet {
        try made.withLock { made in
            if let made { return made }
            let folder = FileManager.default.temporaryDirectory
                .appending(path: "muster-lesson-\(UUID().uuidString)")
            defer { try? FileManager.default.removeItem(at: folder) }
            try generate(GeneratorOptions(members: 1500, seed: 53, output: folder.path))
            let data = try load(folder.path)
            made = data
            return data
        }
    }

    private static let made = Mutex<DataSet?>(nil)

    private static func load(_ path: String) throws -> DataSet {
        let domain = League.domain()
        return DataSet(try SnapshotLoader(schema: domain.schema).load(path), domain: domain)
    }

    /// A conversation that nobody sees and that writes no files.
    static func quietSession(on data: DataSet?, _ language: Language = .en) -> Session {
        var preferences = Preferences(language: language)
        preferences.isQuiet = true
        let session = Session(preferences: preferences,
                              output: SessionOutput(results: { _ in }, messages: { _ in }))
        session.writesFiles = false
        session.environment = Session.environment(preferences.league,
                                                  dataSets: data.map { [$0] } ?? [])
        return session
    }

    /// What a statement would show in an environment, which it leaves as it is.
    static func trial(_ statement: Statement, _ source: SourceText, in environment: Environment,
                      _ language: Language) -> ResultTable? {
        let session = quietSession(on: nil, language)
        session.environment = environment
        return try? session.tables(of: statement, source).last
    }
}

extension Session {
    /// Carries a statement out and gives the tables that it would show.
    func tables(of statement: Statement, _ source: SourceText) throws -> [ResultTable] {
        report = Report()
        defer { report = nil }
        try execute(statement, source)
        let shown = report?.tables ?? []
        // What is exported or kept is not shown; it is a result all the same.
        if shown.isEmpty, case .query = statement.kind, let lastResult {
            return [lastResult.table]
        }
        return shown
    }
}

extension Statement {
    /// Has a bearing on results, and may be carried out a second time on another snapshot.
    var isRehearsed: Bool {
        guard case .command(let word, _, let arguments) = kind else { return true }
        if word == LoadCommand.signature.name.en { return arguments["name"] != nil }
        return ["drill", "run", "include", "set", "tables", "fields", "values", "scripts",
                "validate"].contains(word)
    }
}
