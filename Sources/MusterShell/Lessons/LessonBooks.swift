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
        preferences.writesFiles = false
        return Session(preferences: preferences,
                       output: SessionOutput(results: { _ in }, messages: { _ in }),
                       books: Books(dataSets: data.map { [$0] } ?? []))
    }

    /// What a statement would show over some books, which it leaves as they are.
    static func trial(_ statement: Statement, _ source: SourceText, in books: Books,
                      _ language: Language) -> ResultTable? {
        let session = quietSession(on: nil, language)
        session.exchange(books)
        return try? session.tables(of: statement, source).last
    }
}

extension Session {
    /// Carries a statement out and gives the tables that it would show.
    func tables(of statement: Statement, _ source: SourceText) throws -> [ResultTable] {
        let (report, fault) = collecting { try execute(statement, source) }
        if let fault { throw fault }
        let shown = report.tables
        // What is exported or kept is not shown; it is a result all the same.
        if shown.isEmpty, case .query = statement.kind, let answer {
            return [answer.table]
        }
        return shown
    }
}
