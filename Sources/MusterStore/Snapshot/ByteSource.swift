import CSimdjson
import Glibc
import MusterDiagnostics
import MusterFiles

/// The bytes of a file in order, decompressed where it is gzip (told by its first two bytes).
final class ByteSource: ByteReader {
    let path: String
    /// Bytes on disk when it was opened; what is added meanwhile is not read.
    let size: Int
    /// Where reading ends; what has no size (of /proc) is read to its end.
    private let end: Int
    let isCompressed: Bool
    /// Bytes handed out so far.
    private(set) var position = 0
    private let descriptor: Int32
    private var stream: PackedStream?

    /// Opens a regular file. Throws a `Diagnostic` where there is none or it may not be read.
    init(path: String) throws {
        self.path = path
        var status = stat()
        guard stat(path, &status) == 0 else { throw Self.unreadable(path, errno) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw Self.unreadable(path, EISDIR) }
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Self.unreadable(path, errno) }
        size = fstat(descriptor, &status) == 0 ? Int(status.st_size) : 0
        end = size == 0 ? .max : size
        var magic: [UInt8] = [0, 0]
        isCompressed = pread(descriptor, &magic, 2, 0) == 2 && magic == [0x1f, 0x8b]
        guard isCompressed else { return }
        stream = PackedStream(descriptor, size: end)
        guard stream != nil else { throw Self.unreadable(path, EIO) }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// How far the reading has come on disk, for progress.
    var consumed: Int {
        stream?.consumed ?? position
    }

    /// Reads up to `count` bytes; 0 only at the end.
    func read(into memory: UnsafeMutableRawPointer, count: Int) throws -> Int {
        guard count > 0 else { return 0 }
        guard let stream else {
            while true {
                let wanted = min(count, max(0, end - position))
                let got = pread(descriptor, memory, wanted, off_t(position))
                if got < 0, errno == EINTR { continue }
                guard got >= 0 else { throw Self.unreadable(path, errno) }
                position += got
                return got
            }
        }
        do {
            let got = try stream.read(into: memory, count: count)
            position += got
            return got
        } catch {
            throw refusal(of: error)
        }
    }

    private func refusal(of fault: PackedStream.Fault) -> Diagnostic {
        switch fault {
        case .unreadable(let code): Self.unreadable(path, code)
        case .damaged:
            Diagnostic(
                "snapshot.malformed",
                Message(zh: "\(path)：压缩数据已损坏或不完整（解压至第 \(position) 字节）",
                        en: "\(path): the gzip data is damaged or cut off "
                            + "(after \(position) bytes unpacked)"),
                hint: Message(zh: "请重新导出或重新传送该文件", en: "export or copy the file again"))
        case .trailing(let place):
            Diagnostic(
                "snapshot.malformed",
                Message(zh: "\(path)：压缩数据结束之后还有其他内容（文件第 \(place + 1) 字节起）",
                        en: "\(path): something that is no gzip data follows the packed data "
                            + "(from byte \(place + 1) of the file)"),
                hint: Message(zh: "请重新导出或重新传送该文件", en: "export or copy the file again"))
        }
    }

    /// Goes to a place further on.
    func skip(to target: Int) throws {
        if stream == nil {
            position = target
            return
        }
        try withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 16) { scratch in
            while position < target, let base = scratch.baseAddress {
                let got = try read(into: base, count: min(scratch.count, target - position))
                if got == 0 { return }
            }
        }
    }

    /// The whole file, where it is known to be small. Throws past `limit` bytes.
    func readAll(limit: Int) throws -> [UInt8] {
        var bytes: [UInt8] = []
        // Room that is not filled with zeros first: builds for tests take longer over those than
        // over the rest of a load.
        let room = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
        defer { room.deallocate() }
        while let base = room.baseAddress {
            let got = try read(into: base, count: room.count)
            if got == 0 { break }
            bytes.append(contentsOf: UnsafeRawBufferPointer(start: base, count: got))
            guard bytes.count <= limit else {
                throw Diagnostic(
                    "snapshot.too-large",
                    Message(zh: "\(path)：文件过大，超过 \(limit) 字节",
                            en: "\(path): the file is too large, over \(limit) bytes"),
                    hint: Message(zh: "请核对是否选错了文件", en: "is it the right file?"))
            }
        }
        return bytes
    }

    static func unreadable(_ path: String, _ code: Int32) -> Diagnostic {
        switch code {
        case ENOENT, ENOTDIR:
            Diagnostic("file.missing", Message(zh: "找不到文件 \(path)", en: "no file \(path)"),
                       hint: windowsPathHint(path)
                           ?? Message(zh: "请核对路径", en: "check the path"))
        case EACCES, EPERM:
            Diagnostic("file.unreadable",
                       Message(zh: "无权读取 \(path)", en: "no permission to read \(path)"),
                       hint: Message(zh: "请检查文件权限", en: "check the file's permissions"))
        case EISDIR:
            Diagnostic("file.unreadable",
                       Message(zh: "\(path) 不是普通文件", en: "\(path) is not a regular file"),
                       hint: Message(zh: "请指定一个文件", en: "name a file"))
        default:
            Diagnostic(Diagnostic.code("file.unreadable", code),
                       Message(zh: "读取 \(path) 失败：\(systemFault(code).zh)",
                               en: "cannot read \(path): \(systemFault(code).en)"),
                       hint: Message(zh: "请稍后重试", en: "try again"))
        }
    }
}
