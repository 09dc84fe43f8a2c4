import Glibc
import MusterDiagnostics

/// Where a file may be written, as `FilePolicy` found it. Nothing that comes to stand there
/// meanwhile is written over.
package final class FilePlace {
    /// What stands there before.
    enum Standing {
        case nothing
        case file(FileIdentity, mode: mode_t)
        /// A folder of files that may be written anew.
        case folder(FileIdentity)
        /// A device or pipe, which is written to directly.
        case stream
    }

    /// As it was named.
    package let path: String
    let folder: HeldFolder
    let name: String
    private(set) var standing: Standing

    init(path: String, folder: HeldFolder, name: String, standing: Standing) {
        self.path = path
        self.folder = folder
        self.name = name
        self.standing = standing
    }

    /// Puts what is finished into its place. From then on it may be written anew from here.
    func take(_ unfinished: Unfinished) throws(Diagnostic) {
        switch standing {
        case .stream: throw writeFault(path, EINVAL)
        case .nothing:
            guard unfinished.renameNew(to: name) else {
                throw [EEXIST, ENOTEMPTY].contains(errno) ? taken : writeFault(path, errno)
            }
        case .file(let identity, _):
            guard let now = folder.status(of: name), FileIdentity(now) == identity else {
                throw taken
            }
            guard unfinished.rename(to: name) else { throw writeFault(path, errno) }
        case .folder(let identity):
            guard let now = folder.status(of: name), FileIdentity(now) == identity else {
                throw taken
            }
            guard unfinished.exchange(with: name) else { throw writeFault(path, errno) }
        }
        folder.sync()
        if case .folder = standing {
            unfinished.removeOld()
        } else if let now = folder.status(of: name) {
            standing = .file(FileIdentity(now), mode: now.st_mode & 0o7777)
        }
    }

    private var taken: Diagnostic {
        Diagnostic("file.exists",
                   Message(zh: "写入 \(path) 期间，那里出现了别的文件，没有覆盖",
                           en: "something else came to stand at \(path) meanwhile: it was not "
                               + "written over"),
                   hint: Message(zh: "请换一个名字", en: "choose another name"))
    }
}
