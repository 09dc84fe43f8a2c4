import MusterDiagnostics
import MusterLanguage
import MusterPlan

/// What names can mean at one place of a query.
package struct Scope {
    /// Columns that can be named.
    var columns: [ColumnInfo] { didSet { bound = BoundOnce() } }
    /// The entity whose fields can be named, and the row they are read at.
    var entity: String? { didSet { bound = BoundOnce() } }
    var row: Scalar { didSet { bound = BoundOnce() } }
    /// The plain table whose relations can be named.
    var table: RowSource? { didSet { bound = BoundOnce() } }
    /// What the rows are, while they are rows of a source.
    var origin: Origin? { didSet { bound = BoundOnce() } }
    /// The relation whose rows these are.
    var rows: Plan? { didSet { bound = BoundOnce() } }
    /// Where aggregates of rows are allowed: they are collected here.
    var aggregates: MeasureList? { didSet { bound = BoundOnce() } }
    /// Where values of other rows are allowed: they are collected here.
    var neighbours: NeighbourRows? { didSet { bound = BoundOnce() } }
    /// A `let`'s parameters: what they stand for, where that was written.
    var substitutions: [String: Substitution] = [:] { didSet { bound = BoundOnce() } }
    /// Columns not known: any quoted name goes.
    var isOpen = false { didSet { bound = BoundOnce() } }
    /// The column whose value is being bound.
    var target: Term? { didSet { bound = BoundOnce() } }
    /// Names of `let`s being put in place, against endless circles.
    var expanding: [String] = []
    /// What `let`s came to here. Whatever changes what a name means begins anew.
    private(set) var bound = BoundOnce()

    struct Substitution {
        let value: Expression
        let scope: Box
        let binder: Binder
        let bound = BoundOnce()
    }

    /// A scope inside a scope.
    final class Box {
        let scope: Scope
        init(_ scope: Scope) { self.scope = scope }
    }

    init(columns: [ColumnInfo], entity: String?, row: Scalar? = nil) {
        self.columns = columns
        self.entity = entity
        self.row = row ?? Scalar(.row, entity.map { .row($0) } ?? .none)
    }

    init(_ schema: Schema) {
        self.init(columns: schema.shown, entity: schema.entity)
        origin = schema.origin
        table = schema.table
        isOpen = schema.isOpen
    }

    init(_ rows: Plan) {
        self.init(rows.schema)
        self.rows = rows
    }
}

/// The measures that the expressions of one grouping need.
final class MeasureList {
    /// The rows that are grouped.
    let rows: Scope
    let input: Plan?
    private let binder: Binder
    private(set) var measures: [Measure] = []
    /// Whether the grouping keeps the periods apart.
    let keepsPeriod: Bool
    /// The shares that were bound, by the column that was being bound.
    private(set) var shares: [Term: [Share]] = [:]

    init(rows: Scope, input: Plan?, keepsPeriod: Bool, _ binder: Binder) {
        self.rows = rows
        self.input = input
        self.keepsPeriod = keepsPeriod
        self.binder = binder
    }

    func isMeasure(_ id: ColumnID) -> Bool { measures.contains { $0.id == id } }

    /// Whether an expression over the measures reads hours, or what is as exact.
    func usesHours(_ scalar: Scalar) -> Bool {
        let read = scalar.columns
        return measures.contains { $0.type == .decimal(2) && read.contains($0.id) }
    }

    /// A measure's value; the same measure is worked out once.
    func add(_ kind: Measure.Kind, where condition: Scalar?, _ type: ValueType) -> Scalar {
        if let known = measures.first(where: {
            $0.kind == kind && $0.condition == condition && $0.type == type
        }) {
            return Scalar(.column(known.id), type)
        }
        let measure = Measure(id: binder.newID(), kind: kind, condition: condition, type: type)
        measures.append(measure)
        return Scalar(.column(measure.id), type)
    }

    func add(_ share: Share, for column: Term) { shares[column, default: []].append(share) }
}
