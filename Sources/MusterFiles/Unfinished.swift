import CSystem
import Glibc
import MusterDiagnostics

/// A file or folder that is being made, beside its place and under a name of its own, until
/// `finish`. Whatever happens before (a fault, TERM, the program's end), it is taken away.
package final class Unfinished {
    package enum Kind {
        case file, folder
    }

    private let place: FilePlace
    private let kind: Kind
    private let aside: String
    /// The folder that it stands in.
    private let above: Int32
    private let note: Int32
    private var descriptor: Int32 = -1
    private var parts: [Unfinished] = []
    private var isAside = true

    /// - Throws: `file.write` where nothing can be made there.
    package convenience init(_ place: FilePlace, _ kind: Kind = .file, isPrivate: Bool)
        throws(Diagnostic) {
        let name = ".muster-" + String(UInt64.random(in: 0 ... .max), radix: 36)
        try self.init(place, kind, name, in: place.folder.descriptor, isPrivate: isPrivate)
    }

    private init(_ place: FilePlace, _ kind: Kind, _ name: String, in above: Int32,
                 isPrivate: Bool) throws(Diagnostic) {
        (self.place, self.kind, self.above) = (place, kind, above)
        aside = name
        // Before it is there, or the program's end between the two would leave it.
        note = muster_unfinished_note(above, name, kind == .folder)
        switch kind {
        case .file: descriptor = muster_new_file(above, name, isPrivate ? 0o600 : 0o666)
        case .folder:
            if mkdirat(above, name, isPrivate ? 0o700 : 0o777) == 0 {
                descriptor = openat(above, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
            }
        }
        guard descriptor >= 0 else {
            let reason = errno
            if kind == .folder { unlinkat(above, name, AT_REMOVEDIR) }
            muster_unfinished_forget(note)
            isAside = false
            throw writeFault(place.path, reason)
        }
    }

    deinit { discard() }

    /// A file within the folder, by its last name.
    package func file(_ name: String) throws(Diagnostic) -> Unfinished {
        let part = try Unfinished(place, .file, name, in: descriptor, isPrivate: true)
        parts.append(part)
        return part
    }

    /// Writes every byte, going on after interruptions.
    package func write(_ bytes: [UInt8]) throws(Diagnostic) {
        guard writeAll(descriptor, bytes) else { throw writeFault(place.path, errno) }
    }

    /// The same of bytes that stand elsewhere, with a look at `check` every few of them.
    package func write(_ bytes: UnsafeRawBufferPointer, _ check: () throws(Diagnostic) -> Void)
        throws(Diagnostic) {
        var start = 0
        while start < bytes.count {
            try check()
            let end = min(bytes.count, start + Self.piece)
            guard writeAll(descriptor, UnsafeRawBufferPointer(rebasing: bytes[start..<end]))
            else { throw writeFault(place.path, errno) }
            start = end
        }
    }

    /// Bytes that a disk takes in a moment.
    private static let piece = 8 << 20

    /// The same piece by piece, each seen to the disk, so that a stop need not wait for the whole.
    func write(_ bytes: [UInt8], _ check: () throws(Diagnostic) -> Void) throws(Diagnostic) {
        var start = 0
        while start < bytes.count {
            try check()
            let end = min(bytes.count, start + Self.piece)
            guard writeAll(descriptor, Array(bytes[start..<end])),
                  end == bytes.count || fdatasync(descriptor) == 0
            else { throw writeFault(place.path, errno) }
            start = end
        }
        try check()
    }

    /// Who may do what with it.
    func permit(_ mode: mode_t) throws(Diagnostic) {
        guard fchmod(descriptor, mode) == 0 else { throw writeFault(place.path, errno) }
    }

    /// All of it is on the disk, and nothing more is written to it.
    package func close() throws(Diagnostic) {
        guard descriptor >= 0 else { return }
        guard fsync(descriptor) == 0 else { throw writeFault(place.path, errno) }
        // What stands in a folder is told by it as long as that may have to be taken away.
        if kind == .folder { return }
        let isClosed = Glibc.close(descriptor) == 0
        descriptor = -1
        guard isClosed else { throw writeFault(place.path, errno) }
    }

    /// Puts it into its place, whole.
    package func finish() throws(Diagnostic) {
        try close()
        try place.take(self)
        for part in parts { part.forget() }
        forget()
    }

    func renameNew(to name: String) -> Bool { muster_rename_new(above, aside, above, name) == 0 }
    func rename(to name: String) -> Bool { renameat(above, aside, above, name) == 0 }

    /// Changes places with what bears that name.
    func exchange(with name: String) -> Bool {
        muster_rename_exchange(above, aside, above, name) == 0
    }

    /// Takes away the folder of files that it changed places with.
    func removeOld() {
        let old = openat(above, aside, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard old >= 0, let entries = fdopendir(old) else { return }
        defer { closedir(entries) }
        var names: [String] = []
        while let entry = readdir(entries) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        for name in names { unlinkat(old, name, 0) }
        unlinkat(above, aside, AT_REMOVEDIR)
    }

    /// It is no longer under its own name.
    private func forget() {
        muster_unfinished_forget(note)
        isAside = false
        parts = []
        if descriptor >= 0 { Glibc.close(descriptor) }
        descriptor = -1
    }

    /// Takes it away, where it is not finished.
    private func discard() {
        guard isAside else { return }
        for part in parts { part.discard() }
        unlinkat(above, aside, kind == .folder ? AT_REMOVEDIR : 0)
        forget()
    }
}
