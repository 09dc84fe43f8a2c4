import MusterDiagnostics
import MusterBinding
import MusterEngine
import MusterPlan
import MusterLanguage
import MusterLeague
import MusterReport
import MusterStore

/// One conversation, script run or `-c`: what is loaded and defined, and the statements carried
/// out one after the other.
package final class Session {
    package internal(set) var environment: Environment
    package var preferences: Preferences
    let output: SessionOutput
    /// Blocks of a script or `-c` run, shown together at its end; nil shows each at once.
    var report: Report?
    /// The last result, for commands that go on from it.
    var lastResult: (plan: Plan, table: ResultTable)?
    package internal(set) var isFinished = false
    /// Scripts that are being run, against circles.
    var runningScripts: [String] = []
    /// The condition of the script's section does not hold: its statements are passed over.
    var skipsSection = false
    /// The level of a title: a script's that another one runs or includes stands below.
    var headingLevel: Int { max(1, runningScripts.count) }
    /// Values given to a script's parameters from outside, and those it has taken.
    var given: [String: GivenValue] = [:]
    /// Tables that a script takes as parameters, with what stood under their names before.
    var scriptTables: [String: FrozenTable?] = [:]
    /// What the queries of the script that runs counted, in words.
    var measureDefinitions: [(text: Message, fields: [Message])] = []
    /// A query read past periods by the units of today.
    var isLookingBack = false
    var log: TranscriptLog?
    /// Leads through a lesson while one is going on.
    var coach: LessonCoach?
    lazy var progressFile = ProgressFile { [unowned self] in show([$0]) }
    /// False where statements are only tried: `export` does nothing.
    var writesFiles = true
    /// Shows a long result page by page; false where it need not.
    var pager: (([UInt8]) -> Bool)?
    /// Lets the user change a text in an editor; nil where there is none.
    var editor: ((_ text: String) throws -> String?)?
    /// Those that the help showed last, for `example N`.
    var examples: [String] = []
    /// What the user probably meant by the text that failed last.
    var correction: Correction?
    let isInterrupted: @Sendable () -> Bool
    package var historyStatements: () -> [String] = { [] }

    package init(preferences: Preferences, output: SessionOutput,
                isInterrupted: @escaping @Sendable () -> Bool = { false }) {
        self.preferences = preferences
        self.output = output
        self.isInterrupted = isInterrupted
        environment = Session.environment(preferences.league, dataSets: [])
    }

    static func environment(_ settings: League.Settings, dataSets: [DataSet]) -> Environment {
        let domain = League.domain(settings)
        return Environment(domain: domain,
                           registry: Registry(domain: domain, statements: Commands.signatures),
                           dataSets: dataSets)
    }

    package var vocabulary: any Vocabulary { SessionVocabulary(environment) }

    /// Parses and carries out a text. Returns whether all went well.
    @discardableResult
    package func run(_ text: String, named name: String? = nil) -> Bool {
        let source = SourceText(name: name, text: text)
        let script = parse(source, vocabulary: vocabulary)
        correction = nil
        guard script.diagnostics.isEmpty else {
            let faults = script.diagnostics.map { $0.located(in: source) }
            log?.add(failed: text, faults, preferences.language)
            tell(faults, source)
            return false
        }
        for statement in script.statements {
            guard !isFinished else { break }
            do {
                try executeLogged(statement, source)
                coach?.followed(statement, source)
            } catch {
                tell(Session.diagnostics(error).map { $0.located(in: source) }, source)
                return false
            }
        }
        return true
    }

    /// The same as one report, shown at the end in the chosen format.
    package func runTogether(_ text: String, named name: String? = nil) -> Bool {
        report = Report()
        let isFine = run(text, named: name)
        let blocks = report ?? Report()
        report = nil
        if !blocks.blocks.isEmpty { return present(blocks) && isFine }
        return isFine
    }

    func show(_ error: any Error, _ source: SourceText?) {
        show(Session.diagnostics(error).map { diagnostic in
            source.map { diagnostic.located(in: $0) } ?? diagnostic
        })
    }

    static func diagnostics(_ error: any Error) -> [Diagnostic] {
        switch error {
        case let diagnostic as Diagnostic: [diagnostic]
        case let several as Diagnostics: several.all
        default: [Diagnostic("internal", Message("\(error)"))]
        }
    }

    func show(_ diagnostics: [Diagnostic]) {
        output.messages(rendered(diagnostics, in: preferences.language,
                                 width: preferences.width ?? 100) + "\n")
    }

    /// A line for the user beside the results; not in quiet mode.
    func say(_ message: Message) {
        if !preferences.isQuiet { output.messages(message[preferences.language] + "\n") }
    }

    /// Carries out a statement; a fault that only running showed has the statement's place.
    func execute(_ statement: Statement, _ source: SourceText) throws {
        do {
            try following(statement.kind.activity) { try carryOut(statement, source) }
        } catch let diagnostic as Diagnostic where diagnostic.span == nil {
            var located = diagnostic
            if located.code != "run.cancelled", located.source == nil {
                located.span = statement.span
            }
            throw located
        }
    }

    private func carryOut(_ statement: Statement, _ source: SourceText) throws {
        if skipsSection, statement.isPartOfSection { return }
        switch statement.kind {
        case .query(let expression): try query(expression, statement.span, source)
        case .assignment(let name, let parameters, let value):
            try define(name, parameters, value, source)
        case .parameter(let name, let type, let initial, let zh, let en):
            try declare(name, type, initial, zh, en, source)
        case .command(let word, let name, let arguments):
            guard let command = Commands.all.first(where: { $0.signature.name.en == word }) else {
                throw Diagnostic("statement.unknown", Message(
                    zh: "没有命令“\(name.text)”", en: "no command \"\(name.text)\""),
                    at: name.span)
            }
            try command.run(CommandCall(arguments: arguments, name: name, span: statement.span,
                                        source: source), self)
        }
    }

    private func define(_ name: Name, _ parameters: [Name], _ value: Expression,
                        _ source: SourceText) throws {
        // Checked as if it were there already, so that a circle does no harm to an older one.
        var next = environment
        next.definitions[name.text] = Definition(
            name: name.text, parameters: parameters, value: value, source: source)
        try Binder(next, run: newRun(), source: source).check(name, parameters, value)
        environment = next
    }

    /// An execution over the loaded data.
    func newRun() -> Run {
        Run(environment, threads: preferences.threads, isCancelled: isInterrupted,
            progress: { [line = output.progress] in line?.count($0, $1) })
    }

    func binder(_ source: SourceText?) -> Binder {
        Binder(environment, run: newRun(), source: source)
    }

    /// Adds to the report that is being made, or shows at once.
    func add(_ blocks: [Report.Block]) {
        coach?.saw(blocks)
        log?.note(blocks)
        if report != nil { report?.blocks += blocks } else { _ = present(Report(blocks)) }
    }

    /// Writes a report in the chosen format to standard output.
    @discardableResult
    func present(_ report: Report) -> Bool {
        guard let format = Formats.named(preferences.format) else { return false }
        do {
            let bytes = try format.contents(of: dated(report), presentation)
            if preferences.usesPager, let pager, givingWay({ pager(bytes) }) { return true }
            output.results(bytes)
            return true
        } catch {
            show(error, nil)
            return false
        }
    }

    var presentation: Presentation {
        Presentation(preferences.language, width: preferences.width,
                     chartWidth: preferences.chartWidth, rowLimit: preferences.rowLimit,
                     colour: preferences.colour,
                     isUTF8: preferences.isUTF8, destination: preferences.destination)
    }

    /// The report with the day of its figures.
    func dated(_ report: Report) -> Report {
        var report = report
        report.day = environment.today
        return report
    }
}

extension Statement {
    /// Shows or does something; definitions and headings hold whatever the section's condition.
    var isPartOfSection: Bool {
        switch kind {
        case .assignment, .parameter: false
        case .query: true
        case .command(let word, _, _):
            word != SectionCommand.signature.name.en && word != TitleCommand.signature.name.en
        }
    }
}
