import CSystem
import Glibc

/// Which file or folder it is, whatever it is called: a link, a hard link and a path spelled
/// otherwise have that of what they lead to.
package struct FileIdentity: Sendable, Hashable {
    private let device: UInt
    private let inode: UInt

    init(_ status: stat) {
        device = UInt(status.st_dev)
        inode = UInt(status.st_ino)
    }

    /// Of what stands at a path, links followed; nil where there is nothing.
    package init?(_ path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        self.init(status)
    }
}

/// A folder that is held, so that nobody can put another in its place meanwhile.
final class HeldFolder {
    let descriptor: Int32

    /// - Throws: `errno` where there is no such folder.
    init(_ path: String) throws(SystemError) {
        descriptor = muster_held_folder(AT_FDCWD, path)
        guard descriptor >= 0 else { throw SystemError() }
    }

    private init(descriptor: Int32) { self.descriptor = descriptor }

    deinit { close(descriptor) }

    /// The folder and all above it, the nearest first.
    var line: [FileIdentity] {
        var line: [FileIdentity] = []
        var folder = self
        while true {
            var status = stat()
            guard fstat(folder.descriptor, &status) == 0 else { return line }
            let identity = FileIdentity(status)
            if line.last == identity { return line }
            line.append(identity)
            let above = muster_held_folder(folder.descriptor, "..")
            guard above >= 0 else { return line }
            folder = HeldFolder(descriptor: above)
        }
    }

    /// What stands there under a name, links not followed; nil where nothing does.
    func status(of name: String, following: Bool = false) -> stat? {
        var status = stat()
        let flags = following ? 0 : AT_SYMLINK_NOFOLLOW
        return fstatat(descriptor, name, &status, flags) == 0 ? status : nil
    }

    /// A new name is safe on disk only once its folder is. Some file systems refuse, and some
    /// folders may not be read: the file itself is whole all the same.
    func sync() {
        let readable = openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard readable >= 0 else { return }
        fsync(readable)
        close(readable)
    }
}

/// What the system said last.
struct SystemError: Error {
    let number: Int32

    init(_ number: Int32 = errno) { self.number = number }
}
