import MusterBinding
import MusterDiagnostics
import MusterPlan
import MusterSQL
import MusterStore

/// Puts a snapshot into a database: a schema with a table for each of its entities, in one
/// transaction, so that either all of it stands there or nothing.
package struct PostgresPush: SnapshotPush, Sendable {
    private let address: PostgresAddress
    private let terms: PushTerms
    private let dialect = PostgreSQLDialect()

    private var isCancelled: @Sendable () -> Bool { terms.isCancelled }

    /// Throws a `Diagnostic` where the URL is none.
    package init(_ url: String, _ terms: PushTerms) throws {
        address = try PostgresAddress(url)
        self.terms = terms
    }

    package func checkReachable() throws {
        _ = try PostgresConnection(address, isWriting: true, isCancelled: isCancelled)
    }

    package func push(_ snapshot: Snapshot, tables: () throws -> [Table]) throws -> PushOutcome {
        do {
            let connection = try PostgresConnection(address, isWriting: true,
                                                    isCancelled: isCancelled)
            try carryOut("begin", connection)
            try prepareCatalog(connection)
            let schema = Layout.schema(asOf: snapshot.asOf, fingerprint: snapshot.fingerprint)
            if let present = try present(snapshot, schema, connection) {
                return .present(present)
            }
            let contents = PushContents(snapshot, try tables(), domain: terms.domain)
            let outcome = try push(contents, connection)
            try carryOut("commit", connection)
            return outcome
        } catch let lost as LostConnection {
            throw Diagnostic("postgres.push", Message(
                zh: "存入时与数据库的连接中断（\(PostgresFault.line(lost.text))）",
                en: "the connection was lost while the snapshot was pushed "
                    + "(\(PostgresFault.line(lost.text)))"),
                hint: PushOutcome.nothingIsLeft)
        }
    }

    private func carryOut(_ sql: SQL, _ connection: PostgresConnection) throws {
        let (text, values) = SQLStatement(sql, types: []).bound(dialect)
        try connection.run(text, try values.map { try PostgresValue($0.0, $0.1) },
                           isCancelled: isCancelled)
    }

    private func rows(_ statement: SQLStatement, _ connection: PostgresConnection) throws
        -> [Vector] {
        let (text, values) = statement.bound(dialect)
        let result = try connection.run(text, try values.map { try PostgresValue($0.0, $0.1) },
                                        isCancelled: isCancelled)
        return try ReceivedColumns(result).vectors(statement.types)
    }

    private func isThere(_ presence: SQL, _ connection: PostgresConnection) throws -> Bool {
        try rows(SQLStatement(presence, types: [.integer]), connection).first?.isZero == false
    }

    private func prepareCatalog(_ connection: PostgresConnection) throws {
        try carryOut(SnapshotCatalog.lock, connection)
        if try !isThere(SnapshotCatalog.presence, connection) {
            for sql in SnapshotCatalog.creation { try carryOut(sql, connection) }
        }
    }

    // MARK: what is there already

    /// The same snapshot, where it stands there and is to stay. Takes away what is to be replaced.
    private func present(_ snapshot: Snapshot, _ schema: String, _ connection: PostgresConnection)
        throws -> PushedSnapshot? {
        let known = SnapshotCatalog.snapshots(try rows(SnapshotCatalog.listing, connection))
            .first { $0.schema == schema }
        let isThere = try isThere(SnapshotCatalog.presence(of: schema), connection)
        guard isThere || known != nil else { return nil }
        if terms.replaces {
            if isThere { try carryOut("drop schema \(name: schema) cascade", connection) }
            try carryOut(SnapshotCatalog.deletion(of: schema), connection)
            return nil
        }
        if isThere, let known, known.isSame(as: snapshot, terms.domain) { return known }
        throw PushedSnapshot.isOther(schema, known: known, isThere: isThere)
    }

    // MARK: putting it there

    private func push(_ contents: PushContents, _ connection: PostgresConnection) throws
        -> PushOutcome {
        let parts = contents.parts, schema = contents.entry.schema
        let insertion = SnapshotCatalog.insertion(contents.entry,
                                                  try contents.description.json())
        // An index takes about as long as half the rows do.
        let total = parts.reduce(0) { $0 + $1.rowCount + $1.rowCount * $1.indexes.count / 2 }
        var done = 0
        try carryOut("create schema \(name: schema)", connection)
        for part in parts {
            try create(part, schema, connection)
            try fill(part, schema, connection) { terms.progress(done + $0, total) }
            done += part.rowCount
            let table: SQL = "\(name: schema).\(name: part.name)"
            for column in part.indexes {
                try carryOut("create index on \(table) (\(name: column))", connection)
                done += part.rowCount / 2
                terms.progress(done, total)
            }
            try carryOut("analyze \(table)", connection)
        }
        try carryOut(insertion, connection)
        return .pushed(contents.entry, rows: contents.rowCount)
    }

    private func create(_ part: PushedPart, _ schema: String, _ connection: PostgresConnection)
        throws {
        let columns = part.columns.map { column -> SQL in
            "\(name: column.name) \(column.kind.sqlType)\(column.isFull ? " not null" : "")"
        }
        try carryOut("create table \(name: schema).\(name: part.name) (\(columns.joined(", ")))",
                     connection)
    }

    private func fill(_ part: PushedPart, _ schema: String, _ connection: PostgresConnection,
                      _ advance: (Int) -> Void) throws {
        let names = part.columns.map { column -> SQL in "\(name: column.name)" }
        let copy: SQL = "copy \(name: schema).\(name: part.name) (\(names.joined(", "))) from stdin"
        let text = CopyText(try part.columns.map { try CopyText.writer($0, in: part.name) })
        try connection.copy(SQLStatement(copy, types: []).text(dialect), isCancelled: isCancelled) {
            put in
            try part.forEachBlock(text.write) { block, given in
                try put(block)
                advance(given)
            }
        }
    }
}

extension Vector {
    /// Whether its first value is a whole number and zero.
    fileprivate var isZero: Bool {
        if case .int(let values) = self { values.first == 0 } else { false }
    }
}
