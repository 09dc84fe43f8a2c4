import MusterDiagnostics
import MusterBinding
import MusterEngine
import MusterPlan
import MusterLanguage
import MusterStore

/// Judges answers to one step by the equality of results, on the sample and on the second
/// snapshot, and says how a wrong one differs.
final class LessonJudge {
    /// Where answers are tried.
    enum Ground { case sample, second }

    let step: LessonStep
    let books: LessonBooks
    let source: SourceText
    let statements: [Statement]
    let vocabulary: Registry
    private var references: [Ground: [ResultTable]] = [:]
    private var orders: [Ground: RowOrder] = [:]
    /// One conversation a place, begun anew for each answer.
    private var sessions: [Ground: (session: Session, fresh: Books)] = [:]
    /// The learner has persons' names shortened: references must be as they see results.
    var hidesNames = false {
        didSet { if hidesNames != oldValue { (references, orders, sessions) = ([:], [:], [:]) } }
    }

    /// - Throws: `Diagnostics` where the reference cannot be read.
    init(_ step: LessonStep, _ books: LessonBooks) throws {
        self.step = step
        self.books = books
        vocabulary = Books(books.domain).environment.registry
        (source, statements) = try LessonJudge.read(step.answer, vocabulary)
    }

    static func read(_ text: String, _ vocabulary: any Vocabulary) throws
        -> (SourceText, [Statement]) {
        let source = SourceText(text: text)
        let script = parse(source, vocabulary: vocabulary)
        guard script.diagnostics.isEmpty else {
            throw Diagnostics(script.diagnostics.map { $0.located(in: source) })
        }
        return (source, script.statements)
    }

    func data(_ place: Ground) throws -> [DataSet] {
        switch place {
        case .sample: books.sample
        case .second: try books.second()
        }
    }

    /// What the reference gives there.
    func reference(_ place: Ground) throws -> [ResultTable] {
        if let known = references[place] { return known }
        let tables = try results(of: statements, source, place)
        references[place] = tables
        return tables
    }

    /// The tables of the last statement.
    func results(of statements: [Statement], _ source: SourceText, _ place: Ground) throws
        -> [ResultTable] {
        let session = try session(place)
        var tables: [ResultTable] = []
        for statement in statements where statement.isRehearsed {
            tables = try session.tables(of: statement, source)
        }
        return tables
    }

    /// The reference answer in a language, as `fmt --to` would write it.
    func answer(in language: Language) -> String {
        let session = books.quietSession(on: books.sample)
        let (script, meanings, vocabulary) = ScriptChecker(session).read(source)
        return format(script, vocabulary: vocabulary, language: language,
                      renamed: meanings.mapValues { $0[language] })
    }

    private func session(_ place: Ground) throws -> Session {
        if let (session, fresh) = sessions[place] {
            session.exchange(fresh)
            return session
        }
        let session = books.quietSession(on: try data(place))
        session.change(.hideNames(hidesNames, SetCommand.privacy))
        sessions[place] = (session, session.books)
        return session
    }

    // MARK: judging

    /// How an answer typed as a whole differs, or nil: for checks and tests.
    func finding(answer text: String) throws -> LessonFinding? {
        do {
            let (source, statements) = try LessonJudge.read(text, vocabulary)
            let answer = LessonAnswer(
                onSample: try results(of: statements, source, .sample),
                onSecond: { try self.results(of: statements, source, .second) },
                query: statements.last?.pipeline,
                trial: { pipeline, place in
                    let changed = statements.dropLast() + statements.suffix(1).map {
                        $0.with(pipeline)
                    }
                    return try? self.results(of: Array(changed), source, place).last
                })
            return try finding(answer)
        } catch let fault as Diagnostic {
            return failure([fault])
        } catch let faults as Diagnostics {
            return failure(faults.all)
        }
    }

    /// How an answer differs, on the sample first; nil where it is right on both snapshots.
    func finding(_ answer: LessonAnswer) throws -> LessonFinding? {
        if let finding = try finding(answer, answer.onSample, .sample) { return finding }
        do {
            return try finding(answer, try answer.onSecond(), .second)
        } catch let fault as Diagnostic {
            return failure([fault])
        } catch let faults as Diagnostics {
            return failure(faults.all)
        }
    }

    private func failure(_ faults: [Diagnostic]) -> LessonFinding {
        let message = faults.first?.message ?? Message("")
        return LessonFinding(.failure, Message(zh: "语句有错误：\(message.zh)。",
                                               en: "The statement has an error: \(message.en)."))
    }

    private func finding(_ answer: LessonAnswer, _ given: [ResultTable], _ place: Ground) throws
        -> LessonFinding? {
        let expected = try reference(place)
        guard given.count >= expected.count, !expected.isEmpty else {
            return LessonFinding(.rows, Message(
                zh: "应有 \(expected.count) 张表，你的结果有 \(given.count) 张。",
                en: "There should be \(expected.count) tables, yours are \(given.count)."))
        }
        let order = try order(place)
        for (wanted, got) in zip(expected, given.suffix(expected.count)) {
            let comparison = ResultComparison(expected: wanted, order: order)
            guard let found = comparison.finding(got) else { continue }
            let known = variation(like: got, wanted, place)
                ?? correction(of: answer, comparison, found, place)
            return withReason(
                place == .sample ? known ?? found : elsewhere(known, found, answer, given),
                given, place)
        }
        return nil
    }

    /// The order that the reference gives its rows.
    private func order(_ place: Ground) throws -> RowOrder {
        if let known = orders[place] { return known }
        var order = RowOrder.any
        if let query = statements.last?.pipeline, query.decidingSort != nil,
           let table = try reference(place).last {
            order = ties(query, place) ?? .asWritten(table)
        }
        orders[place] = order
        return order
    }

    /// The runs of rows that the reference's `sort` leaves tied.
    private func ties(_ query: Pipeline, _ place: Ground) -> RowOrder? {
        let column = "place_of_row"
        guard let last = statements.last, let shown = query.showingTies(as: column),
              let table = try? results(of: statements.dropLast() + [last.with(shown)], source,
                                       place).last,
              let own = table.columns.firstIndex(where: { $0.name.en == column })
        else { return nil }
        let places = table.cells[own]
        // A total has no place: it stands where it stands.
        let starts = places.indices.filter { row in
            row == 0 || places[row] == .none || places[row] != places[row - 1]
        }
        let runs = zip(starts, starts.dropFirst() + [places.count]).map { $0..<$1 }
        return .runs(runs, of: table.reordered(table.columns.indices.filter { $0 != own }))
    }

    /// Whether a statement tries to answer, or is a look aside at fields, help and the like.
    func isAttempt(_ statement: Statement) -> Bool {
        guard let last = statements.last else { return false }
        switch (statement.kind, last.kind) {
        case (.query, .query): return true
        case (.command(let word, _, _), .command(let wanted, _, _)): return word == wanted
        default: return false
        }
    }
}
