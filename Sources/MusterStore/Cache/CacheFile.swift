import MusterDiagnostics
import MusterFiles

/// Why a cache is not used.
enum CacheRefusal: Error, Equatable {
    case missing
    /// Others may read or change it, or it is not the user's.
    case open
    case unreadable(Int32)
    case damaged
    /// Of another version of the format, another program, or other rules.
    case otherMaker
    /// Of another snapshot.
    case otherSnapshot
    /// The snapshot's files are not as they were.
    case changed

    /// In the words of whoever is told; nil where nothing need be said.
    var reason: Message? {
        switch self {
        case .missing: nil
        case .open: Message(zh: "不是本人的私有文件", en: "others may read or change it")
        case .unreadable(let code): systemFault(code)
        case .damaged: Message(zh: "已损坏", en: "it is damaged")
        case .otherMaker: Message(zh: "出自别的版本", en: "another version made it")
        case .otherSnapshot: Message(zh: "属于别的快照", en: "it is of another snapshot")
        case .changed: Message(zh: "快照的文件有改动", en: "the snapshot's files were changed")
        }
    }
}

/// A cache as it stands on the disk: a head of 64 bytes, the contents, and from `base` on the
/// sections, each at a multiple of 64. Nothing of it is believed but what its digest confirms.
final class CacheFile: Sendable {
    static let magic = Array("musterch".utf8)
    static let version: UInt32 = 1
    /// Tells machines that write numbers the other way round.
    static let order: UInt32 = 0x0102_0304
    static let headSize = 64
    /// Head: the magic, version, order, bytes of the contents, bytes of the file, digest of the
    /// contents, digest of all this.
    static let signed = 48

    let contents: CacheContents
    private let file: HeldFile
    private let base: Int

    static func base(contents count: Int) -> Int { rounded(headSize + count) }
    static func rounded(_ place: Int) -> Int { (place + 63) & ~63 }

    init(_ path: String) throws(CacheRefusal) {
        do { file = try HeldFile(path) } catch {
            switch error {
            case .missing: throw .missing
            case .open: throw .open
            case .unreadable(let code): throw .unreadable(code)
            }
        }
        let head = try Self.read(Self.headSize, file, at: 0)
        guard Array(head[..<8]) == Self.magic else { throw .damaged }
        let (version, order) = head.withUnsafeBytes {
            ($0.load(fromByteOffset: 8, as: UInt32.self),
             $0.load(fromByteOffset: 12, as: UInt32.self))
        }
        guard version == Self.version, order == Self.order else { throw .otherMaker }
        guard head.digest(0..<Self.signed) == head.digest(at: Self.signed) else { throw .damaged }
        let (count, size) = head.withUnsafeBytes {
            ($0.load(fromByteOffset: 16, as: Int.self), $0.load(fromByteOffset: 24, as: Int.self))
        }
        guard size == file.size, (0...(size - Self.headSize)).contains(count) else {
            throw .damaged
        }
        let bytes = try Self.read(count, file, at: Self.headSize)
        guard bytes.digest(0..<count) == head.digest(at: 32) else { throw .damaged }
        do { contents = try CacheContents(bytes) } catch { throw .damaged }
        base = Self.base(contents: count)
        for section in contents.sections
        where section.place > size || section.count > size - base - section.place {
            throw .damaged
        }
    }

    private static func read(_ count: Int, _ file: HeldFile, at place: Int) throws(CacheRefusal)
        -> [UInt8] {
        guard count <= file.size else { throw .damaged }
        var bytes = [UInt8](repeating: 0, count: count)
        guard bytes.withUnsafeMutableBytes({ file.read($0, at: place) }) else { throw .damaged }
        return bytes
    }

    /// Bytes that stay near the processor until their digest is made.
    private static let piece = 1 << 18

    /// The values of a section; nil where they are not what was written.
    func values<Value>(_ section: CacheSection, of: Value.Type = Value.self) -> [Value]? {
        var isWhole = true
        let count = section.count / MemoryLayout<Value>.stride
        let values = [Value](unsafeUninitializedCapacity: count) { memory, filled in
            let bytes = UnsafeMutableRawBufferPointer(memory)
            let whole = TableFingerprint()
            var done = 0
            while done < section.count, isWhole {
                let end = min(section.count, done + Self.piece)
                let part = UnsafeMutableRawBufferPointer(rebasing: bytes[done..<end])
                isWhole = file.read(part, at: base + section.place + done)
                if isWhole, let start = part.baseAddress { whole.add(start, count: part.count) }
                done = end
            }
            isWhole = isWhole && whole.digest == section.digest
            filled = isWhole ? count : 0
        }
        return isWhole ? values : nil
    }

    /// The rows that were turned away; nil where they are not what was written.
    func rejects() -> [Reject]? {
        guard let bytes = values(contents.rejects, of: UInt8.self) else { return nil }
        var record = RecordReader(bytes)
        return try? record.list { try Reject(&$0) }
    }
}

extension CacheContents {
    fileprivate var sections: [CacheSection] {
        [rejects] + tables.flatMap { table in
            [table.roundedRows].compactMap { $0 } + table.columns.flatMap(\.sections)
        }
    }
}

extension [UInt8] {
    /// Of some of the bytes.
    fileprivate func digest(_ range: Range<Int>) -> Digest {
        withUnsafeBytes { Digest(UnsafeRawBufferPointer(rebasing: $0[range])) }
    }

    /// One that stands there.
    fileprivate func digest(at place: Int) -> Digest {
        withUnsafeBytes {
            Digest(high: $0.load(fromByteOffset: place, as: UInt64.self),
                   low: $0.load(fromByteOffset: place + 8, as: UInt64.self))
        }
    }
}

extension Reject {
    init(_ record: inout RecordReader) throws {
        table = try record.text()
        file = try record.text()
        line = try record.number()
        field = try record.text()
        reason = Term(try record.text(), try record.text())
        raw = try record.text()
    }

    func put(in record: inout RecordWriter) {
        record.put(table)
        record.put(file)
        record.put(line)
        record.put(field)
        record.put(reason.en)
        record.put(reason.zh)
        record.put(raw)
    }
}
