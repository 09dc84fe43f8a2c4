import MusterDiagnostics
import MusterBinding
import MusterFiles
import MusterEngine
import MusterPlan
import MusterLanguage
import MusterReport
import MusterStore

/// One conversation, script run or `-c`: what is loaded and defined, and the statements carried
/// out one after the other. Its properties are changed in this file only; commands say what they
/// do as `Effect`s, and `apply` does it.
package final class Session {
    package private(set) var books: Books
    package private(set) var preferences: Preferences
    private(set) var console: any Console
    /// The scripts that are being run and included, the outermost first.
    private(set) var frames: [ScriptFrame] = []
    /// What is shown is collected here, as one report; nil shows each at once.
    private(set) var report: Report?
    /// What the next table is called.
    private var caption: Caption?
    /// The last result, for commands that go on from it.
    private(set) var answer: Answer?
    package private(set) var isFinished = false
    private(set) var log: TranscriptLog?
    /// Leads through a lesson while one is going on.
    private(set) var coach: LessonCoach?
    private(set) lazy var progressFile = ProgressFile { [unowned self] in show([$0]) }
    /// Those that the help showed last, for `example N`.
    private(set) var examples: [String] = []
    /// What says the same as the text that failed last and has no fault.
    private(set) var correction: Correction?
    /// Queries said in a database's language instead of being carried out.
    private(set) var statements: [Message] = []
    /// A fault that was shown was one of the machine: it did not give what was needed.
    private(set) var hasHitLimits = false
    /// Who looked at what is hidden.
    let audit: AuditTrail
    /// What was typed and worked, the oldest first.
    private(set) var done: [DoneStatement] = []
    /// How many hidden texts were looked for by typed ones.
    private(set) var soughtCount = 0
    let isInterrupted: @Sendable () -> Bool

    /// A conversation about a domain's books, nothing loaded yet.
    package convenience init(preferences: Preferences, domain: Domain, output: any Console,
                             isInterrupted: @escaping @Sendable () -> Bool = { false }) {
        self.init(preferences: preferences, output: output, books: Books(domain),
                  isInterrupted: isInterrupted)
    }

    init(preferences: Preferences, output: any Console, books: Books,
         audit: AuditTrail = .usual,
         isInterrupted: @escaping @Sendable () -> Bool = { false }) {
        self.audit = audit
        self.preferences = preferences
        self.books = books
        console = output
        self.isInterrupted = isInterrupted
    }

    /// What a query may refer to here: the books, in a script with its own names.
    package var environment: Environment {
        var environment = frames.environment(over: books.environment)
        environment.last = answer.flatMap {
            $0.fault(books, environment, at: nil) == nil ? $0.onward : nil
        }
        return environment
    }

    package var vocabulary: any Vocabulary { sessionVocabulary }
    var sessionVocabulary: SessionVocabulary { SessionVocabulary(environment) }

    // MARK: what commands do

    /// Carries out what a command does.
    func apply(_ effects: [Effect]) throws {
        for effect in effects { try apply(effect) }
        try renewRelations()
    }

    private func apply(_ effect: Effect) throws {
        switch effect {
        case .show(let blocks): add(blocks)
        case .showWhole(let blocks):
            let limit = preferences.rowLimit
            preferences.rowLimit = nil
            defer { preferences.rowLimit = limit }
            add(blocks)
        case .say(let message): say(message)
        case .change(let change): self.change(change)
        case .prefer(let preferences): self.preferences = preferences
        case .section(let isSkipped):
            caption = nil
            if !frames.isEmpty { frames[frames.count - 1].skipsSection = isSkipped }
        case .caption(let caption): self.caption = caption
        case .paper(let paper):
            if !frames.isEmpty { frames[frames.count - 1].paper = paper }
        case .carryOut(let statements, let source):
            try execute(statements, source)
        case .type(let text):
            console.messages(text.hasSuffix("\n") ? text : text + "\n")
            run(text)
        case .run(let script, let given, let span):
            try keepingSettings { try runScript(script, given: given, at: span) }
        case .include(let script, let call):
            if frames.isEmpty {
                try keepingSettings { try include(script, from: call) }
            } else {
                try include(script, from: call)
            }
        case .relate(let relating, let span): try relate(relating, at: span)
        case .open(let plan, let name, let source): try open(plan, into: name, source)
        case .offer(let examples): self.examples = examples
        case .keepLog(let log): self.log = log
        case .lesson(let request): try follow(request)
        case .write(let text, let place):
            guard preferences.writesFiles else { return }
            try writeAside(place, Array(text.utf8), isPrivate: false)
        case .finish: isFinished = true
        }
    }

    private func follow(_ request: LessonRequest) throws {
        switch request {
        case .begin(let lesson):
            let coach = try LessonCoach(lesson, in: self, progressFile)
            self.coach = coach
            coach.present()
        default: try coach?.follow(request)
        }
    }

    // MARK: what is loaded and defined

    /// What scripts define and keep is theirs; all else goes to the books.
    package func change(_ change: Books.Change) {
        guard let place = frames.naming else { return books.apply(change) }
        switch change {
        case .define(let definition):
            frames[place].names?.definitions[definition.name] = definition
        case .parameter(let parameter, let name):
            frames[place].names?.parameters[name] = parameter
        case .table(let table?, let name): frames[place].names?.tables[name] = table
        case .table(nil, let name):
            let owner = frames.lastIndex { $0.names?.tables[name] != nil }
            guard let owner else { return books.apply(change) }
            frames[owner].names?.tables[name] = nil
        case .relate(let made): frames[place].names?.relations.keep(made)
        case .unrelate(let relating): frames[place].names?.relations.drop(relating)
        default: books.apply(change)
        }
    }

    /// Other books in place of these; nothing goes on from what was asked of the former.
    package func exchange(_ books: Books) {
        self.books = books
        answer = nil
    }

    /// What was said of the next table, once: a query that shows none uses it up, too.
    func takeCaption() -> Caption? {
        defer { caption = nil }
        return caption
    }

    /// Gives the report that is being made its frame.
    func frame(_ frame: ReportFrame) { report?.frame = frame }

    /// Something else is the last result.
    func remember(_ answer: Answer) { self.answer = answer }

    func keep(_ statement: DoneStatement) { done.append(statement) }

    func countSought(_ count: Int) { soughtCount += count }

    /// A leading `|` goes on from these rows behind the last result.
    func goOn(from plan: Plan) { answer?.onward = plan }

    // MARK: scripts

    /// Carries out a body inside a script. What the script counted, the one around it did too.
    func inside<T>(_ frame: ScriptFrame, _ body: () throws -> T) rethrows -> T {
        frames.append(frame)
        frames[0].begun += 1
        defer {
            let ended = frames.removeLast()
            note(ended.measures, ended.lookingBack)
        }
        return try body()
    }

    /// The script that runs has counted these.
    func note(_ measures: [MeasureNote], _ lookingBack: LookingBack) {
        if !frames.isEmpty {
            frames[frames.count - 1].note(measures, lookingBack)
        }
    }

    /// What a body shows, as one report instead of at once; a fault of it stands beside what it
    /// had shown before.
    package func collecting(_ body: () throws -> Void) -> (report: Report, fault: (any Error)?) {
        let outer = report
        report = Report()
        defer { report = outer }
        do { try body() } catch { return (report ?? Report(), error) }
        return (report ?? Report(), nil)
    }

    /// Adds to the report that is being made, or shows at once.
    ///
    /// - Parameter kept: what the log keeps in their place.
    func add(_ blocks: [Report.Block], kept: [Report.Block]? = nil, isPrivate: Bool = false) {
        coach?.saw(kept ?? blocks)
        log?.saw(kept ?? blocks)
        guard report != nil else {
            present(Report(blocks))
            return
        }
        report?.blocks += blocks
        if isPrivate { report?.isPrivate = true }
    }

    // MARK: the user

    /// These faults are being shown.
    func noticed(_ faults: [Diagnostic]) {
        hasHitLimits = hasHitLimits || faults.contains(where: \.isOfMachine)
    }

    /// Chooses otherwise than before.
    package func prefer(_ change: (inout Preferences) -> Void) { change(&preferences) }

    func state(_ statement: Message) { statements.append(statement) }

    /// Speaks through something else from now on.
    func speak(through console: any Console) { self.console = console }

    /// Keeps a learner's progress there.
    func keepProgress(in file: ProgressFile) { progressFile = file }

    /// The lesson is over.
    func endLesson() { coach = nil }

    /// Offers a corrected text, or none.
    func offer(_ correction: Correction?) { self.correction = correction }

    /// The corrected text, once.
    func takeCorrection() -> Correction? {
        defer { correction = nil }
        return correction
    }

    /// Writes to the log, where there is one. One that cannot be written is given up.
    func logging(_ write: (inout TranscriptLog) throws -> Void) {
        guard var kept = log else { return }
        do {
            try write(&kept)
            log = kept
        } catch {
            log = nil
            show(error, nil)
        }
    }
}
