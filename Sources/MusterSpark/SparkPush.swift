import MusterBinding
import MusterDiagnostics
import MusterPlan
import MusterSQL
import MusterStore

/// Puts a snapshot into a folder as Parquet files: a folder below it that bears the snapshot's
/// schema, in it one for each table. It gets its name when all of it is there.
package final class SparkPush: SnapshotPush {
    private let address: SparkAddress
    private let program: SparkProgram
    private var driver: SparkDriver?
    private let domain: Domain
    private let replaces: Bool
    private let isCancelled: @Sendable () -> Bool
    private let progress: @Sendable (_ done: Int, _ total: Int) -> Void

    /// Bytes of rows that are sent at a time.
    private static let blockSize = 1 << 18

    /// Throws a `Diagnostic` where the driver is not to be found.
    /// - Parameters:
    ///   - replaces: whether what stands under the snapshot's name is made anew.
    ///   - progress: told how many rows are sent and written, of how many.
    package convenience init(
        _ address: SparkAddress, _ program: SparkProgram?, domain: Domain, replaces: Bool = false,
        isCancelled: @escaping @Sendable () -> Bool = { false },
        progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }) throws {
        guard let program else { throw SparkFault.missing }
        self.init(address, program, domain: domain, replaces: replaces, isCancelled: isCancelled,
                  progress: progress)
    }

    init(_ address: SparkAddress, _ program: SparkProgram, domain: Domain, replaces: Bool,
         isCancelled: @escaping @Sendable () -> Bool,
         progress: @escaping @Sendable (Int, Int) -> Void) {
        self.address = address
        self.program = program
        self.domain = domain
        self.replaces = replaces
        self.isCancelled = isCancelled
        self.progress = progress
    }

    package func checkReachable() throws {
        try connected { driver in
            _ = try ask(driver, "\"do\":\"ready\"", [.plainText])
            _ = try ask(driver, "\"do\":\"begin\",\"folder\":\(quoted(address.path))"
                            + ",\"schema\":\"\"", [])
        }
    }

    package func push(_ snapshot: Snapshot, tables: () throws -> [Table]) throws -> PushOutcome {
        try connected { driver in
            let schema = Layout.schema(asOf: snapshot.asOf, fingerprint: snapshot.fingerprint)
            let found = try ask(driver, "\"do\":\"begin\",\"folder\":\(quoted(address.path))"
                                    + ",\"schema\":\(quoted(schema))", [.plainText, .plainText])
            if found[0].count > 0, !replaces {
                _ = try ask(driver, "\"do\":\"abandon\"", [])
                let known = SparkCatalog.snapshots(found).first
                if let known, known.isSame(as: snapshot, domain) { return .present(known) }
                throw PushedSnapshot.isOther(schema, known: known, isThere: true)
            }
            return try push(snapshot, try tables(), schema, driver)
        }
    }

    private func connected<R>(_ body: (SparkDriver) throws -> R) throws -> R {
        do {
            let present = try driver ?? SparkDriver(program)
            driver = present
            return try body(present)
        } catch let fault as SparkFault {
            throw fault.diagnostic
        } catch is LostDriver {
            throw Diagnostic("spark.push", Message(
                zh: "存入时 Spark 的驱动程序中断了", en: "Spark's driver ended while the snapshot "
                    + "was pushed"),
                hint: Message(zh: "没有留下半个快照，请再存一次", en: "no half of it was left there: "
                    + "push it again"))
        }
    }

    private func ask(_ driver: SparkDriver, _ request: String, _ types: [ValueType],
                     _ bytes: [UInt8] = []) throws -> [Vector] {
        var columns: [Vector] = []
        try driver.ask(request, bytes, isCancelled: isCancelled) {
            columns = try $0.vectors(types)
        }
        return columns
    }

    private func push(_ snapshot: Snapshot, _ tables: [Table], _ schema: String,
                      _ driver: SparkDriver) throws -> PushOutcome {
        let known = Dictionary(tables.map { ($0.name, $0) },
                               uniquingKeysWith: { first, _ in first })
        let pushed = domain.entities.compactMap { entity in
            known[entity.name].map { ($0, PushedTable($0, entity)) }
        }
        let description = SnapshotDescription(snapshot, domain, tables: pushed.map(\.1))
        let entry = PushedSnapshot(
            schema: schema, asOf: snapshot.asOf, fingerprint: snapshot.fingerprint,
            path: snapshot.path, version: Layout.version, description: description)
        let parts = PushedParts(pushed, rejects: snapshot.rejects, domain: domain).all
        // To write them takes about as long as to send them.
        let total = parts.reduce(0) { $0 + $1.rowCount * 2 }
        var done = 0
        for part in parts {
            try send(part, driver) { progress(done + $0, total) }
            done += part.rowCount
            _ = try ask(driver, "\"do\":\"write\",\"table\":\(quoted(part.name)),\"columns\":"
                            + Self.columns(part), [])
            done += part.rowCount
            progress(done, total)
        }
        _ = try ask(driver, "\"do\":\"finish\",\"replace\":\(replaces),\"catalog\":"
                        + quoted(try SparkCatalog(entry).json()), [])
        return .pushed(entry, rows: pushed.reduce(0) { $0 + $1.1.rowCount })
    }

    private func send(_ part: PushedPart, _ driver: SparkDriver, _ advance: (Int) -> Void) throws {
        let text = RowText(part.columns)
        var block: [UInt8] = [], sent = 0
        func put() throws {
            _ = try ask(driver, "\"do\":\"rows\",\"table\":\(quoted(part.name)),"
                            + "\"bytes\":\(block.count)", [], block)
            block.removeAll(keepingCapacity: true)
            advance(sent)
        }
        block.reserveCapacity(Self.blockSize + 4096)
        try part.forEachRow { row in
            text.write(row, into: &block)
            sent += 1
            if block.count >= Self.blockSize { try put() }
        }
        try put()
    }

    /// The names and types of a table's columns, as JSON.
    private static func columns(_ part: PushedPart) -> String {
        "[" + part.columns.map { "[\(quoted($0.name)),\"\($0.kind.sparkType)\"]" }
            .joined(separator: ",") + "]"
    }
}

extension PushedColumn.Kind {
    /// The type there.
    var sparkType: String {
        switch self {
        case .text: "string"
        case .day: "date"
        case .period, .reference: "int"
        case .integer, .hundredths, .decimal: "bigint"
        case .double: "double"
        case .bool: "boolean"
        }
    }
}
