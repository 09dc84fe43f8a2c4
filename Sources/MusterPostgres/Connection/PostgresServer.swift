import MusterBinding
import MusterDiagnostics
import MusterPlan
import MusterSQL
import MusterStore
import Synchronization

/// A PostgreSQL database that answers statements and changes nothing. One statement at a time:
/// whoever asks meanwhile waits.
package final class PostgresServer: SnapshotServer {
    package let dialect: any Dialect = PostgreSQLDialect()
    package let address: PostgresAddress
    private let kept: Mutex<KeptLink<PostgresConnection>>
    private let notice: @Sendable (Diagnostic) -> Void

    /// Connects. Throws a `Diagnostic` that says what to do.
    /// - Parameters:
    ///   - url: `postgres://…` as libpq understands it; what it leaves out comes from PGHOST,
    ///     PGUSER, PGPASSWORD, ~/.pgpass and so on.
    ///   - notice: told of a lost connection that was taken up again.
    package init(_ url: String, isCancelled: @Sendable () -> Bool = { false },
                 notice: @escaping @Sendable (Diagnostic) -> Void = { _ in }) throws {
        address = try PostgresAddress(url)
        self.notice = notice
        kept = Mutex(KeptLink(try PostgresConnection(address, isCancelled: isCancelled)))
    }

    package func columns(of statement: SQLStatement, isCancelled: @Sendable () -> Bool) throws
        -> [Vector] {
        let (text, constants) = statement.bound(dialect)
        return try columns(text, try constants.map { try PostgresValue($0.0, $0.1) },
                           statement.types, isCancelled)
    }

    /// The columns of a statement's result, each of the physical type of its `ValueType`.
    func columns(_ text: String, _ values: [PostgresValue] = [], _ types: [ValueType],
                 _ isCancelled: @Sendable () -> Bool = { false }) throws -> [Vector] {
        try kept.withLock { kept in
            if kept.link?.isStuck == true { kept.link = nil }
            do {
                return try kept.ask(
                    make: { try PostgresConnection(address, isCancelled: isCancelled) },
                    regained: { notice(regained) }, { connection in
                        let result = try connection.run(text, values, isCancelled: isCancelled)
                        return try ReceivedColumns(result).vectors(types)
                    })
            } catch is LostConnection { throw lost }
        }
    }

    // MARK: pushed snapshots

    package var shown: String { address.shown }

    package func snapshots(isCancelled: @Sendable () -> Bool = { false }) throws
        -> [PushedSnapshot] {
        let presence = SQLStatement(SnapshotCatalog.presence, types: [.integer])
        guard case .int(let counts)? = try columns(of: presence, isCancelled: isCancelled).first,
              counts.first != 0 else { return [] }
        return SnapshotCatalog.snapshots(
            try columns(of: SnapshotCatalog.listing, isCancelled: isCancelled))
    }

    package func tables(of snapshot: PushedSnapshot, isCancelled: @Sendable () -> Bool) throws
        -> [String: Set<String>] {
        try columns(of: SnapshotCatalog.columns(of: snapshot.schema),
                    isCancelled: isCancelled).columnsByTable
    }

    /// The one pushed last.
    package func joined(_ snapshots: [PushedSnapshot], _ domain: Domain,
                        isCancelled: @Sendable () -> Bool) throws -> PushedSnapshot {
        snapshots[snapshots.count - 1]
    }

    // MARK: a connection that is gone

    private var regained: Diagnostic {
        Diagnostic("postgres.regained", Message(
            zh: "与数据库的连接曾中断，已重新连上", en: "the connection to the database was lost and "
                + "has been made anew"), severity: .note)
    }

    private var lost: Diagnostic {
        Diagnostic("postgres.lost", Message(
            zh: "与数据库的连接又中断了：\(address.shown)",
            en: "the connection to the database was lost again: \(address.shown)"),
            hint: Message(zh: "请查看服务器的日志；再查询时会重新连接",
                          en: "see the server's log; the next query connects anew"))
    }
}
