import MusterDiagnostics
import MusterFiles

/// Writes a loaded snapshot's columns as `CacheFile` reads them.
struct CacheWriter {
    private let snapshot: Snapshot
    private let tables: [Table]
    private let rejects: [UInt8]
    private let check: () throws(Diagnostic) -> Void

    /// - Parameter check: asked all the time; throws to stop the writing.
    init(_ snapshot: Snapshot, _ check: @escaping () throws(Diagnostic) -> Void) {
        self.snapshot = snapshot
        self.check = check
        tables = snapshot.tables.sorted { $0.key < $1.key }.map(\.value)
        var record = RecordWriter()
        record.put(snapshot.rejects) { $1.put(in: &$0) }
        rejects = record.bytes
    }

    /// What is written: one part after another, in the order of the file.
    private enum Part {
        case rejects
        case roundedRows(table: Int)
        case column(table: Int, column: Int)
    }

    private func each(_ body: (Part, UnsafeRawBufferPointer) throws -> Void) throws {
        try rejects.withUnsafeBytes { try body(.rejects, $0) }
        for (number, table) in tables.enumerated() {
            if let rows = snapshot.roundedRows[table.name] {
                try rows.withUnsafeBytes { try body(.roundedRows(table: number), $0) }
            }
            for (place, name) in table.columnNames.enumerated() {
                try table[name]?.eachPart {
                    try body(.column(table: number, column: place), $0)
                }
            }
        }
    }

    /// What is written of the snapshot, where each part of it will stand.
    private func contents(_ maker: String, begun: Int, _ sources: [CacheSource]) throws
        -> CacheContents {
        var place = 0
        var rejectsSection = CacheSection(place: 0, count: 0, digest: Digest(high: 0, low: 0))
        var rounded: [Int: CacheSection] = [:]
        var columns = tables.map { table in
            [[CacheSection]](repeating: [], count: table.columnNames.count)
        }
        try each { part, bytes in
            try check()
            let section = CacheSection(place: place, count: bytes.count, digest: Digest(bytes))
            place = CacheFile.rounded(place + bytes.count)
            switch part {
            case .rejects: rejectsSection = section
            case .roundedRows(let table): rounded[table] = section
            case .column(let table, let column): columns[table][column].append(section)
            }
        }
        return CacheContents(
            maker: maker, begun: begun, sources: sources, asOf: snapshot.asOf,
            source: snapshot.source, targets: snapshot.targets, fingerprint: snapshot.fingerprint,
            rejectCounts: Dictionary(snapshot.rejects.map { ($0.table, 1) }, uniquingKeysWith: +),
            rejects: rejectsSection,
            tables: tables.enumerated().map { number, table in
                CachedTable(
                    name: table.name, rowCount: table.rowCount, undeclared: table.undeclared,
                    hidden: table.hidden.sorted(), roundedRows: rounded[number],
                    columns: zip(table.columnNames, columns[number]).compactMap { name, parts in
                        table[name].map { CachedColumn(name, $0, parts) }
                    })
            })
    }

    /// Writes it all. Throws a `Diagnostic`; then nothing of it is left.
    func write(_ place: FilePlace, maker: String, begun: Int, _ sources: [CacheSource]) throws {
        let contents = try contents(maker, begun: begun, sources).bytes
        let base = CacheFile.base(contents: contents.count)
        var end = 0
        try each { _, bytes in
            end = CacheFile.rounded(end) + bytes.count
        }
        let file = try Unfinished(place, isPrivate: true)
        try file.write(Self.head(contents, size: base + end))
        try file.write(contents)
        var position = CacheFile.headSize + contents.count
        try each { _, bytes in
            let start = CacheFile.rounded(position)
            try file.write([UInt8](repeating: 0, count: start - position))
            try file.write(bytes, check)
            position = start + bytes.count
        }
        try file.finish()
    }

    static func head(_ contents: [UInt8], size: Int) -> [UInt8] {
        var head = CacheFile.magic
        withUnsafeBytes(of: CacheFile.version) { head.append(contentsOf: $0) }
        withUnsafeBytes(of: CacheFile.order) { head.append(contentsOf: $0) }
        var rest = RecordWriter()
        rest.put(contents.count)
        rest.put(size)
        rest.put(contents.withUnsafeBytes { Digest($0) })
        head += rest.bytes
        var own = RecordWriter()
        own.put(head.withUnsafeBytes { Digest($0) })
        head += own.bytes
        return head
    }
}

extension Column {
    /// The parts that a cache holds of it, in their order.
    fileprivate func eachPart(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        switch self {
        case .text(let codes, let texts):
            try codes.withUnsafeBytes(body)
            try texts.bytes.withUnsafeBytes(body)
            try texts.offsets.withUnsafeBytes(body)
        case .day(let values), .hundredths(let values), .reference(let values, _):
            try values.withUnsafeBytes(body)
        case .integer(let values), .decimal(let values, _): try values.withUnsafeBytes(body)
        case .double(let values): try values.withUnsafeBytes(body)
        case .bool(let values): try values.withUnsafeBytes(body)
        }
    }
}

extension CachedColumn {
    fileprivate init(_ name: String, _ column: Column, _ sections: [CacheSection]) {
        self.name = name
        self.sections = sections
        var (places, target) = (0, "")
        switch column {
        case .text: kind = .text
        case .day: kind = .day
        case .integer: kind = .integer
        case .hundredths: kind = .hundredths
        case .decimal(_, let number): (kind, places) = (.decimal, number)
        case .double: kind = .double
        case .bool: kind = .bool
        case .reference(_, let table): (kind, target) = (.reference, table)
        }
        (self.places, self.target) = (places, target)
    }
}
