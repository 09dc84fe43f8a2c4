/// Numbers and texts one behind the other, as `RecordReader` reads them again.
struct RecordWriter {
    private(set) var bytes: [UInt8] = []

    mutating func put(_ number: Int) {
        withUnsafeBytes(of: Int64(number).littleEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func put(_ text: String) {
        put(text.utf8.count)
        bytes.append(contentsOf: text.utf8)
    }

    mutating func put(_ digest: Digest) {
        put(Int(truncatingIfNeeded: digest.high))
        put(Int(truncatingIfNeeded: digest.low))
    }

    mutating func put<Values: Collection>(
        _ values: Values, _ putOne: (inout RecordWriter, Values.Element) -> Void) {
        put(values.count)
        for value in values { putOne(&self, value) }
    }
}

/// Reads what `RecordWriter` wrote, of bytes that may be anything.
struct RecordReader {
    /// The bytes are not what was written.
    struct Fault: Error {}

    private let bytes: [UInt8]
    private var place = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { place == bytes.count }

    mutating func number() throws -> Int {
        guard bytes.count - place >= 8 else { throw Fault() }
        let start = place
        place += 8
        return bytes.withUnsafeBytes {
            Int(Int64(littleEndian: $0.loadUnaligned(fromByteOffset: start, as: Int64.self)))
        }
    }

    /// A number within the bounds.
    mutating func number(in bounds: ClosedRange<Int>) throws -> Int {
        let number = try number()
        guard bounds.contains(number) else { throw Fault() }
        return number
    }

    mutating func text() throws -> String {
        let count = try number(in: 0...(bytes.count - place))
        defer { place += count }
        guard let text = String(validating: bytes[place..<place + count], as: UTF8.self)
        else { throw Fault() }
        return text
    }

    mutating func digest() throws -> Digest {
        Digest(high: UInt64(truncatingIfNeeded: try number()),
               low: UInt64(truncatingIfNeeded: try number()))
    }

    mutating func list<Value>(_ one: (inout RecordReader) throws -> Value) throws
        -> [Value] {
        // Every value takes a number at the least.
        let count = try number(in: 0...((bytes.count - place) / 8))
        var values: [Value] = []
        values.reserveCapacity(count)
        for _ in 0..<count { values.append(try one(&self)) }
        return values
    }
}
