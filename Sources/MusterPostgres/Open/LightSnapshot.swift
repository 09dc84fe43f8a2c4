import MusterBinding
import MusterDiagnostics
import MusterPlan
import MusterSQL
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
}

extension PostgresServer {
    /// The whole snapshots of the database, the earliest first; none where nothing was pushed.
    package func snapshots(isCancelled: @Sendable () -> Bool = { false }) throws
        -> [PushedSnapshot] {
        let presence = SQLStatement(SnapshotCatalog.presence, types: [.integer])
        guard case .int(let counts)? = try columns(of: presence, isCancelled: isCancelled).first,
              counts.first != 0 else { return [] }
        return SnapshotCatalog.snapshots(
            try columns(of: SnapshotCatalog.listing, isCancelled: isCancelled))
    }

    /// Opens a snapshot for queries on the server. Throws a `Diagnostic` where it was written by
    /// another version, or is not whole.
    package func light(_ pushed: PushedSnapshot, domain: Domain,
                       isCancelled: @escaping @Sendable () -> Bool = { false }) throws
        -> LightSnapshot {
        try SnapshotOpening(server: self, pushed: pushed, domain: domain,
                            isCancelled: isCancelled).light()
    }
}
