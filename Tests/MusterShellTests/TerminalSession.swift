import Foundation
import Glibc

/// A program running in a terminal of its own (a tmux server for each): what a person would type
/// goes in, what a person would see comes out.
///
/// A terminal test starts one, types, waits for a text and looks at the screen:
///
///     let terminal = try TerminalSession("muster", ["samples/small.json"], columns: 60)
///     defer { terminal.end() }
///     try terminal.wait(for: "muster>")
///     try terminal.type("members | count", .enter)
///     #expect(try terminal.wait(for: "muster> ", times: 2).contains("128"))
///
/// Wait for what comes last on the screen; never sleep.
final class TerminalSession {
    /// A key that is not a character, as tmux names it.
    enum Key: String {
        case enter = "Enter", tab = "Tab", backspace = "BSpace", escape = "Escape"
        case up = "Up", down = "Down", left = "Left", right = "Right"
        case home = "C-a", kill = "C-u", interrupt = "C-c", end = "C-d", suspend = "C-z"
        case search = "C-r", lineEnd = "End"
    }

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    static let isAvailable = (try? run(["-V"])) != nil

    private let server = "muster-" + UUID().uuidString

    /// - Parameters:
    ///   - program: a product of this package (found beside the tests), or a path with a slash.
    ///   - environment: all of it; TERM, HOME (nowhere) and PATH are added where they are absent.
    init(_ program: String, _ arguments: [String] = [], columns: Int = 80, rows: Int = 24,
         environment: [String: String] = [:]) throws {
        let path = program.contains("/") ? program : Self.products + "/" + program
        var variables = ["TERM": "tmux-256color", "HOME": "/nonexistent", "PATH": "/usr/bin:/bin"]
        variables.merge(environment) { $1 }
        let command = ["exec", "env", "-i"] + variables.map { Self.quoted("\($0)=\($1)") }.sorted()
            + ([path] + arguments).map(Self.quoted)
        // The screen of a program that has ended stays to be looked at.
        try tmux(["new-session", "-d", "-x", "\(columns)", "-y", "\(rows)",
                  command.joined(separator: " "), ";", "set-option", "remain-on-exit", "on",
                  ";", "set-option", "-g", "status", "off",
                  ";", "resize-window", "-x", "\(columns)", "-y", "\(rows)"])
    }

    /// Where the products of this build are: the folder of the test program.
    static let products: String = {
        let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
            ?? CommandLine.arguments[0]
        return URL(fileURLWithPath: own).deletingLastPathComponent().path
    }()

    /// Ctrl-C and Ctrl-Z throw away what the program has not read: before them the text is waited
    /// for.
    func type(_ text: String = "", _ keys: Key...) throws {
        let isWaitedFor = !text.isEmpty && (keys.contains(.interrupt) || keys.contains(.suspend))
        let seen = isWaitedFor ? try screen().components(separatedBy: text).count : 0
        if !text.isEmpty { try tmux(["send-keys", "-l", "--", text]) }
        if isWaitedFor { try wait(for: text, times: seen) }
        for key in keys { try tmux(["send-keys", key.rawValue]) }
    }

    /// As from the clipboard, in a terminal that does not mark pastes.
    func pasteUnmarked(_ text: String) throws {
        try tmux(["set-buffer", "--", text, ";", "paste-buffer", "-d"])
    }

    /// Sends the program a signal, and waits until it has ended.
    func kill(_ signal: Int32) throws {
        let told = try tmux(["display-message", "-p", "#{pane_pid}"])
        guard let id = Int32(told.filter(\.isNumber)), Glibc.kill(id, signal) == 0 else {
            throw Failure(description: "nothing to send a signal to: \(told)")
        }
        while try tmux(["display-message", "-p", "#{pane_dead}"]).hasPrefix("0") { usleep(20_000) }
    }

    /// As from the clipboard: between the marks of a paste where the program has asked for them.
    func paste(_ text: String) throws { try paste(bytes: Array(text.utf8)) }

    /// Bytes that need not be characters.
    func paste(bytes: [UInt8]) throws {
        let file = FileManager.default.temporaryDirectory.path + "/muster-" + UUID().uuidString
        defer { unlink(file) }
        try Data(bytes).write(to: URL(fileURLWithPath: file))
        try tmux(["load-buffer", file, ";", "paste-buffer", "-p", "-d"])
    }

    func resize(columns: Int, rows: Int = 24) throws {
        try tmux(["resize-window", "-x", "\(columns)", "-y", "\(rows)"])
    }

    /// The screen with what has scrolled off it, without the empty lines at its end.
    func screen() throws -> String {
        var lines = try tmux(["capture-pane", "-p", "-S", "-"])
            .split(separator: "\n", omittingEmptySubsequences: false)
        while lines.last?.isEmpty == true { lines.removeLast() }
        return lines.joined(separator: "\n")
    }

    /// Waits until the text stands on the screen so many times, and returns the screen.
    @discardableResult
    func wait(for text: String, times: Int = 1, seconds: Double = 30) throws -> String {
        let limit = ContinuousClock.now + .seconds(seconds)
        while true {
            let screen = try screen()
            if screen.components(separatedBy: text).count > times { return screen }
            guard ContinuousClock.now < limit else {
                throw Failure(description: "no “\(text)” within \(seconds) s on\n\(screen)")
            }
            usleep(20_000)
        }
    }

    func end() {
        _ = try? tmux(["kill-server"])
        // The server leaves its socket behind.
        let folder = ProcessInfo.processInfo.environment["TMUX_TMPDIR"] ?? "/tmp"
        unlink("\(folder)/tmux-\(getuid())/\(server)")
    }

    @discardableResult
    private func tmux(_ arguments: [String]) throws -> String {
        try Self.run(["-L", server, "-f", "/dev/null", "-u"] + arguments)
    }

    private static func quoted(_ text: String) -> String {
        "'" + text.replacing("'", with: "'\\''") + "'"
    }

    /// Runs tmux and returns what it says. Not with `Process`, which waits for every descendant,
    /// and into a file rather than a pipe: the server lives on and would hold either open.
    private static func run(_ arguments: [String]) throws -> String {
        let file = FileManager.default.temporaryDirectory.path + "/muster-" + UUID().uuidString
        defer { unlink(file) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, file, O_WRONLY | O_CREAT | O_EXCL, 0o600)
        posix_spawn_file_actions_adddup2(&actions, 1, 2)
        // Tests run on threads that hold signals back; what they start must not.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        let words = (["env", "LC_ALL=C.UTF-8", "tmux"] + arguments).map { strdup($0) }
        defer { words.forEach { free($0) } }
        var child: pid_t = 0
        let fault = posix_spawn(&child, "/usr/bin/env", &actions, &attributes,
                                words + [nil], environ)
        guard fault == 0 else { throw Failure(description: "tmux cannot be started") }
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0, errno == EINTR {}
        let text = String(decoding: try Data(contentsOf: URL(fileURLWithPath: file)),
                          as: UTF8.self)
        guard status == 0 else { throw Failure(description: "tmux \(arguments): \(text)") }
        return text
    }
}

/// A folder for one test, taken away when it is let go.
final class TestFolder {
    let path = FileManager.default.temporaryDirectory
        .appendingPathComponent("muster-" + UUID().uuidString).path

    init() throws {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    func read(_ name: String) throws -> String {
        try String(contentsOfFile: path + "/" + name, encoding: .utf8)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
