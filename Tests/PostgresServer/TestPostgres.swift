import Foundation
import Glibc
import Synchronization

/// A PostgreSQL of the tests' own: in a temporary folder, on a socket there and no port, run by a
/// user without rights, without care for what a crash leaves. One for the whole process, begun
/// when it is first asked for.
///
/// A shell beside the process holds the server. It ends the server and takes the folder away when
/// its standard input ends, which happens however this process ends.
public final class TestPostgres: Sendable {
    /// Why there is none, for those who then leave tests out; `MUSTER_TEST_ENGINES` demands it.
    public struct Missing: Error, CustomStringConvertible {
        public let description: String
    }

    private static let single = Mutex<Result<TestPostgres, Missing>?>(nil)

    /// Throws `Missing` where it cannot be had.
    public static var shared: TestPostgres {
        get throws {
            try single.withLock { known in
                if let known { return known }
                let made = Result { () throws(Missing) in try TestPostgres() }
                known = made
                return made
            }.get()
        }
    }

    /// One more, for a test that stops or breaks it: it ends with this object at the latest.
    public static func another() throws -> TestPostgres { try TestPostgres() }

    /// Whether tests that need it are to be run: where it is installed, and where it is demanded.
    public static var isWanted: Bool { isDemanded || wish != "none" && programs != nil }

    public static var isDemanded: Bool { wish != nil && wish != "none" }

    /// `1` demands them, `none` leaves them out.
    private static var wish: String? {
        ProcessInfo.processInfo.environment["MUSTER_TEST_ENGINES"]
    }

    /// What is said where they are left out.
    public static let absence = "PostgreSQL is not installed: scripts/setup --engines"

    /// The folder of the server's socket, and of its data.
    public let folder: String
    private let words: Mutex<(FileHandle, FileHandle)>

    /// The folder of the newest server programs.
    static var programs: String? {
        let versions = (try? FileManager.default.contentsOfDirectory(
            atPath: "/usr/lib/postgresql")) ?? []
        let newest = versions.sorted { (Int($0) ?? 0) > (Int($1) ?? 0) }
        return newest.map { "/usr/lib/postgresql/\($0)/bin" }.first {
            FileManager.default.isExecutableFile(atPath: $0 + "/initdb")
        }
    }

    private init() throws(Missing) {
        guard let programs = Self.programs else { throw Missing(description: Self.absence) }
        folder = "/tmp/muster-pg-\(getpid())-\(UInt32.random(in: 0 ... .max))"
        let shell = Process()
        shell.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        // Of a session of its own, so that Ctrl-C does not reach the server before its keeper.
        var words = ["setsid"]
        if getuid() == 0 {
            words += ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
        }
        shell.arguments = words + ["sh", "-c", Self.keeper, "keeper", programs, folder]
        shell.currentDirectoryURL = URL(fileURLWithPath: "/tmp")
        shell.environment = ["PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"]
        let input = Pipe(), output = Pipe()
        // Nobody else is to hold the end whose closing ends the server.
        _ = fcntl(input.fileHandleForWriting.fileDescriptor, F_SETFD, FD_CLOEXEC)
        shell.standardInput = input
        shell.standardOutput = output
        shell.standardError = FileHandle.nullDevice
        do { try shell.run() } catch { throw Missing(description: "\(error)") }
        self.words = Mutex((input.fileHandleForWriting, output.fileHandleForReading))
        guard isReady() else {
            throw Missing(description: "PostgreSQL did not start in \(folder)")
        }
    }

    deinit { words.withLock { try? $0.0.close() } }

    /// Starts, stops and starts again as it is told; each time it says `ready`.
    private static let keeper = """
        programs=$1 folder=$2 server=
        trap '' INT HUP PIPE
        trap 'exit 1' TERM
        trap 'finish QUIT; rm -rf "$folder"' EXIT
        begin() {
            "$programs/postgres" -D "$folder/data" -k "$folder" >>"$folder/log" 2>&1 </dev/null &
            server=$!
            for i in $(seq 600); do
                "$programs/pg_isready" -q -h "$folder" && { echo ready; return; }
                sleep 0.05
            done
            echo failed
        }
        finish() {
            [ -z "$server" ] || kill "-$1" "$server" 2>/dev/null
            wait "$server" 2>/dev/null
            server=
        }
        umask 077
        mkdir "$folder" && "$programs/initdb" -D "$folder/data" -A trust -U muster -E UTF8 \\
            --locale=C.UTF-8 --no-sync >"$folder/log" 2>&1 || { echo failed; exit 1; }
        cat >>"$folder/data/postgresql.conf" <<END
        listen_addresses = ''
        fsync = off
        full_page_writes = off
        synchronous_commit = off
        wal_level = minimal
        max_wal_senders = 0
        max_connections = 100
        shared_buffers = 128MB
        END
        cp "$folder/data/pg_hba.conf" "$folder/pg_hba.conf"
        { echo 'local all locked scram-sha-256'; cat "$folder/pg_hba.conf"; } \\
            >"$folder/data/pg_hba.conf"
        begin
        while read -r word; do
            case $word in
            restart) finish INT; begin ;;
            crash) finish QUIT; begin ;;
            stop) finish INT; echo ready ;;
            start) begin ;;
            esac
        done
        """

    private func isReady() -> Bool {
        words.withLock { words in
            var said = Data()
            while let part = try? words.1.read(upToCount: 1), !part.isEmpty {
                if part == Data([0x0A]) { return said == Data("ready".utf8) }
                said.append(part)
            }
            return false
        }
    }

    private func tell(_ word: String) -> Bool {
        words.withLock { try? $0.0.write(contentsOf: Data((word + "\n").utf8)) }
        return isReady()
    }

    /// The server stops, whatever is connected, and starts again.
    public func restart() -> Bool { tell("restart") }
    /// The same without any care, as after a fault of its own.
    public func crash() -> Bool { tell("crash") }
    public func stop() -> Bool { tell("stop") }
    public func start() -> Bool { tell("start") }

    /// The URL of a database here, for its owner or another user.
    public func url(_ database: String = "postgres", user: String = "muster",
                    password: String? = nil) -> String {
        let secret = password.map { ":" + $0 } ?? ""
        let place = folder.replacingOccurrences(of: "/", with: "%2F")
        return "postgres://\(user)\(secret)@\(place)/\(database)"
    }

    /// Carries out statements as the owner; what they give, without anything around it.
    @discardableResult
    public func psql(_ statements: String, database: String = "postgres") throws -> String {
        guard let programs = Self.programs else { throw Missing(description: Self.absence) }
        let psql = Process()
        psql.executableURL = URL(fileURLWithPath: programs + "/psql")
        psql.arguments = ["-XAtq", "-v", "ON_ERROR_STOP=1", "-h", folder, "-U", "muster",
                          "-d", database, "-c", statements]
        let output = Pipe()
        psql.standardOutput = output
        psql.standardError = output
        try psql.run()
        let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(),
                          as: UTF8.self)
        psql.waitUntilExit()
        guard psql.terminationStatus == 0 else { throw Missing(description: said) }
        return said.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// A new, empty database.
    public func newDatabase() throws -> String {
        let name = "d" + String(UInt64.random(in: 0 ... .max), radix: 36)
        try psql("create database \(name) template template0")
        return name
    }
}
