/// Whose rows: an entity's, or a plain table's under the identities that its columns have here.
package enum RowSource: Sendable, Hashable, Codable {
    case entity(String)
    case table(TableReference, columns: [ColumnID])

    /// What one of its rows is as a value.
    package var rowType: ValueType {
        switch self {
        case .entity(let name): .row(name)
        case .table(let table, _): .tableRow(table)
        }
    }

    package var table: TableReference? {
        if case .table(let table, _) = self { table } else { nil }
    }

    /// As plans print it.
    package var name: String {
        switch self {
        case .entity(let name): name
        case .table(let table, _): table.name
        }
    }

    /// Whether they are the same rows, whatever their columns are called here.
    package func isSame(_ other: RowSource) -> Bool { rowType == other.rowType }
}

/// What two keys are taken for before they are compared.
package enum KeyForm: Sendable, Hashable, Codable {
    case exact
    /// A text that is hidden: without spaces, in half width and upper case.
    case folded
    /// A text beside a code: the code that it names.
    case coded(CodeSet)
}

/// How a row is found by its keys among those of another table: one that no other row shares
/// them with. Rows that have none in one of them are not looked for.
package struct Match: Sendable, Hashable, Codable {
    package let upper: RowSource
    /// Over the upper table's rows.
    package let keys: [Scalar]
    package let forms: [KeyForm]
    /// A row that looks for itself: where it is not found it is a row all the same, to which
    /// nothing belongs.
    package let isOwn: Bool

    package init(upper: RowSource, keys: [Scalar], forms: [KeyForm], isOwn: Bool = false) {
        self.upper = upper
        self.keys = keys
        self.forms = forms
        self.isOwn = isOwn
    }

    /// The same by which rows of the upper table look for themselves.
    package var own: Match { Match(upper: upper, keys: keys, forms: forms, isOwn: true) }
}

/// That rows of one table belong to rows of another, and what both are called from the other.
package struct Relation: Sendable, Hashable, Codable {
    package let lower: RowSource
    /// Which of the entity's rows, at their day; nil for all.
    package let condition: Scalar?
    /// Over the lower table's rows.
    package let keys: [Scalar]
    package let match: Match
    /// The upper row, from a lower one.
    package let up: String
    /// The lower rows, from an upper one.
    package let down: String?

    package init(lower: RowSource, condition: Scalar?, keys: [Scalar], match: Match, up: String,
                 down: String?) {
        self.lower = lower
        self.condition = condition
        self.keys = keys
        self.match = match
        self.up = up
        self.down = down
    }

    package var upper: RowSource { match.upper }

    /// The upper row of a lower row whose values are put in the places of its columns.
    package func upperRow(_ place: (Scalar) -> Scalar) -> Scalar {
        Scalar(.match(match, keys.map(place)), upper.rowType)
    }

    /// An upper row itself, by its own keys, where its columns are at hand.
    package func ownRow(_ place: (Scalar) -> Scalar) -> Scalar {
        Scalar(.match(match.own, match.keys.map(place)), upper.rowType)
    }

    /// The plain tables that it names.
    package var tables: [TableReference] { [lower.table, upper.table].compactMap { $0 } }
}
