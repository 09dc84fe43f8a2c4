import Glibc
import MusterDiagnostics
import MusterSQL

/// The driver is no longer there in the middle of things.
struct LostDriver: LostLink {}

/// The child that answers over Spark: a line of JSON for each request, one or more for each
/// answer. It ends itself where nobody holds its standard input any more.
final class SparkDriver {
    let child: pid_t
    private let socket: Int32
    private var received: [UInt8] = []
    /// Where the bytes begin that no line was made of yet, and how far no line's end was found.
    private var start = 0, searched = 0
    private var number = 0
    /// A request that was given up and has not been answered yet.
    private var owed: Int?

    /// Milliseconds between two questions whether to go on.
    private static let beat: Int32 = 50

    /// Throws a `Diagnostic` where nothing can be started.
    init(_ program: SparkProgram) throws {
        var ends: [Int32] = [0, 0]
        // A socket, so that writing to a child that is gone is an error and no signal.
        guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0,
                         &ends) == 0 else { throw SparkFault.notStarted(errno, program) }
        let (status, child) = Self.spawned(program, ends[1])
        close(ends[1])
        guard status == 0 else {
            close(ends[0])
            throw SparkFault.notStarted(status, program)
        }
        self.child = child
        socket = ends[0]
    }

    /// In a session of its own, so that Ctrl-C does not reach it.
    private static func spawned(_ program: SparkProgram, _ socket: Int32)
        -> (status: Int32, child: pid_t) {
        var actions = posix_spawn_file_actions_t(), attributes = posix_spawnattr_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        posix_spawn_file_actions_adddup2(&actions, socket, 0)
        posix_spawn_file_actions_adddup2(&actions, socket, 1)
        // What it says before it keeps its own log is lost.
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_RDONLY, 0)
        var usual = sigset_t(), none = sigset_t()
        sigfillset(&usual)
        sigemptyset(&none)
        posix_spawnattr_setsigdefault(&attributes, &usual)
        posix_spawnattr_setsigmask(&attributes, &none)
        // POSIX_SPAWN_SETSIGDEF, POSIX_SPAWN_SETSIGMASK and glibc's POSIX_SPAWN_SETSID.
        posix_spawnattr_setflags(&attributes, 0x04 | 0x08 | 0x80)
        let words = [program.python, "-B", program.driver]
        let arguments = words.map { strdup($0) } + [nil]
        let variables = program.environment.map { strdup("\($0)=\($1)") } + [nil]
        defer { for text in arguments + variables { free(text) } }
        var child: pid_t = 0
        let status = posix_spawnp(&child, program.python, &actions, &attributes, arguments,
                                  variables)
        return (status, child)
    }

    deinit {
        close(socket)
        // It ends by itself, at once where nothing is in its way.
        for _ in 0..<200 {
            if waitpid(child, nil, WNOHANG) != 0 { return }
            usleep(10_000)
        }
        kill(child, SIGKILL)
        waitpid(child, nil, 0)
    }

    /// Whether the last request was given up and still keeps it busy.
    var isBusy: Bool { owed != nil }

    /// Sends a request, and gives every piece of its answer to `take`. Throws a `Diagnostic`, a
    /// `SparkFault`, or `LostDriver`, after which it is of no more use.
    /// - Parameters:
    ///   - fields: what stands in the request behind its number, as JSON.
    ///   - bytes: what follows it, whose number stands in it.
    func ask(_ fields: String, _ bytes: [UInt8] = [], isCancelled: @Sendable () -> Bool,
             _ take: (SparkAnswer) throws -> Void) throws {
        if isCancelled() { throw Diagnostic.interrupted }
        number += 1
        let own = number
        try send(Array("{\"id\":\(own),\(fields)}\n".utf8) + bytes)
        while true {
            guard let line = try line(isCancelled) else {
                owed = own
                try send(Array("{\"id\":\(own),\"do\":\"cancel\"}\n".utf8))
                throw Diagnostic.interrupted
            }
            let answer = try line.withUnsafeBytes { try SparkAnswer($0) }
            if answer.id == owed, !answer.hasMore { owed = nil }
            // Nothing is asked of one that could not begin.
            if answer.id == 0, let fault = answer.fault { throw fault }
            guard answer.id == own else { continue }
            if let fault = answer.fault { throw fault }
            try take(answer)
            if !answer.hasMore { return }
        }
    }

    private func send(_ bytes: [UInt8]) throws {
        var sent = 0
        try bytes.withUnsafeBytes { bytes in
            while sent < bytes.count {
                let count = Glibc.send(socket, bytes.baseAddress! + sent, bytes.count - sent,
                                       Int32(MSG_NOSIGNAL))
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { throw LostDriver() }
                sent += count
            }
        }
    }

    /// The next line, without its end; nil where `isCancelled` turned true before it came.
    private func line(_ isCancelled: @Sendable () -> Bool) throws -> ArraySlice<UInt8>? {
        while true {
            if let end = received[searched...].firstIndex(of: 0x0A) {
                defer { (start, searched) = (end + 1, end + 1) }
                return received[start..<end]
            }
            received.removeSubrange(..<start)
            (start, searched) = (0, received.count)
            if isCancelled() { return nil }
            var wanted = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
            guard poll(&wanted, 1, Self.beat) > 0 else { continue }
            let most = 1 << 16
            let count = withUnsafeTemporaryAllocation(byteCount: most, alignment: 1) { block in
                let count = read(socket, block.baseAddress, most)
                if count > 0 { received.append(contentsOf: block[..<count]) }
                return count
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw LostDriver() }
        }
    }
}
