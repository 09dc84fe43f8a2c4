/// A table in memory: columns of equal length in the order of the file. Immutable.
public final class Table: Sendable {
    /// Its English name: `units`, `people`, …
    public let name: String
    public let rowCount: Int
    /// Column names in order: declared ones first, as the schema orders them, then those that
    /// only the data has, in order of first appearance.
    public let columnNames: [String]
    public let columns: [String: Column]
    /// The names among `columnNames` that no schema declared.
    public let undeclared: [String]
    /// Undeclared columns most of whose values may not be shown, whatever heads them.
    public let hidden: Set<String>

    public init(name: String, rowCount: Int, columns: [(name: String, column: Column)],
                undeclared: [String] = [], hidden: Set<String> = []) {
        self.name = name
        self.rowCount = rowCount
        self.columnNames = columns.map(\.name)
        self.columns = Dictionary(uniqueKeysWithValues: columns.map { ($0.name, $0.column) })
        self.undeclared = undeclared
        self.hidden = hidden
        precondition(columns.allSatisfy { $0.column.count == rowCount })
    }

    public subscript(name: String) -> Column? { columns[name] }
}
