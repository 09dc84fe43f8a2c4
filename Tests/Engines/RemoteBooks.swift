import MusterBinding
import MusterEngine
import MusterLeague
import MusterPostgres
import MusterSQL
import MusterSpark
import MusterStore
import Synchronization
import TestPostgres
import TestSpark

/// Snapshots as they are where their rows stand in the tests' own database, or in files that
/// Spark reads.
public enum RemoteBooks {
    /// Whether all tests over them are to be run.
    public static var areDemanded: Bool { TestPostgres.isDemanded }

    /// What holds them.
    public enum Engine: Sendable, CaseIterable, Hashable {
        case postgres, spark

        /// Whether it is to be tried.
        public var isWanted: Bool {
            switch self {
            case .postgres: TestPostgres.isWanted
            case .spark: TestSpark.isWanted
            }
        }
    }

    private struct Key: Hashable {
        let engine: Engine
        let snapshot: String
    }

    private static let known = Mutex<[Key: DataSet]>([:])
    private static let servers = Mutex<[Engine: any SnapshotServer]>([:])
    /// Where Spark's files are.
    private static let folder = Result { try SparkAddress("spark:" + TestSpark.newFolder(), here: "") }
    private static let sparkPush = Mutex(Held())

    /// One that is started once for all that is pushed.
    private final class Held { var push: SparkPush? }

    /// How many statements were asked about rows that were put somewhere.
    public static var statements: Int { Counted.asked.withLock { $0 } }

    /// A server that counts what it is asked.
    private final class Counted: SnapshotServer {
        static let asked = Mutex(0)
        private let server: any SnapshotServer

        init(_ server: any SnapshotServer) { self.server = server }

        var dialect: any Dialect { server.dialect }
        var shown: String { server.shown }

        func columns(of statement: SQLStatement, isCancelled: @Sendable () -> Bool) throws
            -> [Vector] {
            Self.asked.withLock { $0 += 1 }
            return try server.columns(of: statement, isCancelled: isCancelled)
        }

        func snapshots(isCancelled: @Sendable () -> Bool) throws -> [PushedSnapshot] {
            try server.snapshots(isCancelled: isCancelled)
        }

        func tables(of snapshot: PushedSnapshot, isCancelled: @Sendable () -> Bool) throws
            -> [String: Set<String>] {
            try server.tables(of: snapshot, isCancelled: isCancelled)
        }

        func joined(_ snapshots: [PushedSnapshot], _ domain: Domain,
                    isCancelled: @Sendable () -> Bool) throws -> PushedSnapshot {
            try server.joined(snapshots, domain, isCancelled: isCancelled)
        }
    }

    /// The same snapshot, its rows elsewhere. Put there once.
    package static func placed(_ data: DataSet, in engine: Engine,
                               domain: Domain = League.domain()) throws -> DataSet {
        let key = Key(engine: engine, snapshot: "\(data.asOf) \(data.snapshot.fingerprint) "
                          + data.snapshot.path)
        return try known.withLock { known in
            if let there = known[key] { return there }
            let there = try put(data, engine, domain)
            known[key] = there
            return there
        }
    }

    private static func put(_ data: DataSet, _ engine: Engine, _ domain: Domain) throws
        -> DataSet {
        let environment = Environment(domain: domain,
                                      registry: Registry(domain: domain, statements: []),
                                      dataSets: [data])
        let run = Run(environment)
        let pushed: PushedSnapshot
        switch try push(data.snapshot, engine, domain, tables: {
            try domain.entities.compactMap { entity in
                try data.prepare(entity.name, run)
                return data.table(entity.name)
            }
        }) {
        case .pushed(let snapshot, _), .present(let snapshot): pushed = snapshot
        }
        let server = Counted(try server(engine))
        let light = try server.light(pushed, domain: domain)
        return DataSet(light.snapshot, domain: domain, remote: RemoteTables(server, light))
    }

    private static func push(_ snapshot: Snapshot, _ engine: Engine, _ domain: Domain,
                             tables: () throws -> [Table]) throws -> PushOutcome {
        switch engine {
        case .postgres:
            return try PostgresPush(try TestPostgres.shared.url(), PushTerms(domain: domain))
                .push(snapshot, tables: tables)
        case .spark:
            let all = try tables()
            return try sparkPush.withLock { held in
                let push = try held.push
                    ?? SparkPush(try folder.get(), TestSpark.program,
                                 PushTerms(domain: League.domain()))
                held.push = push
                return try push.push(snapshot) { all }
            }
        }
    }

    private static func server(_ engine: Engine) throws -> any SnapshotServer {
        try servers.withLock { known in
            if let server = known[engine] { return server }
            let server: any SnapshotServer = switch engine {
            case .postgres: try PostgresServer(try TestPostgres.shared.url())
            case .spark: try SparkServer(try folder.get(), TestSpark.program)
            }
            known[engine] = server
            return server
        }
    }
}
