import Glibc
import MusterDiagnostics

/// What may be read and written, and where: the one door that every file goes through.
///
/// Paths are never compared as texts: a folder is held and its identity and those of all above it
/// are looked at, so that links, `..` and other spellings lead nowhere else.
package struct FilePolicy: Sendable {
    /// An existing file may be written anew (`--force`, `set overwrite on`).
    package var mayReplace: Bool
    /// Folders in and below which alone may be written; nil for anywhere.
    package var writable: [String]?
    /// Folders in and below which, and files of which, may be read; nil for anywhere.
    package var readable: [String]?
    /// What is loaded: nothing is written to it, nor into it where it is a folder.
    package var loaded: [String]
    /// How an existing file may be written anew after all.
    package var wayToReplace: Message?

    package init(mayReplace: Bool = false, writable: [String]? = nil, readable: [String]? = nil,
                 loaded: [String] = [], wayToReplace: Message? = nil) {
        self.mayReplace = mayReplace
        self.writable = writable
        self.readable = readable
        self.loaded = loaded
        self.wayToReplace = wayToReplace
    }

    /// For the program's own files, which it keeps anew.
    package static let own = FilePolicy(mayReplace: true)

    /// Where a file (or a generated folder) is to be written, having looked whether it may be.
    ///
    /// - Parameter folderOf: tells files by their names; a folder that holds nothing else may be
    ///   written anew as a whole. Nil where no folder may.
    /// - Throws: `file.exists`, `file.link`, `file.loaded`, `file.outside`, `file.windows`;
    ///   `file.write` where the system would refuse.
    package func place(_ path: String, folderOf: ((String) -> Bool)? = nil) throws(Diagnostic)
        -> FilePlace {
        guard !path.isEmpty, !path.utf8.contains(0) else { throw writeFault(path, EINVAL) }
        // Here it would become a file of that name, which nobody finds.
        if let hint = windowsPathHint(path) {
            throw Diagnostic("file.windows", Message(
                zh: "不能写入 \(path)：\(hint.zh)", en: "cannot write \(path): \(hint.en)"))
        }
        let (above, name) = Self.split(path)
        let folder: HeldFolder
        do { folder = try HeldFolder(above) } catch {
            try checkPlace(Self.nearest(above), path)
            throw writeFault(path, error.number)
        }
        try checkPlace(folder.line, path)
        guard !["", ".", ".."].contains(name) else { throw writeFault(path, EISDIR) }
        let standing = try standing(folder, name, path, folderOf)
        return FilePlace(path: path, folder: folder, name: name, standing: standing)
    }

    /// What stands at a place already and may be written to.
    private func standing(_ folder: HeldFolder, _ name: String, _ path: String,
                          _ folderOf: ((String) -> Bool)?) throws(Diagnostic)
        -> FilePlace.Standing {
        guard let status = folder.status(of: name) else {
            if errno == ENOENT { return .nothing }
            throw writeFault(path, errno)
        }
        switch status.st_mode & S_IFMT {
        case S_IFDIR:
            guard let folderOf else { throw writeFault(path, EISDIR) }
            return try standing(asFolder: FileIdentity(status), path, folderOf)
        case S_IFREG: break
        case S_IFCHR, S_IFIFO: return .stream
        case S_IFLNK:
            let end = folder.status(of: name, following: true)
            if let end, [S_IFCHR, S_IFIFO].contains(end.st_mode & S_IFMT) { return .stream }
            throw Diagnostic(
                "file.link",
                Message(zh: "\(path) 是一个链接，没有写入", en: "\(path) is a link: nothing was written"),
                hint: Message(zh: "请换一个名字，或写明链接所指的文件",
                              en: "choose another name, or name the file that it leads to"))
        default: throw writeFault(path, EINVAL)
        }
        let identity = FileIdentity(status)
        if let owner = loaded.first(where: { Self.holdings(of: $0).contains(identity) }) {
            throw Self.isLoaded(path, owner)
        }
        guard mayReplace else { throw exists(path) }
        guard faccessat(folder.descriptor, name, W_OK, 0) == 0 else {
            throw writeFault(path, errno)
        }
        return .file(identity, mode: status.st_mode & 0o7777)
    }

    /// A folder that stands there already and may be written anew.
    private func standing(asFolder identity: FileIdentity, _ path: String,
                          _ folderOf: (String) -> Bool) throws(Diagnostic) -> FilePlace.Standing {
        if let owner = loaded.first(where: { FileIdentity($0) == identity }) {
            throw Self.isLoaded(path, owner)
        }
        guard mayReplace else { throw exists(path) }
        let strangers = Self.entries(of: path).map { Self.split($0).name }.filter { !folderOf($0) }
        guard let stranger = strangers.min() else { return .folder(identity) }
        throw Diagnostic("file.exists", Message(
            zh: "\(path) 里有别的文件（如 \(stranger)），没有覆盖",
            en: "\(path) holds other files (such as \(stranger)) and was not written over"),
            hint: Message(zh: "请换一个名字", en: "choose another name"))
    }

    /// Whether the folder with those above it is one that may be written to.
    private func checkPlace(_ line: [FileIdentity], _ path: String) throws(Diagnostic) {
        if let writable, !writable.contains(where: { Self.isOn(line, $0) }) {
            let isHere = writable == ["."]
            let places = writable.joined(separator: " ")
            throw Diagnostic(
                "file.outside",
                Message(zh: "脚本只能写到\(isHere ? "当前文件夹" : " \(places) ")及其下，不能写 \(path)",
                        en: "a script may write in and below "
                            + "\(isHere ? "the working folder" : places) only, not \(path)"),
                hint: Self.wayToAllow)
        }
        if let owner = loaded.first(where: { Self.isOn(line, $0) }) {
            throw Self.isLoaded(path, owner)
        }
    }

    /// Looks whether a file or folder may be read.
    ///
    /// - Throws: `file.outside`, whether or not there is such a file.
    package func checkReading(_ path: String) throws(Diagnostic) {
        guard let readable else { return }
        let known = Set(readable.compactMap { FileIdentity($0) })
        var paths = [path]
        // What a folder holds may be links.
        paths += Self.entries(of: path)
        for path in paths where known.isDisjoint(with: Self.whereabouts(path)) {
            throw Diagnostic(
                "file.outside",
                Message(zh: "脚本不能读取 \(path)：它不在给脚本的文件夹里",
                        en: "a script may not read \(path): it is in no folder given to it"),
                hint: Self.wayToAllow)
        }
    }

    private func exists(_ path: String) -> Diagnostic {
        Diagnostic("file.exists",
                   Message(zh: "\(path) 已存在，没有覆盖",
                           en: "\(path) exists already and was not written over"),
                   hint: wayToReplace
                       ?? Message(zh: "请换一个名字", en: "choose another name"))
    }

    private static func isLoaded(_ path: String, _ owner: String) -> Diagnostic {
        Diagnostic("file.loaded",
                   Message(zh: "\(path) 属于已装载的 \(owner)，不能写入",
                           en: "\(path) belongs to \(owner), which is loaded: nothing is written to it"),
                   hint: Message(zh: "请写到别的文件夹", en: "choose another folder"))
    }

    private static var wayToAllow: Message {
        Message(zh: "要用别的文件夹，请在命令行上加 --allow 文件夹",
                en: "for another folder say --allow FOLDER on the command line")
    }
}

// MARK: who is who

extension FilePolicy {
    /// The folder that a path names something in, and the name.
    static func split(_ path: String) -> (folder: String, name: String) {
        var path = path[...]
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        guard let slash = path.lastIndex(of: "/") else { return (".", String(path)) }
        return (String(path[...slash]), String(path[path.index(after: slash)...]))
    }

    private static func isOn(_ line: [FileIdentity], _ folder: String) -> Bool {
        FileIdentity(folder).map(line.contains) ?? false
    }

    /// A path's folders, the nearest first, where it does not exist itself: from the first that
    /// does.
    private static func nearest(_ path: String) -> [FileIdentity] {
        var path = path
        while true {
            if let folder = try? HeldFolder(path) { return folder.line }
            let above = split(path).folder
            guard above != path, above != "." else { return (try? HeldFolder("."))?.line ?? [] }
            path = above
        }
    }

    /// What a path leads to, with all folders above that.
    private static func whereabouts(_ path: String) -> [FileIdentity] {
        guard let real = realpath(path, nil) else { return nearest(split(path).folder) }
        defer { free(real) }
        let resolved = String(cString: real)
        return [FileIdentity(resolved)].compactMap(\.self) + nearest(split(resolved).folder)
    }

    static func entries(of folder: String) -> [String] {
        guard let listing = opendir(folder) else { return [] }
        defer { closedir(listing) }
        var entries: [String] = []
        while let entry = readdir(listing) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { entries.append(folder + "/" + name) }
        }
        return entries
    }

    /// What is loaded from a path: a file, or the files of a folder, under whatever names.
    private static func holdings(of path: String) -> Set<FileIdentity> {
        Set(([path] + entries(of: path)).compactMap { FileIdentity($0) })
    }
}
