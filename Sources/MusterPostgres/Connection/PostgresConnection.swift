import CPostgres
import Glibc
import MusterBinding
import MusterDiagnostics
import MusterSQL

/// One connection to a database, for one statement at a time.
final class PostgresConnection {
    let address: PostgresAddress
    private let handle: OpaquePointer

    /// Milliseconds between two questions whether to go on.
    private static let beat: Int32 = 50
    /// Seconds that connecting may take, where the address says nothing else.
    private static let patience = 10
    /// Seconds for the server to end what it was asked to give up.
    private static let grace = 5
    /// The server did not end what it was asked to give up: the connection is of no more use.
    private(set) var isStuck = false

    /// Connects. Throws a `Diagnostic`, `Diagnostic.interrupted` among them.
    /// - Parameter isWriting: whether statements may change anything.
    init(_ address: PostgresAddress, isWriting: Bool = false,
         isCancelled: @Sendable () -> Bool) throws {
        self.address = address
        handle = try Self.connected(address, isCancelled)
        do {
            try checkServer(isCancelled)
            try run(Self.settings(isWriting: isWriting), isCancelled: isCancelled)
            // Not on every system: without it a statement that nobody waits for ends later.
            if version >= 140_000 {
                _ = try? run("set client_connection_check_interval = '1s'",
                             isCancelled: isCancelled)
            }
        } catch let lost as LostConnection {
            throw PostgresFault.ofConnecting(lost.text, needsPassword: false, address)
        }
    }

    deinit { muster_pq_finish(handle) }

    private var version: Int { Int(muster_pq_version(handle)) }

    // MARK: connecting

    private static func connected(_ address: PostgresAddress, _ isCancelled: @Sendable () -> Bool)
        throws -> OpaquePointer {
        try PostgresLibrary.open()
        let seconds = PostgresLibrary.value(of: "connect_timeout", in: address.url)
            .flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil } ?? patience
        let end = ContinuousClock.now + .seconds(seconds)
        while true {
            guard let handle = muster_pq_start(address.url, "muster") else {
                throw PostgresFault.ofConnecting("", needsPassword: false, address)
            }
            do {
                if try isConnected(handle, until: end, isCancelled) {
                    muster_pq_settle(handle)
                    return handle
                }
            } catch {
                muster_pq_finish(handle)
                throw error
            }
            let said = String(cString: muster_pq_error(handle))
            let needsPassword = muster_pq_needs_password(handle)
            muster_pq_finish(handle)
            // A server that is starting is waited for.
            guard PostgresFault.isPassing(said), .now < end else {
                if .now >= end { throw PostgresFault.slow(address, seconds: seconds) }
                throw PostgresFault.ofConnecting(said, needsPassword: needsPassword, address)
            }
            if isCancelled() { throw Diagnostic.interrupted }
            poll(nil, 0, beat)
        }
    }

    /// Whether it could be made; false where it failed, or the time is over.
    private static func isConnected(_ handle: OpaquePointer, until end: ContinuousClock.Instant,
                                    _ isCancelled: @Sendable () -> Bool) throws -> Bool {
        guard !muster_pq_is_bad(handle) else { return false }
        var step = Int32(MUSTER_PQ_POLL_WRITING)
        while true {
            switch Int(step) {
            case Int(MUSTER_PQ_POLL_OK): return true
            case Int(MUSTER_PQ_POLL_FAILED): return false
            default: break
            }
            let events = step == Int32(MUSTER_PQ_POLL_READING) ? POLLIN : POLLOUT
            while !wait(handle, for: events) {
                if isCancelled() { throw Diagnostic.interrupted }
                if .now >= end { return false }
            }
            step = muster_pq_poll(handle)
        }
    }

    /// Waits a beat at the most; whether anything came. A signal ends the wait early.
    private static func wait(_ handle: OpaquePointer, for events: Int32) -> Bool {
        var wanted = pollfd(fd: muster_pq_socket(handle), events: Int16(events), revents: 0)
        return poll(&wanted, 1, beat) > 0
    }

    /// What every answer relies on. `extra_float_digits` gives doubles that read back the same.
    private static func settings(isWriting: Bool) -> String {
        let settings = [
            ("standard_conforming_strings", "on"), ("DateStyle", "ISO, YMD"),
            ("extra_float_digits", "3"), ("client_min_messages", "error"),
            ("default_transaction_read_only", isWriting ? "off" : "on"),
        ]
        return "select " + settings.map { "set_config('\($0)', '\($1)', false)" }
            .joined(separator: ", ")
    }

    private func checkServer(_ isCancelled: @Sendable () -> Bool) throws {
        if version < 120_000 {
            // Others of its kind count their versions otherwise.
            let text = try run("select version()", isCancelled: isCancelled).bytes(0, 0)
                .map { String(decoding: $0, as: UTF8.self) } ?? ""
            guard text.contains("openGauss") || text.contains("Greenplum") else {
                throw Diagnostic("postgres.version", Message(
                    zh: "数据库的版本太旧：\(version / 10_000)，至少要 PostgreSQL 12（\(address.shown)）",
                    en: "the server is of version \(version / 10_000); PostgreSQL 12 or later is "
                        + "needed (\(address.shown))"),
                    hint: Message(zh: "请升级数据库服务器", en: "have the server upgraded"))
            }
        }
        let encoding = muster_pq_parameter(handle, "server_encoding").map { String(cString: $0) }
        guard encoding == "UTF8" else {
            throw Diagnostic("postgres.encoding", Message(
                zh: "数据库的字符编码是 \(encoding ?? "?")，须是 UTF8（\(address.shown)）",
                en: "the database is encoded in \(encoding ?? "?"); it must be UTF8 "
                    + "(\(address.shown))"),
                hint: Message(zh: "另建一个库：createdb -E UTF8 -T template0 名称",
                              en: "make another: createdb -E UTF8 -T template0 NAME"))
        }
    }

    // MARK: statements

    /// Runs a statement and gives its result, whose values are in binary form. Throws a
    /// `Diagnostic`, or `LostConnection`, after which the connection is of no more use.
    @discardableResult
    func run(_ text: String, _ values: [PostgresValue] = [],
             isCancelled: @Sendable () -> Bool = { false }) throws -> PostgresResult {
        if isCancelled() { throw Diagnostic.interrupted }
        try send(text, values)
        return try finished(isCancelled)
    }

    /// Runs `copy … from stdin` with the rows that the body puts, each time some of them.
    func copy(_ text: String, isCancelled: @escaping @Sendable () -> Bool,
              _ rows: (_ put: ([UInt8]) throws -> Void) throws -> Void) throws {
        try send(text, [])
        let begun = try received(isCancelled)
        guard begun.status == Int32(MUSTER_PQ_COPY_IN) else {
            try drain()
            throw fault(begun)
        }
        do {
            try rows { bytes in
                if isCancelled() { throw Diagnostic.interrupted }
                let isPut = bytes.withUnsafeBufferPointer {
                    muster_pq_put_copy(handle, $0.baseAddress, Int32($0.count))
                }
                if !isPut { throw lost() }
            }
        } catch {
            if !(error is LostConnection), muster_pq_end_copy(handle, "given up") { try drain() }
            throw error
        }
        guard muster_pq_end_copy(handle, nil) else { throw lost() }
        try finished(isCancelled)
    }

    private func send(_ text: String, _ values: [PostgresValue]) throws {
        let texts = values.map { $0.text.map { strdup($0) } ?? nil }
        defer { for text in texts { free(text) } }
        let pointers = texts.map { UnsafePointer($0) }
        let types = values.map(\.type)
        guard muster_pq_send(handle, text, Int32(values.count), types, pointers) else {
            throw lost()
        }
    }

    /// The result of all that was sent.
    @discardableResult
    private func finished(_ isCancelled: @Sendable () -> Bool) throws -> PostgresResult {
        let result = try received(isCancelled)
        try drain()
        guard result.status == Int32(MUSTER_PQ_TUPLES_OK)
                || result.status == Int32(MUSTER_PQ_COMMAND_OK) else { throw fault(result) }
        return result
    }

    /// The next result. Where `isCancelled` turns true, the server is asked to give up, and what
    /// it still sends is read away, so that the connection is as good as before.
    private func received(_ isCancelled: @Sendable () -> Bool) throws -> PostgresResult {
        var isWaiting = true
        while isWaiting {
            // What was sent may still lie here.
            let unsent = muster_pq_flush(handle)
            if unsent < 0 { throw lost() }
            if isCancelled() {
                isStuck = !hasGivenUp()
                throw Diagnostic.interrupted
            }
            isWaiting = muster_pq_is_busy(handle)
            guard isWaiting else { break }
            if Self.wait(handle, for: unsent > 0 ? POLLIN | POLLOUT : POLLIN),
               !muster_pq_consume(handle) { throw lost() }
        }
        guard let result = muster_pq_result(handle) else { throw lost() }
        return PostgresResult(result)
    }

    /// Has the server give up; whether it did, so that the next statement can be sent.
    private func hasGivenUp() -> Bool {
        guard muster_pq_cancel(handle) else { return false }
        let end = ContinuousClock.now + .seconds(Self.grace)
        while !muster_pq_is_bad(handle) {
            if muster_pq_is_busy(handle) {
                if .now >= end { return false }
                if Self.wait(handle, for: POLLIN), !muster_pq_consume(handle) { return false }
            } else {
                guard let rest = muster_pq_result(handle) else { return true }
                muster_pq_clear(rest)
            }
        }
        return false
    }

    /// Reads away what is left of what was sent.
    private func drain() throws {
        while let rest = muster_pq_result(handle) {
            let status = muster_pq_result_status(rest)
            muster_pq_clear(rest)
            if status == Int32(MUSTER_PQ_COPY_IN) {
                guard muster_pq_end_copy(handle, "given up") else { throw lost() }
            }
        }
        if muster_pq_is_bad(handle) { throw lost() }
    }

    private func fault(_ result: PostgresResult) -> any Error {
        guard let state = result.state, !muster_pq_is_bad(handle),
              !["57P01", "57P02", "57P03"].contains(state) else { return lost() }
        if result.message.contains(FunctionSQL.unsaid) { return UnsaidValue() }
        return PostgresFault.ofStatement(state: state, result.message, address)
    }

    private func lost() -> LostConnection {
        LostConnection(text: String(cString: muster_pq_error(handle)))
    }
}
