import MusterDiagnostics
import MusterFiles

/// Writes the rows of a snapshot, in either form, aside of its final place; `finish` puts the
/// whole there in one step. What is not finished is removed. For its owner alone: what is
/// invented looks like what is not.
final class SnapshotFiles {
    private let form: GeneratorOptions.Form
    /// The folder, or the document.
    private let whole: Unfinished
    /// What is being written to.
    private var file: Unfinished
    private var buffer: [UInt8] = []
    private var isFirstRow = true
    private static let blockSize = 1 << 20

    /// - Throws: `file.exists` and the door's other faults: what exists is never written over.
    init(_ output: String, _ form: GeneratorOptions.Form) throws {
        self.form = form
        let place: FilePlace
        do { place = try FilePolicy().place(output) } catch {
            throw error.code == "file.write" && FileIdentity(output) != nil
                ? Self.exists(output) : error
        }
        whole = try Unfinished(place, form == .folder ? .folder : .file, isPrivate: true)
        file = whole
        buffer.reserveCapacity(Self.blockSize + 4096)
    }

    /// The manifest's keys with their values, as JSON.
    func manifest(_ members: [(key: String, json: String)]) throws {
        let text = members.map { "\"\($0.key)\": \($0.json)" }
        switch form {
        case .folder:
            file = try whole.file("manifest.json")
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
            file = try whole.file("\(name).ndjson")
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
        try whole.finish()
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

    private func flush() throws {
        try file.write(buffer)
        buffer.removeAll(keepingCapacity: true)
    }

    private func close() throws {
        try flush()
        try file.close()
    }

    private static func exists(_ path: String) -> Diagnostic {
        Diagnostic("file.exists",
                   Message(zh: "“\(path)”已经存在", en: "\"\(path)\" exists already"),
                   hint: Message(zh: "请换一个名字，或先将它移走；已有的数据不会被覆盖",
                                 en: "choose another name or move it away first: "
                                     + "what exists is never written over"))
    }
}
