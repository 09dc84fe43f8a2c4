import MusterDiagnostics
import MusterLanguage
import MusterPlan

/// Gives every name its meaning and every expression its type, and turns verbs into a plan: text
/// and catalog in, plan out. What only the data knows is asked of `facts`. A value; what it notes
/// on its way goes into a log that is only added to.
package struct Binder {
    package let catalog: Catalog
    /// Nil where nothing is loaded to ask, or a text is only looked at.
    let facts: (any Facts)?
    /// The text that is being bound: the statement's own, or a definition's that is put in place.
    package let source: SourceText?
    /// Whose text it is.
    private let origin: Origin
    /// The definitions that are being followed, one inside the other.
    private let open: [String]
    let log: BindingLog
    /// Where a definition, or what stands in brackets, is read that does not say so itself: what
    /// it reads besides its source is read there, too.
    private(set) var given: SourceReading?

    private enum Origin { case statement, definition, declaration }

    /// Whether the text is not the statement's own: its places are not the statement's.
    var isForeign: Bool { origin != .statement }
    /// Whether the domain itself declares it.
    var isDeclared: Bool { origin == .declaration }

    package init(_ catalog: Catalog, facts: (any Facts)?, source: SourceText? = nil) {
        self.init(catalog, facts, source, .statement, open: [], BindingLog(Effort()))
    }

    private init(_ catalog: Catalog, _ facts: (any Facts)?, _ source: SourceText?,
                 _ origin: Origin, open: [String], _ log: BindingLog) {
        self.catalog = catalog
        self.facts = facts
        self.source = source
        self.origin = origin
        self.open = open
        self.log = log
    }

    var domain: Domain { catalog.domain }
    var registry: Registry { catalog.registry }

    /// The same binding inside another text: that of a `let`.
    func inside(_ text: SourceText) -> Binder {
        Binder(catalog, facts, text, .definition, open: open, log)
    }

    /// One definition further; nil where they lead to one another in a circle. Throws `Stopped`
    /// where there are too many.
    func following(_ name: String) throws -> Binder? {
        guard open.count < Limits.definitions else {
            if open.contains(name) { return nil }
            throw Stopped(fault: Limits.tooManyDefinitions)
        }
        return Binder(catalog, facts, source, origin, open: open + [name], log)
    }

    /// For what does not change with the day: values are what the rows say, whenever they began.
    var timeless: Binder {
        var catalog = catalog
        catalog.heedsBeginnings = false
        return Binder(catalog, facts, source, origin, open: open, log)
    }

    /// For trying whether something can be bound: what it notes is nobody's.
    var trial: Binder {
        Binder(catalog, facts, source, origin, open: open, BindingLog(log.effort))
    }

    /// A query, or a single value as a table of one row. Throws a `Diagnostic`, or several.
    package func bind(statement expression: Expression, text: String) throws -> Plan {
        try finish {
            let plan = try bindStatement(expression, text)
            log.add(sought: plan.soughtTexts)
            return plan
        }
    }

    private func bindStatement(_ expression: Expression, _ text: String) throws -> Plan {
        if let pipeline = try asPipeline(expression) { return try bind(pipeline) }
        if case .path(let names) = expression.kind, names.count == 1,
           !Globals.all.contains(where: { $0.matches(names[0].text) }),
           !domain.constants.contains(where: { $0.name.matches(names[0].text) }),
           RelativeTime.named(names[0].text) == nil,
           RelativeTime.month(in: names[0].text) == nil,
           catalog.definitions[names[0].text] == nil { throw unknownSource(names[0]) }
        let scalar = try bind(expression, Scope(columns: [], entity: nil))
        let info = ColumnInfo(newID(), [Term(text)], scalar.type)
        let one = Plan(.one(catalog.reading), Schema(entity: nil, columns: []))
        return Plan(.project(one, [scalar]), Schema(entity: nil, columns: [info]))
    }

    /// A constant value of an expression that stands alone. Throws as `bind(statement:)`.
    package func value(of expression: Expression) throws -> (Constant, ValueType) {
        try finish { try constant(expression) }
    }

    /// A constant value of an expression without rows.
    ///
    /// - Parameter scope: where it stands: inside a `let`, its parameters have values there.
    func constant(_ expression: Expression, _ scope: Scope? = nil) throws
        -> (Constant, ValueType) {
        let before = faults.count
        var own = Scope(columns: [], entity: nil)
        if let scope { (own.substitutions, own.expanding) = (scope.substitutions, scope.expanding) }
        let scalar = try bind(expression, own)
        if faults.count > before { throw Reported() }
        log.add(sought: scalar.soughtTexts)
        if let value = scalar.bare.constantValue { return (value, scalar.type) }
        guard let facts else { return (.none, scalar.type) }
        return (try facts.value(of: scalar, at: catalog.reading), scalar.type)
    }

    package func bind(_ pipeline: Pipeline, reading outer: SourceReading? = nil) throws -> Plan {
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
        var binder = self
        binder.given = outer
        for stage in pipeline.stages { plan = try binder.bind(stage, plan) }
        return plan
    }

    private func bind(_ stage: Stage, _ input: Plan) throws -> Plan {
        guard let verb = registry.verb(named: stage.verb) else {
            throw Diagnostic("verb.unknown", Message(
                zh: "没有动词“\(stage.name.text)”", en: "no verb \"\(stage.name.text)\""),
                at: stage.name.span)
        }
        note(stage.name.span, verb.signature.name)
        var plan = input
        do { plan = try verb.bind(stage, input, self) } catch let diagnostic as Diagnostic {
            if diagnostic.isCancellation { throw Stopped(fault: diagnostic) }
            var fault = keepingPeriod(diagnostic, stage, input)
            if fault.hint == nil, !fault.isAboutName { fault.topic = verb.signature.name }
            report(fault, at: stage.span)
            guard verb.keepsColumns else { throw Reported() }
        } catch is Reported {
            guard verb.keepsColumns else { throw Reported() }
        }
        try checkSize(plan)
        if !isForeign { log.add(stage: stage.span, plan) }
        return plan
    }

    /// The value of an entity's field at the current row, bound once a query.
    func declaredField(_ field: FieldDefinition, of entity: EntityDefinition) throws -> Scalar {
        let key = entity.name + "." + field.name.en
        if let known = log.fields[key] { return known }
        guard case .expression(let text) = field.origin else {
            preconditionFailure("only computed fields are bound")
        }
        guard let binder = try following(key) else {
            preconditionFailure("field \(key) is defined by itself")
        }
        let scalar = try binder.declared(text, Scope(columns: [], entity: entity.name))
        let typed = Scalar(.named(field.name, scalar), field.type)
        log.fields[key] = typed
        return typed
    }

    /// A condition or value that the domain declares in the language, over an entity's rows.
    package func declared(_ text: String, of entity: String) throws -> Scalar {
        try declared(text, Scope(columns: [], entity: entity))
    }

    func declared(_ text: String, _ scope: Scope) throws -> Scalar {
        let source = SourceText(name: nil, text: text)
        let script = parse(source, vocabulary: registry)
        guard script.diagnostics.isEmpty, script.statements.count == 1,
              case .query(let expression) = script.statements[0].kind else {
            preconditionFailure("not an expression: \(text)")
        }
        return try Binder(catalog, facts, source, .declaration, open: open, log)
            .bind(expression, scope)
    }
}

extension Diagnostic {
    /// Its own words say what to do; an example of the verb would lead astray.
    fileprivate var isAboutName: Bool { code == "name.taken" }
}
