import MusterDiagnostics

/// Where the rows of a table come from.
struct TableInput {
    /// As errors name it.
    let path: String
    /// The name by which rejects point to it.
    let file: String
    /// About how many bytes the rows take.
    let size: Int
    /// How many bytes on disk will be read, for progress.
    let diskSize: Int
    /// The rows from their start; called again where they must be read again.
    let open: () throws -> any RowBlocks
    /// How columns that no schema declares are read.
    var reading = ColumnReading()

    /// The bytes of some rows, told by their position; only a few, from a second reading.
    func rawRows(_ positions: [Int], blockSize: Int) throws -> [Int: [UInt8]] {
        let wanted = Set(positions)
        var found: [Int: [UInt8]] = [:]
        let blocks = try open()
        let block = BlockBuffer(capacity: blockSize)
        var row = 0
        while found.count < wanted.count, try blocks.next(into: block) {
            var lines = block.bytes.split(separator: 10, omittingEmptySubsequences: false)
            if lines.last?.isEmpty == true { lines.removeLast() }
            for line in lines {
                if wanted.contains(row) {
                    found[row] = Array(line.drop { $0 <= 0x20 })
                    while let last = found[row]?.last, last <= 0x20 { found[row]?.removeLast() }
                }
                row += 1
            }
        }
        return found
    }
}

/// How a load is to run.
struct LoadOptions {
    var threads: Int
    var blockSize: Int
    var isCancelled: () -> Bool
    /// False to read every row by its grammar and none as those before it; the result is the same.
    var matchesRows = true
    var limits = Limits()
    /// Bytes on disk read since the last call.
    var advance: (Int) -> Void
}
