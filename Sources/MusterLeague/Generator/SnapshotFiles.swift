import Glibc
import MusterDiagnostics

/// Writes the rows of a snapshot, in either form, aside of its final place; `finish` puts the
/// whole there in one step. What is not finished is removed.
final class SnapshotFiles {
    private let output: String
    private let aside: String
    private let form: GeneratorOptions.Form
    private var file: Int32 = -1
    private var buffer: [UInt8] = []
    private var made: [String] = []
    private var isFirstRow = true
    private static let blockSize = 1 << 20

    init(_ output: String, _ form: GeneratorOptions.Form) throws {
        var path = output
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        self.output = path
        self.form = form
        aside = "\(path).partial-\(getpid())"
        buffer.reserveCapacity(Self.blockSize + 4096)
        var status = stat()
        if lstat(path, &status) == 0 { throw Self.exists(path) }
        switch form {
        case .folder:
            guard mkdir(aside, 0o755) == 0 else { throw failure(aside) }
        case .document:
            try open(aside)
        }
    }

    /// The manifest's keys with their values, as JSON.
    func manifest(_ members: [(key: String, json: String)]) throws {
        let text = members.map { "\"\($0.key)\": \($0.json)" }
        switch form {
        case .folder:
            try open(aside + "/manifest.json")
            buffer += Array(("{\n  " + text.joined(separator: ",\n  ") + "\n}\n").utf8)
            try close()
        case .document:
            buffer += Array(("{" + text.joined(separator: ",\n")).utf8)
        }
    }

    /// Writes one table; `rows` calls what it is given with each row's JSON.
    func table(_ name: String, rows: ((borrowing RowText) throws -> Void) throws -> Void) throws {
        isFirstRow = true
        if form == .folder {
            try open(aside + "/\(name).ndjson")
        } else {
            buffer += Array(",\n\"\(name)\": [".utf8)
        }
        try rows(row)
        if form == .folder {
            try close()
        } else {
            buffer += Array("\n]".utf8)
        }
    }

    func finish() throws {
        if form == .document {
            buffer += Array("}\n".utf8)
            try close()
        }
        // Neither takes away what came into being meanwhile: a folder is not renamed onto one
        // that holds anything, and a link is not made over a file.
        let done = form == .folder ? rename(aside, output) : link(aside, output)
        guard done == 0 else {
            throw [EEXIST, ENOTEMPTY, ENOTDIR].contains(errno)
                ? Self.exists(output) : failure(output)
        }
        if form == .document { unlink(aside) }
        made = []
    }

    /// Removes whatever was written, unless it was finished.
    func discard() {
        if file >= 0 { Glibc.close(file) }
        file = -1
        for path in made { unlink(path) }
        if form == .folder { rmdir(aside) }
    }

    private func row(_ text: borrowing RowText) throws {
        if form == .folder {
            buffer += text.bytes
            buffer.append(0x0A)
        } else {
            buffer += isFirstRow ? [0x0A] : [0x2C, 0x0A]
            buffer += text.bytes
        }
        isFirstRow = false
        if buffer.count >= Self.blockSize { try flush() }
    }

    private func open(_ path: String) throws {
        file = Glibc.open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard file >= 0 else { throw failure(path) }
        made.append(path)
    }

    private func flush() throws {
        try buffer.withUnsafeBytes { bytes in
            var written = 0
            while written < bytes.count {
                let rest = UnsafeRawBufferPointer(rebasing: bytes[written...])
                let count = write(file, rest.baseAddress, rest.count)
                if count < 0 {
                    if errno == EINTR { continue }
                    throw failure(output)
                }
                written += count
            }
        }
        buffer.removeAll(keepingCapacity: true)
    }

    private func close() throws {
        try flush()
        guard fsync(file) == 0 else { throw failure(output) }
        let closed = Glibc.close(file)
        file = -1
        guard closed == 0 else { throw failure(output) }
    }

    private func failure(_ path: String) -> Diagnostic {
        let reason = String(cString: strerror(errno))
        return Diagnostic("generate.write", Message(zh: "无法写入“\(path)”：\(reason)",
                                                    en: "cannot write \"\(path)\": \(reason)"))
    }

    private static func exists(_ path: String) -> Diagnostic {
        Diagnostic("generate.exists",
                   Message(zh: "“\(path)”已经存在", en: "\"\(path)\" exists already"),
                   hint: Message(zh: "请换一个名字，或先将它移走；已有的数据不会被覆盖",
                                 en: "choose another name or move it away first: "
                                     + "what exists is never written over"))
    }
}
