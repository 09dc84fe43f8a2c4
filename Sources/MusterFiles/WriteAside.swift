import CSystem
import Glibc
import MusterDiagnostics

/// Writes a file so that it is there whole or, after any fault, as it was before: into a new file
/// of the same folder, synced, then put into its place. What is a device or a pipe is written to
/// directly.
///
/// - Parameter isPrivate: holds data on persons, or may: for the owner alone (0600). Else a file
///   that is written anew keeps its permissions.
/// - Parameter check: asked all the time; throws to stop the writing.
/// - Throws: `file.write` with the path, the system's reason and a way out; `file.exists` where
///   something else came to stand there meanwhile.
package func writeAside(_ place: FilePlace, _ contents: [UInt8], isPrivate: Bool,
                        _ check: () throws(Diagnostic) -> Void = {}) throws(Diagnostic) {
    if case .stream = place.standing { return try writeDirectly(place, contents) }
    let file = try Unfinished(place, isPrivate: isPrivate)
    if case .file(_, let mode) = place.standing, !isPrivate { try file.permit(mode) }
    try file.write(contents, check)
    try file.finish()
}

private func writeDirectly(_ place: FilePlace, _ contents: [UInt8]) throws(Diagnostic) {
    let descriptor = open(place.path, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw writeFault(place.path, errno) }
    let isWritten = writeAll(descriptor, contents)
    let reason = errno
    close(descriptor)
    if !isWritten { throw writeFault(place.path, reason) }
}

/// Writes every byte, going on after interruptions. False leaves the reason in `errno`.
func writeAll(_ descriptor: Int32, _ contents: [UInt8]) -> Bool {
    contents.withUnsafeBytes { writeAll(descriptor, $0) }
}

func writeAll(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Bool {
    var written = 0
    while written < bytes.count {
        let count = write(descriptor, bytes.baseAddress.map { $0 + written },
                          bytes.count - written)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return false }
        written += count
    }
    return true
}

/// Files that others write to, made for their owner alone.
package enum PrivateFile {
    /// Makes it, where there is none, with its folders. Returns 0, or `errno`.
    package static func make(_ path: String) -> Int32 {
        makeFolders(above: path)
        let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return errno }
        close(descriptor)
        return 0
    }

    /// Adds to it and sees that it is on the disk; never through a link. Returns 0, or `errno`.
    package static func add(_ bytes: [UInt8], to path: String) -> Int32 {
        makeFolders(above: path)
        let file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else { return errno }
        defer { close(file) }
        return fchmod(file, 0o600) == 0 && writeAll(file, bytes) && fsync(file) == 0 ? 0 : errno
    }

    /// Makes the folder that it stands in the owner's alone, with those above that are not there.
    /// Returns 0, or `errno`.
    package static func closeFolder(above path: String) -> Int32 {
        makeFolders(above: path)
        guard let folder = try? HeldFolder(FilePolicy.split(path).folder) else { return errno }
        guard let status = folder.status(of: ".") else { return errno }
        guard status.st_uid == geteuid() else { return EPERM }
        if status.st_mode & 0o077 == 0 { return 0 }
        return fchmodat(folder.descriptor, ".", 0o700, 0) == 0 ? 0 : errno
    }

    /// Takes one away; never a folder. Returns 0, or `errno`.
    package static func remove(_ path: String) -> Int32 { unlink(path) == 0 ? 0 : errno }

    /// The folders above a path, as far as they are not there.
    package static func makeFolders(above path: String) {
        for index in path.indices.dropFirst() where path[index] == "/" {
            mkdir(String(path[..<index]), 0o700)
        }
    }

    /// A new file with that text, of a name that nobody else has, for as long as the body takes.
    package static func passing<T>(_ text: String, in folder: String, ending: String,
                                   _ body: (String) throws -> T) throws -> T {
        let name = "muster-" + String(UInt64.random(in: 0 ... .max), radix: 36) + ending
        let place = try FilePolicy().place(folder + "/" + name)
        let note = muster_unfinished_note(place.folder.descriptor, name, false)
        defer {
            unlinkat(place.folder.descriptor, name, 0)
            muster_unfinished_forget(note)
        }
        try writeAside(place, Array(text.utf8), isPrivate: true)
        return try body(place.path)
    }

    /// A folder that is not there yet, of a name that nobody else has, for as long as the body
    /// takes; and what files it then holds.
    package static func passingFolder<T>(_ body: (String) throws -> T) throws -> T {
        let above = getenv("TMPDIR").map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
        let name = "muster-" + String(UInt64.random(in: 0 ... .max), radix: 36)
        let place = try FilePolicy().place((above ?? "/tmp") + "/" + name)
        let note = muster_unfinished_note(place.folder.descriptor, name, true)
        defer {
            for file in FilePolicy.entries(of: place.path) { unlink(file) }
            unlinkat(place.folder.descriptor, name, AT_REMOVEDIR)
            muster_unfinished_forget(note)
        }
        return try body(place.path)
    }

    /// Gives a file another name with that ending, which nothing has yet. Nil where it cannot be.
    package static func setAside(_ path: String, ending: String) -> String? {
        for number in 1...100 {
            let aside = path + ending + (number == 1 ? "" : "-\(number)")
            if muster_rename_new(AT_FDCWD, path, AT_FDCWD, aside) == 0 { return aside }
            guard errno == EEXIST else { return nil }
        }
        return nil
    }
}
