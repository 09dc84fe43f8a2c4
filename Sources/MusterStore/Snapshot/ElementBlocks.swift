import CSimdjson
import MusterDiagnostics

/// The elements of an array as lines: what a document's table would be as NDJSON.
final class ElementBlocks: RowBlocks {
    private let cursor: ByteCursor
    private let end: Int
    private let size: Int
    private var isFirst = true
    let fingerprint = TableFingerprint()
    let countsElements = true

    /// - Parameter range: the bytes between the array's brackets, already found to be balanced.
    init(_ source: ByteSource, range: Range<Int>, blockSize: Int) throws {
        try source.skip(to: range.lowerBound)
        cursor = ByteCursor(source)
        end = range.upperBound
        size = max(1, blockSize)
    }

    var consumed: Int { cursor.consumed }

    func next(into block: BlockBuffer) throws -> Bool {
        block.clear(base: cursor.position)
        while block.count < size {
            try skipSpace()
            if cursor.position >= end {
                guard isFirst else { throw fault() }
                break
            }
            isFirst = false
            block.starts.append((block.count, cursor.position))
            try copyElement(to: block)
            if cursor.position < end {
                try cursor.next()
            } else {
                isFirst = true
                break
            }
        }
        fingerprint.add(block.memory, count: block.count)
        return block.count > 0
    }

    private func skipSpace() throws {
        while cursor.position < end, let byte = try cursor.peek(), ByteCursor.isSpace(byte) {
            try cursor.next()
        }
    }

    private func fault() -> MalformedRow {
        MalformedRow(path: cursor.path, line: 0, place: cursor.position,
                     kind: MUSTER_FAULT_SYNTAX)
    }

    /// Copies up to the comma behind the element, its line breaks (there are none in texts) as
    /// spaces, and ends the line.
    private func copyElement(to block: BlockBuffer) throws {
        let start = block.count
        var depth = 0, inString = false, isEscaped = false
        while cursor.position < end, let byte = try cursor.peek() {
            if inString {
                if isEscaped { isEscaped = false } else if byte == 0x5C { isEscaped = true }
                else if byte == 0x22 { inString = false }
            } else {
                switch byte {
                case UInt8(ascii: "\""): inString = true
                case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
                case UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
                default: break
                }
                if byte == UInt8(ascii: ","), depth <= 0 { break }
            }
            block.reserve(block.count + 2)
            block.memory[block.count] = byte == 10 || byte == 13 ? 32 : byte
            block.count += 1
            guard block.count - start <= longestRow else { throw fault() }
            try cursor.next()
        }
        while block.count > start, block.memory[block.count - 1] == 32 { block.count -= 1 }
        guard block.count > start else { throw fault() }
        block.memory[block.count] = 10
        block.count += 1
    }
}
