import CReadline
import Glibc
import MusterBinding
import MusterDiagnostics
import MusterFiles

/// The file in which statements are kept between sessions, in readline's own format with times.
/// A fault with it is told once and never keeps anybody from working.
package final class HistoryFile {
    package let path: String
    /// Told of the file's faults; `LineEditor` has no other.
    private let report: (Diagnostic) -> Void
    private var isUsable = true
    private static let entryLimit: Int32 = 10_000
    private static let sizeLimit = 64 << 20

    package init(_ path: String, report: @escaping (Diagnostic) -> Void) {
        self.path = path
        self.report = report
    }

    /// `$XDG_STATE_HOME/muster/history`, else `~/.local/state/muster/history`; nil without HOME.
    package static var defaultPath: String? {
        if let state = Terminal.variable("XDG_STATE_HOME"), state.hasPrefix("/") {
            return state + "/muster/history"
        }
        guard let home = Terminal.variable("HOME"), home.hasPrefix("/") else { return nil }
        return home + "/.local/state/muster/history"
    }

    /// Reads it into readline's memory. A file that is not there yet is made with the first entry.
    func load() {
        muster_history_limit(Self.entryLimit)
        var status = stat()
        guard stat(path, &status) == 0 else {
            if errno != ENOENT { passOver(systemFault(errno)) }
            return
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            return passOver(Message(zh: "不是普通文件", en: "it is not a regular file"))
        }
        guard status.st_size <= Self.sizeLimit else {
            return passOver(Message(zh: "文件过大", en: "it is too large"))
        }
        guard let bytes = contents(status) else { return passOver(systemFault(errno)) }
        guard String(validating: bytes, as: UTF8.self) != nil, !bytes.contains(0) else {
            return passOver(Message(zh: "内容已损坏", en: "it is damaged"))
        }
        let fault = muster_history_read(path)
        if fault != 0 { passOver(systemFault(fault)) }
    }

    /// Appends the newest entry, making the file (for its owner alone) and its folders.
    func append() {
        guard isUsable else { return }
        let refusal = PrivateFile.make(path)
        guard refusal == 0 else { return passOver(systemFault(refusal)) }
        let fault = muster_history_append(path)
        if fault != 0 { passOver(systemFault(fault)) }
    }

    private func passOver(_ reason: Message) {
        isUsable = false
        report(Diagnostic(
            "history.unusable",
            Message(zh: "历史记录文件 \(path) 无法使用：\(reason.zh)",
                    en: "the history file \(path) cannot be used: \(reason.en)"),
            hint: Message(zh: "本次输入的语句不会保存；修复或移走该文件后重新启动即可",
                          en: "statements are not kept this time; mend or move it and restart"),
            severity: .warning))
    }

    private func contents(_ status: stat) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { return nil }
            if count == 0 { return bytes }
            bytes += chunk[..<count]
        }
    }
}

/// The statement as it is kept, or nil where it holds a sensitive text and is not.
func historyEntry(_ statement: String, _ sensitive: SensitiveText) -> String? {
    var text = statement
    while text.last?.isWhitespace == true { text.removeLast() }
    guard !sensitive.isIn(text) else { return nil }
    // In the file a line of `#` and digits is the time of the next entry, and an empty one is
    // nothing, nor is a return at a line's end: with a space before it a comment is one still.
    return text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
        .map { scalars in
            var line = scalars
            while line.last == "\r" { line.removeLast() }
            return line.isEmpty || isTimeMark(Substring(line)) ? " \(Substring(line))"
                : String(Substring(line))
        }.joined(separator: "\n")
}

private func isTimeMark(_ line: Substring) -> Bool {
    let start = Array(line.utf8.prefix(2))
    return start.count == 2 && start[0] == UInt8(ascii: "#") && (48...57).contains(start[1])
}
