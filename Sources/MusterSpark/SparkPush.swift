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
    private let terms: PushTerms

    /// Throws a `Diagnostic` where the driver is not to be found.
    package convenience init(_ address: SparkAddress, _ program: SparkProgram?,
                             _ terms: PushTerms) throws {
        guard let program else { throw SparkFault.missing }
        self.init(address, program: program, terms)
    }

    init(_ address: SparkAddress, program: SparkProgram, _ terms: PushTerms) {
        self.address = address
        self.program = program
        self.terms = terms
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
            if found[0].count > 0, !terms.replaces {
                _ = try ask(driver, "\"do\":\"abandon\"", [])
                let known = SparkCatalog.snapshots(found).first
                if let known, known.isSame(as: snapshot, terms.domain) { return .present(known) }
                throw PushedSnapshot.isOther(schema, known: known, isThere: true)
            }
            let contents = PushContents(snapshot, try tables(), domain: terms.domain)
            return try push(contents, driver)
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
                hint: PushOutcome.nothingIsLeft)
        }
    }

    private func ask(_ driver: SparkDriver, _ request: String, _ types: [ValueType],
                     _ bytes: [UInt8] = []) throws -> [Vector] {
        var columns: [Vector] = []
        try driver.ask(request, bytes, isCancelled: terms.isCancelled) {
            columns = try $0.vectors(types)
        }
        return columns
    }

    private func push(_ contents: PushContents, _ driver: SparkDriver) throws -> PushOutcome {
        let parts = contents.parts
        // To write them takes about as long as to send them.
        let total = parts.reduce(0) { $0 + $1.rowCount * 2 }
        var done = 0
        for part in parts {
            try send(part, driver) { terms.progress(done + $0, total) }
            done += part.rowCount
            _ = try ask(driver, "\"do\":\"write\",\"table\":\(quoted(part.name)),\"columns\":"
                            + Self.columns(part), [])
            done += part.rowCount
            terms.progress(done, total)
        }
        _ = try ask(driver, "\"do\":\"finish\",\"replace\":\(terms.replaces),\"catalog\":"
                        + quoted(try SparkCatalog(contents.entry).json()), [])
        return .pushed(contents.entry, rows: contents.rowCount)
    }

    private func send(_ part: PushedPart, _ driver: SparkDriver, _ advance: (Int) -> Void) throws {
        try part.forEachBlock(RowText(part.columns).write) { block, given in
            _ = try ask(driver, "\"do\":\"rows\",\"table\":\(quoted(part.name)),"
                            + "\"bytes\":\(block.count)", [], block)
            advance(given)
        }
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
