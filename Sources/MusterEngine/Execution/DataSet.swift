import MusterValues
import MusterBinding
import MusterPlan
import MusterStore
import Synchronization

/// A snapshot made ready for queries: its tables, those that the domain derives from it, and for
/// each tree the way up. Immutable, but for tables that are worked out at their first reading.
package final class DataSet: Sendable, SnapshotTables {
    package let snapshot: Snapshot
    package let tables: [String: Table]
    /// Columns computed here: for each level of a tree the ancestor at that level.
    private let computed: [String: [String: Column]]
    private let keyFields: [String: String]
    private let aliasFields: [String: String]
    private let rowsByName = Mutex<[String: [ExactText: Int32]]>([:])
    /// What has been worked out of the domain's derived tables, by entity.
    private let derived = Mutex<[String: Table]>([:])
    private let derivations: [String: DerivedTableDefinition]
    /// Those of its tables whose rows stand in a database.
    package let remote: RemoteTables?
    /// For each tree entity the row above each row, or none.
    let parents: [String: [Int32]]

    package init(_ snapshot: Snapshot, domain: Domain, remote: RemoteTables? = nil) {
        self.remote = remote
        self.snapshot = snapshot
        var tables = snapshot.tables
        for table in domain.tables(snapshot) { tables[table.name] = table }
        derivations = Dictionary(domain.derivedTables.map { ($0.entity, $0) },
                                 uniquingKeysWith: { first, _ in first })
        for entity in domain.entities
        where tables[entity.name] == nil && derivations[entity.name] == nil {
            tables[entity.name] = DataSet.emptyTable(entity)
        }
        self.tables = tables
        var computed: [String: [String: Column]] = [:]
        var parents: [String: [Int32]] = [:]
        for entity in domain.entities {
            guard let parentField = entity.parentField, let table = tables[entity.name],
                  case .reference(let above, _)? = table[parentField] else { continue }
            parents[entity.name] = above
            guard let levelField = entity.levelField,
                  case .text(let codes, let dictionary)? = table[levelField] else { continue }
            var columns: [String: Column] = [:]
            for level in entity.levels {
                let code = dictionary.code(of: level.en)
                columns[level.en] = .reference(
                    nearestAbove(above) { code != nil && codes[$0] == code },
                    table: entity.name)
            }
            computed[entity.name] = columns
        }
        self.computed = computed
        keyFields = Dictionary(domain.entities.compactMap { entity in
            entity.keyField.map { (entity.name, $0) }
        }, uniquingKeysWith: { first, _ in first })
        aliasFields = Dictionary(domain.schema.tables.compactMap { table in
            table.aliases.map { (table.name, $0) }
        }, uniquingKeysWith: { first, _ in first })
        self.parents = parents
    }

    package var asOf: Int32 { snapshot.asOf }

    /// A column of a table in memory; nil for one whose rows stand in a database.
    package func column(_ entity: String, _ name: String) -> Column? {
        isRemote(entity) ? nil : table(entity)?[name]
    }

    /// An entity's table; nil for a derived one that nothing has read yet.
    package func table(_ entity: String) -> Table? { tables[entity] ?? derivedTable(entity) }

    /// For each row of a tree the row at a level on its way up.
    func ancestors(_ entity: String, at level: String) -> Column? { computed[entity]?[level] }

    /// For each row of an entity its key and its former keys; none where it has no key.
    func names(_ entity: String) -> [[ExactText]] {
        if let remote, isRemote(entity) {
            return keyFields[entity].map { remote.keys(entity, $0) } ?? []
        }
        let columns = keyColumns(entity)
        guard let (keys, texts) = columns.own else { return [] }
        return keys.indices.map { row in
            guard keys[row] >= 0 else { return [] }
            var names = [ExactText(texts[keys[row]])]
            if let (codes, dictionary) = columns.former, codes[row] >= 0 {
                names += dictionary[codes[row]].split(separator: " ").map { ExactText(String($0)) }
            }
            return names
        }
    }

    package typealias TextColumn = (codes: [Int32], texts: TextDictionary)

    /// The keys of an entity's rows, and their former keys, several set apart by spaces; nil where
    /// there are none, or they stand in a database.
    package func keyColumns(_ entity: String) -> (own: TextColumn?, former: TextColumn?) {
        func texts(_ field: String?) -> TextColumn? {
            guard let field, case .text(let codes, let texts)? = column(entity, field)
            else { return nil }
            return (codes, texts)
        }
        guard let own = texts(keyFields[entity]) else { return (nil, nil) }
        return (own, texts(aliasFields[entity]))
    }

    /// Whether an entity's rows have keys.
    func hasKey(_ entity: String) -> Bool { keyFields[entity] != nil }

    /// The row of a key, else of a former key; nil where there is none.
    func row(_ key: String, of entity: String) -> Int32? {
        if let remote, isRemote(entity), let field = keyFields[entity],
           let row = remote.row(ofKey: key, entity, field) { return row }
        return knownRow(key, of: entity)
    }

    private func knownRow(_ key: String, of entity: String) -> Int32? {
        rowsByName.withLock { known in
            let key = ExactText(key)
            if let index = known[entity] { return index[key] }
            var index: [ExactText: Int32] = [:]
            let names = names(entity)
            for (row, own) in names.enumerated() {
                if let key = own.first, index[key] == nil {
                    index[key] = Int32(row)
                }
            }
            for (row, own) in names.enumerated() {
                for key in own.dropFirst() where index[key] == nil {
                    index[key] = Int32(row)
                }
            }
            known[entity] = index
            return index[key]
        }
    }

    /// A row's key or label: the text of one of its columns.
    func text(_ row: Int32, _ entity: String, _ field: String?) -> String? {
        if let remote, isRemote(entity) {
            return field.flatMap { remote.text(row, entity, $0) }
        }
        guard let field, case .text(let codes, let dictionary)? = column(entity, field),
              codes.indices.contains(Int(row)), codes[Int(row)] >= 0 else { return nil }
        return dictionary[codes[Int(row)]]
    }

    func key(_ row: Int32, _ entity: String) -> String? { text(row, entity, keyFields[entity]) }

    /// Rows of the entity's table; 0 for one that nothing has read yet.
    package func rowCount(_ entity: String) -> Int { knownRowCount(entity) ?? 0 }

    /// The same, or nil for a table that nothing has read yet.
    package func knownRowCount(_ entity: String) -> Int? {
        remote?.rowCounts[entity] ?? table(entity)?.rowCount
    }

    private func derivedTable(_ entity: String) -> Table? {
        derivations[entity] == nil ? nil : derived.withLock { $0[entity] }
    }

    /// Works out the entity's table, where it is a derived one that nothing has read yet. Every
    /// scan asks for it before its first row. Throws where the run is interrupted.
    package func prepare(_ entity: String, _ run: Run) throws {
        guard let derivation = derivations[entity], derivedTable(entity) == nil,
              !isRemote(entity) else { return }
        // Outside the lock: the derivation reads this data itself.
        let table = try derivation.compute(SnapshotDerivation(self, run))
        derived.withLock { $0[entity] = table }
    }

    /// All rows of a tree that are one of the given rows or below one.
    func below(_ roots: Set<Int32>, entity: String) -> [UInt8] {
        let above = parents[entity] ?? []
        let nearest = nearestAbove(above) { roots.contains(Int32($0)) }
        return nearest.map { $0 >= 0 ? 1 : 0 }
    }

    private static func emptyTable(_ entity: EntityDefinition) -> Table {
        var columns: [(name: String, column: Column)] = []
        for field in entity.fields {
            guard case .stored(let name) = field.origin,
                  !columns.contains(where: { $0.name == name }) else { continue }
            columns.append((name, field.type.emptyColumn))
        }
        return Table(name: entity.name, rowCount: 0, columns: columns)
    }
}

extension ValueType {
    var emptyColumn: Column {
        switch self {
        case .none, .bool: .bool([])
        case .integer: .integer([])
        case .decimal(2): .hundredths([])
        case .decimal(let places): .decimal([], places: places)
        case .number: .double([])
        case .text: .text([], .empty)
        case .day, .month, .year: .day([])
        case .row(let entity): .reference([], table: entity)
        case .tableRow(let table): .reference([], table: table.name)
        }
    }
}
