import CSimdjson
import MusterDiagnostics

/// The records of a file of separated values, cell by cell (RFC 4180: quotes, doubled quotes, line
/// breaks inside quotes), in UTF-8.
final class SeparatedRecords {
    private let cursor: ByteCursor
    private let separator: [UInt8]
    /// In TSV a tab is `\t`, a line break `\n` or `\r`, a backslash `\\`.
    private let hasEscapes: Bool

    init(_ dialect: SeparatedDialect) throws {
        cursor = try dialect.open()
        separator = dialect.separator
        hasEscapes = dialect.hasEscapes
    }

    var path: String { cursor.path }
    /// Of the next record.
    var line: Int { cursor.line }
    var position: Int { cursor.position }
    var consumed: Int { cursor.consumed }

    /// The cells of the next record, or nil at the end.
    func next() throws -> [[UInt8]]? {
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
                if cell.count > longestRow { throw fault(MUSTER_FAULT_TRUNCATED, line, place) }
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
}
