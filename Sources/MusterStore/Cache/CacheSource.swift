import Glibc

/// A file that a snapshot was read from, as it then was.
struct CacheSource: Hashable {
    let path: String
    private let stamp: [Int]
    private let size: Int
    private let changed: Int
    /// Of its bytes as they stand on the disk.
    let digest: Digest

    /// The file as it is now, its bytes not looked at; nil where there is none.
    private static func look(_ path: String) -> (stamp: [Int], size: Int, changed: Int)? {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        let stamp = [Int(truncatingIfNeeded: status.st_dev), Int(truncatingIfNeeded: status.st_ino),
                     Int(status.st_size), status.st_mtim.tv_sec, status.st_mtim.tv_nsec,
                     status.st_ctim.tv_sec, status.st_ctim.tv_nsec]
        return (stamp, Int(status.st_size), status.st_ctim.tv_sec)
    }

    /// Files as they are before they are read, their bytes not looked at.
    ///
    /// - Parameter paths: those that there are.
    static func before(_ paths: [String]) -> [(path: String, stamp: [Int])] {
        paths.compactMap { path in look(path).map { (path, $0.stamp) } }
    }

    /// Reads the bytes of a file too. Nil where it is no longer as it was before.
    init?(_ path: String, before: [Int], _ check: () throws -> Void) rethrows {
        guard let digest = try Self.digest(of: path, check), let now = Self.look(path),
              now.stamp == before else { return nil }
        self.path = path
        self.digest = digest
        (stamp, size, changed) = now
    }

    /// Seconds within which a file may be written again and bear the same time.
    private static let blink = 2

    /// Whether what stands there now has the same bytes: by size, times and number of the file
    /// where those can tell, else by reading it.
    ///
    /// - Parameter begun: seconds since 1970 when its rows began to be read.
    func isUnchanged(since begun: Int, _ check: () throws -> Void) rethrows -> Bool {
        guard let now = Self.look(path), now.size == size else { return false }
        if now.stamp == stamp, changed < begun - Self.blink { return true }
        return try Self.digest(of: path, check) == digest
    }

    private static func digest(of path: String, _ check: () throws -> Void) rethrows -> Digest? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        let room = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 64)
        defer { room.deallocate() }
        let whole = TableFingerprint()
        while let base = room.baseAddress {
            try check()
            let got = Glibc.read(file, base, room.count)
            if got < 0, errno == EINTR { continue }
            guard got >= 0 else { return nil }
            if got == 0 { break }
            whole.add(base, count: got)
        }
        return whole.digest
    }

    // MARK: as bytes

    func put(in record: inout RecordWriter) {
        record.put(path)
        record.put(stamp) { $0.put($1) }
        record.put(size)
        record.put(changed)
        record.put(digest)
    }

    init(_ record: inout RecordReader) throws {
        path = try record.text()
        stamp = try record.list { try $0.number() }
        size = try record.number()
        changed = try record.number()
        digest = try record.digest()
    }
}
