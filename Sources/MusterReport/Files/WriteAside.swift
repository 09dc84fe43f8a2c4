import Glibc
import MusterDiagnostics

/// Writes a file so that it is there whole or, after any fault, as it was before: into a new file
/// of the same folder, synced, then renamed. A symbolic link stays one; an existing file keeps
/// its permissions. What is no regular file (a pipe, `/dev/stdout`) is written to directly.
///
/// - Throws: `file.write`, with the path, the system's reason and a way out.
package func writeAside(_ path: String, _ contents: [UInt8]) throws(Diagnostic) {
    guard !path.isEmpty, !path.utf8.contains(0) else { throw writeFault(path, EINVAL) }
    var status = stat()
    let exists = stat(path, &status) == 0
    if exists, status.st_mode & S_IFMT == S_IFDIR { throw writeFault(path, EISDIR) }
    if exists, status.st_mode & S_IFMT != S_IFREG { return try writeDirectly(path, contents) }
    let target = exists ? resolved(path) : path
    if exists, access(target, W_OK) != 0 { throw writeFault(path, errno) }
    let (descriptor, aside) = try openAside(target, path)
    let mode = status.st_mode & 0o7777
    let isWritten = writeAll(descriptor, contents)
        && (!exists || fchmod(descriptor, mode) == 0) && fsync(descriptor) == 0
    let reason = errno
    let isClosed = close(descriptor) == 0
    guard isWritten, isClosed, rename(aside, target) == 0 else {
        let reason = !isWritten ? reason : errno
        unlink(aside)
        throw writeFault(path, reason)
    }
    syncFolder(of: target)
}

private func writeDirectly(_ path: String, _ contents: [UInt8]) throws(Diagnostic) {
    let descriptor = open(path, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw writeFault(path, errno) }
    let isWritten = writeAll(descriptor, contents)
    let reason = errno
    close(descriptor)
    if !isWritten { throw writeFault(path, reason) }
}

/// A new file beside the target, and its path. Hidden, so that nobody takes it for a result.
private func openAside(_ target: String, _ path: String) throws(Diagnostic) -> (Int32, String) {
    let folder = folder(of: target)
    for _ in 0..<16 {
        let aside = folder + ".muster-" + String(UInt64.random(in: 0 ... .max), radix: 36)
        let descriptor = open(aside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        if descriptor >= 0 { return (descriptor, aside) }
        if errno != EEXIST { break }
    }
    throw writeFault(path, errno)
}

/// Writes every byte, going on after interruptions. False leaves the reason in `errno`.
private func writeAll(_ descriptor: Int32, _ contents: [UInt8]) -> Bool {
    contents.withUnsafeBytes { bytes in
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
}

/// The path with its links followed, or itself where that fails.
private func resolved(_ path: String) -> String {
    guard let real = realpath(path, nil) else { return path }
    defer { free(real) }
    return String(cString: real)
}

/// The folder's path with its slash; empty for the working folder.
private func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
}

/// The new name is safe on disk only once its folder is. Some file systems refuse: the file
/// itself is whole all the same.
private func syncFolder(of path: String) {
    let folder = folder(of: path)
    let descriptor = open(folder.isEmpty ? "." : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
}

private func writeFault(_ path: String, _ reason: Int32) -> Diagnostic {
    let reason = systemFault(reason)
    return Diagnostic(
        "file.write",
        Message(zh: "无法写入 \(path)：\(reason.zh)", en: "cannot write \(path): \(reason.en)"),
        hint: Message(zh: "请换一个可以写入的位置，或检查文件夹与权限",
                      en: "choose another place, or check the folder and its permissions"))
}

/// What the system says of a fault with a file, in both languages.
package func systemFault(_ number: Int32) -> Message {
    let english = String(cString: strerror(number))
    let chinese: String? = switch number {
    case ENOENT: "没有这个文件或文件夹"
    case EACCES, EPERM: "没有权限"
    case EISDIR: "这是一个文件夹"
    case ENOTDIR: "路径中有一段不是文件夹"
    case ENOSPC: "磁盘空间不足"
    case EDQUOT: "超出磁盘配额"
    case EROFS: "所在磁盘只读"
    case ENAMETOOLONG: "名称过长"
    case EINVAL: "名称无效"
    case EIO: "磁盘读写错误"
    default: nil
    }
    return Message(zh: chinese ?? english, en: english)
}
