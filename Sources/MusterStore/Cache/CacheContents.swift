import MusterDiagnostics

/// Where some bytes of a cache stand, and their digest.
struct CacheSection: Hashable {
    /// From the end of the contents, rounded up (`CacheFile.base`).
    let place: Int
    let count: Int
    let digest: Digest
}

/// A column as its file says it.
struct CachedColumn {
    enum Kind: Int {
        case text, day, integer, hundredths, decimal, double, bool, reference
    }

    let name: String
    let kind: Kind
    /// Of `decimal`.
    let places: Int
    /// Of `reference`.
    let target: String
    /// Its values; behind them, of `text`, the bytes of the texts and their offsets.
    let sections: [CacheSection]
}

struct CachedTable {
    let name: String
    let rowCount: Int
    let undeclared: [String]
    let hidden: [String]
    let roundedRows: CacheSection?
    let columns: [CachedColumn]
}

/// All that a cache holds beside the values: what it was made of, and where everything stands.
struct CacheContents {
    /// The program and the rules by which the rows were read.
    let maker: String
    /// Seconds since 1970 when the reading of the files began.
    let begun: Int
    let sources: [CacheSource]
    let asOf: Int32
    let source: String
    let targets: [ManifestTarget]
    let fingerprint: String
    /// By table, so that a limit on them holds without reading them.
    let rejectCounts: [String: Int]
    let rejects: CacheSection
    let tables: [CachedTable]
}

// MARK: as bytes

extension CacheContents {
    var bytes: [UInt8] {
        var record = RecordWriter()
        record.put(maker)
        record.put(begun)
        record.put(sources) { $1.put(in: &$0) }
        record.put(Int(asOf))
        record.put(source)
        record.put(targets) { record, target in
            record.put(target.year)
            record.put(Int(target.rate))
            record.put(Int(target.by ?? None.day))
            record.put(target.owner == nil ? 0 : 1)
            record.put(target.owner ?? "")
        }
        record.put(fingerprint)
        record.put(rejectCounts.sorted { $0.key < $1.key }) {
            $0.put($1.key)
            $0.put($1.value)
        }
        rejects.put(in: &record)
        record.put(tables) { record, table in
            record.put(table.name)
            record.put(table.rowCount)
            record.put(table.undeclared) { $0.put($1) }
            record.put(table.hidden) { $0.put($1) }
            record.put([table.roundedRows].compactMap { $0 }) { $1.put(in: &$0) }
            record.put(table.columns) { record, column in
                record.put(column.name)
                record.put(column.kind.rawValue)
                record.put(column.places)
                record.put(column.target)
                record.put(column.sections) { $1.put(in: &$0) }
            }
        }
        return record.bytes
    }

    init(_ bytes: [UInt8]) throws {
        var record = RecordReader(bytes)
        let days = Int(Int32.min)...Int(Int32.max)
        maker = try record.text()
        begun = try record.number()
        sources = try record.list { try CacheSource(&$0) }
        asOf = Int32(try record.number(in: days))
        source = try record.text()
        targets = try record.list { record in
            let year = try record.number(), rate = try record.number()
            let by = Int32(try record.number(in: days))
            let hasOwner = try record.number(in: 0...1) == 1
            let owner = try record.text()
            return ManifestTarget(year: year, rate: Int64(rate), by: by == None.day ? nil : by,
                                  owner: hasOwner ? owner : nil)
        }
        fingerprint = try record.text()
        let counts = try record.list { record in
            (try record.text(), try record.number(in: 0...Int(Int32.max)))
        }
        rejectCounts = Dictionary(counts, uniquingKeysWith: { first, _ in first })
        rejects = try CacheSection(&record)
        tables = try record.list { try CachedTable(&$0) }
        guard record.isAtEnd, Set(tables.map(\.name)).count == tables.count
        else { throw RecordReader.Fault() }
    }
}

extension CacheSection {
    func put(in record: inout RecordWriter) {
        record.put(place)
        record.put(count)
        record.put(digest)
    }

    init(_ record: inout RecordReader) throws {
        place = try record.number(in: 0...(Int.max >> 8))
        count = try record.number(in: 0...(Int.max >> 8))
        digest = try record.digest()
    }
}

extension CachedTable {
    init(_ record: inout RecordReader) throws {
        name = try record.text()
        let rowCount = try record.number(in: 0...Int(Int32.max))
        self.rowCount = rowCount
        undeclared = try record.list { try $0.text() }
        hidden = try record.list { try $0.text() }
        roundedRows = try record.list { try CacheSection(&$0) }.first
        columns = try record.list { record in
            try CachedColumn(&record, rowCount: rowCount)
        }
        guard Set(columns.map(\.name)).count == columns.count else { throw RecordReader.Fault() }
    }
}

extension CachedColumn {
    init(_ record: inout RecordReader, rowCount: Int) throws {
        name = try record.text()
        guard let kind = Kind(rawValue: try record.number()) else { throw RecordReader.Fault() }
        self.kind = kind
        places = try record.number(in: kind == .decimal ? 1...6 : 0...0)
        target = try record.text()
        sections = try record.list { try CacheSection(&$0) }
        guard sections.count == (kind == .text ? 3 : 1),
              sections[0].count == rowCount * kind.width else { throw RecordReader.Fault() }
        // At least the one that says where the first text would begin.
        if kind == .text, sections[2].count < 4 || sections[2].count % 4 != 0 {
            throw RecordReader.Fault()
        }
    }
}

extension CachedColumn.Kind {
    /// Bytes of a value.
    var width: Int {
        switch self {
        case .text, .day, .hundredths, .reference: 4
        case .integer, .decimal, .double: 8
        case .bool: 1
        }
    }
}
