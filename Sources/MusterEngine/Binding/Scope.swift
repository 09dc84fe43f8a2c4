import MusterDiagnostics
import MusterLanguage

/// What names can mean at one place of a query.
package struct Scope {
    /// Columns that can be named.
    var columns: [ColumnInfo]
    /// The entity whose fields can be named, and the row they are read at.
    var entity: String?
    var row: Scalar
    /// Where aggregates of rows are allowed: they are collected here.
    var aggregates: MeasureList?
    /// A `let`'s parameters: what they stand for, where that was written.
    var substitutions: [String: Substitution] = [:]
    /// Columns not known: any quoted name goes.
    var isOpen = false
    /// Names of `let`s being put in place, against endless circles.
    var expanding: [String] = []

    struct Substitution {
        let value: Expression
        let scope: Box
    }

    /// A scope inside a scope.
    final class Box {
        let scope: Scope
        init(_ scope: Scope) { self.scope = scope }
    }

    init(columns: [ColumnInfo], entity: String?, row: Scalar? = nil) {
        self.columns = columns
        self.entity = entity
        self.row = row ?? Scalar(.rowNumber, entity.map { .row($0) } ?? .none)
    }

    /// How columns are numbered in expressions, where that is not by their position.
    var numbers: [Int]?

    func number(_ index: Int) -> Int { numbers?[index] ?? index }

    init(_ schema: Schema) {
        self.init(columns: schema.columns, entity: schema.entity)
        isOpen = schema.isOpen
    }
}

/// The measures that the expressions of one grouping need.
final class MeasureList {
    /// The rows that are grouped.
    let rows: Scope
    private(set) var measures: [Measure] = []
    /// For each measure the period column of an open `over`, if it reads it.
    let openPeriod: Int?
    /// What the rows are, for the words under a report.
    var origin: Origin?
    /// Whether the grouping keeps the periods apart.
    var keepsPeriod = false

    /// Measures and outputs are numbered from here until all are known.
    static let measureBase = 1_000_000
    static let outputBase = 2_000_000

    init(rows: Scope, openPeriod: Int?) {
        self.rows = rows
        self.openPeriod = openPeriod
    }

    /// Whether a column stands for a median or percentile.
    func isQuantile(_ column: Int) -> Bool {
        let index = column - MeasureList.measureBase
        guard measures.indices.contains(index) else { return false }
        if case .quantile = measures[index].kind { return true }
        return false
    }

    /// Whether an expression over the measures reads hundredths.
    func usesHours(_ scalar: Scalar) -> Bool {
        scalar.columns.contains { index in
            index >= MeasureList.measureBase && index < MeasureList.outputBase
                && measures[index - MeasureList.measureBase].type == .hundredths
        }
    }

    func add(_ kind: Measure.Kind, where condition: Scalar?, _ type: ValueType) -> Scalar {
        measures.append(Measure(kind: kind, condition: condition, type: type))
        return Scalar(.column(MeasureList.measureBase + measures.count - 1), type)
    }
}
