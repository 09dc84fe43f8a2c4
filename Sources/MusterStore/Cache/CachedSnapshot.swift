import MusterDiagnostics
import Synchronization

/// A snapshot whose columns are read from its cache as they are asked for. Where one of them turns
/// out to be damaged, the files are loaded after all, which must still hold the same.
final class CachedSnapshot: Sendable {
    private let cache: CacheFile
    private let path: String
    private let rowCounts: [String: Int]
    private let load: @Sendable () throws -> Snapshot
    private let damaged: @Sendable () -> Void
    private let end: @Sendable (Diagnostic) -> Never
    /// What the files hold, where they had to be loaded.
    private let whole = Mutex<Snapshot?>(nil)

    /// - Parameters:
    ///   - load: loads the files.
    ///   - damaged: called before that.
    ///   - end: called where the files cannot stand in for the cache.
    init(_ cache: CacheFile, path: String, load: @escaping @Sendable () throws -> Snapshot,
         damaged: @escaping @Sendable () -> Void, end: @escaping @Sendable (Diagnostic) -> Never) {
        self.cache = cache
        self.path = path
        self.load = load
        self.damaged = damaged
        self.end = end
        rowCounts = Dictionary(uniqueKeysWithValues: cache.contents.tables.map {
            ($0.name, $0.rowCount)
        })
    }

    /// The snapshot; nil where what is read at once is damaged.
    var snapshot: Snapshot? {
        let contents = cache.contents
        guard let rejects = cache.rejects() else { return nil }
        var rounded: [String: [Int32]] = [:]
        for table in contents.tables {
            guard let section = table.roundedRows else { continue }
            guard let rows: [Int32] = cache.values(section) else { return nil }
            rounded[table.name] = rows
        }
        let tables = contents.tables.map { table in
            Table(name: table.name, rowCount: table.rowCount,
                  held: table.columns.map { column in
                      (column.name, .awaited(AwaitedColumn { self.column(column, table.name) }))
                  }, undeclared: table.undeclared, hidden: Set(table.hidden))
        }
        return Snapshot(
            path: path, asOf: contents.asOf, source: contents.source, targets: contents.targets,
            tables: Dictionary(uniqueKeysWithValues: tables.map { ($0.name, $0) }),
            rejects: rejects, fingerprint: contents.fingerprint, roundedRows: rounded)
    }

    private func column(_ column: CachedColumn, _ table: String) -> Column {
        cache.column(column, rowCounts: rowCounts) ?? loaded(column.name, table)
    }

    /// The column as the files have it.
    private func loaded(_ column: String, _ table: String) -> Column {
        let snapshot = whole.withLock { whole in
            if let whole { return whole }
            damaged()
            do {
                let snapshot = try load()
                whole = snapshot
                return snapshot
            } catch let fault as Diagnostic { end(fault) } catch { end(changed) }
        }
        let contents = cache.contents
        guard snapshot.fingerprint == contents.fingerprint, snapshot.asOf == contents.asOf,
              snapshot.targets == contents.targets, let found = snapshot.tables[table],
              found.rowCount == rowCounts[table], let column = found[column]
        else { end(changed) }
        return column
    }

    private var changed: Diagnostic {
        Diagnostic("cache.changed", Message(
            zh: "\(path) 的数据缓存已损坏，快照的文件又有改动，无法继续",
            en: "the cache of \(path) is damaged and the snapshot's files were changed: no going on"),
            hint: Message(zh: "请重新运行", en: "run it again"))
    }
}
