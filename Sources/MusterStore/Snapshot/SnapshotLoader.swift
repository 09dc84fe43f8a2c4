import CSimdjson
import Glibc
import MusterDiagnostics

/// One of the forms in which a snapshot comes.
protocol SnapshotForm {
    /// Its keys beside the tables.
    var manifest: [String: JSONValue] { get }
    /// The file they stand in, for errors.
    var manifestPath: String { get }
    /// The rows of a table, or nil where the snapshot has none.
    func input(for table: TableSchema) throws -> TableInput?
    func missing(_ table: TableSchema) -> Diagnostic
}

/// Loads a snapshot, a folder or a single document, as its schema declares it.
///
/// The result does not depend on the number of threads or the size of the blocks. Whatever makes
/// the snapshot as a whole unusable is thrown as a `Diagnostic`; rows that break a rule are in
/// the snapshot's `rejects`.
package struct SnapshotLoader: Sendable {
    /// Bytes read of the tables' files, and their sizes together.
    package struct Progress: Sendable, Hashable {
        package let done: Int
        package let total: Int
    }

    let schema: SnapshotSchema
    let discretion: Discretion
    let threads: Int
    let blockSize: Int
    let limits: Limits
    let cancelled: @Sendable () -> Bool
    private let progress: @Sendable (Progress) -> Void

    /// - Parameters:
    ///   - discretion: what must be hidden in columns that the schema does not declare, and in
    ///     rows turned away.
    ///   - threads: workers, from 1.
    ///   - blockSize: bytes read at a time by each; no result depends on it.
    ///   - cancelled: asked before every block; true ends the load with `load.cancelled`.
    ///   - progress: called after every block, from any thread.
    package init(schema: SnapshotSchema, discretion: Discretion = Discretion(),
                threads: Int = Self.processors,
                blockSize: Int = 1 << 20, limits: Limits = Limits(),
                cancelled: @escaping @Sendable () -> Bool = { false },
                progress: @escaping @Sendable (Progress) -> Void = { _ in }) {
        self.schema = schema
        self.discretion = discretion
        self.threads = max(1, threads)
        self.blockSize = max(1, blockSize)
        self.limits = limits
        self.cancelled = cancelled
        self.progress = progress
    }

    /// Processors at hand.
    package static var processors: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

    /// Whether what stands at a path is a snapshot by its form: a folder, or an object of JSON.
    package static func isSnapshot(_ path: String) -> Bool {
        var status = stat()
        guard stat(path, &status) == 0 else { return false }
        if status.st_mode & S_IFMT == S_IFDIR { return true }
        guard var head = try? ByteSource(path: path).head(256)[...] else { return false }
        if head.starts(with: [0xEF, 0xBB, 0xBF]) { head = head.dropFirst(3) }
        return head.first { $0 > 0x20 } == UInt8(ascii: "{")
    }

    /// All files that what stands at a path may be read from.
    func files(of path: String) -> [String] {
        [path] + SnapshotFolder.files(of: schema, in: path)
    }

    /// Loads the folder or document at a path. Throws a `Diagnostic`.
    package func load(_ path: String) throws -> Snapshot {
        try StandingFiles(files(of: path)).read {
            try loadWhole(path)
        }
    }

    private func loadWhole(_ path: String) throws -> Snapshot {
        let form = try form(of: path)
        let manifest = try Manifest(form.manifest, path: form.manifestPath, schema: schema)
        var inputs: [TableInput?] = []
        for table in schema.tables {
            let input = try form.input(for: table)
            if input == nil, table.isRequired { throw form.missing(table) }
            inputs.append(input)
        }
        do {
            return try load(path, manifest, inputs)
        } catch let row as MalformedRow {
            throw try row.diagnostic()
        }
    }

    private func form(of path: String) throws -> any SnapshotForm {
        var status = stat()
        guard stat(path, &status) == 0 else { throw ByteSource.unreadable(path, errno) }
        guard status.st_mode & S_IFMT != S_IFDIR else {
            return try SnapshotFolder(path: path, blockSize: blockSize)
        }
        try ForeignFile.refuse(path)
        return try SnapshotDocument(path: path, schema: schema, blockSize: blockSize)
    }

    private func load(_ path: String, _ manifest: Manifest,
                      _ inputs: [TableInput?]) throws -> Snapshot {
        try Memory.check(path, inputs.compactMap { $0 })
        let total = inputs.reduce(0) { $0.addingReportingOverflow($1?.diskSize ?? 0).partialValue }
        var done = 0
        let options = LoadOptions(threads: threads, blockSize: blockSize, isCancelled: cancelled,
                                  limits: limits) {
            done += $0
            progress(Progress(done: done, total: total))
        }
        var loads: [String: TableLoad] = [:]
        var tables: [String: Table] = [:], rounded: [String: [Int32]] = [:]
        var rejects: [Reject] = []
        let whole = TableFingerprint()
        for (table, input) in zip(schema.tables, inputs) {
            var rows = input ?? TableInput(path: path, file: table.file, size: 0, diskSize: 0) {
                NoBlocks()
            }
            rows.reading.discretion = discretion
            let load = try TableLoad.run(table, rows, targets: loads, options: options)
            let finished = try load.finish { try rows.rawRows($0, blockSize: blockSize) }
            loads[table.name] = load
            tables[table.name] = finished.table
            if !finished.roundedRows.isEmpty { rounded[table.name] = finished.roundedRows }
            rejects.append(contentsOf: load.rejects)
            if input != nil {
                let part = load.fingerprint
                whole.add("\(table.name) \(part.count) \(part.text)\n")
            }
        }
        return Snapshot(path: path, asOf: manifest.asOf, source: manifest.source,
                        targets: manifest.targets, tables: tables, rejects: rejects,
                        fingerprint: whole.text, roundedRows: rounded)
    }
}
