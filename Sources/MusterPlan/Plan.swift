import MusterDiagnostics

/// One reading of a source: a snapshot by its day, the day at which its rows are read, and the
/// period that it stands for.
package struct Reading: Sendable, Hashable, Codable {
    package let snapshot: Int32
    package let day: Int32
    /// A year, or months since year 0, or the snapshot's day; nil without `over`.
    package let period: Int32?
    /// The period is still running at the snapshot's day.
    package let isRunning: Bool

    package init(snapshot: Int32, day: Int32, period: Int32? = nil, isRunning: Bool = false) {
        self.snapshot = snapshot
        self.day = day
        self.period = period
        self.isRunning = isRunning
    }
}

/// A table kept by `into` or loaded as a plain table. A table kept later under the same name is
/// another one.
package struct TableReference: Sendable, Hashable, Codable {
    package let name: String
    package let version: Int

    package init(name: String, version: Int) {
        self.name = name
        self.version = version
    }
}

/// The rows of a kept or plain table. A plain one that leads to rows of the snapshots may be read
/// at one or several readings; it is the same rows every time.
package struct TableScan: Sendable, Hashable, Codable {
    package let table: TableReference
    /// None: as the table says itself.
    package let readings: [Reading]
    /// The column that holds each reading's period.
    package let period: ColumnID?

    package init(_ table: TableReference, readings: [Reading] = [], period: ColumnID? = nil) {
        self.table = table
        self.readings = readings
        self.period = period
    }
}

/// The rows of an entity that meet a condition, at one or several readings.
package struct Scan: Sendable, Hashable, Codable {
    package let entity: String
    package let condition: Scalar?
    package let readings: [Reading]
    /// The column that holds each reading's period.
    package let period: ColumnID?

    package init(entity: String, condition: Scalar?, readings: [Reading], period: ColumnID?) {
        self.entity = entity
        self.condition = condition
        self.readings = readings
        self.period = period
    }
}

package struct SortTerm: Sendable, Hashable, Codable {
    package let value: Scalar
    package let isDescending: Bool

    package init(value: Scalar, isDescending: Bool) {
        self.value = value
        self.isDescending = isDescending
    }
}

/// A column computed over rows that belong together.
package enum WindowKind: Sendable, Hashable, Codable {
    /// 1 2 2 4 over the sort keys.
    case rank([SortTerm])
    case cumulate(Scalar)
    /// The sum over all the rows that belong together, in each of them.
    case sum(Scalar)
    /// The value so many rows before, or behind where negative, in the order of the rows.
    case shifted(Scalar, Int)
    /// The value of the period before, in the row that agrees in all of `same`. The periods are
    /// those of the query, in order.
    case previous(Scalar, period: ColumnID, same: [Scalar], periods: [Int32])
    /// The target of the row's unit (see `ScalarNode.benchmark`).
    case benchmark(row: Scalar?, year: Scalar)
}

package struct Window: Sendable, Hashable, Codable {
    package let column: ColumnID
    package let kind: WindowKind
    package let by: [Scalar]

    package init(column: ColumnID, kind: WindowKind, by: [Scalar]) {
        self.column = column
        self.kind = kind
        self.by = by
    }
}

/// What a stage means for total rows.
package enum TotalsRule: String, Sendable, Hashable, Codable {
    /// The same formulas over the total's own values.
    case recomputed
    /// A condition, a number of rows, an order do not judge a total.
    case notJudged
    /// A total has none.
    case none
    /// What all the groups of the total have in common, else the general one.
    case common
    /// Over the totals as they would stand here, of the groups that are left.
    case amongTotals
}

/// Total rows: for each set of keys that are totalled, and each combination of the others that
/// is left in the input, the rows beneath the groups grouped again.
package struct Totals: Sendable, Hashable, Codable {
    /// Positions among the grouping's keys.
    package let sets: [[Int]]
    /// For each stage between the grouping and here, from the grouping on, what it means.
    package let rules: [TotalsRule]
    /// For subtotals, which stand below each group of the keys before: how many those are. Nil for
    /// totals, which stand at the foot.
    package let below: Int?

    package init(sets: [[Int]], rules: [TotalsRule], below: Int? = nil) {
        self.sets = sets
        self.rules = rules
        self.below = below
    }

    /// Keys behind so many cannot be totalled.
    package static let keyLimit = 63
}

package struct PivotValue: Sendable, Hashable, Codable {
    package let value: Constant
    package let isTotal: Bool

    package init(value: Constant, isTotal: Bool) {
        self.value = value
        self.isTotal = isTotal
    }
}

package struct Pivot: Sendable, Hashable, Codable {
    package let column: ColumnID
    package let shown: [ColumnID]
    package let keys: [ColumnID]
    /// The values that become columns, in order; the last may stand for the totals.
    package let values: [PivotValue]
    /// For each value the new columns, one a shown column.
    package let cells: [[ColumnID]]
    /// For each shown column whether a missing combination is 0 and not none.
    package let zero: [Bool]
    /// Rows in key order; in the order they come where a `sort` put them there.
    package let sortsRows: Bool
    package let span: Span?

    package init(column: ColumnID, shown: [ColumnID], keys: [ColumnID], values: [PivotValue],
                 cells: [[ColumnID]], zero: [Bool], sortsRows: Bool, span: Span?) {
        self.column = column
        self.shown = shown
        self.keys = keys
        self.values = values
        self.cells = cells
        self.zero = zero
        self.sortsRows = sortsRows
        self.span = span
    }
}

/// The closed set of things that can be done to rows. Verbs bind to these; engines, the printed
/// form and the properties of a plan read them.
package indirect enum PlanNode: Sendable, Hashable, Codable {
    case scan(Scan)
    case table(TableScan)
    /// One row without columns, read at the reading where there is one.
    case one(Reading?)
    case filter(Plan, Scalar)
    /// One expression for each column of the schema; a column that is simply passed on keeps
    /// its identity.
    case project(Plan, [Scalar])
    case aggregate(Plan, Aggregation)
    case sort(Plan, [SortTerm])
    case limit(Plan, Int, by: [Scalar])
    case window(Plan, Window)
    case totals(Plan, Totals)
    case pivot(Plan, Pivot)
    /// The rows of one plan, then those of another: of both all columns are shown, and stand in
    /// the order of the schema's, in their types.
    case append(Plan, Plan)
}

/// A typed, resolved query as a value: equal plans give equal answers.
package struct Plan: Sendable, Hashable, Codable {
    package let node: PlanNode
    package let schema: Schema

    package init(_ node: PlanNode, _ schema: Schema) {
        self.node = node
        self.schema = schema
    }

    /// The plan whose rows this one works on; nil for a source, and where rows of two plans come
    /// together (see `branches`): what is so of either need not be so of the whole.
    package var input: Plan? {
        switch node {
        case .scan, .table, .one, .append: nil
        case .filter(let plan, _), .project(let plan, _), .aggregate(let plan, _),
             .sort(let plan, _), .limit(let plan, _, _), .window(let plan, _),
             .totals(let plan, _), .pivot(let plan, _): plan
        }
    }

    /// The plan and all beneath it, from the top down.
    package var chain: [Plan] {
        var chain = [self]
        while let next = chain[chain.count - 1].input { chain.append(next) }
        return chain
    }

    /// The plans whose rows come together in this one.
    package var branches: [Plan] {
        if case .append(let first, let second) = node { [first, second] } else { [] }
    }

    /// All that is done: the steps of its chain and those of the branches beneath, from the top
    /// down.
    package var steps: [Plan] {
        var steps: [Plan] = [], open = [self]
        while let plan = open.popLast() {
            steps.append(plan)
            open += plan.branches.reversed() + [plan.input].compactMap { $0 }
        }
        return steps
    }

    /// The readings of the source at the bottom.
    package var readings: [Reading] {
        switch node {
        case .scan(let scan): scan.readings
        case .table(let scan): scan.readings
        default: input?.readings ?? []
        }
    }

    /// Whether its rows are grouped ones with subtotals among them.
    package var hasSubtotals: Bool {
        switch node {
        case .totals(_, let totals) where totals.below != nil: true
        case .scan, .table, .one, .append, .aggregate, .pivot: false
        default: input?.hasSubtotals ?? false
        }
    }

    /// The grouping that its rows come from, where there is one.
    package var grouping: Aggregation? {
        switch node {
        case .aggregate(_, let aggregation): aggregation
        case .scan, .table, .one, .append, .pivot: nil
        default: input?.grouping
        }
    }
}

extension Plan {
    /// The entity whose rows these are one by one, also behind `select`.
    package var rowEntity: String? {
        switch node {
        case .scan(let scan): scan.entity
        case .table, .one, .append, .aggregate, .pivot: nil
        default: input?.rowEntity
        }
    }

    /// The plain or kept table whose rows these are one by one, also behind `select`.
    package var rowTable: RowSource? {
        switch node {
        case .table(let scan):
            let own = schema.columns.filter { $0.id != scan.period }
            return .table(scan.table, columns: own.map(\.id))
        case .scan, .one, .append, .aggregate, .pivot: return nil
        default: return input?.rowTable
        }
    }
}
