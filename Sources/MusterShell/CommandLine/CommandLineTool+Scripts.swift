import MusterDiagnostics
import MusterBinding
import MusterEngine
import MusterPlan
import MusterLanguage

extension CommandLineTool {
    /// Every error of each script at once.
    package func check(_ scripts: [String]) -> Int32 {
        var isFine = true
        for name in scripts {
            let session = newSession(isInteractive: false)
            do {
                let path = try ScriptLibrary.find(name, at: nil)
                let source = SourceText(name: path, text: try ScriptLibrary.read(path, at: nil))
                let faults = ScriptChecker(session).faults(source)
                if !faults.isEmpty {
                    isFine = false
                    session.show(faults)
                }
            } catch {
                isFine = false
                session.show(error, nil)
            }
        }
        return isFine ? 0 : 1
    }

    /// The scripts in canonical layout on standard output.
    package func format(_ scripts: [String], to target: Language?) -> Int32 {
        var isFine = true
        for name in scripts {
            let session = newSession(isInteractive: false)
            do {
                let path = try ScriptLibrary.find(name, at: nil)
                let source = SourceText(name: path, text: try ScriptLibrary.read(path, at: nil))
                let script = parse(source, vocabulary: session.vocabulary)
                guard script.diagnostics.isEmpty else {
                    throw Diagnostics(script.diagnostics.map { $0.located(in: source) })
                }
                let meanings = ScriptChecker(session).meanings(script, source)
                CommandLineTool.put(MusterLanguage.format(
                    script, vocabulary: session.vocabulary, language: target,
                    renamed: target.map { language in meanings.mapValues { $0[language] } }
                        ?? [:]))
            } catch {
                isFine = false
                session.show(error, nil)
            }
        }
        return isFine ? 0 : 1
    }
}

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
        let script = parse(source, vocabulary: session.vocabulary)
        var faults = script.diagnostics
        let sound = script.statements.filter { script.isSound($0) }
        faults += bindAll(sound, source).faults
        return faults.map { $0.located(in: source) }
    }

    func meanings(_ script: ParsedScript, _ source: SourceText) -> [Span: Term] {
        bindAll(script.statements, source).meanings
    }

    /// Statement by statement; a `let` or `param` that fails is still known by its name.
    private func bindAll(_ statements: [Statement], _ source: SourceText)
        -> (faults: [Diagnostic], meanings: [Span: Term]) {
        var environment = session.environment
        var faults: [Diagnostic] = []
        var meanings: [Span: Term] = [:]
        for statement in statements {
            let binder = Binder(environment, run: asksData ? session.newRun() : nil,
                                source: source)
            do {
                try bind(statement, binder, &environment, source)
            } catch let diagnostic as Diagnostic {
                faults.append(diagnostic)
            } catch let several as Diagnostics {
                faults += several.all
            } catch {}
            meanings.merge(binder.meanings) { first, _ in first }
        }
        return (faults, meanings)
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
        case .command(_, _, let arguments):
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
