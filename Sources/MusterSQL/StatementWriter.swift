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
}

extension Rows {
    static let reading = "_reading", day = "_day"

    func scope(_ writer: StatementWriter) -> Scope {
        Scope(writer, "r", from: "\(source) r", entity: entity,
              columns: columns.mapValues { "r.\(name: $0)" }, readings: readings)
    }
}
