import MusterBinding
import MusterDiagnostics
import MusterPlan

/// Writes one statement: a named part (`with`) for each stage of a plan, in order.
package final class StatementWriter {
    let context: any SQLContext
    /// The snapshot that all of it is read in, and its schema.
    let snapshot: Int32, schema: String
    private(set) var parts: [(name: String, sql: SQL)] = []
    var related: [RelatedKey: RelatedPart] = [:]
    /// The parts that hold rows from here.
    var brought: [BroughtKey: String] = [:]
    /// The stages written so far.
    var stages: [Plan: Rows] = [:]
    /// For groupings whose totals look at the rows again: the parts that hold those.
    var lines: [Aggregation: String] = [:]
    /// The parts that hold the targets, once they are there.
    var targets: TargetParts?
    /// The labels of `each` by the column that holds them, in the order in which they were
    /// written, which is theirs.
    var labels: [ColumnID: [String]] = [:]
    private var aliases = 0

    package init(_ context: any SQLContext, snapshot: Int32) throws {
        self.context = context
        self.snapshot = snapshot
        guard let schema = context.schema(ofSnapshot: snapshot) else {
            throw NotInSQL(Message(zh: "不在数据库里的快照", en: "a snapshot outside the database"))
        }
        self.schema = schema
    }

    var dialect: any Dialect { context.dialect }

    /// Adds a part; its name is what it holds and its number.
    func add(_ name: String, _ sql: SQL) -> String {
        let full = "\(name)_\(parts.count + 1)"
        parts.append((full, sql))
        return full
    }

    func alias(_ entity: String) -> String {
        aliases += 1
        return "\(entity.first.map(String.init) ?? "t")\(aliases)"
    }

    func table(_ entity: String) -> SQL { "\(name: schema).\(name: entity)" }

    /// The whole, with what comes last behind the parts.
    func statement(_ last: SQL, types: [ValueType]) -> SQLStatement {
        guard !parts.isEmpty else { return SQLStatement(last, types: types) }
        let named = parts.map { "\(name: $0.name) as (\n\($0.sql)\n)" as SQL }
        return SQLStatement("with \(named.joined(",\n"))\n\(last)", types: types)
    }
}

/// Rows on their way: a table, or a part of the statement.
struct Rows {
    /// What stands behind `from`.
    let source: SQL
    /// What the next part is called after.
    let name: String
    /// The entity whose rows these are, with all of its columns.
    let entity: String?
    /// The columns of the plan, by the names that they have here.
    var columns: [ColumnID: String] = [:]
    /// Where they are read; more than one: `_reading` says of each row which.
    var readings: [Reading]
    /// The columns by which they are in order; none for rows of a source, which are by their
    /// readings and then as in their file.
    var order: [String] = []
    /// For each `_part` but the first, 0, which holds the ordinary rows: the keys that its rows
    /// are totals over. Empty where there are no totals.
    var totals: [Set<Int>] = []
    /// Whether the rows of a grouping bear its number, `_group`.
    var hasGroups = false
}

extension Rows {
    static let reading = "_reading", day = "_day"
    static let order = "_order", part = "_part", group = "_group"

    /// The columns by which they are in order.
    var inOrder: [String] {
        guard order.isEmpty else { return order }
        return (readings.count > 1 ? [Rows.reading] : []) + [Layout.row]
    }

    /// The same rows after a step that keeps them all.
    func from(_ source: String, columns: [ColumnID: String]? = nil) -> Rows {
        Rows(source: "\(name: source)", name: name, entity: entity,
             columns: columns ?? self.columns, readings: readings, order: order, totals: totals,
             hasGroups: hasGroups)
    }

    /// The same rows with their columns called otherwise.
    func renamed(_ columns: [ColumnID: String]) -> Rows {
        var copy = self
        copy.columns = columns
        return copy
    }

    func scope(_ writer: StatementWriter) -> Scope {
        Scope(writer, "r", from: "\(source) r", entity: entity,
              columns: columns.mapValues { "r.\(name: $0)" }, readings: readings)
    }
}
