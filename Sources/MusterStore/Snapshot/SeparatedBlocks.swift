import CSimdjson
import MusterDiagnostics

/// The records of a CSV file (RFC 4180: quotes, doubled quotes, line breaks inside quotes; a
/// header row) as NDJSON, so that they take the same way as every other row.
final class SeparatedBlocks: RowBlocks {
    private let cursor: ByteCursor
    private let size: Int
    private var separator = UInt8(ascii: ",")
    private(set) var columnNames: [String] = []
    /// `"name":` of each column.
    private var keys: [[UInt8]] = []
    let fingerprint = TableFingerprint()
    let countsElements = true

    /// - Parameter separator: nil to take what the header has most of: comma, semicolon or tab.
    init(_ source: ByteSource, separator: UInt8?, blockSize: Int) throws {
        cursor = ByteCursor(source)
        size = blockSize
        for mark: UInt8 in [0xEF, 0xBB, 0xBF] where try cursor.peek() == mark { try cursor.next() }
        self.separator = try separator ?? Self.guessSeparator(of: source.path)
        try readHeader()
    }

    var consumed: Int { cursor.consumed }

    private static func guessSeparator(of path: String) throws -> UInt8 {
        let cursor = ByteCursor(try ByteSource(path: path))
        var counts: [UInt8: Int] = [:], inQuotes = false
        while let byte = try cursor.next(), inQuotes || (byte != 10 && byte != 13) {
            if byte == UInt8(ascii: "\"") { inQuotes.toggle() }
            if !inQuotes { counts[byte, default: 0] += 1 }
        }
        let candidates: [UInt8] = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")]
        let most = candidates.map { counts[$0] ?? 0 }.max() ?? 0
        return candidates.first { counts[$0] ?? 0 == most } ?? UInt8(ascii: ",")
    }

    private func readHeader() throws {
        guard let header = try readRecord() else {
            throw Diagnostic("table.empty",
                             Message(zh: "\(cursor.path)：文件为空，没有表头",
                                     en: "\(cursor.path): the file is empty, it has no header"),
                             hint: Message(zh: "首行应为各列名称",
                                           en: "the first line should name the columns"))
        }
        var names: Set<[UInt8]> = []
        for (index, cell) in header.enumerated() {
            let name = cell.isEmpty ? Array("column\(index + 1)".utf8) : cell
            guard names.insert(name).inserted else {
                let shown = String(decoding: name, as: UTF8.self)
                throw Diagnostic("table.repeated-field",
                                 Message(zh: "\(cursor.path)：表头中“\(shown)”出现了两次",
                                         en: "\(cursor.path): the header has \"\(shown)\" twice"),
                                 hint: Message(zh: "请改为不同的列名",
                                               en: "give the columns different names"))
            }
            columnNames.append(String(decoding: name, as: UTF8.self))
            var key: [UInt8] = []
            Self.quote(name, into: &key)
            keys.append(key + [UInt8(ascii: ":")])
        }
    }

    func next(into block: BlockBuffer) throws -> Bool {
        block.clear(base: cursor.position)
        var line: [UInt8] = []
        while block.count < size {
            let (place, number) = (cursor.position, cursor.line)
            guard let cells = try readRecord() else { break }
            // An empty line is no record, unless an empty cell is all a record has.
            if cells == [[]], keys.count != 1 { continue }
            guard cells.count == keys.count else { throw uneven(cells.count, line: number) }
            block.starts.append((block.count, place))
            line.removeAll(keepingCapacity: true)
            for (key, cell) in zip(keys, cells) {
                line.append(line.isEmpty ? UInt8(ascii: "{") : UInt8(ascii: ","))
                line.append(contentsOf: key)
                Self.append(cell, to: &line)
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
            switch try cursor.next() {
            case separator: continue
            case 13:
                if try cursor.peek() == 10 { try cursor.next() }
                return cells
            default: return cells
            }
        }
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
            let end = try cursor.peek()
            guard end == nil || end == separator || end == 10 || end == 13 else {
                throw fault(MUSTER_FAULT_QUOTE, cursor.line, cursor.position)
            }
        } else {
            while let byte = try cursor.peek(), byte != separator, byte != 10, byte != 13 {
                cell.append(byte)
                try cursor.next()
            }
        }
        let wrong = cell.withUnsafeBufferPointer {
            muster_find_fault($0.baseAddress, $0.count, false)
        }
        if wrong.kind == MUSTER_FAULT_UTF8 { throw fault(wrong.kind, line, place + wrong.offset) }
        return cell
    }

    private func fault(_ kind: muster_fault_kind, _ line: Int, _ place: Int) -> Diagnostic {
        Malformed(path: cursor.path, line: line, byte: place + 1, kind: kind).diagnostic
    }

    // MARK: Writing

    private static func append(_ cell: [UInt8], to line: inout [UInt8]) {
        if cell.isEmpty {
            line.append(contentsOf: "null".utf8)
        } else if isLiteral(cell) {
            line.append(contentsOf: cell)
        } else {
            quote(cell, into: &line)
        }
    }

    /// A number by JSON's grammar (so no leading zeros, as codes have them), true or false.
    private static func isLiteral(_ cell: [UInt8]) -> Bool {
        if cell.elementsEqual("true".utf8) || cell.elementsEqual("false".utf8) { return true }
        guard let first = cell.first, first == UInt8(ascii: "-") || (0x30...0x39).contains(first)
        else { return false }
        return cell.withUnsafeBufferPointer {
            muster_find_fault($0.baseAddress, $0.count, false).kind == MUSTER_FAULT_NONE
        } && cell.allSatisfy { $0 > 32 }
    }

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
