import MusterDiagnostics
import MusterBinding
import MusterEngine
import MusterPlan
import MusterLanguage
import MusterStore

/// The learner's statements once more, on the second snapshot: only when their results are asked
/// for, since most answers are wrong on the first one already.
final class Rehearsal {
    private let books: LessonBooks
    private let language: Language
    private var session: Session?
    private var waiting: [(Statement, SourceText)] = []
    private var last: Result<[ResultTable], any Error> = .success([])

    init(_ books: LessonBooks, _ language: Language) {
        self.books = books
        self.language = language
    }

    func clear() { (session, waiting, last) = (nil, [], .success([])) }

    func add(_ statement: Statement, _ source: SourceText) { waiting.append((statement, source)) }

    /// The tables of the newest statement.
    func tables(hidesNames: Bool) throws -> [ResultTable] {
        let session = try self.session
            ?? books.quietSession(on: books.second(), language)
        self.session = session
        session.change(.hideNames(hidesNames, SetCommand.privacy))
        for (statement, source) in waiting {
            last = Result { try session.tables(of: statement, source) }
        }
        waiting = []
        return try last.get()
    }

    /// What another query gives there, on top of what was said before.
    func trial(_ statement: Statement, _ source: SourceText) -> ResultTable? {
        session.flatMap { LessonBooks.trial(statement, source, in: $0.books, language) }
    }
}
