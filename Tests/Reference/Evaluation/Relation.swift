import MusterLanguage

/// One row of a relation. Rows are never changed once others refer to them.
final class Row {
    /// The table row behind it, before any grouping.
    let subject: Subject?
    /// The day that the row is read at.
    let day: Int
    var values: [String: Value]
    /// The rows that a group is made of, each once.
    let members: [Row]
    /// The groups that a total row covers.
    let groups: [Row]

    init(subject: Subject? = nil, day: Int, values: [String: Value] = [:], members: [Row] = [],
         groups: [Row] = []) {
        self.subject = subject
        self.day = day
        self.values = values
        self.members = members
        self.groups = groups
    }

    subscript(name: String) -> Value {
        get { values[name] ?? Value.none }
        set { values[name] = newValue }
    }

    var isTotal: Bool { !groups.isEmpty }

    /// The same row with another column.
    func with(_ name: String, _ value: Value) -> Row {
        let copy = Row(subject: subject, day: day, values: values, members: members,
                       groups: groups)
        copy[name] = value
        return copy
    }
}

/// What is known of a column without looking at the rows.
struct Column {
    let name: String
    var codes: CodeList?
    var isKey = false
    /// A count or sum: a combination that does not occur is 0 in a pivot, not none.
    var isAdditive = false
    /// The column of `over`, also under another name.
    var isPeriod = false
}

/// What names mean: the table whose fields may be used, the columns, the definitions.
struct Shape {
    var table: Table?
    var columns: [Column] = []
    /// Arguments of a definition with parameters, by name.
    var arguments: [String: Value] = [:]

    func column(_ name: String) -> Column? { columns.first { $0.name == name } }
}

/// The periods of `over`: the column's name, each period with the day it is read at.
struct Periods {
    var column: String
    let values: [(Value, Int)]
}

/// What a grouping was made from, so that totals can be computed once more from the rows.
struct Grouping {
    let keys: [(column: Column, key: Key)]
    let outputs: [(name: String, value: Expression?)]
    /// Computes the outputs over rows.
    let measure: ([Row]) throws -> [(String, Value)]
    /// What the stages since do to total rows.
    var later: [([Row]) throws -> [Row]] = []
}

/// Rows in order, totals at the foot.
struct Relation {
    var shape: Shape
    var rows: [Row]
    let day: Int
    var grouping: Grouping?
    var periods: Periods?
    /// Rows are repeated period by period and not grouped yet.
    var isRepeated = false
    /// The rows still are those of the table, with all its fields.
    var isTable = true
    var isPivoted = false
    /// `sort` has put the rows in an order of its own.
    var isSorted = false

    /// The period column goes on under the first of these that is it by another name.
    mutating func rename(_ columns: [Column]) {
        guard let old = periods?.column, !columns.contains(where: { $0.name == old }),
              let new = columns.first(where: \.isPeriod) else { return }
        periods?.column = new.name
    }

    var ordinary: [Row] { rows.filter { !$0.isTotal } }
    var totals: [Row] { rows.filter(\.isTotal) }
}
