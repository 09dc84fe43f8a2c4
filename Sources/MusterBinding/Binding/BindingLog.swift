import MusterLanguage
import MusterStore
import MusterDiagnostics
import MusterPlan

/// What binding a statement notes on its way. Only added to.
final class BindingLog {
    /// What is wrong so far.
    private(set) var faults: [Diagnostic] = []
    /// What is allowed but hardly meant.
    private(set) var warnings: [Diagnostic] = []
    /// What is to be done with the result besides showing it.
    private(set) var sinks: [Sink] = []
    /// The typed texts with which hidden ones are looked for.
    private(set) var sought: [String] = []
    /// By text: each name's meaning by its place.
    private var meanings: [ObjectIdentifier: [Span: Term]] = [:]
    /// Keeps the texts alive whose identities stand above.
    private var texts: [SourceText] = []
    /// The plans that the statement's own stages came to, with the places of those.
    private(set) var stages: [(span: Span, plan: Plan)] = []
    /// The domain's computed fields that were read, each bound once.
    var fields: [String: Scalar] = [:]
    /// The columns of plain tables whose rows belong to others, the same throughout a statement.
    private var related: [TableReference: [ColumnInfo]] = [:]
    private var identities = Identities()
    let effort: Effort

    init(_ effort: Effort) { self.effort = effort }

    func add(fault: Diagnostic) { faults.append(fault) }
    func add(warning: Diagnostic) { warnings.append(warning) }
    func add(sink: Sink) { sinks.append(sink) }
    func add(sought texts: [String]) { sought += texts }
    func add(stage span: Span, _ plan: Plan) { stages.append((span, plan)) }

    func add(meaning term: Term, at span: Span, of text: SourceText) {
        let key = ObjectIdentifier(text)
        if meanings[key] == nil { texts.append(text) }
        meanings[key, default: [:]][span] = term
    }

    func meanings(of text: SourceText?) -> [Span: Term] {
        text.flatMap { meanings[ObjectIdentifier($0)] } ?? [:]
    }

    func newID() -> ColumnID { identities.next() }

    func columns(of table: TableFacts) -> [ColumnInfo] {
        if let known = related[table.reference] { return known }
        let columns = table.columns.map { $0.identified(newID()) }
        related[table.reference] = columns
        return columns
    }

    /// A plan that is put in keeps its identities: no other column gets one of them.
    func keep(_ plan: Plan) { identities.skip(plan) }
}

extension Binder {
    package var sinks: [Sink] { log.sinks }
    package var sought: [String] { log.sought }
    package var warnings: [Diagnostic] { log.warnings }
    var faults: [Diagnostic] { log.faults }

    /// Each name's meaning by its place, for the formatter's translation.
    package var meanings: [Span: Term] { log.meanings(of: source) }

    func newID() -> ColumnID { log.newID() }

    func add(_ sink: Sink) { log.add(sink: sink) }

    /// What is allowed but hardly meant; in a definition it was said when that was made.
    func warn(_ diagnostic: Diagnostic) {
        if !isForeign { log.add(warning: diagnostic) }
    }

    /// The meaning of a name that the caller resolved.
    package func note(_ name: Name, _ term: Term) { note(name.span, term) }

    func note(_ span: Span, _ term: Term) {
        if let source { log.add(meaning: term, at: span, of: source) }
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
    case reveal(Revelation)
}
