import MusterValues

/// The distinct texts of a column, numbered in order of first appearance: one byte slab and
/// offsets into it, so that a million different texts cost no object each. Immutable.
public final class TextDictionary: Sendable {
    public let bytes: [UInt8]
    /// `count + 1` offsets: text `i` is `bytes[offsets[i]..<offsets[i + 1]]`, UTF-8.
    public let offsets: [UInt32]

    public init(bytes: [UInt8], offsets: [UInt32]) {
        precondition(!offsets.isEmpty && Int(offsets[offsets.count - 1]) == bytes.count)
        self.bytes = bytes
        self.offsets = offsets
    }

    public convenience init(_ texts: [String]) {
        var bytes: [UInt8] = []
        var offsets: [UInt32] = [0]
        for text in texts {
            bytes.append(contentsOf: text.utf8)
            offsets.append(UInt32(bytes.count))
        }
        self.init(bytes: bytes, offsets: offsets)
    }

    public static let empty = TextDictionary([])

    public var count: Int { offsets.count - 1 }

    public subscript(code: Int32) -> String {
        String(decoding: bytes[range(code)], as: UTF8.self)
    }

    public func range(_ code: Int32) -> Range<Int> {
        Int(offsets[Int(code)])..<Int(offsets[Int(code) + 1])
    }

    /// Every text, in code order.
    public var texts: [String] { (0..<Int32(count)).map { self[$0] } }

    /// The code of a text, or nil. Linear: for a few look-ups, such as a literal in a query.
    public func code(of text: String) -> Int32? {
        let wanted = Array(text.utf8)
        return bytes.withUnsafeBufferPointer { bytes in
            for code in 0..<Int32(count) {
                let range = range(code)
                guard range.count == wanted.count else { continue }
                var same = true
                for (offset, byte) in wanted.enumerated()
                where bytes[range.lowerBound + offset] != byte { same = false; break }
                if same { return code }
            }
            return nil
        }
    }

    /// For each text whether a part stands in it, code points one behind the other.
    ///
    /// - Parameter part: not empty.
    public func texts(holding part: String) -> [Bool] {
        let search = ByteSearch(Array(part.utf8))
        var holding = [Bool](repeating: false, count: count)
        bytes.withUnsafeBufferPointer { bytes in
            var from = 0, code: Int32 = 0
            while let place = search.next(in: bytes, from: from) {
                while range(code).upperBound <= place { code += 1 }
                let end = range(code).upperBound
                // Not what ends in the next text.
                let isWithin = place + search.text.count <= end
                if isWithin { holding[Int(code)] = true }
                from = isWithin ? end : place + 1
            }
        }
        return holding
    }
}
