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

    private struct Place: Hashable {
        let entity: String
        let column: String
    }

    package init(_ server: any SQLServer, schema: String, rowCounts: [String: Int]) {
        self.server = server
        self.schema = schema
        self.rowCounts = rowCounts
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
