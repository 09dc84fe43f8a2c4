import MusterLanguage

/// One row of a relation. Rows are never changed once others refer to them.
final class Row {
    /// The table row behind it, before any grouping.
    let subject: Subject?
    /// Where the row is read.
    let at: Reading
    var values: [String: Value]
    /// The rows that a group is made of, each once; of a pivot those of all its groups.
    var members: [Row]
    /// The groups that a total row covers.
    let groups: [Row]
    /// The row of a plain table behind it, before any grouping.
    var plain: PlainRow?
    /// For each `subtotal` the group that the row lies in, and whether it is that group's own row.
    var blocks: [(number: Int, isFoot: Bool)] = []
    /// What the grouping's keys are, by the names that they had there: also what `select` left
    /// out.
    var keys: [String: Value] = [:]

    init(subject: Subject? = nil, at reading: Reading, values: [String: Value] = [:],
         members: [Row] = [], groups: [Row] = []) {
        self.subject = subject
        at = reading
        self.values = values
        self.members = members
        self.groups = groups
    }

    subscript(name: String) -> Value {
        get { values[name] ?? Value.none }
        set { values[name] = newValue }
    }

    var isTotal: Bool { !groups.isEmpty }
    var isSubtotal: Bool { blocks.contains { $0.isFoot } }

    /// The same row with another column.
    func with(_ name: String, _ value: Value) -> Row {
        var values = values
        values[name] = value
        return having(values)
    }

    /// The same row with these columns.
    func having(_ values: [String: Value]) -> Row {
        let copy = Row(subject: subject, at: at, values: values, members: members, groups: groups)
        (copy.keys, copy.plain, copy.blocks) = (keys, plain, blocks)
        return copy
    }
}

/// What is known of a column without looking at the rows.
struct Column {
    let name: String
    var codes: CodeList?
    /// The grouping's key that it is, by the name that it had there.
    var key: String?
    /// A count or sum: a combination that does not occur is 0 in a pivot, not none.
    var isAdditive = false
    /// The column of `over`, also under another name.
    var isPeriod = false
    /// Its heading is what a file says, and its only name.
    var isFromFile = false
    var kind: PlainKind?
    /// What a pivoted value is called in the other language.
    var otherName: String?
    /// For a key that is the part of a unit: that unit.
    var whole: Value?
    /// A rate or share: 1 at most.
    var isShare = false

    init(name: String, codes: CodeList? = nil, key: String? = nil, isAdditive: Bool = false,
         isPeriod: Bool = false) {
        self.name = name
        self.codes = codes
        self.key = key
        self.isAdditive = isAdditive
        self.isPeriod = isPeriod
    }

    var isKey: Bool { key != nil }
}

/// What names mean: the table whose fields may be used, the columns, the definitions.
struct Shape {
    var table: Table?
    /// The plain table whose rows lead to others.
    var plain: String?
    var columns: [Column] = []
    /// Arguments of a definition with parameters, by name.
    var arguments: [String: Value] = [:]

    func column(_ name: String) -> Column? { columns.first { $0.name == name } }

    /// The column that a path names: what has exactly that name, else what the language made and
    /// calls so. A file's column has no name but its heading.
    func column(typed names: [Name]) -> Column? {
        if names.count == 1 {
            let typed = names[0].text
            if let column = column(typed) ?? columns.first(where: { $0.otherName == typed }) {
                return column
            }
        }
        let name = names.flatMap { Names.steps($0.text) }.joined(separator: ".")
        let isHeading = names.count > 1 || name == names[0].text
        return columns.first { $0.name == name && (isHeading || !$0.isFromFile) }
    }
}

/// The periods of `over`: the column's name, each period with where it is read.
struct Periods {
    var column: String
    let values: [(Value, Reading)]
}

/// What a grouping was made from, so that totals can be computed once more from the rows.
struct Grouping {
    let keys: [(column: Column, key: Key)]
    let outputs: [(name: String, value: Expression?)]
    /// Computes the outputs over rows.
    let measure: ([Row]) throws -> [(String, Value)]
    /// What the stages since do to total rows.
    var later: [Later] = []

    /// The key that is the period of `over`, by its name.
    var period: String? { keys.first { $0.column.isPeriod }?.column.name }
}

/// What a stage behind a grouping does to total rows.
enum Later {
    /// To each of them, whatever the others are.
    case each(([Row]) throws -> [Row])
    /// Puts them in order, for what goes from row to row.
    case order(([Row]) throws -> [Row])
    /// Goes from row to row along some keys. `rows` are the ordinary rows there, `apart` the
    /// keys that it keeps apart.
    case along(rows: [Row], apart: Set<String>, columns: [String], ([Row]) throws -> [Row])
    /// Compares each with what it would be of the same groups in the period `before`. `rows` are
    /// the ordinary rows there.
    case compared(rows: [Row], before: (Value) -> Value?, (Row, Row?) throws -> Row)
}

/// Rows in order, each subtotal below its group, totals at the foot.
struct Relation {
    var shape: Shape
    var rows: [Row]
    /// Where groups of its rows are read that keep no period.
    var at: Reading
    /// Its rows are read each at its own day.
    var readsOwn = false
    var grouping: Grouping?
    var periods: Periods?
    /// Rows are repeated period by period and not grouped yet.
    var isRepeated = false
    /// The rows still are those of the table, with all its fields.
    var isTable = true
    var isPivoted = false
    /// `sort` has put the rows in an order of its own.
    var isSorted = false
    /// For each `subtotal` how many keys tell its groups apart.
    var subtotals: [Int] = []
    /// What the last grouping was made of, also behind a pivot.
    var recipe: Recipe?

    /// The period column goes on under the first of these that is it by another name.
    mutating func rename(_ columns: [Column]) {
        guard let old = periods?.column, !columns.contains(where: { $0.name == old }),
              let new = columns.first(where: \.isPeriod) else { return }
        periods?.column = new.name
    }

    var ordinary: [Row] { rows.filter { !$0.isTotal } }
    var totals: [Row] { rows.filter(\.isTotal) }
}

/// The rows that a grouping was made of and what it counts, for `drill`.
final class Recipe {
    let source: Relation
    let outputs: [(name: String, value: Expression?)]

    init(_ source: Relation, _ outputs: [(name: String, value: Expression?)]) {
        self.source = source
        self.outputs = outputs
    }
}
