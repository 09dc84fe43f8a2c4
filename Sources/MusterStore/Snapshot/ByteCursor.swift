/// Reads a source byte by byte, through a buffer, and knows byte and line.
final class ByteCursor {
    private let source: ByteSource
    private let buffer: UnsafeMutablePointer<UInt8>
    private static let size = 1 << 18
    private var at = 0
    private var end = 0
    private var start: Int
    /// Lines begun before the byte at hand, from 1.
    private(set) var line = 1

    init(_ source: ByteSource) {
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
