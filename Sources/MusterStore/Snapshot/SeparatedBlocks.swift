import CSimdjson
import MusterDiagnostics

/// The records of a CSV file (RFC 4180: quotes, doubled quotes, line breaks inside quotes; a
/// header row) as NDJSON, every cell a text, so that they take the same way as every other row.
final class SeparatedBlocks: RowBlocks {
    private let records: SeparatedRecords
    private let size: Int
    private(set) var columnNames: [String] = []
    private var blankLines = 0
    /// `"name":` of each column.
    private var keys: [[UInt8]] = []
    let fingerprint = TableFingerprint()
    let countsElements = true

    /// - Parameter dialect: how the file is written.
    init(_ dialect: SeparatedDialect, blockSize: Int) throws {
        records = try SeparatedRecords(dialect)
        size = blockSize
        try readHeader()
    }

    var consumed: Int { records.consumed }

    private func readHeader() throws {
        guard let header = try records.next() else {
            throw Diagnostic("table.empty",
                             Message(zh: "\(records.path)：文件为空，没有表头",
                                     en: "\(records.path): the file is empty, it has no header"),
                             hint: Message(zh: "首行应为各列名称",
                                           en: "the first line should name the columns"))
        }
        var names: Set<String> = []
        for (index, cell) in header.enumerated() {
            var name = Heading.name(String(decoding: cell, as: UTF8.self))
            if name.isEmpty { name = "column\(index + 1)" }
            guard names.insert(Heading.folded(name)).inserted else {
                throw Diagnostic("table.repeated-field",
                                 Message(zh: "\(records.path)：表头中“\(name)”出现了两次",
                                         en: "\(records.path): the header has \"\(name)\" twice"),
                                 hint: Message(zh: "请改为不同的列名",
                                               en: "give the columns different names"))
            }
            columnNames.append(name)
            var key: [UInt8] = []
            JSONText.quote(name.utf8, into: &key)
            keys.append(key + [UInt8(ascii: ":")])
        }
    }

    /// The lines at which some records begin, told by their place among the records. Reads the
    /// file anew up to the last of them; for an object from which nothing was read yet.
    func lines(of records: Set<Int>) throws -> [Int: Int] {
        var found: [Int: Int] = [:], number = 0
        while found.count < records.count {
            let line = self.records.line
            guard let cells = try self.records.next() else { break }
            if cells == [[]], keys.count != 1 { continue }
            if records.contains(number) { found[number] = line }
            number += 1
        }
        return found
    }

    func next(into block: BlockBuffer) throws -> Bool {
        block.clear(base: records.position)
        var line: [UInt8] = []
        while block.count < size {
            let (place, number) = (records.position, records.line)
            guard let cells = try records.next() else { break }
            // An empty line is no record, unless an empty cell is all a record has.
            if cells == [[]], keys.count != 1 {
                blankLines += 1
                if blankLines > Limits.blankLines { throw Limits.tooManyBlankLines(records.path) }
                continue
            }
            guard cells.count == keys.count else { throw uneven(cells.count, line: number) }
            block.starts.append((block.count, place))
            line.removeAll(keepingCapacity: true)
            for (key, cell) in zip(keys, cells) {
                line.append(line.isEmpty ? UInt8(ascii: "{") : UInt8(ascii: ","))
                line.append(contentsOf: key)
                if cell.isEmpty {
                    line.append(contentsOf: "null".utf8)
                } else {
                    JSONText.quote(cell, into: &line)
                }
            }
            line.append(contentsOf: [UInt8(ascii: "}"), 10])
            block.append(line)
        }
        fingerprint.add(block.memory, count: block.count)
        return block.count > 0
    }

    private func uneven(_ count: Int, line: Int) -> Diagnostic {
        Diagnostic("table.uneven",
                   Message(zh: "\(records.path)：第 \(line) 行有 \(count) 列，表头有 \(keys.count) 列",
                           en: "\(records.path), line \(line): \(count) cells, "
                               + "but the header has \(keys.count)"),
                   hint: Message(zh: "含有分隔符的内容应加双引号",
                                 en: "put a cell that holds the separator in double quotes"))
    }
}
