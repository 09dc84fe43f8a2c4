import Glibc
import MusterDiagnostics

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
    case EFBIG: "超出文件大小的限制（ulimit -f）"
    case EMFILE, ENFILE: "同时打开的文件过多（ulimit -n）"
    case ENOMEM: "内存不足"
    case EBADF: "没有打开"
    case EROFS: "所在磁盘只读"
    case ENAMETOOLONG: "名称过长"
    case EINVAL: "名称无效"
    case EIO: "磁盘读写错误"
    default: nil
    }
    return Message(zh: chinese ?? english, en: english)
}

extension Diagnostic {
    /// The machine did not give what was needed: room on the disk, files, memory.
    package static let machineCodes: Set<String> = [
        "machine.disk", "machine.files", "machine.memory",
    ]

    /// What is to be done is right and would do on a machine with more of something.
    package var isOfMachine: Bool { Self.machineCodes.contains(code) }

    /// The code of a fault with a file: what the machine lacks, or the code that is given.
    package static func code(_ usual: String, _ reason: Int32) -> String {
        switch reason {
        case ENOSPC, EDQUOT, EFBIG: "machine.disk"
        case EMFILE, ENFILE: "machine.files"
        case ENOMEM: "machine.memory"
        default: usual
        }
    }
}

/// What could not be written, why, and a way out.
func writeFault(_ path: String, _ reason: Int32) -> Diagnostic {
    let said = systemFault(reason)
    let hint = switch reason {
    case ENOSPC, EDQUOT, EFBIG:
        Message(zh: "请腾出空间或放宽限制，或写到别处；没有留下不完整的文件",
                en: "make room, raise the limit or choose another place; no part of a file is left")
    default:
        Message(zh: "请换一个可以写入的位置，或检查文件夹与权限",
                en: "choose another place, or check the folder and its permissions")
    }
    return Diagnostic(
        Diagnostic.code("file.write", reason),
        Message(zh: "无法写入 \(path)：\(said.zh)", en: "cannot write \(path): \(said.en)"),
        hint: hint)
}
