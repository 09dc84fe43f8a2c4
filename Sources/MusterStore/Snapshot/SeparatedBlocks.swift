import CSimdjson
import MusterDiagnostics

/// The records of a CSV file (RFC 4180: quotes, doubled quotes, line breaks inside quotes; a
/// header row) as NDJSON, every cell a text, so that they take the same way as every other row.
final class SeparatedBlocks: RowBlocks {
    private let cursor: ByteCursor
    private let size: Int
    private let separator: [UInt8]
    /// In TSV a tab is `\t`, a line break `\n` or `\r`, a backslash `\\`.
    private let hasEscapes: Bool
    private(set) var columnNames: [String] = []
    private var blankLines = 0
    /// `"name":` of each column.
    private var keys: [[UInt8]] = []
    let fingerprint = TableFingerprint()
    let countsElements = true

    /// - Parameter dialect: how the file is written.
    init(_ dialect: SeparatedDialect, blockSize: Int) throws {
        cursor = try dialect.open()
        size = blockSize
        separator = dialect.separator
        hasEscapes = dialect.hasEscapes
        try readHeader()
    }

    var consumed: Int { cursor.consumed }

    private func readHeader() throws {
        guard let header = try readRecord() else {
            throw Diagnostic("table.empty",
                             Message(zh: "\(cursor.path)：文件为空，没有表头",
                                     en: "\(cursor.path): the file is empty, it has no header"),
                             hint: Message(zh: "首行应为各列名称",
                                           en: "the first line should name the columns"))
        }
        var names: Set<String> = []
        for (index, cell) in header.enumerated() {
            var name = Heading.name(String(decoding: cell, as: UTF8.self))
            if name.isEmpty { name = "column\(index + 1)" }
            guard names.insert(Heading.folded(name)).inserted else {
                throw Diagnostic("table.repeated-field",
                                 Message(zh: "\(cursor.path)：表头中“\(name)”出现了两次",
                                         en: "\(cursor.path): the header has \"\(name)\" twice"),
                                 hint: Message(zh: "请改为不同的列名",
                                               en: "give the columns different names"))
            }
            columnNames.append(name)
            var key: [UInt8] = []
            Self.quote(Array(name.utf8), into: &key)
            keys.append(key + [UInt8(ascii: ":")])
        }
    }

    /// The lines at which some records begin, told by their place among the records. Reads the
    /// file anew up to the last of them; for an object from which nothing was read yet.
    func lines(of records: Set<Int>) throws -> [Int: Int] {
        var found: [Int: Int] = [:], number = 0
        while found.count < records.count {
            let line = cursor.line
            guard let cells = try readRecord() else { break }
            if cells == [[]], keys.count != 1 { continue }
            if records.contains(number) { found[number] = line }
            number += 1
        }
        return found
    }

    func next(into block: BlockBuffer) throws -> Bool {
        block.clear(base: cursor.position)
        var line: [UInt8] = []
        while block.count < size {
            let (place, number) = (cursor.position, cursor.line)
            guard let cells = try readRecord() else { break }
            // An empty line is no record, unless an empty cell is all a record has.
            if cells == [[]], keys.count != 1 {
                blankLines += 1
                if blankLines > Limits.blankLines { throw Limits.tooManyBlankLines(cursor.path) }
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
                    Self.quote(cell, into: &line)
                }
            }
            line.append(contentsOf: [UInt8(ascii: "}"), 10])
            block.reserve(block.count + line.count)
            for byte in line {
                block.memory[block.count] = byte
                block.count += 1
            }
        }
        fingerprint.add(block.memory, count: block.count)
        return block.count > 0
    }

    private func uneven(_ count: Int, line: Int) -> Diagnostic {
        Diagnostic("table.uneven",
                   Message(zh: "\(cursor.path)：第 \(line) 行有 \(count) 列，表头有 \(keys.count) 列",
                           en: "\(cursor.path), line \(line): \(count) cells, "
                               + "but the header has \(keys.count)"),
                   hint: Message(zh: "含有分隔符的内容应加双引号",
                                 en: "put a cell that holds the separator in double quotes"))
    }

    // MARK: Reading

    /// The cells of the next record, or nil at the end.
    private func readRecord() throws -> [[UInt8]]? {
        guard try cursor.peek() != nil else { return nil }
        var cells: [[UInt8]] = []
        while true {
            cells.append(try readCell())
            if try cursor.take(separator) { continue }
            if try cursor.next() == 13, try cursor.peek() == 10 { try cursor.next() }
            return cells
        }
    }

    /// Whether a cell ends here.
    private func isAtEnd() throws -> Bool {
        guard let byte = try cursor.peek() else { return true }
        return try byte == 10 || byte == 13 || byte == separator[0] && cursor.isAt(separator)
    }

    /// Up to the separator, line break or end behind the cell.
    private func readCell() throws -> [UInt8] {
        let (line, place) = (cursor.line, cursor.position)
        var cell: [UInt8] = []
        if try cursor.peek() == UInt8(ascii: "\"") {
            try cursor.next()
            while true {
                guard let byte = try cursor.next() else {
                    throw fault(MUSTER_FAULT_TRUNCATED, line, place)
                }
                if byte == UInt8(ascii: "\"") {
                    guard try cursor.peek() == UInt8(ascii: "\"") else { break }
                    try cursor.next()
                }
                cell.append(byte)
            }
            guard try isAtEnd() else {
                throw fault(MUSTER_FAULT_QUOTE, cursor.line, cursor.position)
            }
        } else {
            while try !isAtEnd(), let byte = try cursor.next() { cell.append(byte) }
        }
        let wrong = cell.withUnsafeBufferPointer {
            muster_find_fault($0.baseAddress, $0.count, false)
        }
        if wrong.kind == MUSTER_FAULT_UTF8 { throw fault(wrong.kind, line, place + wrong.offset) }
        return hasEscapes ? Self.unescaped(cell) : cell
    }

    /// What TSV writes for a tab, a line break and a backslash; other backslashes are themselves.
    private static func unescaped(_ cell: [UInt8]) -> [UInt8] {
        guard cell.contains(0x5C) else { return cell }
        var text: [UInt8] = [], isEscape = false
        for byte in cell {
            switch (isEscape, byte) {
            case (false, 0x5C): isEscape = true; continue
            case (true, UInt8(ascii: "t")): text.append(9)
            case (true, UInt8(ascii: "n")): text.append(10)
            case (true, UInt8(ascii: "r")): text.append(13)
            case (true, 0x5C): text.append(0x5C)
            case (true, _): text += [0x5C, byte]
            case (false, _): text.append(byte)
            }
            isEscape = false
        }
        return isEscape ? text + [0x5C] : text
    }

    private func fault(_ kind: muster_fault_kind, _ line: Int, _ place: Int) -> Diagnostic {
        Malformed(path: cursor.path, line: line, byte: place + 1, kind: kind).diagnostic
    }

    // MARK: Writing

    private static func quote(_ text: [UInt8], into line: inout [UInt8]) {
        line.append(UInt8(ascii: "\""))
        for byte in text {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                line.append(UInt8(ascii: "\\"))
                line.append(byte)
            case 0..<32:
                let digits = String(byte, radix: 16)
                line.append(contentsOf: (byte < 16 ? "\\u000" : "\\u00").utf8)
                line.append(contentsOf: digits.utf8)
            default: line.append(byte)
            }
        }
        line.append(UInt8(ascii: "\""))
    }
}
