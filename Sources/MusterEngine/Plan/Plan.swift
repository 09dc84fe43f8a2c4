import MusterValues
import MusterDiagnostics
import MusterStore

/// How a column came to be, as far as later verbs must know.
package enum ColumnRole: Sendable, Hashable {
    /// Computed or selected.
    case value
    /// A grouping key.
    case key
    /// The period column of `over`.
    case period
    /// A count or sum over rows: 0 where a pivot finds nothing.
    case additive
}

/// One column of a frame: names a segment of a path each, in both languages.
package struct ColumnInfo: Sendable {
    package var path: [Term]
    package var type: ValueType
    package var role: ColumnRole
    package var display: Display = .plain
    package var label: Term?
    /// Counts or sums of rows repeated over periods: adding a `stock` up over the periods would
    /// count a person several times. `flow` is what happened within its period: it adds up.
    package var overPeriods: PeriodMeasure?
    /// A rate or mean: adding it up means nothing.
    package var isRatio = false
    /// The name of the column that this one is measured against: a rate's target.
    package var goal: Term?
    /// A count of one period, made a column by a pivot.
    package var isOfOnePeriod = false
    /// The whole column stands for a period still running, read up to this day.
    package var runningDay: Int32?
    /// For a key: which of the grouping's keys it is.
    package var keyIndex: Int?
    /// It was a key of what a kept table came from, and is shown as one.
    var wasKey = false

    var isKey: Bool { keyIndex != nil || role == .period || wasKey }

    package init(_ path: [Term], _ type: ValueType, role: ColumnRole = .value) {
        self.path = path
        self.type = type
        self.role = role
    }

    package var name: Term {
        Term(path.map(\.en).joined(separator: "."), path.map(\.zh).joined(separator: "."))
    }

    /// Whether the path as typed names this column.
    func matches(_ names: [String]) -> Bool {
        if names.count == path.count {
            return zip(path, names).allSatisfy { $0.matches($1) }
        }
        var rest = names[...]
        for term in path {
            if let first = rest.first, term.matches(first) {
                rest = rest.dropFirst()
            } else if term.en == rest.prefix(2).joined(separator: ".") {
                // A field's own name may hold a dot: `registered.date`.
                rest = rest.dropFirst(2)
            } else {
                return names.count == 1 && name.matches(names[0])
            }
        }
        return rest.isEmpty
    }
}

package enum PeriodMeasure: Sendable, Hashable { case stock, flow }

/// What a plan's rows look like.
package struct Schema: Sendable {
    /// The entity whose fields can be named; nil once columns were selected or rows grouped.
    package var entity: String?
    /// The entity whose rows these still are, even after `select` (for drill).
    package var columns: [ColumnInfo]
    /// A grouped result: columns beyond the keys are measures.
    package var isGrouped = false
    package var hasTotals = false
    /// The column that `over` added, while rows are still repeated over it.
    package var openPeriod: Int?
    /// What the rows are, while they are rows of a source.
    package var origin: Origin?
    /// Columns not known before it runs (a pivot without data): any quoted name goes.
    package var isOpen = false

    package init(entity: String?, columns: [ColumnInfo]) {
        self.entity = entity
        self.columns = columns
    }
}

/// One reading of a source: a snapshot, a day, and the period it stands for.
package struct Instant: Sendable, Hashable {
    package let dataSet: Int
    package let day: Int32
    /// A year, or months since year 0, or the snapshot's day; nil without `over`.
    package let period: Int32?
    /// The period is still running at the snapshot's day.
    package let isRunning: Bool
}

/// An aggregate that the kernel knows; all others are arithmetic between these.
package struct Measure: Sendable {
    package enum Kind: Sendable {
        case count
        case sum(Scalar)
        case minimum(Scalar)
        case maximum(Scalar)
        case distinct(Scalar)
        /// Linear interpolation between the closest ranks; fraction 0…1.
        case quantile(Scalar, Double)
    }
    package let kind: Kind
    /// Rows that take part; nil for all.
    package let condition: Scalar?
    package let type: ValueType
}

/// What a row is grouped by.
package struct GroupKey: Sendable {
    package enum Kind: Sendable {
        case value(Scalar)
        /// A row falls under every label whose condition holds.
        case each([String], [Scalar])
        /// The row of a tree and all above it.
        case lineage(Scalar, entity: String)
    }
    package let kind: Kind
    package let column: ColumnInfo
    /// For `each`: its labels, one object for all batches.
    var labelDictionary: TextDictionary?
    /// All values that get a group, even without rows; nil for those that occur.
    package let domain: Vector?
    /// Beside the domain, the rows without a value form a group where there are any.
    var keepsNone = false
}

/// Keys, aggregates and what is computed from them: the recipe of a grouped result.
package struct Aggregation: Sendable {
    package let keys: [GroupKey]
    package let measures: [Measure]
    /// Over the columns: keys, then measures, then earlier outputs.
    package let outputs: [(column: ColumnInfo, value: Scalar)]
}

package enum WindowKind: Sendable {
    /// 1 2 2 4 over the sort keys.
    case rank([SortTerm])
    case cumulate(Scalar)
    /// The value of the period before, with the same other keys.
    case previous(Scalar, periodColumn: Int, others: [Int], periods: [Int32])
    /// Benchmark in millionths; a total's is the one common to its groups.
    case benchmark(row: Scalar?, year: Scalar, keys: [Int])
}

package struct SortTerm: Sendable {
    package let value: Scalar
    package let isDescending: Bool
}

package struct PivotValue: Sendable, Hashable {
    package let value: Constant
    package let isTotal: Bool
}

package struct PivotSpec: Sendable {
    package let column: Int
    package let shown: [Int]
    package let keys: [Int]
    /// The values that become columns, in order; the last may stand for the totals.
    package let values: [PivotValue]
    /// Rows in key order; in the order they come where a `sort` put them there.
    package let sortsRows: Bool
    package let span: Span
}

/// The closed set of things that can be done to rows. Verbs bind to these.
package indirect enum PlanNode: Sendable {
    case scan(entity: String, condition: Scalar?, instants: [Instant])
    /// A table kept by `into`, or a plain table.
    case frozen(FrozenTable)
    case filter(Plan, Scalar)
    /// The kept columns of the input, by position, then the new ones. `entity` rows stay known.
    case project(Plan, keep: [Int], add: [Scalar])
    case aggregate(Plan, Aggregation)
    case sort(Plan, [SortTerm])
    case limit(Plan, Int, by: [Scalar])
    case window(Plan, WindowKind, by: [Scalar])
    /// Adds total rows: each set holds the positions of the keys that are totalled.
    case totals(Plan, [[Int]])
    case pivot(Plan, PivotSpec)
}

/// A typed, resolved query. Immutable; its identity names what was remembered about it.
package final class Plan: Sendable {
    package let node: PlanNode
    package let schema: Schema

    package init(_ node: PlanNode, _ schema: Schema) {
        self.node = node
        self.schema = schema
    }

    /// The plan whose rows this one works on; nil for a scan.
    package var input: Plan? {
        switch node {
        case .scan, .frozen: nil
        case .filter(let plan, _), .project(let plan, _, _), .aggregate(let plan, _),
             .sort(let plan, _), .limit(let plan, _, _), .window(let plan, _, _),
             .totals(let plan, _), .pivot(let plan, _): plan
        }
    }
}

/// A finished frame with its columns' meaning: what `into` keeps, and a loaded plain table.
package final class FrozenTable: Sendable {
    package let name: String
    package let columns: [ColumnInfo]
    package let frame: Frame

    package init(name: String, columns: [ColumnInfo], frame: Frame) {
        self.name = name
        self.columns = columns
        self.frame = frame
    }
}
