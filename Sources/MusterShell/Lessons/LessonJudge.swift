import MusterDiagnostics
import MusterEngine
import MusterLanguage
import MusterStore

/// Judges answers to one step by the equality of results, on the sample and on the second
/// snapshot, and says how a wrong one differs.
final class LessonJudge {
    enum Place { case sample, second }

    private let step: LessonStep
    private let books: LessonBooks
    let source: SourceText
    let statements: [Statement]
    private var references: [Place: [ResultTable]] = [:]
    /// One conversation a place, begun anew for each answer.
    private var sessions: [Place: (session: Session, fresh: Environment)] = [:]
    /// The learner has persons' names shortened: references must be as they see results.
    var hidesNames = false {
        didSet { if hidesNames != oldValue { (references, sessions) = ([:], [:]) } }
    }

    /// - Throws: `Diagnostics` where the reference cannot be read.
    init(_ step: LessonStep, _ books: LessonBooks) throws {
        self.step = step
        self.books = books
        (source, statements) = try LessonJudge.read(step.answer)
    }

    private static let vocabulary = Session.environment(.init(), dataSets: []).registry

    private static func read(_ text: String) throws -> (SourceText, [Statement]) {
        let source = SourceText(text: text)
        let script = parse(source, vocabulary: vocabulary)
        guard script.diagnostics.isEmpty else {
            throw Diagnostics(script.diagnostics.map { $0.located(in: source) })
        }
        return (source, script.statements)
    }

    func data(_ place: Place) throws -> DataSet {
        switch place {
        case .sample: books.sample
        case .second: try LessonBooks.second()
        }
    }

    /// What the reference gives there.
    func reference(_ place: Place) throws -> [ResultTable] {
        if let known = references[place] { return known }
        let tables = try results(of: statements, source, place)
        references[place] = tables
        return tables
    }

    /// The tables of the last statement.
    private func results(of statements: [Statement], _ source: SourceText, _ place: Place) throws
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
        let session = LessonBooks.quietSession(on: books.sample)
        let script = parse(source, vocabulary: session.vocabulary)
        let meanings = ScriptChecker(session).meanings(script, source)
        return format(script, vocabulary: session.vocabulary, language: language,
                      renamed: meanings.mapValues { $0[language] })
    }

    private func session(_ place: Place) throws -> Session {
        if let (session, fresh) = sessions[place] {
            session.environment = fresh
            session.lastResult = nil
            return session
        }
        let session = LessonBooks.quietSession(on: try data(place))
        session.environment.hidesNames = hidesNames
        sessions[place] = (session, session.environment)
        return session
    }

    // MARK: judging

    /// How an answer typed as a whole differs, or nil: for checks and tests.
    func finding(answer text: String) throws -> LessonFinding? {
        do {
            let (source, statements) = try LessonJudge.read(text)
            let given = try results(of: statements, source, .sample)
            return try finding(given, .sample)
                ?? finding(try results(of: statements, source, .second), .second)
        } catch let fault as Diagnostic {
            return failure([fault])
        } catch let faults as Diagnostics {
            return failure(faults.all)
        }
    }

    func failure(_ faults: [Diagnostic]) -> LessonFinding {
        let message = faults.first?.message ?? Message("")
        return LessonFinding(.failure, Message(zh: "语句有错误：\(message.zh)。",
                                               en: "The statement has an error: \(message.en)."))
    }

    /// How results differ from the reference's at a place; nil where they are equal.
    func finding(_ given: [ResultTable], _ place: Place) throws -> LessonFinding? {
        let expected = try reference(place)
        guard given.count >= expected.count, !expected.isEmpty else {
            return LessonFinding(.rows, Message(
                zh: "应有 \(expected.count) 张表，你的结果有 \(given.count) 张。",
                en: "There should be \(expected.count) tables, yours are \(given.count)."))
        }
        for (wanted, got) in zip(expected, given.suffix(expected.count)) {
            let comparison = ResultComparison(expected: wanted, isSorted: isSorted)
            guard let finding = comparison.finding(got) else { continue }
            let known = variation(like: got, place)
            return withReason(place == .sample ? known ?? finding : elsewhere(known), given, place)
        }
        return nil
    }

    private func elsewhere(_ known: LessonFinding?) -> LessonFinding {
        let message = Message(
            zh: "在这份样本上数对得上，换一份快照就不对：语句里写死了只适合这份样本的数或名单。",
            en: "It fits this sample and fails on another snapshot: the statement holds a figure "
                + "or a list that is true of this sample only.")
        guard let known else { return LessonFinding(.constant, message) }
        return LessonFinding(known.fault, Message(
            zh: "这份样本上碰巧数对得上，换一份快照就不对：\(known.message.zh)",
            en: "It happens to fit this sample and fails on another snapshot: "
                + known.message.en))
    }

    private var isSorted: Bool {
        guard case .query(let expression)? = statements.last?.kind,
              case .pipeline(let pipeline) = expression.kind else { return false }
        return pipeline.stages.contains { $0.verb == "sort" }
    }

    /// The usual mistake that would give the same result.
    private func variation(like given: ResultTable, _ place: Place) -> LessonFinding? {
        guard let expected = references[place], expected.count == 1 else { return nil }
        let comparison = ResultComparison(expected: given, isSorted: false)
        guard !ResultComparison(expected: expected[0], isSorted: false).isEqual(given) else {
            return nil
        }
        for variation in LessonVariation.all(of: statements) {
            guard let result = try? results(of: variation.statements, source, place).last,
                  comparison.isEqual(result) else { continue }
            return variation.finding
        }
        return nil
    }

    /// What the author says to this very result goes with the finding.
    private func withReason(_ finding: LessonFinding, _ given: [ResultTable], _ place: Place)
        -> LessonFinding {
        guard let last = given.last else { return finding }
        for wrong in step.wrongAnswers {
            guard let reason = wrong.reason, let (source, statements) = try? Self.read(wrong.text),
                  let result = try? results(of: statements, source, place).last,
                  ResultComparison(expected: result, isSorted: isSorted).isEqual(last)
            else { continue }
            guard wrong.fault == finding.fault else { return LessonFinding(wrong.fault, reason) }
            return LessonFinding(wrong.fault, Message(
                zh: finding.message.zh + reason.zh, en: finding.message.en + " " + reason.en))
        }
        return finding
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
