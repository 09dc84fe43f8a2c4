/// Reads a source byte by byte, through a buffer, and knows byte and line.
final class ByteCursor {
    private let source: any ByteReader
    private let buffer: UnsafeMutablePointer<UInt8>
    private static let size = 1 << 18
    private var at = 0
    private var end = 0
    private var start: Int
    /// Lines begun before the byte at hand, from 1.
    private(set) var line = 1

    init(_ source: any ByteReader) {
        self.source = source
        start = source.position
        buffer = .allocate(capacity: Self.size)
    }

    deinit { buffer.deallocate() }

    /// The byte at hand's offset in the (decompressed) file.
    var position: Int { start + at }
    var consumed: Int { source.consumed }
    var path: String { source.path }

    /// Space, tab and the characters of a line break: JSON knows no others.
    static func isSpace(_ byte: UInt8) -> Bool {
        byte == 32 || byte == 9 || byte == 10 || byte == 13
    }

    /// The byte at hand, or nil at the end.
    func peek() throws -> UInt8? {
        if at == end {
            start += end
            at = 0
            end = try source.read(into: buffer, count: Self.size)
            if end == 0 { return nil }
        }
        return buffer[at]
    }

    /// Whether these bytes (a few) come next.
    func isAt(_ bytes: [UInt8]) throws -> Bool {
        guard try peek() == bytes.first else { return false }
        while end - at < bytes.count {
            if at > 0 {
                buffer.update(from: buffer + at, count: end - at)
                (start, end, at) = (start + at, end - at, 0)
            }
            let got = try source.read(into: buffer + end, count: Self.size - end)
            if got == 0 { return false }
            end += got
        }
        return bytes.indices.allSatisfy { buffer[at + $0] == bytes[$0] }
    }

    /// Takes these bytes where they come next.
    @discardableResult func take(_ bytes: [UInt8]) throws -> Bool {
        guard try isAt(bytes) else { return false }
        at += bytes.count
        line += bytes.count { $0 == 10 }
        return true
    }

    /// Takes the byte at hand.
    @discardableResult func next() throws -> UInt8? {
        guard let byte = try peek() else { return nil }
        at += 1
        if byte == 10 { line += 1 }
        return byte
    }

    /// Passes over what JSON calls white space; the byte at hand then.
    func skipSpace() throws -> UInt8? {
        while let byte = try peek(), Self.isSpace(byte) { try next() }
        return try peek()
    }
}
