/// The rows of a sheet below its heading as NDJSON, every cell a text, so that they take the same
/// way as every other row.
final class SheetBlocks: NamedBlocks {
    private let table: SheetTable
    private let size: Int
    /// `"name":` of each column.
    private let keys: [[UInt8]]
    private var row: Int
    private var written = 0
    let fingerprint = TableFingerprint()
    let countsElements = true
    let consumed = 0

    init(_ table: SheetTable, blockSize: Int) {
        self.table = table
        size = blockSize
        keys = table.columns.map { column in
            var key: [UInt8] = []
            JSONText.quote(column.name.utf8, into: &key)
            return key + [UInt8(ascii: ":")]
        }
        row = table.rows.lowerBound
    }

    var columnNames: [String] { table.columns.map(\.name) }

    func next(into block: BlockBuffer) throws -> Bool {
        block.clear(base: written)
        var line: [UInt8] = []
        while block.count < size, row < table.rows.upperBound {
            line.removeAll(keepingCapacity: true)
            for (key, column) in zip(keys, table.columns) {
                line.append(line.isEmpty ? UInt8(ascii: "{") : UInt8(ascii: ","))
                line.append(contentsOf: key)
                table.sheet.quote(row: row, column: column.place, into: &line)
            }
            line.append(contentsOf: [UInt8(ascii: "}"), 10])
            block.append(line)
            row += 1
        }
        written += block.count
        fingerprint.add(block.memory, count: block.count)
        return block.count > 0
    }
}

/// Rows whose columns a header names, whether any of them has a value or not.
protocol NamedBlocks: RowBlocks {
    var columnNames: [String] { get }
}

extension BlockBuffer {
    func append(_ line: [UInt8]) {
        reserve(count + line.count)
        line.withUnsafeBufferPointer { line in
            if let from = line.baseAddress {
                (memory + count).update(from: from, count: line.count)
            }
        }
        count += line.count
    }
}
