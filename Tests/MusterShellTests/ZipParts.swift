import CSimdjson
import Foundation

/// The parts of zip archives, among them workbooks, that stand one behind the other.
enum ZipParts {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// Each part's name and bytes, in the order of the archives' lists.
    static func all(in bytes: [UInt8]) throws -> [(name: String, bytes: [UInt8])] {
        var parts: [(String, [UInt8])] = [], end = bytes.count
        while end > 0 {
            // The end of the list is the last thing in an archive.
            let last = end - 22
            guard last >= 0, number(bytes, last, 4) == 0x0605_4B50 else {
                throw Failure(description: "no archive ends at \(end)")
            }
            let count = number(bytes, last + 10, 2), size = number(bytes, last + 12, 4)
            let start = last - size - number(bytes, last + 16, 4)
            var at = last - size
            for _ in 0..<count {
                guard number(bytes, at, 4) == 0x0201_4B50 else {
                    throw Failure(description: "the list is broken at \(at)")
                }
                let name = number(bytes, at + 28, 2)
                let rest = number(bytes, at + 30, 2) + number(bytes, at + 32, 2)
                parts.append((String(decoding: bytes[(at + 46)..<(at + 46 + name)], as: UTF8.self),
                              try part(bytes, at, start)))
                at += 46 + name + rest
            }
            end = start
        }
        return parts
    }

    /// The part that an entry of the list tells of.
    private static func part(_ bytes: [UInt8], _ entry: Int, _ start: Int) throws -> [UInt8] {
        let head = start + number(bytes, entry + 42, 4)
        let packed = number(bytes, entry + 20, 4), size = number(bytes, entry + 24, 4)
        let begin = head + 30 + number(bytes, head + 26, 2) + number(bytes, head + 28, 2)
        var input = Array(bytes[begin..<(begin + packed)])
        if number(bytes, entry + 10, 2) == 0 { return input }
        var output = [UInt8](repeating: 0, count: size)
        var stream = z_stream()
        // A bare stream, without a head of its own.
        guard inflateInit2_(&stream, -15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
        else { throw Failure(description: "zlib") }
        defer { inflateEnd(&stream) }
        let status = input.withUnsafeMutableBufferPointer { input in
            output.withUnsafeMutableBufferPointer { output in
                (stream.next_in, stream.avail_in) = (input.baseAddress, UInt32(input.count))
                (stream.next_out, stream.avail_out) = (output.baseAddress, UInt32(output.count))
                return inflate(&stream, Z_FINISH)
            }
        }
        guard status == Z_STREAM_END, Int(stream.total_out) == size else {
            throw Failure(description: "a part is damaged")
        }
        return output
    }

    private static func number(_ bytes: [UInt8], _ at: Int, _ width: Int) -> Int {
        guard at >= 0, at + width <= bytes.count else { return -1 }
        return bytes[at..<(at + width)].reversed().reduce(0) { $0 << 8 | Int($1) }
    }
}
