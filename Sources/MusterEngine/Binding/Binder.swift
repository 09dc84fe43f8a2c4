import MusterDiagnostics
import MusterLanguage
import MusterStore

/// Gives every name its meaning and every expression its type, and turns verbs into a plan.
/// Nothing runs before a whole statement is bound.
package final class Binder {
    package let environment: Environment
    let executor: Executor?
    /// What is to be done with the result besides showing it.
    package private(set) var sinks: [Sink] = []
    /// Each name's meaning by its place, for the formatter's translation.
    package private(set) var meanings: [Span: Term] = [:]
    /// The same in the texts of `let`s, by the text.
    private var foreignMeanings: [String: [Span: Term]] = [:]
    /// What is allowed but hardly meant.
    package private(set) var warnings: [Diagnostic] = []
    /// What is wrong so far.
    var faults: [Diagnostic] = []
    /// The rates of the statement in words.
    package private(set) var measureDefinitions: [MeasureDefinition] = []
    private var fieldCache: [String: Scalar] = [:]
    private var fieldsBeingBound: Set<String> = []
    /// A source text of a `let` being put in place: its spans are not the statement's.
    var foreignSource: SourceText?
    /// How many definitions of sources are being followed, one inside the other.
    private var definitionDepth = 0

    /// The text that is being bound.
    package let source: SourceText?

    package init(_ environment: Environment, run: Run?, source: SourceText? = nil) {
        self.environment = environment
        self.source = source
        executor = run.map { Executor($0) }
    }

    var domain: Domain { environment.domain }
    var registry: Registry { environment.registry }

    /// The meaning of a name that the caller resolved.
    package func note(_ name: Name, _ term: Term) { note(name.span, term) }

    func note(_ span: Span, _ term: Term) {
        if let foreignSource {
            foreignMeanings[foreignSource.text, default: [:]][span] = term
        } else {
            meanings[span] = term
        }
    }

    /// The meanings of the names in the text that is being bound.
    var localMeanings: [Span: Term] {
        foreignSource.map { foreignMeanings[$0.text] ?? [:] } ?? meanings
    }

    /// The source that was last read for the rows of an entity: what a fault calls them.
    var sourcesRead: [String: Term] = [:]

    /// The column whose value is being bound.
    var columnBeingBound: Term?

    /// The plans that the statement's own stages came to, with the places of those.
    private(set) var stages: [ObjectIdentifier: (plan: Plan, span: Span)] = [:]

    func add(_ sink: Sink) { sinks.append(sink) }

    /// What is allowed but hardly meant.
    func warn(_ diagnostic: Diagnostic) {
        if foreignSource == nil { warnings.append(diagnostic) }
    }

    /// Follows a definition; nil where so many lead to one another that it must be a circle.
    func following<Result>(_ body: () throws -> Result) rethrows -> Result? {
        guard definitionDepth < 100 else { return nil }
        definitionDepth += 1
        defer { definitionDepth -= 1 }
        return try body()
    }

    func add(_ definition: MeasureDefinition) {
        if !measureDefinitions.contains(definition) { measureDefinitions.append(definition) }
    }

    /// A query, or a single value as a table of one row. Throws a `Diagnostic`, or several.
    package func bind(statement expression: Expression, text: String) throws -> Plan {
        try finish { try bindStatement(expression, text) }
    }

    private func bindStatement(_ expression: Expression, _ text: String) throws -> Plan {
        if let pipeline = try asPipeline(expression) { return try bind(pipeline) }
        if case .path(let names) = expression.kind, names.count == 1,
           !Globals.all.contains(where: { $0.matches(names[0].text) }),
           !domain.constants.contains(where: { $0.name.matches(names[0].text) }),
           environment.definitions[names[0].text] == nil { throw unknownSource(names[0]) }
        let scalar = try bind(expression, Scope(columns: [], entity: nil))
        let info = ColumnInfo([Term(text)], scalar.type)
        let unit = FrozenTable(name: "", columns: [], frame: .unit(
            day: environment.today ?? 0, dataSet: environment.current ?? 0))
        let one = Plan(.frozen(unit), Schema(entity: nil, columns: []))
        return Plan(.project(one, keep: [], add: [scalar]), Schema(entity: nil, columns: [info]))
    }

    /// A constant value of an expression that stands alone. Throws as `bind(statement:)`.
    package func value(of expression: Expression) throws -> (Constant, ValueType) {
        try finish { try constant(expression) }
    }

    /// A constant value of an expression without rows.
    func constant(_ expression: Expression) throws -> (Constant, ValueType) {
        let before = faults.count
        let scalar = try bind(expression, Scope(columns: [], entity: nil))
        if faults.count > before { throw Reported() }
        if let value = scalar.constantValue { return (value, scalar.type) }
        guard let executor else { return (.none, scalar.type) }
        let frame = Frame.unit(day: environment.today ?? 0,
                               dataSet: environment.current ?? 0)
        let vector = try Evaluator(executor.run).evaluate(scalar, frame)
        return (vector.constant(0), scalar.type)
    }

    package func bind(_ pipeline: Pipeline, reading outer: Reading? = nil) throws -> Plan {
        var reading = outer
        if pipeline.asOf != nil || pipeline.over != nil {
            if let outer, outer.isExplicit {
                throw Diagnostic("asof.twice", Message(
                    zh: "这个来源已定了截至日或历期，不能再定",
                    en: "this source has its own day or periods already"),
                    at: pipeline.asOf?.span ?? pipeline.over?.unitSpan)
            }
            reading = try self.reading(pipeline)
        }
        var plan = try source(pipeline, reading)
        for stage in pipeline.stages {
            guard let verb = registry.verb(named: stage.verb) else {
                throw Diagnostic("verb.unknown", Message(
                    zh: "没有动词“\(stage.name.text)”", en: "no verb \"\(stage.name.text)\""),
                    at: stage.name.span)
            }
            note(stage.name.span, verb.signature.name)
            do { plan = try verb.bind(stage, plan, self) } catch let diagnostic as Diagnostic {
                var fault = keepingPeriod(diagnostic, stage, plan)
                if fault.hint == nil, fault.code != "name.taken" {
                    fault.topic = verb.signature.name
                }
                report(fault, at: stage.span)
                guard verb.keepsColumns else { throw Reported() }
            } catch is Reported {
                guard verb.keepsColumns else { throw Reported() }
            }
            if foreignSource == nil { stages[ObjectIdentifier(plan)] = (plan, stage.span) }
        }
        return plan
    }

    /// The value of an entity's field at the current row, bound once a query, so that what is
    /// worked out for it is worked out once.
    func declaredField(_ field: FieldDefinition, of entity: EntityDefinition) throws -> Scalar {
        let key = entity.name + "." + field.name.en
        if let known = fieldCache[key] { return known }
        guard case .expression(let text) = field.origin else {
            preconditionFailure("only computed fields are bound")
        }
        guard fieldsBeingBound.insert(key).inserted else {
            preconditionFailure("field \(key) is defined by itself")
        }
        defer { fieldsBeingBound.remove(key) }
        let scalar = try declared(text, Scope(columns: [], entity: entity.name))
        let typed = Scalar(scalar.node, field.type)
        fieldCache[key] = typed
        return typed
    }

    /// A condition or field that the domain declares in the language.
    func declared(_ text: String, _ scope: Scope) throws -> Scalar {
        let source = SourceText(name: nil, text: text)
        let script = parse(source, vocabulary: registry)
        guard script.diagnostics.isEmpty, script.statements.count == 1,
              case .query(let expression) = script.statements[0].kind else {
            preconditionFailure("not an expression: \(text)")
        }
        let outer = foreignSource
        foreignSource = source
        defer { foreignSource = outer }
        return try bind(expression, scope)
    }
}

/// A picture of a result that `chart` asks for: its columns by name.
package struct ChartRequest: Sendable {
    package let kind: ChartKind
    package let category: Term
    package let values: [Term]
}

/// What a verb does with a result besides passing it on.
package enum Sink: Sendable {
    case into(String)
    case export(String, Span)
    case chart(ChartRequest)
}
