import MusterDiagnostics
import MusterBinding
import MusterEngine
import MusterPlan
import MusterLanguage

/// Binds a script's statements without running them: what they name, and what is wrong.
struct ScriptChecker {
    private let session: Session
    /// What only the data know, such as the names of rows, is looked up.
    private let asksData: Bool

    init(_ session: Session, asksData: Bool = false) {
        self.session = session
        self.asksData = asksData
    }

    func faults(_ source: SourceText) -> [Diagnostic] {
        var environment = session.environment, begun = 1
        return bindAll(source, &environment, &begun, within: [source.name]).faults
    }

    /// The script with every name in it known, what they mean, and the words it was read with.
    func read(_ source: SourceText)
        -> (script: ParsedScript, meanings: [Span: Term], vocabulary: any Vocabulary) {
        var environment = session.environment, begun = 1
        let meanings = bindAll(source, &environment, &begun, within: [source.name]).meanings
        let vocabulary = SessionVocabulary(environment)
        return (parse(source, vocabulary: vocabulary), meanings, vocabulary)
    }

    /// Statement by statement; a `let` or `param` that fails is still known by its name.
    ///
    /// - Parameters:
    ///   - open: the scripts that are being read, against circles.
    ///   - begun: how many have been.
    private func bindAll(_ source: SourceText, _ environment: inout Environment,
                         _ begun: inout Int, within open: [String?])
        -> (faults: [Diagnostic], meanings: [Span: Term]) {
        var faults: [Diagnostic] = []
        var meanings: [Span: Term] = [:]
        var reader = StatementReader(source, SessionVocabulary(environment))
        while let statement = reader.nextSound(SessionVocabulary(environment)) {
            let binder = Binder(environment, run: asksData ? session.newRun() : nil,
                                source: source)
            do {
                try bind(statement, binder, &environment, source)
                faults += try follow(statement, binder, &environment, &begun, source, within: open)
            } catch let diagnostic as Diagnostic {
                faults.append(diagnostic.located(in: source))
            } catch let several as Diagnostics {
                faults += several.all.map { $0.located(in: source) }
            } catch {}
            meanings.merge(binder.meanings) { first, _ in first }
        }
        return (reader.allFaults + faults, meanings)
    }

    /// What is wrong in a script that is included or run; an included one brings its names.
    private func follow(_ statement: Statement, _ binder: Binder,
                        _ environment: inout Environment, _ begun: inout Int,
                        _ source: SourceText, within open: [String?]) throws -> [Diagnostic] {
        guard case .command(let word, _, let arguments) = statement.kind,
              case .path(let template)? = arguments["script"] else { return [] }
        let isIncluded = word == IncludeCommand.signature.name.en
        let path = try ScriptLibrary.find(binder.shownText(template), beside: source.name,
                                          at: statement.span)
        guard !open.contains(path) else { return [] }
        do { try session.filesOfScripts(open.compactMap(\.self)).checkReading(path) } catch {
            throw error.placed(at: statement.span)
        }
        try ScriptLibrary.checkNumber(open: open.count, begun: begun, at: statement.span)
        begun += 1
        let text = SourceText(name: path,
                              text: try ScriptLibrary.read(path, at: statement.span))
        if isIncluded { return bindAll(text, &environment, &begun, within: open + [path]).faults }
        var own = environment
        (own.definitions, own.parameters) = ([:], [:])
        return bindAll(text, &own, &begun, within: open + [path]).faults
    }

    private func bind(_ statement: Statement, _ binder: Binder, _ environment: inout Environment,
                      _ source: SourceText) throws {
        switch statement.kind {
        case .query(let expression):
            let plan = try binder.bind(statement: expression, text: "")
            for case .into(let name) in binder.sinks {
                environment.tables[name] = Results(environment).placeholder(plan, name: name)
            }
            environment.last = plan
        case .assignment(let name, let parameters, let value):
            environment.definitions[name.text] = Definition(
                name: name.text, parameters: parameters, value: value, source: source)
            try binder.check(name, parameters, value)
        case .parameter(let name, let type, let initial?, _, _)
            where Session.tableKind.matches(type.text):
            environment.tables[name.text] = try TableShape(initial).empty(name: name.text)
        case .parameter(let name, let type, let initial, _, _):
            let kind = ParameterKind.all(environment.domain).first { $0.name.matches(type.text) }
            environment.parameters[name.text] = kind?.example
                ?? Parameter(type: .plainText, value: .text(""))
            if let kind { binder.note(type, kind.name) }
            if let kind, let initial { _ = try kind.value(of: initial, binder, name) }
        case .command(_, let name, let arguments):
            let call = CommandCall(arguments: arguments, name: name, span: statement.span,
                                   source: source)
            if let relating = RelateCommand.relating(call, source) {
                environment.relations.keep(try binder.relation(relating))
                let name = AmbiguousKeys.name.en, ambiguous = try Results.ambiguous(
                    environment.relations, environment.domain, nil)
                if environment.tables[name]?.isSame(as: ambiguous) != true {
                    environment.tables[name] = ambiguous
                }
            }
            for argument in arguments.values {
                switch argument {
                case .expression(let expression): _ = try binder.value(of: expression)
                case .statement(let inner): try bind(inner, binder, &environment, source)
                case .columns(let columns): resolve(columns, binder, environment)
                case .name(let name):
                    if let known = environment.domain.source(name.text) {
                        binder.note(name, known.name)
                    }
                default: break
                }
            }
        }
    }

    /// What columns mean that a command names: those of the last result, or fields.
    private func resolve(_ columns: [Expression], _ binder: Binder, _ environment: Environment) {
        let schemas = [environment.last?.schema].compactMap(\.self)
            + environment.domain.sources.map { Schema(entity: $0.entity, columns: []) }
        // Tried apart: what a column is not leaves no fault behind.
        let trial = Binder(environment, run: nil, source: binder.source)
        for column in columns {
            if let schema = schemas.first(where: { trial.type(of: column, in: $0) != nil }) {
                _ = binder.type(of: column, in: schema)
            }
        }
    }
}
