import MusterDiagnostics
import MusterValues

/// One value as it may be shown: typed, unmasked only where it may be seen.
package enum Cell: Sendable, Hashable {
    case none
    case text(String)
    /// The name of a row of a tree among its parts: what belongs to it directly. Where people read,
    /// that is what it is called.
    case own(String)
    /// A code value, a boolean's or a total's name: shown in the language asked for.
    case term(Term)
    case bool(Bool)
    case integer(Int64)
    /// An exact decimal: an integer of so many places.
    case decimal(Int64, places: Int)
    case number(Double)
    case day(Int32)
    /// Months since year 0.
    case month(Int32)
    case year(Int32)
}

/// What heads a column of a result and how it is shown.
package struct ResultColumn: Sendable, Hashable {
    /// The name in the language's terms: `unit.district` / `所在组织.区县局级`.
    package let name: Term
    /// What `label` put over it, for formats that are read by people.
    package var label: Term?
    package var display: Display
    /// True for numbers: aligned right.
    package let isNumeric: Bool
    /// True for a grouping key: none in it is a group of its own, "(none)", not a missing value.
    package let isKey: Bool
    /// What `label … none` shows for none, where people read.
    package let noneLabel: Term?
    /// The name of the column that this one is measured against (a rate's target), where there
    /// is one in the table.
    package let goal: Term?
    /// The names of the two columns that this one is the difference of, where both are there.
    package let difference: Pair?

    /// What its numbers count or measure, such as persons; nil where nothing is known of it.
    package fileprivate(set) var unit: Term?
    /// Whether it says that a target was met.
    package let isVerdict: Bool
    /// For one of several columns under a value that was pivoted: the two heads, which `label` or
    /// `name` holds in one.
    package let head: SpanningHead?

    package struct Pair: Sendable, Hashable {
        package let minuend: Term
        package let subtrahend: Term

        package init(minuend: Term, subtrahend: Term) {
            self.minuend = minuend
            self.subtrahend = subtrahend
        }
    }

    /// Values that stand for a period still running, and the day up to which they were read:
    /// shown as "2015 (to 10-31)" where people read. With `.none` for the value the whole column
    /// stands for such a period (`pivot year`), and its heading says so.
    package var running: (Cell, Int32)? { runningValue.map { ($0, runningDay) } }
    private let runningValue: Cell?
    private let runningDay: Int32

    package init(name: Term, label: Term? = nil, display: Display = .plain, isNumeric: Bool = false,
                running: (Cell, Int32)? = nil, isKey: Bool = false, noneLabel: Term? = nil,
                goal: Term? = nil, difference: Pair? = nil, unit: Term? = nil,
                isVerdict: Bool = false, head: SpanningHead? = nil) {
        self.name = name
        self.label = label
        self.display = display
        self.isNumeric = isNumeric
        self.isKey = isKey
        self.noneLabel = noneLabel
        self.goal = goal
        self.difference = difference
        self.unit = unit
        self.isVerdict = isVerdict
        self.head = head
        self.runningValue = running?.0
        self.runningDay = running?.1 ?? 0
    }
}

/// A finished result, ready for any format: what the engine hands to the report.
package struct ResultTable: Sendable, Hashable {
    /// What a script calls it; nil where nobody did.
    package var title: Message?
    package var columns: [ResultColumn]
    /// Column-major: `cells[column][row]`.
    package var cells: [[Cell]]
    package var rowCount: Int
    /// Rows that `total` added, at the foot.
    package var totalRows: Set<Int>
    /// Rows that `subtotal` added, below the rows that they are over.
    package var subtotalRows: Set<Int>

    package init(columns: [ResultColumn], cells: [[Cell]], rowCount: Int,
                totalRows: Set<Int> = [], subtotalRows: Set<Int> = []) {
        self.columns = columns
        self.cells = cells
        self.rowCount = rowCount
        self.totalRows = totalRows
        self.subtotalRows = subtotalRows
    }

    /// Gives it a title.
    ///
    /// - Parameter counted: what its counts are of, where nothing is known of that.
    package mutating func entitle(_ title: Message, counted: Message?) {
        self.title = title
        guard let counted else { return }
        for place in columns.indices where columns[place].display == .count {
            columns[place].unit = columns[place].unit ?? Term(counted.en, counted.zh)
        }
    }

    /// Whether its rows are groups, not a list.
    package var isGrouped: Bool { columns.contains(where: \.isKey) || !totalRows.isEmpty }

    /// Whether a row stands for a group, and adds nothing up.
    package func isOrdinary(_ row: Int) -> Bool {
        !totalRows.contains(row) && !subtotalRows.contains(row)
    }
}

extension Cell {
    /// What is shown for `own`.
    package static let direct = Term("directly under it", "直属")
}

extension ResultTable {
    /// A table of texts, for lists such as help and settings.
    package static func texts(_ headings: [Term], _ rows: [[Message]]) -> ResultTable {
        ResultTable(columns: headings.map { ResultColumn(name: $0) },
                    cells: headings.indices.map { column in
                        rows.map { row in .term(Term(row[column].en, row[column].zh)) }
                    },
                    rowCount: rows.count)
    }
}
