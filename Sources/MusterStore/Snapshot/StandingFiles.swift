import Glibc
import MusterDiagnostics

/// Files as they were when their reading began. Each is read several times, so what changes
/// meanwhile would be read as two different files.
struct StandingFiles {
    private struct Stamp: Equatable {
        let inode: ino_t
        let size: off_t
        let seconds: Int
        let nanoseconds: Int

        init?(_ path: String) {
            var status = stat()
            guard stat(path, &status) == 0 else { return nil }
            inode = status.st_ino
            size = status.st_size
            seconds = status.st_mtim.tv_sec
            nanoseconds = status.st_mtim.tv_nsec
        }
    }

    private let stamps: [(path: String, stamp: Stamp)]

    /// - Parameter paths: those that there are.
    init(_ paths: [String]) {
        stamps = paths.compactMap { path in Stamp(path).map { (path, $0) } }
    }

    /// What the body makes of the files, if they still are what they were behind it.
    ///
    /// - Throws: `file.changed`, whatever else went wrong because of that.
    func read<T>(_ body: () throws -> T) throws -> T {
        let result = Result { try body() }
        for (path, stamp) in stamps where Stamp(path) != stamp {
            throw Diagnostic(
                "file.changed",
                Message(zh: "\(path) 在读取期间被改动，没有装载",
                        en: "\(path) was changed while it was read, and is not loaded"),
                hint: Message(zh: "等它写完再装载，或先复制一份",
                              en: "load it once it is finished, or a copy of it"))
        }
        return try result.get()
    }
}
