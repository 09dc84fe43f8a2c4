import CSimdjson
import Glibc

/// The unpacked bytes of a gzip file, whose members must follow each other to its very end
/// (RFC 1952): a damaged member, and anything behind the last one, is a fault and no end.
final class PackedStream {
    enum Fault: Error {
        case damaged
        /// Bytes behind the last member: where they begin on disk.
        case trailing(Int)
        case unreadable(Int32)
    }

    private static let blockSize = 1 << 18
    private static let gzip: Int32 = 16 + MAX_WBITS
    private let descriptor: Int32
    private let size: Int
    private let stream: UnsafeMutablePointer<z_stream>
    private let input: UnsafeMutablePointer<UInt8>
    private var isInMember = true
    /// Bytes read from the disk.
    private(set) var consumed = 0

    /// - Parameters:
    ///   - descriptor: read by place, and left open.
    ///   - size: bytes on disk that are read; there may be fewer.
    init?(_ descriptor: Int32, size: Int) {
        self.descriptor = descriptor
        self.size = size
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        input = .allocate(capacity: Self.blockSize)
        guard inflateInit2_(stream, Self.gzip, ZLIB_VERSION,
                            Int32(MemoryLayout<z_stream>.size)) == Z_OK else { return nil }
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
        input.deallocate()
    }

    /// Unpacks up to `count` bytes; 0 only behind the last member.
    func read(into memory: UnsafeMutableRawPointer, count: Int) throws(Fault) -> Int {
        stream.pointee.next_out = memory.assumingMemoryBound(to: UInt8.self)
        let room = UInt32(clamping: min(count, 1 << 30))
        stream.pointee.avail_out = room
        while stream.pointee.avail_out == room {
            if stream.pointee.avail_in == 0, try fill() == 0 {
                guard !isInMember else { throw .damaged }
                return 0
            }
            if !isInMember { try beginMember() }
            switch inflate(stream, Z_NO_FLUSH) {
            case Z_OK: break
            case Z_STREAM_END: isInMember = false
            default: throw .damaged
            }
        }
        return Int(room - stream.pointee.avail_out)
    }

    /// Another member begins as the first did, or what is there is none.
    private func beginMember() throws(Fault) {
        let place = consumed - Int(stream.pointee.avail_in)
        guard stream.pointee.next_in.pointee == 0x1f else { throw .trailing(place) }
        if stream.pointee.avail_in > 1, stream.pointee.next_in[1] != 0x8b {
            throw .trailing(place)
        }
        guard inflateReset(stream) == Z_OK else { throw .damaged }
        isInMember = true
    }

    private func fill() throws(Fault) -> Int {
        while true {
            let got = pread(descriptor, input, min(Self.blockSize, size - consumed),
                            off_t(consumed))
            if got < 0, errno == EINTR { continue }
            guard got >= 0 else { throw .unreadable(errno) }
            consumed += got
            stream.pointee.next_in = input
            stream.pointee.avail_in = UInt32(got)
            return got
        }
    }
}
