import Glibc
import MusterBinding
import MusterDiagnostics
import MusterPlan
import MusterSQL
import MusterStore
import Synchronization

/// Spark over the files of a folder, which it changes nothing of. One statement at a time: whoever
/// asks meanwhile waits.
package final class SparkServer: SnapshotServer {
    package let dialect: any Dialect = SparkDialect()
    package var shown: String { address.shown }
    private let address: SparkAddress
    private let program: SparkProgram
    private let state: Mutex<State>
    private let notice: @Sendable (Diagnostic) -> Void

    private struct State {
        var kept: KeptLink<SparkDriver>
        /// What a driver that is started anew has to be told of: the requests that made tables
        /// known.
        var opened: [String] = []
        /// Snapshots that are several read as one, by their schemas.
        var unions: [String: [String: Set<String>]] = [:]
    }

    /// Starts a driver. Throws a `Diagnostic` that says what to do.
    /// - Parameters:
    ///   - program: what to start; nil where it was not found.
    ///   - notice: told of a driver that had ended and was started anew.
    package init(_ address: SparkAddress, _ program: SparkProgram?,
                 notice: @escaping @Sendable (Diagnostic) -> Void = { _ in }) throws {
        guard let program else { throw SparkFault.missing }
        self.address = address
        self.program = program
        self.notice = notice
        state = Mutex(State(kept: KeptLink(try SparkDriver(program))))
    }

    /// Starts a driver with a folder of its own, which goes with it, for snapshots that stand
    /// elsewhere in another form. Throws a `Diagnostic`.
    package init(holdingFor address: SparkAddress, _ program: SparkProgram?,
                 isCancelled: @Sendable () -> Bool,
                 notice: @escaping @Sendable (Diagnostic) -> Void = { _ in }) throws {
        guard let program else { throw SparkFault.missing }
        let driver = try SparkDriver(program)
        var folder = ""
        do {
            try driver.ask("\"do\":\"folder\"", isCancelled: isCancelled) { answer in
                if case .text(let path)? = answer.columns.first?.first { folder = path }
            }
        } catch let fault as SparkFault {
            throw fault.diagnostic
        } catch is LostDriver {
            throw SparkFault.lost
        }
        self.address = SparkAddress(address, path: folder)
        self.program = program
        self.notice = notice
        // Whoever takes its place takes the folder away.
        let keeping = "\"do\":\"own\",\"folder\":" + quoted(folder)
        state = Mutex(State(kept: KeptLink(driver), opened: [keeping]))
    }

    /// What puts snapshots into the folder.
    package func push(_ terms: PushTerms) -> SparkPush {
        SparkPush(address, program: program, terms)
    }

    package func columns(of statement: SQLStatement, isCancelled: @Sendable () -> Bool) throws
        -> [Vector] {
        let (text, constants) = statement.bound(dialect)
        var request = "\"do\":\"query\",\"sql\":" + quoted(text) + ",\"values\":{"
        for (place, (value, type)) in constants.enumerated() {
            request += (place > 0 ? "," : "") + "\"p\(place + 1)\":"
            request += value.boundText(type).map(quoted) ?? "null"
        }
        return try ask(request + "}", statement.types, isCancelled)
    }

    /// The driver's process, for tests; nil where there is none now.
    var child: pid_t? { state.withLock { $0.kept.link?.child } }

    // MARK: pushed snapshots

    package func snapshots(isCancelled: @Sendable () -> Bool) throws -> [PushedSnapshot] {
        let found = try ask("\"do\":\"catalogs\",\"folder\":" + quoted(address.path),
                            [.plainText, .plainText], isCancelled)
        return SparkCatalog.snapshots(found)
    }

    package func tables(of snapshot: PushedSnapshot, isCancelled: @Sendable () -> Bool) throws
        -> [String: Set<String>] {
        if let known = state.withLock({ $0.unions[snapshot.schema] }) { return known }
        let request = opening(snapshot.schema)
        let found = try ask(request, [.plainText, .plainText], isCancelled)
        state.withLock { $0.opened.append(request) }
        return found.columnsByTable
    }

    /// All of them together, whose ids must be different.
    package func joined(_ snapshots: [PushedSnapshot], _ domain: Domain,
                        isCancelled: @Sendable () -> Bool) throws -> PushedSnapshot {
        guard snapshots.count > 1 else { return snapshots[0] }
        let union = try SparkUnion(snapshots)
        let there = try union.parts.map { try tables(of: $0, isCancelled: isCancelled) }
        let views = union.views(there).map { "[\(quoted($0.name)),\(quoted($0.sql))]" }
        let request = "\"do\":\"join\",\"schema\":\(quoted(union.whole.schema)),\"views\":["
            + views.joined(separator: ",") + "]"
        let found = try ask(request, [.plainText, .plainText], isCancelled)
        let columns = found.columnsByTable
        state.withLock {
            $0.opened.append(request)
            $0.unions[union.whole.schema] = columns
        }
        for entity in domain.entities {
            guard let statement = union.repeatedKeys(entity),
                  case .int(let counts)? = try self.columns(of: statement,
                                                            isCancelled: isCancelled).first,
                  let count = counts.first, count > 0 else { continue }
            throw union.repeated(entity, count)
        }
        return union.whole
    }

    private func opening(_ schema: String) -> String {
        "\"do\":\"open\",\"folder\":" + quoted(address.path) + ",\"schema\":" + quoted(schema)
    }

    // MARK: asking

    private func ask(_ request: String, _ types: [ValueType], _ isCancelled: @Sendable () -> Bool)
        throws -> [Vector] {
        try state.withLock { state in
            // One that does not heed what it was told is left to itself.
            if state.kept.link?.isBusy == true, isCancelled() { state.kept.link = nil }
            let opened = state.opened
            do {
                return try state.kept.ask(make: { try started(opened, isCancelled) },
                                          regained: { notice(SparkFault.regained) }, {
                    try answer($0, request, types, isCancelled)
                })
            } catch is LostDriver {
                throw SparkFault.lost
            } catch let fault as SparkFault {
                if fault.isOfStart { state.kept.link = nil }
                if fault.text.contains(FunctionSQL.unsaid) { throw UnsaidValue() }
                throw fault.diagnostic
            }
        }
    }

    private func answer(_ driver: SparkDriver, _ request: String, _ types: [ValueType],
                        _ isCancelled: @Sendable () -> Bool) throws -> [Vector] {
        var parts = types.map { _ in [Vector]() }
        try driver.ask(request, isCancelled: isCancelled) { answer in
            for (place, vector) in try answer.vectors(types).enumerated() {
                parts[place].append(vector)
            }
        }
        return parts.compactMap { Vector.concatenated($0) }
    }

    private func started(_ opened: [String], _ isCancelled: @Sendable () -> Bool) throws
        -> SparkDriver {
        let driver = try SparkDriver(program)
        for request in opened { try driver.ask(request, isCancelled: isCancelled) { _ in } }
        return driver
    }
}

/// A text as JSON.
func quoted(_ text: String) -> String {
    var bytes: [UInt8] = []
    JSONText.quote(text.utf8, into: &bytes)
    return String(decoding: bytes, as: UTF8.self)
}
