import MusterBinding
import MusterDiagnostics
import MusterPlan
import MusterStore

/// A snapshot that stands in a database, with as much of it here as names, labels, levels and
/// targets need: its trees whole, its other tables by their columns alone.
package struct LightSnapshot: Sendable {
    /// Its rows have the numbers that they have in the database.
    package let snapshot: Snapshot
    package let pushed: PushedSnapshot
    /// By entity: the rows that the database has.
    package let rowCounts: [String: Int]
    /// The entities whose rows are in the database alone.
    package let remote: Set<String>

    /// Columns in which no row has a value, by entity.
    package var blank: [String: Set<String>] {
        Dictionary((pushed.description?.tables ?? []).map { table in
            (table.name, Set(table.columns.filter(\.isBlank).map(\.name)))
        }, uniquingKeysWith: { first, _ in first })
    }
}

/// Where pushed snapshots stand and are asked for.
package protocol SnapshotServer: SQLServer {
    /// Its address as it may be shown.
    var shown: String { get }
    /// The whole snapshots there, the earliest first; none where nothing was pushed.
    func snapshots(isCancelled: @Sendable () -> Bool) throws -> [PushedSnapshot]
    /// The columns of each table of a snapshot that is there.
    func tables(of snapshot: PushedSnapshot, isCancelled: @Sendable () -> Bool) throws
        -> [String: Set<String>]
    /// What several snapshots of a day are read as. Throws a `Diagnostic` where they cannot be.
    func joined(_ snapshots: [PushedSnapshot], _ domain: Domain, isCancelled: @Sendable () -> Bool)
        throws -> PushedSnapshot
}

extension SnapshotServer {
    /// Opens a snapshot for queries on the server. Throws a `Diagnostic` where it was written by
    /// another version, or is not whole.
    package func light(_ pushed: PushedSnapshot, domain: Domain,
                       isCancelled: @escaping @Sendable () -> Bool = { false }) throws
        -> LightSnapshot {
        try SnapshotOpening(server: self, pushed: pushed, domain: domain,
                            isCancelled: isCancelled).light()
    }
}

extension [Vector] {
    /// Tables with their columns, where each column stands there with its table's name before it.
    package var columnsByTable: [String: Set<String>] {
        guard count == 2, case .text(let tables, let tableNames) = self[0],
              case .text(let columns, let columnNames) = self[1] else { return [:] }
        var there: [String: Set<String>] = [:]
        for row in tables.indices {
            there[tableNames[tables[row]], default: []].insert(columnNames[columns[row]])
        }
        return there
    }
}

/// Puts a snapshot where it can be asked for: all of it, or nothing.
package protocol SnapshotPush {
    /// Whether it could be put there, before anything is read for it. Throws a `Diagnostic`.
    func checkReachable() throws
    /// Throws a `Diagnostic`; then nothing of the snapshot is there, and what was there before is
    /// as it was.
    /// - Parameter tables: gives the tables of the domain's entities, those included that the
    ///   domain works out; asked only where they are needed.
    func push(_ snapshot: Snapshot, tables: () throws -> [Table]) throws -> PushOutcome
}
