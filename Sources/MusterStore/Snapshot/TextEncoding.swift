import CSimdjson
import Glibc

/// How the text of a table is written in bytes.
package enum TextEncoding: String, Sendable {
    case utf8 = "UTF-8", utf16Little = "UTF-16LE", utf16Big = "UTF-16BE", gb18030 = "GB18030"

    /// As people know it.
    package var shown: String {
        switch self {
        case .utf16Little, .utf16Big: "UTF-16"
        case .utf8, .gb18030: rawValue
        }
    }

    /// By its byte-order mark, else by trial: what decodes to its very end and looks like text.
    /// UTF-8 where nothing does, whose reading will say where it is none.
    static func of(_ path: String) throws -> TextEncoding {
        let head = try ByteSource(path: path).head(4096)
        if head.starts(with: [0xFF, 0xFE]) { return .utf16Little }
        if head.starts(with: [0xFE, 0xFF]) { return .utf16Big }
        if head.starts(with: [0xEF, 0xBB, 0xBF]) { return .utf8 }
        // Text has no zero bytes, but in UTF-16 every other byte of what is ASCII is one.
        let zeros = head.indices.filter { head[$0] == 0 }
        if zeros.count > 0 {
            let odd = zeros.count { $0 % 2 == 1 }
            let guess: TextEncoding = odd * 2 > zeros.count ? .utf16Little : .utf16Big
            return try decodes(path, as: guess) ? guess : .utf8
        }
        if try decodes(path, as: .utf8) { return .utf8 }
        return try looksLikeGB18030(path) && decodes(path, as: .gb18030) ? .gb18030 : .utf8
    }

    private static func decodes(_ path: String, as encoding: TextEncoding) throws -> Bool {
        let text = DecodedSource(try ByteSource(path: path), encoding)
        return try withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 16) { scratch in
            guard let base = scratch.baseAddress else { return false }
            do {
                while try text.read(into: base, count: scratch.count) > 0 {}
                return true
            } catch is DecodedSource.Undecodable {
                return false
            }
        }
    }

    /// Nearly any bytes are GB18030. Text in it is three parts in four the characters that GB 2312
    /// had already, both of whose bytes are from A1 on, and has no control characters.
    private static func looksLikeGB18030(_ path: String) throws -> Bool {
        let source = try ByteSource(path: path)
        var common = 0, rare = 0, lead: UInt8 = 0
        let isText = try withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 1 << 16) { bytes in
            while let base = bytes.baseAddress {
                let got = try source.read(into: base, count: bytes.count)
                if got == 0 { return true }
                for byte in bytes[..<got] {
                    if lead != 0 {
                        let leads = (0xA1...0xA9).contains(lead) || (0xB0...0xF7).contains(lead)
                        if leads, byte >= 0xA1 { common += 1 } else { rare += 1 }
                        lead = 0
                    } else if byte >= 0x80 {
                        lead = byte
                    } else if byte < 0x20, ![9, 10, 13].contains(byte) {
                        return false
                    }
                }
            }
            return false
        }
        return isText && common >= 3 * rare && common > 0
    }
}

/// The text of a file in another encoding, as UTF-8 and without its byte-order mark.
final class DecodedSource: ByteReader {
    /// What stands in the file is no text of that encoding.
    struct Undecodable: Error {}

    private let source: ByteSource
    private let converter: iconv_t?
    private let input: UnsafeMutablePointer<CChar>
    private static let size = 1 << 16
    private var at = 0
    private var end = 0
    private(set) var position = 0

    init(_ source: ByteSource, _ encoding: TextEncoding) {
        self.source = source
        let opened = iconv_open("UTF-8", encoding.rawValue)
        converter = Int(bitPattern: opened) == -1 ? nil : opened
        input = .allocate(capacity: Self.size)
    }

    deinit {
        if let converter { iconv_close(converter) }
        input.deallocate()
    }

    var path: String { source.path }
    var consumed: Int { source.consumed }

    func read(into memory: UnsafeMutableRawPointer, count: Int) throws -> Int {
        guard let converter, count >= 8 else { throw Undecodable() }
        while true {
            if at == end, try fill() == 0 { return 0 }
            var from: UnsafeMutablePointer<CChar>? = input + at
            var left = end - at
            var to: UnsafeMutablePointer<CChar>? = memory.assumingMemoryBound(to: CChar.self)
            var room = count
            let result = iconv(converter, &from, &left, &to, &room)
            let cause = errno
            at = end - left
            if result == -1, cause == EILSEQ { throw Undecodable() }
            var got = count - room
            if result == -1, cause == EINVAL, got == 0, try fill() == 0 { throw Undecodable() }
            if position == 0, got >= 3 { got = withoutMark(memory, got) }
            position += got
            if got > 0 { return got }
        }
    }

    private func withoutMark(_ memory: UnsafeMutableRawPointer, _ count: Int) -> Int {
        let bytes = memory.assumingMemoryBound(to: UInt8.self)
        guard bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF else { return count }
        memmove(memory, memory + 3, count - 3)
        return count - 3
    }

    /// Reads on behind what is left.
    private func fill() throws -> Int {
        memmove(input, input + at, end - at)
        (at, end) = (0, end - at)
        let got = try source.read(into: input + end, count: Self.size - end)
        end += got
        return got
    }
}

extension ByteSource {
    /// The first bytes, at most so many; for a source from which nothing was read yet.
    func head(_ count: Int) throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var got = 0
        try bytes.withUnsafeMutableBytes { buffer in
            while got < count, let base = buffer.baseAddress {
                let more = try read(into: base + got, count: count - got)
                if more == 0 { return }
                got += more
            }
        }
        return Array(bytes[..<got])
    }
}
