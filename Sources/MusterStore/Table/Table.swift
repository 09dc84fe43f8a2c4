import Synchronization

/// A table in memory: columns of equal length in the order of the file. Immutable, but for
/// columns of a cache, which are read when they are first asked for.
public final class Table: Sendable {
    /// Its English name: `units`, `people`, …
    public let name: String
    public let rowCount: Int
    /// Column names in order: declared ones first, as the schema orders them, then those that
    /// only the data has, in order of first appearance.
    public let columnNames: [String]
    private let columns: [String: HeldColumn]
    /// The names among `columnNames` that no schema declared.
    public let undeclared: [String]
    /// Undeclared columns most of whose values may not be shown, whatever heads them.
    public let hidden: Set<String>

    public convenience init(name: String, rowCount: Int, columns: [(name: String, column: Column)],
                            undeclared: [String] = [], hidden: Set<String> = []) {
        precondition(columns.allSatisfy { $0.column.count == rowCount })
        self.init(name: name, rowCount: rowCount,
                  held: columns.map { ($0.name, .there($0.column)) },
                  undeclared: undeclared, hidden: hidden)
    }

    /// - Parameter held: columns with as many rows as `rowCount` says.
    init(name: String, rowCount: Int, held: [(name: String, column: HeldColumn)],
         undeclared: [String], hidden: Set<String>) {
        self.name = name
        self.rowCount = rowCount
        columnNames = held.map(\.name)
        columns = Dictionary(uniqueKeysWithValues: held.map { ($0.name, $0.column) })
        self.undeclared = undeclared
        self.hidden = hidden
    }

    public subscript(name: String) -> Column? { columns[name]?.column }
}

/// A column of a table, or where it is to be had from.
enum HeldColumn: Sendable {
    case there(Column)
    case awaited(AwaitedColumn)

    var column: Column {
        switch self {
        case .there(let column): column
        case .awaited(let awaited): awaited.column
        }
    }
}

/// A column that is fetched once, by whichever thread asks first.
final class AwaitedColumn: Sendable {
    private let fetched = Mutex<Column?>(nil)
    private let fetch: @Sendable () -> Column

    init(_ fetch: @escaping @Sendable () -> Column) { self.fetch = fetch }

    var column: Column {
        fetched.withLock { fetched in
            if let fetched { return fetched }
            let column = fetch()
            fetched = column
            return column
        }
    }
}
