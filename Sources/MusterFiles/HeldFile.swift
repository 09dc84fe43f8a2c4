import Glibc
import MusterDiagnostics

/// A file that the program keeps for its owner alone, held open to be read: whatever comes to
/// stand under its name meanwhile, what is read is this one.
///
/// It is read by place and never mapped: where a mapped file is cut short, the program is ended
/// by a signal; here it is a read that came to too little.
package final class HeldFile: Sendable {
    /// Why such a file cannot be read.
    package enum Fault: Error {
        case missing
        /// It is no regular file, a link, another's, or others may read or change it or its folder.
        case open
        /// `errno`.
        case unreadable(Int32)
    }

    private let descriptor: Int32
    /// Bytes when it was opened.
    package let size: Int

    package init(_ path: String) throws(Fault) {
        let folder: HeldFolder
        do { folder = try HeldFolder(FilePolicy.split(path).folder) } catch {
            throw [ENOENT, ENOTDIR].contains(error.number) ? .missing : .unreadable(error.number)
        }
        let name = FilePolicy.split(path).name
        let flags = O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK
        let descriptor = openat(folder.descriptor, name, flags)
        guard descriptor >= 0 else {
            switch errno {
            case ENOENT: throw .missing
            case ELOOP: throw .open
            default: throw .unreadable(errno)
            }
        }
        self.descriptor = descriptor
        var status = stat()
        size = fstat(descriptor, &status) == 0 ? Int(status.st_size) : 0
        guard status.st_mode & S_IFMT == S_IFREG, Self.isPrivate(status),
              fstat(folder.descriptor, &status) == 0, Self.isPrivate(status) else { throw .open }
    }

    deinit { close(descriptor) }

    /// Whether it is the user's own, and nobody else may read or change it.
    private static func isPrivate(_ status: stat) -> Bool {
        status.st_uid == geteuid() && status.st_mode & 0o077 == 0
    }

    /// Fills the memory with what stands in the file from a place on. False where there is not so
    /// much, or it cannot be read.
    package func read(_ memory: UnsafeMutableRawBufferPointer, at place: Int) -> Bool {
        var done = 0
        while done < memory.count {
            let got = pread(descriptor, memory.baseAddress.map { $0 + done }, memory.count - done,
                            off_t(place + done))
            if got < 0, errno == EINTR { continue }
            guard got > 0 else { return false }
            done += got
        }
        return true
    }
}
