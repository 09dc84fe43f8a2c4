import MusterDiagnostics
import MusterPlan
import MusterSQL
import MusterStore
import MusterValues
import Synchronization

/// Tables of a snapshot whose rows stand in a database and not in memory.
package final class RemoteTables: Sendable {
    package let server: any SQLServer
    /// The database's schema that holds the snapshot.
    package let schema: String
    /// How many rows each of them has, by entity. Those of other entities are in memory (too).
    package let rowCounts: [String: Int]
    /// What is known by now of rows that stand in results: their texts, by entity and column.
    private let texts = Mutex<[Place: [Int32: String]]>([:])

    /// The keys of all rows, by entity, where they were needed.
    private let keys = Mutex<[String: [[ExactText]]]>([:])
    /// Why something could not be fetched that nobody could be told of then.
    private let failure = Mutex<Diagnostic?>(nil)

    private struct Place: Hashable {
        let entity: String
        let column: String
    }

    /// Columns in which no row has a value, by entity.
    private let blank: [String: Set<String>]

    package init(_ server: any SQLServer, _ light: LightSnapshot) {
        self.server = server
        schema = light.pushed.schema
        rowCounts = light.rowCounts.filter { light.remote.contains($0.key) }
        blank = light.blank
    }

    func isBlank(_ entity: String, _ column: String) -> Bool {
        blank[entity]?.contains(column) == true
    }

    func text(_ row: Int32, _ entity: String, _ column: String) -> String? {
        texts.withLock { $0[Place(entity: entity, column: column)]?[row] }
    }

    /// The rows whose text in a column is not known yet.
    func unknown(_ rows: Set<Int32>, _ entity: String, _ column: String) -> [Int32] {
        texts.withLock { texts in
            let known = texts[Place(entity: entity, column: column)] ?? [:]
            return rows.filter { $0 >= 0 && known[$0] == nil }.sorted()
        }
    }

    /// Every row's key: by them rows of several snapshots are the same. Brought here once.
    func keys(_ entity: String, _ column: String) -> [[ExactText]] {
        keys.withLock { keys in
            if let known = keys[entity] { return known }
            let key: SQL = "r.\(name: Layout.column(column))"
            let from: SQL = "\(name: schema).\(name: entity) r"
            let statement = SQLStatement("select \(key) from \(from) order by r._row",
                                         types: [.plainText])
            var found: [[ExactText]] = []
            do {
                let columns = try server.columns(of: statement, isCancelled: { false })
                if case .text(let codes, let texts)? = columns.first {
                    found = codes.map { $0 < 0 ? [] : [ExactText(texts[$0])] }
                }
            } catch {
                failure.withLock { $0 = (error as? Diagnostic) ?? .interrupted }
            }
            keys[entity] = found
            return found
        }
    }

    /// Throws where something is missing that could not be fetched.
    func checkSound() throws {
        if let fault = failure.withLock({ $0 }) { throw fault }
    }

    /// The row of a key that is known by now.
    func row(ofKey key: String, _ entity: String, _ column: String) -> Int32? {
        texts.withLock { texts in
            texts[Place(entity: entity, column: column)]?.first { $0.value.isExactly(key) }?.key
        }
    }

    func note(_ found: [(Int32, String)], _ entity: String, _ column: String) {
        texts.withLock { texts in
            for (row, text) in found {
                texts[Place(entity: entity, column: column), default: [:]][row] = text
            }
        }
    }
}

extension DataSet {
    /// Whether an entity's rows stand in a database.
    package func isRemote(_ entity: String) -> Bool { remote?.rowCounts[entity] != nil }
}
