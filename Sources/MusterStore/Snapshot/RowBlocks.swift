import CSimdjson
import Glibc
import MusterDiagnostics

/// Memory for one block, reused from block to block, with the bytes behind it that the parser
/// may read.
final class BlockBuffer {
    private(set) var memory: UnsafeMutablePointer<UInt8>
    private(set) var capacity: Int
    var count = 0
    /// Where the block's first byte stands in the (decompressed) file, from 0.
    var base = 0
    /// Rows that do not stand in the file as in the block: where each starts here and there.
    var starts: [(block: Int, file: Int)] = []

    init(capacity: Int) {
        self.capacity = capacity
        memory = .allocate(capacity: capacity + muster_padding())
    }

    deinit { memory.deallocate() }

    var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: memory, count: count) }

    func reserve(_ wanted: Int) {
        guard wanted > capacity else { return }
        let larger = max(wanted, 2 * capacity)
        let moved = UnsafeMutablePointer<UInt8>.allocate(capacity: larger + muster_padding())
        moved.update(from: memory, count: count)
        memory.deallocate()
        memory = moved
        capacity = larger
    }

    func clear(base: Int) {
        count = 0
        self.base = base
        starts.removeAll(keepingCapacity: true)
    }

    func append(_ line: [UInt8]) {
        reserve(count + line.count)
        line.withUnsafeBufferPointer { line in
            if let from = line.baseAddress {
                (memory + count).update(from: from, count: line.count)
            }
        }
        count += line.count
    }

    /// The place in the file of an offset in the block.
    func place(row: Int, offset: Int) -> Int {
        guard row < starts.count else { return base + offset }
        return starts[row].file + max(0, offset - starts[row].block)
    }
}

/// Rows as blocks of lines, one JSON object a line, in the order of the file.
protocol RowBlocks: AnyObject {
    /// Fills the block; false where nothing is left.
    func next(into block: BlockBuffer) throws -> Bool
    /// How far it has come, in bytes on disk.
    var consumed: Int { get }
    /// Bytes and XXH3-128 of the rows handed out.
    var fingerprint: TableFingerprint { get }
    /// True where a row is told by its index and not by its line.
    var countsElements: Bool { get }
}

/// The rows of a table that the snapshot does not have.
final class NoBlocks: RowBlocks {
    func next(into block: BlockBuffer) throws -> Bool { false }
    let consumed = 0
    let fingerprint = TableFingerprint()
    let countsElements = false
}

/// The longest row that is read.
let longestRow = 64 << 20

/// Blocks of an NDJSON file, cut at the last line break.
final class LineBlocks: RowBlocks {
    private let source: ByteSource
    private let size: Int
    private var carry: [UInt8] = []
    private var isAtEnd = false
    private var isAtStart = true
    /// Where the next block starts in the file.
    private var base = 0
    private(set) var fingerprint = TableFingerprint()
    let countsElements = false

    init(_ source: ByteSource, blockSize: Int) {
        self.source = source
        size = max(1, blockSize)
    }

    var consumed: Int { source.consumed }

    func next(into block: BlockBuffer) throws -> Bool {
        guard !isAtEnd else { return false }
        block.clear(base: base)
        block.reserve(max(size, carry.count + 1))
        carry.withUnsafeBufferPointer { carry in
            if let from = carry.baseAddress { block.memory.update(from: from, count: carry.count) }
        }
        block.count = carry.count
        var searched = 0
        while true {
            if isAtStart, block.count >= 3 || isAtEnd {
                skipMark(in: block)
                searched = 0
            }
            if let last = block.bytes[searched...].lastIndex(of: 10) {
                cut(block, at: last + 1)
                return true
            }
            if isAtEnd {
                carry = []
                base += block.count
                return block.count > 0
            }
            searched = block.count
            try fill(block)
        }
    }

    /// Reads to the end of the block, which is made longer where a single row fills it.
    private func fill(_ block: BlockBuffer) throws {
        if block.count >= size { block.reserve(2 * block.count) }
        guard block.count <= longestRow else {
            throw Diagnostic(
                "snapshot.malformed",
                Message(zh: "\(source.path)：自第 \(base + 1) 字节起的一行过长",
                        en: "\(source.path): the line that starts at byte \(base + 1) is too long"),
                hint: Message(zh: "每行应为一条记录", en: "every line should hold one record"))
        }
        let room = (block.count < size ? size : block.capacity) - block.count
        let got = try source.read(into: block.memory + block.count, count: room)
        if got == 0 { isAtEnd = true }
        fingerprint.add(block.memory + block.count, count: got)
        block.count += got
    }

    private func skipMark(in block: BlockBuffer) {
        isAtStart = false
        guard block.count >= 3, block.memory[0] == 0xEF, block.memory[1] == 0xBB,
              block.memory[2] == 0xBF else { return }
        block.count -= 3
        block.base = 3
        base = 3
        memmove(block.memory, block.memory + 3, block.count)
    }

    private func cut(_ block: BlockBuffer, at end: Int) {
        carry.removeAll(keepingCapacity: true)
        carry.append(contentsOf: block.bytes[end...])
        block.count = end
        base += end
    }
}

/// Length and XXH3-128 of the bytes of one table.
final class TableFingerprint {
    private let state: OpaquePointer?
    private(set) var count = 0

    init() {
        state = XXH3_createState()
        if let state { XXH3_128bits_reset(state) }
    }

    deinit { if let state { XXH3_freeState(state) } }

    func add(_ bytes: UnsafeRawPointer, count: Int) {
        guard let state, count > 0 else { return }
        XXH3_128bits_update(state, bytes, count)
        self.count += count
    }

    func add(_ text: String) {
        var text = text
        text.withUTF8 { if let base = $0.baseAddress { add(base, count: $0.count) } }
    }

    /// Of all that was added until now.
    var digest: Digest {
        guard let state else { return Digest(high: 0, low: 0) }
        let digest = XXH3_128bits_digest(state)
        return Digest(high: digest.high64, low: digest.low64)
    }

    /// 32 hexadecimal digits.
    var text: String { digest.text }
}

/// An XXH3-128: tells a change, not an attack.
struct Digest: Sendable, Hashable {
    let high: UInt64
    let low: UInt64

    init(high: UInt64, low: UInt64) { (self.high, self.low) = (high, low) }

    init(_ bytes: UnsafeRawBufferPointer) {
        let digest = XXH3_128bits(bytes.baseAddress, bytes.count)
        (high, low) = (digest.high64, digest.low64)
    }

    /// 32 hexadecimal digits.
    var text: String {
        [high, low].map { half in
            let digits = String(half, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }
}

/// XXH3-128 of some bytes, 32 hexadecimal digits: tells a change, not an attack.
package func fingerprint128(_ bytes: [UInt8]) -> String {
    let fingerprint = TableFingerprint()
    bytes.withUnsafeBytes { raw in
        if let base = raw.baseAddress { fingerprint.add(base, count: raw.count) }
    }
    return fingerprint.text
}
