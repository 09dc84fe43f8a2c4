import MusterBinding
import MusterEngine
import MusterLeague
import MusterPostgres
import MusterStore
import Synchronization
import TestPostgres

/// Snapshots as they are where their rows stand in the tests' own database.
public enum RemoteBooks {
    private static let known = Mutex<[String: DataSet]>([:])
    private static let single = Mutex<PostgresServer?>(nil)

    /// The same snapshot, its rows in PostgreSQL. Put there once.
    package static func postgres(_ data: DataSet, domain: Domain = League.domain()) throws
        -> DataSet {
        let key = "\(data.asOf) \(data.snapshot.fingerprint) \(data.snapshot.path)"
        return try known.withLock { known in
            if let there = known[key] { return there }
            let there = try put(data, domain)
            known[key] = there
            return there
        }
    }

    private static func put(_ data: DataSet, _ domain: Domain) throws -> DataSet {
        let url = try TestPostgres.shared.url()
        let environment = Environment(domain: domain,
                                      registry: Registry(domain: domain, statements: []),
                                      dataSets: [data])
        let run = Run(environment)
        let outcome = try PostgresPush(url, domain: domain).push(data.snapshot) {
            try domain.entities.compactMap { entity in
                try data.prepare(entity.name, run)
                return data.table(entity.name)
            }
        }
        let pushed: PushedSnapshot
        switch outcome {
        case .pushed(let snapshot, _), .present(let snapshot): pushed = snapshot
        }
        let server = try single.withLock { known in
            let server = try known ?? PostgresServer(url)
            known = server
            return server
        }
        let light = try server.light(pushed, domain: domain)
        let remote = RemoteTables(
            server, schema: pushed.schema,
            rowCounts: light.rowCounts.filter { light.remote.contains($0.key) })
        return DataSet(light.snapshot, domain: domain, remote: remote)
    }
}
