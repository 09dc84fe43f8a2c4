/// How a file of separated values is written: its encoding, its separator, and whether tabs and
/// line breaks in it are escaped.
struct SeparatedDialect {
    let path: String
    let encoding: TextEncoding
    let separator: [UInt8]
    /// Whether the first line says what the separator is (`sep=;`), as spreadsheets read it.
    let saysSeparator: Bool
    let hasEscapes: Bool

    /// By the file's ending a tab, by its first line, else what the header has most of.
    init(path: String) throws {
        self.path = path
        encoding = try .of(path)
        var name = path.lowercased()
        if name.hasSuffix(".gz") { name.removeLast(3) }
        hasEscapes = name.hasSuffix(".tsv") || name.hasSuffix(".tab")
        let cursor = try Self.text(path, encoding)
        if let said = try Self.said(cursor) {
            (separator, saysSeparator) = (said, true)
        } else if hasEscapes {
            (separator, saysSeparator) = ([9], false)
        } else {
            (separator, saysSeparator) = (try Self.guess(Self.text(path, encoding)), false)
        }
    }

    /// The text from its header on.
    func open() throws -> ByteCursor {
        let cursor = try Self.text(path, encoding)
        if saysSeparator { _ = try Self.said(cursor) }
        return cursor
    }

    private static func text(_ path: String, _ encoding: TextEncoding) throws -> ByteCursor {
        let source = try ByteSource(path: path)
        guard encoding == .utf8 else { return ByteCursor(DecodedSource(source, encoding)) }
        let cursor = ByteCursor(source)
        try cursor.take([0xEF, 0xBB, 0xBF])
        return cursor
    }

    private static let candidates: [[UInt8]] = [
        Array(",".utf8), Array(";".utf8), [9], Array("，".utf8),
    ]

    /// The separator of a first line `sep=;`, which is taken; nil where there is none.
    private static func said(_ cursor: ByteCursor) throws -> [UInt8]? {
        for candidate in candidates + [Array("|".utf8)] {
            for quote: [UInt8] in [[], [UInt8(ascii: "\"")]] {
                for end: [UInt8] in [[13, 10], [10], [13]] {
                    let line = quote + Array("sep=".utf8) + candidate + quote + end
                    if try cursor.take(line) { return candidate }
                }
            }
        }
        return nil
    }

    private static func guess(_ cursor: ByteCursor) throws -> [UInt8] {
        var counts = [Int](repeating: 0, count: candidates.count), inQuotes = false
        while let byte = try cursor.peek(), inQuotes || (byte != 10 && byte != 13) {
            if byte == UInt8(ascii: "\"") { inQuotes.toggle() }
            if !inQuotes, let found = try candidates.firstIndex(where: { try cursor.isAt($0) }) {
                counts[found] += 1
            }
            try cursor.next()
        }
        let most = counts.max() ?? 0
        return candidates[counts.firstIndex(of: most) ?? 0]
    }
}
