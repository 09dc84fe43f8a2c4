import MusterDiagnostics
import MusterPlan

/// What a name of a row came to.
package enum NamedRows: Sendable {
    case found(RowName)
    /// The nearest names.
    case missing(near: [Term])
    /// The name fits so many: the names and keys of the first of them.
    case ambiguous(first: [(label: String, key: String)], count: Int)

    /// So many are named at most where a name fits several.
    package static let named = 8
}

/// A value of a column that is made columns, with the name that the new column bears.
package struct PivotHeading: Sendable {
    package let value: PivotValue
    package let name: Term

    package init(value: PivotValue, name: Term) {
        self.value = value
        self.name = name
    }
}

/// What binding has to ask of the data, of whichever engine will run the plan. Without an engine
/// (a script is checked, a line completed) names of rows go unchecked and pivots stay open.
package protocol Facts: Sendable {
    /// The row of a tree that a text means: an exact name, a key, a former key, a part of a name;
    /// in the current snapshot first, then in the others, the latest first. Where there is none,
    /// the text is taken as a key.
    func rows(named name: String, of entity: String) throws -> NamedRows
    /// What a row is called; nil where no loaded snapshot has it.
    func label(of row: RowName) -> String?
    /// The rows of a tree that are below no other, in the current snapshot: one, as a rule; none
    /// where nothing is loaded.
    func tops(of entity: String) throws -> [(row: RowName, label: String)]
    /// The values that a column takes, in the order of its type, the totals' last.
    func pivotValues(of column: ColumnID, in plan: Plan) throws -> [PivotHeading]
    /// The value of an expression that reads no row.
    func value(of scalar: Scalar, at reading: Reading?) throws -> Constant
    /// Throws `Diagnostic.interrupted` where the user has stopped what is being done.
    func checkInterrupted() throws
}
