import MusterDiagnostics
import MusterBinding
import MusterEngine
import MusterPlan
import MusterLanguage
import MusterReport

extension Session {
    /// Parses and carries out a text. Returns whether all went well.
    @discardableResult
    package func run(_ text: String, named name: String? = nil) -> Bool {
        let source = SourceText(name: name, text: text,
                                isTyped: name == nil && !preferences.given.isScript)
        var reader = StatementReader(source, sessionVocabulary)
        offer(nil)
        while !isFinished {
            let statement: Statement
            do {
                guard let next = try reader.next(sessionVocabulary) else { break }
                statement = next
            } catch {
                let faults = Session.diagnostics(error)
                logging { $0.add(failed: text, discreet(faults), preferences.language) }
                tell(faults, source)
                return false
            }
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
        var isFine = false
        let report = collecting { isFine = run(text, named: name) }.report
        if !report.blocks.isEmpty { return present(report) && isFine }
        return isFine
    }

    /// Carries out statements; their faults have their place in this source.
    func execute(_ statements: [Statement], _ source: SourceText) throws {
        do {
            for statement in statements { try execute(statement, source) }
        } catch let diagnostic as Diagnostic {
            throw diagnostic.located(in: source)
        } catch let several as Diagnostics {
            throw Diagnostics(several.all.map { $0.located(in: source) })
        }
    }

    /// Carries out a statement; a fault that only running showed has the statement's place.
    func execute(_ statement: Statement, _ source: SourceText) throws {
        do {
            try following(statement.kind.activity) { try perform(statement, source) }
        } catch let diagnostic as Diagnostic where diagnostic.span == nil {
            var located = diagnostic
            if !located.isCancellation, located.source == nil {
                located.span = statement.span
            }
            throw located
        }
    }

    private func perform(_ statement: Statement, _ source: SourceText) throws {
        if frames.last?.skipsSection == true, statement.isPartOfSection { return }
        switch statement.kind {
        case .query(let expression): try query(expression, statement.span, source)
        case .assignment(let name, let parameters, let value):
            try define(name, parameters, value, source)
        case .parameter(let name, let type, let initial, let zh, let en):
            try declare(name, type, initial, zh, en, source)
        case .command(let word, let name, let arguments):
            guard let command = Commands.named(word) else {
                throw Diagnostic("statement.unknown", Message(
                    zh: "没有命令“\(name.text)”", en: "no command \"\(name.text)\""),
                    at: name.span)
            }
            if command.traits.contains(.typed), !frames.isEmpty {
                throw Diagnostic("script.typed", Message(
                    zh: "脚本里不能用“\(name.text)”", en: "a script cannot use \(name.text)"),
                    at: name.span, hint: Message(zh: "请在提示符下输入",
                                                 en: "type it at the prompt"))
            }
            if command.traits.contains(.needsSnapshot), environment.current == nil {
                throw noSnapshot(statement.span)
            }
            try apply(try command.effects(
                of: CommandCall(arguments: arguments, name: name, span: statement.span,
                                source: source), in: self))
        }
    }

    /// Carries out a statement that was typed, and keeps it in the log.
    private func executeLogged(_ statement: Statement, _ source: SourceText) throws {
        let text = source.slice(statement.span)
        do {
            try execute(statement, source)
        } catch {
            let faults = discreet(Session.diagnostics(error))
            logging { $0.add(failed: text, faults, preferences.language) }
            throw error
        }
        if statement.command?.traits.contains(.unlogged) == true { return }
        keep(statement, text, source)
        logging {
            $0.add(text, preferences.language)
            try $0.write()
        }
    }

    /// Remembers what a script of this conversation could be made of.
    private func keep(_ statement: Statement, _ text: String, _ source: SourceText) {
        guard source.isTyped, frames.isEmpty, coach == nil,
              !environment.domain.words.sensitive.isIn(text) else { return }
        let number = console.history.isEmpty ? done.count + 1 : console.history.count
        keep(DoneStatement(statement, text, number: number, in: self))
    }
}

extension Session {
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
        noticed(diagnostics)
        inform(rendered(discreet(diagnostics), in: preferences.language,
                        width: preferences.width ?? 100) + "\n")
    }

    /// A line for the user beside the results; not in quiet mode.
    func say(_ message: Message) {
        if !preferences.isQuiet { inform(visibleLines(message[preferences.language]) + "\n") }
    }

    /// Writes a report in the chosen format to standard output.
    @discardableResult
    func present(_ report: Report) -> Bool {
        guard let format = Formats.named(preferences.format) else { return false }
        do {
            let report = dated(report)
            let bytes = try format.contents(of: report, presentation)
            // A lesson judges what stands below: nothing may hold it up.
            let pages = preferences.usesPager && coach == nil
            if pages, givingWay({ console.page(bytes, sideways: sideways(report, format)) }) {
                return true
            }
            console.results(bytes)
            return true
        } catch {
            show(error, nil)
            return false
        }
    }

    /// A table alone can be looked at sideways: its lines are then the same rows.
    private func sideways(_ report: Report, _ format: any Format) -> ((Int) -> [UInt8]?)? {
        guard format is TableFormat, report.tables.count == 1 else { return nil }
        return { [presentation] screen in
            var presentation = presentation
            presentation.screen = screen
            return try? format.contents(of: report, presentation)
        }
    }

    private var presentation: Presentation {
        Presentation(preferences.language, width: preferences.width,
                     chartWidth: preferences.chartWidth, rowLimit: preferences.rowLimit,
                     colour: preferences.colour,
                     isUTF8: preferences.isUTF8, destination: preferences.destination,
                     phrases: environment.domain.words.phrases, advance: advance)
    }

    /// The report with the day of its figures.
    func dated(_ report: Report) -> Report {
        var report = report
        report.day = environment.today
        return report
    }
}
