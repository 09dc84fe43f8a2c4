import Foundation
import MusterDiagnostics
import MusterFiles
import MusterBinding
import MusterEngine
import MusterPlan
import MusterLanguage
import MusterReport
import MusterStore
import Synchronization

/// What a lesson's answers are judged on: its sample, of one snapshot or several, and a
/// generated one on which an answer that was made to fit the sample shows.
final class LessonBooks: Sendable {
    let sample: [DataSet]
    let domain: Domain

    /// - Parameter paths: the snapshots, with commas between several.
    /// - Throws: `Diagnostic` where one cannot be loaded.
    init(sample paths: String, _ domain: Domain) throws {
        self.domain = domain
        sample = try paths.split(whereSeparator: { ",，、".contains($0) }).map { path in
            try LessonBooks.load(LessonLibrary.snapshot(
                path.trimmingCharacters(in: .whitespaces)), domain)
        }
    }

    /// Invented rows, made once in the life of the program and the same each time; the sample
    /// again where the domain invents none.
    func second() throws -> [DataSet] {
        guard let practice = domain.practice else { return sample }
        return try LessonBooks.made.withLock { made in
            if let known = made[domain.schema.format] { return [known] }
            let data = try PrivateFile.passingFolder { folder in
                try practice(folder)
                return try LessonBooks.load(folder, domain)
            }
            made[domain.schema.format] = data
            return [data]
        }
    }

    /// By the format of the domain's snapshots.
    private static let made = Mutex<[String: DataSet]>([:])

    private static func load(_ path: String, _ domain: Domain) throws -> DataSet {
        DataSet(try SnapshotLoader(schema: domain.schema, discretion: domain.discretion)
            .load(path), domain: domain)
    }

    /// A conversation that nobody sees and that writes no files.
    func quietSession(on data: [DataSet], _ language: Language = .en) -> Session {
        Self.quietSession(Books(domain, dataSets: data), language)
    }

    private static func quietSession(_ books: Books, _ language: Language) -> Session {
        var preferences = Preferences(language: language)
        preferences.isQuiet = true
        preferences.writesFiles = false
        return Session(preferences: preferences,
                       output: SessionOutput(results: { _ in }, messages: { _ in }),
                       books: books)
    }

    /// What a statement would show over some books, which it leaves as they are.
    static func trial(_ statement: Statement, _ source: SourceText, in books: Books,
                      _ language: Language) -> ResultTable? {
        let session = quietSession(books, language)
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
