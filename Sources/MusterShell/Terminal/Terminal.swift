import CReadline
import Glibc
import MusterDiagnostics
import MusterFiles
import Synchronization

/// What is known of the terminal, and the two streams that muster writes to.
package enum Terminal {
    package static let output: Int32 = 1
    package static let errors: Int32 = 2

    package static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

    /// Columns of the window behind a descriptor; nil where it is no terminal. A terminal that
    /// does not say counts as COLUMNS wide, or 80.
    package static func width(of descriptor: Int32 = output) -> Int? {
        guard isTerminal(descriptor) else { return nil }
        var rows: Int32 = 0, columns: Int32 = 0
        muster_terminal_size(descriptor, &rows, &columns)
        if columns > 0 { return Int(columns) }
        return statedWidth ?? 80
    }

    /// What the environment says: COLUMNS.
    static var statedWidth: Int? {
        variable("COLUMNS").flatMap { Int($0) }.flatMap { (20...10_000).contains($0) ? $0 : nil }
    }

    /// Rows of the window behind standard output; nil where it is no terminal or does not say.
    static var height: Int? {
        var rows: Int32 = 0, columns: Int32 = 0
        muster_terminal_size(output, &rows, &columns)
        return rows > 0 ? Int(rows) : nil
    }

    /// Whether to colour what is written there: only a terminal that can, and neither
    /// `--no-color` nor NO_COLOR (any value but an empty one).
    package static func wantsColour(_ descriptor: Int32 = output, refused: Bool = false) -> Bool {
        !refused && isTerminal(descriptor) && (variable("NO_COLOR") ?? "").isEmpty
            && !["", "dumb"].contains(variable("TERM") ?? "")
    }

    /// The name of the locale for texts, as it was before `prepareLocale` may have changed it:
    /// `zh_CN.UTF-8`, `C`, or empty.
    package static let localeName: String = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy
        .compactMap { variable($0) }.first { !$0.isEmpty } ?? ""

    /// The locale's name where it is not one of UTF-8: `C`, `zh_CN.GB18030`.
    package static let otherCharacterSet: String? = {
        let name = ["LC_ALL", "LC_CTYPE", "LANG"].lazy
            .compactMap { variable($0) }.first { !$0.isEmpty } ?? "C"
        let set = name.lowercased().filter { $0 != "-" }
        return set.contains(".utf8") ? nil : name
    }()

    /// Whether rules, bars and marks may be drawn with signs of Unicode. Under `C`, or without a
    /// locale, nothing is known of the terminal's font: they are drawn in ASCII.
    package static let isUTF8 = otherCharacterSet == nil

    /// Before anything else: makes the C library read and write UTF-8 whatever the environment
    /// says, so that a line of Chinese is edited by its characters under `LANG=C` too.
    package static func prepareLocale() {
        // Both look at the environment, which may change now.
        _ = (localeName, isUTF8, otherCharacterSet)
        _ = muster_utf8_locale()
    }

    /// A reader that goes away (`| head`) then ends the writing, not the program.
    package static func ignoreBrokenPipes() { muster_ignore_broken_pipes() }

    /// Writes all of it. False where the reader has gone: nothing more need be written.
    ///
    /// - Throws: `output.write` where it cannot be written for another reason (a full disk).
    ///   `Diagnostic.interrupted` where the user has stopped it before the end.
    @discardableResult
    package static func write(_ bytes: [UInt8], to descriptor: Int32 = output,
                              isInterrupted: () -> Bool = { false })
        throws(Diagnostic) -> Bool {
        let fault: Int32 = bytes.withUnsafeBytes { bytes in
            var written = 0
            while written < bytes.count {
                if isInterrupted() { return ECANCELED }
                // In pieces: a window that scrolls a million lines takes them one by one.
                let end = min(bytes.count, written + (1 << 16))
                let rest = UnsafeRawBufferPointer(rebasing: bytes[written..<end])
                let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
                if count >= 0 {
                    written += count
                } else if errno == EAGAIN {
                    var room = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                    poll(&room, 1, -1)
                } else if errno != EINTR {
                    return errno
                }
            }
            return 0
        }
        if fault == ECANCELED { throw .interrupted }
        if fault == EPIPE {
            hasLostReader.store(true, ordering: .relaxed)
            return false
        }
        guard fault != 0 else { return true }
        let reason = systemFault(fault)
        throw Diagnostic(Diagnostic.code("output.write", fault), Message(zh: "无法输出：\(reason.zh)",
                                                 en: "cannot write the output: \(reason.en)"),
                         hint: Message(zh: "请检查输出所在的磁盘或设备",
                                       en: "check the disk or device that it goes to"))
    }

    /// Whether a stream was led to a file, which somebody may open.
    static func isFile(_ descriptor: Int32) -> Bool {
        var status = stat()
        return fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }

    /// All of standard input as text.
    ///
    /// - Throws: `input.read` where there is none or it is a folder, `input.encoding`.
    static func standardInput() throws(Diagnostic) -> String {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(0, &chunk, chunk.count)
            if count > 0 {
                bytes += chunk[..<count]
            } else if count == 0 {
                break
            } else if errno == EAGAIN {
                var more = pollfd(fd: 0, events: Int16(POLLIN), revents: 0)
                poll(&more, 1, -1)
            } else if errno != EINTR {
                let reason = systemFault(errno)
                throw Diagnostic("input.read", Message(
                    zh: "无法读取标准输入：\(reason.zh)",
                    en: "cannot read standard input: \(reason.en)"), hint: Message(
                        zh: "语句可用 -c 给出，或从文件、管道读入",
                        en: "give statements with -c, or from a file or pipe"))
            } else if Interrupt.isRequested {
                Interrupt.end()
            }
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Diagnostic("input.encoding", Message(
                zh: "标准输入不是 UTF-8", en: "standard input is not UTF-8"),
                hint: Message(zh: "请另存为 UTF-8", en: "save it as UTF-8"))
        }
        return text
    }

    @discardableResult
    package static func write(_ text: String, to descriptor: Int32 = output)
        throws(Diagnostic) -> Bool {
        try write(Array(text.utf8), to: descriptor)
    }

    private static let hasLostReader = Atomic<Bool>(false)

    /// Whether standard output was read by another program that is gone: nothing of what is still
    /// to be done is of use to anybody.
    static var isAbandoned: Bool {
        if hasLostReader.load(ordering: .relaxed) { return true }
        var state = pollfd(fd: output, events: 0, revents: 0)
        guard poll(&state, 1, 0) == 1, state.revents & Int16(POLLERR) != 0 else { return false }
        hasLostReader.store(true, ordering: .relaxed)
        return true
    }

    /// Ends the program as a broken pipe ends one that does not heed it.
    static func endAbandoned() {
        signal(SIGPIPE, SIG_DFL)
        raise(SIGPIPE)
    }

    static func variable(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }
    }
}
